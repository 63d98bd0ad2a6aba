import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applicationMetadata } from "../../src/sandbox/altinn/metadata.ts";
import { policyXml } from "../../src/sandbox/altinn/policy.ts";
import { readPolicy } from "../../src/services/altinn/policy.ts";
import { policyRoles } from "../../src/services/altinn/roles.ts";
import { childNamed, childrenNamed } from "../../src/vatReturn/navigate.ts";
import { parseXml } from "../../src/vatReturn/scanner.ts";
import type { XmlElement } from "../../src/vatReturn/xml.ts";
import { clientFor, filledIn, raw, altinnToken, startAltinn } from "../unit/sandbox/altinn/support.ts";
import { requireReferenceData } from "./referenceData.ts";

type Json = Readonly<Record<string, unknown>>;

function readJson(folder: string, path: string): Json {
  return JSON.parse(readFileSync(join(folder, path), "utf8").replace(/^\ufeff/, "")) as Json;
}

/** What each rule permits: every combination of who, where and what. */
function permissions(xml: string, app: string): ReadonlySet<string> {
  const { root } = parseXml(xml.replace(/^\ufeff/, ""));
  assert.ok(root !== null);
  const permitted = childrenNamed(root, "Rule").flatMap((rule) => {
    assert.equal(rule.attributes.find(({ name }) => name === "Effect")?.value, "Permit");
    const target = childNamed(rule, "Target");
    assert.ok(target !== null);
    const [who = [], where = [], what = []] = childrenNamed(target, "AnyOf").map((any) =>
      childrenNamed(any, "AllOf").map((all) =>
        childrenNamed(all, "Match")
          .map((match) => `${attributeOf(match)}=${childNamed(match, "AttributeValue")?.text ?? ""}`)
          .filter((match) => match !== `urn:altinn:app=${app}`)
          .sort()
          .join("&"),
      ),
    );
    return who.flatMap((each) => where.flatMap((place) => what.map((action) => `${each} | ${place} | ${action}`)));
  });
  return new Set(permitted);
}

function attributeOf(match: XmlElement): string {
  return childNamed(match, "AttributeDesignator")?.attributes.find(({ name }) => name === "AttributeId")?.value ?? "";
}

/** The names of all fields, with their places. */
function fields(value: unknown, place = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fields(item, `${place}[]`));
  if (typeof value !== "object" || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([name, part]) => fields(part, `${place}.${name}`))];
}

describe("conformance: the sandbox's Altinn", function () {
  this.timeout(180_000);

  it("reads from the published policy who may take which step", function () {
    const folder = requireReferenceData(this);
    const official = readFileSync(join(folder, "altinn/policy.xml"), "utf8");
    for (const step of ["read", "fillIn", "submit"] as const) {
      const expected = policyRoles.filter(({ steps }) => steps.has(step)).map(({ code }) => code);
      assert.deepEqual(readPolicy(official, step), { roles: expected.sort(), packages: [] }, step);
    }
  });

  it("has the published data types, with the published limits", function () {
    const folder = requireReferenceData(this);
    const official = readJson(folder, "altinn/applicationmetadata.json");
    const ours = applicationMetadata("mva-melding-innsending-v1");
    for (const name of ["id", "org", "dataTypes", "partyTypesAllowed", "autoDeleteOnProcessEnd", "messageBoxConfig"]) {
      assert.deepEqual(ours[name], official[name], name);
    }
  });

  it("permits what the published policy permits, and nothing else", function () {
    const folder = requireReferenceData(this);
    const app = "mva-melding-innsending-v1";
    const official = permissions(readFileSync(join(folder, "altinn/policy.xml"), "utf8"), app);
    assert.ok(official.size > 30);
    assert.deepEqual([...permissions(policyXml(app), app)].sort(), [...official].sort());
  });

  it("writes an instance with every field of the real one", async function () {
    const folder = requireReferenceData(this);
    const official = readJson(folder, "examples/feedback/instans.json");
    const sandbox = await startAltinn();
    try {
      const client = await clientFor(sandbox);
      const { id } = await filledIn(client, ["a.pdf"]);
      await client.next(id, "fillIn");
      await client.next(id, "submit");
      sandbox.clock.now += 10_000;
      const token = await altinnToken(sandbox);
      const { json } = await raw(`${sandbox.description.altinnAppUrl}/instances/${id}`, { token });
      const ours = new Set(fields(json));
      for (const field of new Set(fields(official))) assert.ok(ours.has(field), field);
      const about = (instance: unknown): string[] =>
        (instance as { data: Json[] }).data
          .map((element) => JSON.stringify([element["dataType"], element["contentType"], element["locked"]]))
          .filter((text) => !text.includes("binaerVedlegg"))
          .sort();
      assert.deepEqual(about(json), about(official));
    } finally {
      await sandbox.close();
    }
  });
});
