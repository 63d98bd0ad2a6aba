import assert from "node:assert/strict";
import { holdersText, readPolicy } from "../../../src/services/altinn/policy.ts";
import { policyRoles } from "../../../src/services/altinn/roles.ts";
import type { PolicyStep } from "../../../src/services/altinn/roles.ts";
import { policyXml } from "../../../src/sandbox/altinn/policy.ts";

const published = policyXml("mva-melding-innsending-test");

function match(attribute: string, value: string): string {
  return `<x:Match MatchId="f"><x:AttributeValue DataType="s">${value}</x:AttributeValue><x:AttributeDesignator AttributeId="${attribute}" Category="c"/></x:Match>`;
}
function any(...alternatives: readonly string[]): string {
  return `<x:AnyOf>${alternatives.map((one) => `<x:AllOf>${one}</x:AllOf>`).join("")}</x:AnyOf>`;
}
const action = (value: string): string => match("urn:oasis:names:tc:xacml:1.0:action:action-id", value);
const task = (value: string): string => match("urn:altinn:org", "skd") + match("urn:altinn:task", value);
const accessPackage = (name: string): string => match("urn:altinn:accesspackage", `urn:altinn:accesspackage:${name}`);

function policy(...rules: readonly string[]): string {
  return `<?xml version="1.0"?><x:Policy xmlns:x="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17">${rules.join("")}</x:Policy>`;
}
function rule(effect: string, ...parts: readonly string[]): string {
  return `<x:Rule RuleId="r" Effect="${effect}"><x:Target>${parts.join("")}</x:Target></x:Rule>`;
}

describe("the app's access policy", () => {
  for (const step of ["read", "fillIn", "submit"] as const satisfies readonly PolicyStep[]) {
    it(`says who may ${step}, as published in 2023`, () => {
      const expected = policyRoles.filter(({ steps }) => steps.has(step)).map(({ code }) => code);
      assert.deepEqual(readPolicy(published, step), { roles: expected.sort(), packages: [] });
    });
  }

  it("names the access packages that replace the roles", () => {
    const xml = policy(
      rule(
        "Permit",
        any(accessPackage("merverdiavgift"), accessPackage("regnskapsforer-med-signeringsrettighet")),
        any(task("Task_2")),
        any(action("confirm"), action("write")),
      ),
      rule("Permit", any(accessPackage("lonn")), any(task("Task_2")), any(action("read"))),
      rule("Deny", any(accessPackage("skattegrunnlag")), any(task("Task_2")), any(action("confirm"))),
    );
    const holders = readPolicy(xml, "submit");
    assert.deepEqual(holders, { roles: [], packages: ["merverdiavgift", "regnskapsforer-med-signeringsrettighet"] });
    assert.equal(readPolicy(xml, "fillIn"), null, "nothing is said of the first task");
    assert.match(holdersText(holders).nb, /^tilgangspakken merverdiavgift, /);
    assert.match(holdersText({ roles: ["SISKD", "NEW"], packages: [] }).en, /^SISKD \(limited signing rights\), NEW$/);
  });

  for (const [title, xml] of [
    ["nothing", ""],
    ["a web page", "<!doctype html><html>"],
    ["another document", "<policy/>"],
    ["a policy cut off", published.slice(0, 300)],
  ] as const) {
    it(`takes nothing from ${title}`, () => assert.equal(readPolicy(xml, "submit"), null));
  }
});
