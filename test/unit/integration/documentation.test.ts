import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { fields } from "../../../src/integration/fields.ts";
import { createIntegration, kindNames, usualAnswers } from "../../../src/integration/kinds.ts";
import { kindOf, portalPage } from "../../../src/integration/portalPage.ts";
import { integrationReport } from "../../../src/integration/report.ts";
import { integrationSchema } from "../../../src/integration/schema.ts";
import { check, made } from "./support.ts";

/** Every code that the sources give a problem. */
function codesInSources(): readonly string[] {
  const files = readdirSync("src/integration", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const sources = files.map((file) => readFileSync(join("src/integration", file), "utf8")).join("\n");
  const calls = sources.matchAll(/(?:problem|error|plain)\(\s*"([a-z-]+)"|return \[\s*"([a-z-]+)",\s*message/g);
  const made = ["secret", "key"].flatMap((kind) =>
    ["life-too-long", "expired", "expires-soon"].map((end) => `${kind}-${end}`),
  );
  return [...new Set([...[...calls].map(([, code, wrong]) => code ?? wrong ?? ""), ...made])].sort();
}

describe("the page about integrations", () => {
  const page = readFileSync("docs/integration.md", "utf8");

  it("names every code, and none that there is not", () => {
    const codes = codesInSources();
    assert.ok(codes.length > 60, codes.join());
    const tables = page.slice(page.indexOf("### The file"), page.indexOf("## Ordering scopes"));
    const named = [...tables.matchAll(/^\| (`[^|]*)\|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code ?? ""),
    );
    assert.deepEqual(named.toSorted(), codes);
  });

  it("names every kind", () => {
    for (const kind of kindNames) assert.match(page, new RegExp(`^\\| \`${kind}\``, "m"));
  });
});

describe("the schema of integration files", () => {
  const strict = integrationSchema("en", true);

  it("stands beside the others: run `npm run docs` when this fails", () => {
    const written: unknown = JSON.parse(readFileSync("schemas/idporten-integration.schema.json", "utf8"));
    assert.deepEqual(written, JSON.parse(JSON.stringify(strict)));
  });

  it("accepts the ready-made registrations and refuses wrong values", () => {
    const isValid = new Ajv().compile(strict);
    for (const kind of kindNames) assert.ok(isValid(made(kind)), `${kind} ${JSON.stringify(isValid.errors)}`);
    for (const change of [{ application_type: "desktop" }, { scopes: "openid" }, { access_token_lifetime: -1 }]) {
      assert.ok(!isValid({ ...made("web"), ...change }), JSON.stringify(change));
    }
  });

  it("completes and explains in the editor, and leaves objecting to the checks", () => {
    for (const language of ["en", "nb"] as const) {
      const schema = integrationSchema(language, false) as { readonly properties: Readonly<Record<string, object>> };
      const isValid = new Ajv({ strict: false }).compile(schema);
      assert.ok(isValid({ ...made("web"), application_type: "desktop", scopes: 7 }));
      for (const { name, portal } of fields) {
        const text = JSON.stringify(schema.properties[name]);
        assert.ok(text.includes("markdownDescription"), name);
        if (portal !== null) assert.ok(text.includes(portal), `${name}: ${portal}`);
      }
    }
  });
});

describe("pages for reading", () => {
  it("show a file as the portal's fields, with what is wrong in place of the reason", () => {
    const registration = { ...made("desktop"), access_token_lifetime: 120, client_orgno: "974761076" };
    const { given, findings } = check(registration);
    for (const language of ["en", "nb"] as const) {
      const page = portalPage(given, findings, "test", language);
      assert.doesNotMatch(page, /undefined|\[object/);
      assert.ok(page.includes("Access token levetid (sekunder)"));
      assert.match(
        page,
        language === "en" ? /\*\*Warning:\*\* 120 seconds is too short/ : /\*\*Advarsel:\*\* 120 sekunder er for kort/,
      );
      assert.ok(page.includes("sjolvbetjening.test.samarbeid.digdir.no"));
    }
    assert.ok(portalPage(given, [], "production", "en").includes("https://sjolvbetjening.samarbeid.digdir.no"));
  });

  it("show what somebody wrote as it is: no link, image, markup or line comes of it", () => {
    const evil = "![x](https://evil.example/x.png) <img src=x> [y](command:z) `c` **b**\n| a | b |\n# h";
    const texts = [evil, `https://a.example/${evil}`];
    for (const text of texts) {
      const registration = {
        ...made("web"),
        client_name: text,
        description: text,
        application_type: text,
        scopes: ["openid", text],
        client_uri: text,
        [text]: 1,
        jwks: { keys: [{ kty: text }] },
      };
      const { given, findings } = check(registration);
      const pages = [
        portalPage(given, findings, "test", "en"),
        integrationReport(
          {
            file: { name: text, findings },
            environment: { name: "test", issuer: text, clientId: text, findings: [] },
            live: null,
          },
          "nb",
        ),
      ];
      for (const page of pages) {
        // What stands between backticks is code, whatever it is.
        const outside = page.replace(/`[^`\n]*`/g, "");
        assert.doesNotMatch(outside, /!\[|\]\((?!https:\/\/sjolvbetjening)|<img|\*\*b\*\*/);
        assert.doesNotMatch(page, /^# h|^\| a \|/m);
      }
    }
  });

  it("keep the reasons that a registration was made with", () => {
    const shared = createIntegration("desktop", { ...usualAnswers, ownership: "shared" });
    const page = portalPage(shared.registration, [], "test", "en", shared.reasons);
    assert.match(page, /one client serves all installations/);
    assert.doesNotMatch(portalPage(shared.registration, [], "test", "en"), /one client serves|organisation itself/);
  });

  it("know each ready-made kind again", () => {
    for (const kind of kindNames) assert.equal(kindOf(check(made(kind)).given), kind);
  });

  it("show what is not there at all", () => {
    for (const broken of ["{", "[]", "{}", '{"scopes": 7}']) {
      const { given } = check(broken === "{" ? "{" : JSON.parse(broken));
      assert.doesNotMatch(portalPage(given, [], "test", "nb"), /undefined|\[object/);
    }
  });

  it("report file, environment and live check", () => {
    const { findings } = check({ ...made("spa"), scopes: ["openid"] });
    const step = {
      step: "clock",
      outcome: "ok",
      text: { en: "Clocks agree.", nb: "Klokkene stemmer." },
      problem: null,
    } as const;
    const environment = { name: "test", issuer: "https://test.idporten.no", clientId: "c", findings: [] };
    const whole = integrationReport({ file: { name: "a.idporten.json", findings }, environment, live: [step] }, "en");
    assert.match(whole, /## The registration: a\.idporten\.json/);
    assert.match(whole, /\*\*Warning:\*\* `scopes`: skatteetaten:mvameldingvalidering is missing/);
    assert.match(whole, /\*\*OK:\*\* Clocks agree/);
    const without = integrationReport(
      { file: null, environment: { ...environment, findings: null }, live: null },
      "nb",
    );
    assert.match(without, /ingen integrasjonsfil/);
    assert.doesNotMatch(without, /uten å logge inn/);
  });
});
