import assert from "node:assert/strict";
import { readValidationAnswer } from "../../../../src/services/skatteetaten/validationAnswer.ts";
import { createValidator } from "../../../../src/validation/validator.ts";
import { defaultOptions } from "../../../../src/validation/options.ts";
import { loadSchemaEngine } from "../../../../src/validation/schema/schemaEngine.ts";
import { control } from "../support.ts";
import {
  idPortenToken,
  manager,
  raw,
  sampleReturn,
  startAltinn,
  type AltinnSandbox,
  type RawAnswer,
} from "../altinn/support.ts";

describe("sandbox: the validation API", function () {
  this.timeout(180_000);
  let sandbox: AltinnSandbox;
  let token: string;
  before(async () => {
    sandbox = await startAltinn();
    token = await idPortenToken(sandbox);
  });
  after(() => sandbox.close());

  interface Post {
    readonly body?: Uint8Array | string;
    readonly headers?: Record<string, string>;
    readonly token?: string | null;
    readonly method?: string;
    readonly path?: string;
  }
  async function post({ body, headers = {}, method = "POST", path = "", ...rest }: Post): Promise<RawAnswer> {
    const content = body ?? (await sampleReturn());
    return raw(sandbox.description.validationUrl + path, {
      method,
      token: rest.token === undefined ? token : rest.token,
      headers: { "content-type": "application/xml", ...headers },
      ...(method === "GET" ? {} : { body: typeof content === "string" ? content : new Uint8Array(content) }),
    });
  }

  const verdicts: readonly (readonly [string, (xml: string) => string, string, readonly string[]])[] = [
    ["a clean return", (xml) => xml, "ingen avvik", []],
    [
      "a wrong sum",
      (xml) => xml.replace(">75500<", ">75400<"),
      "avvikende skattemelding",
      ["MVA_MELDINGSINNHOLD_SUM_MVA_FEIL_SUMMERING_AV_AVGIFTLINJER"],
    ],
    [
      "a wrong element",
      (xml) => xml.replaceAll("meldingskategori>", "meldingkategori>"),
      "ugyldig skattemelding",
      ["MvaMeldingsinnhold_Xml_SkjemaValideringsfeil"],
    ],
    [
      "what is not well-formed",
      (xml) => xml.slice(0, 400),
      "ugyldig skattemelding",
      ["MvaMeldingsinnhold_Xml_SkjemaValideringsfeil"],
    ],
    ["another document", () => "<hei/>", "ugyldig skattemelding", ["MvaMeldingsinnhold_Xml_SkjemaValideringsfeil"]],
    [
      "an organisation registered for other periods",
      (xml) => xml.replace("314552105", "315930278"),
      "ugyldig skattemelding",
      ["MVA_PLIKT_OPPGITT_MELDINGSKATEGORI_ALMINNELIG_NÆRING_FINNES_IKKE"],
    ],
  ];
  for (const [what, change, verdict, codes] of verdicts) {
    it(`answers 200 and ${verdict} to ${what}`, async () => {
      const { status, text, headers } = await post({ body: await sampleReturn(change) });
      assert.equal(status, 200);
      assert.match(headers.get("content-type") ?? "", /^application\/xml/);
      const answer = readValidationAnswer(text);
      assert.equal(answer.verdict, verdict);
      const found = answer.deviations.flatMap(({ reasons }) => reasons.map(({ code }) => code));
      if (codes.length === 0) assert.deepEqual(found, []);
      for (const code of codes) assert.ok(found.includes(code), `${code} in ${found.join(", ")}`);
      for (const { reasons } of answer.deviations) assert.ok(reasons.every(({ reason }) => reason !== ""));
    });
  }

  it("answers in the shape of the published schema, whatever the outcome", async () => {
    const validator = createValidator(await loadSchemaEngine());
    for (const validationOutcome of ["rules", "accepted", "deviating", "incomplete", "refused"]) {
      await control(sandbox.issuer, "POST", "/settings", { validationOutcome });
      const { text } = await post({ body: await sampleReturn((xml) => xml.replaceAll("<sats>25<", "<sats>26<")) });
      const result = validator.validate(text, defaultOptions("2026-06-01"));
      assert.deepEqual([result.documentType, result.findings], ["validationResult", []], validationOutcome);
    }
    await control(sandbox.issuer, "POST", "/settings", { validationOutcome: "rules" });
  });

  it("can be made to answer with each of the four verdicts", async () => {
    const given: string[] = [];
    for (const validationOutcome of ["accepted", "deviating", "incomplete", "refused"]) {
      await control(sandbox.issuer, "POST", "/settings", { validationOutcome });
      given.push(readValidationAnswer((await post({})).text).verdict);
    }
    await control(sandbox.issuer, "POST", "/settings", { validationOutcome: "rules" });
    assert.deepEqual(given, [
      "ingen avvik",
      "avvikende skattemelding",
      "mangelfull skattemelding",
      "ugyldig skattemelding",
    ]);
  });

  it("writes the code of the line, null where a rule concerns none, and line and position for schema errors", async () => {
    const rate = await post({ body: await sampleReturn((xml) => xml.replace("<sats>15<", "<sats>16<")) });
    assert.match(
      rate.text,
      /<stiTilAvvik>\/mvaMeldingDto\/skattegrunnlagOgBeregnetSkatt\/mvaSpesifikasjonslinje\[2\]\/sats<\/stiTilAvvik>\s*<mvaKode>31<\/mvaKode>/,
    );
    const sum = await post({ body: await sampleReturn((xml) => xml.replace(">75500<", ">75400<")) });
    assert.match(sum.text, /<mvaKode>null<\/mvaKode>/);
    const schema = await post({ body: await sampleReturn((xml) => xml.replace("mars-april", "mars-mai")) });
    assert.match(schema.text, /<xmlLinjenummer>17<\/xmlLinjenummer>\s*<xmlPosisjonPaaLinje>9<\/xmlPosisjonPaaLinje>/);
  });

  it("refuses as it should, in XML or in JSON", async () => {
    const withoutScope = await idPortenToken(sandbox, manager, "openid altinn:instances.read");
    const json = { accept: "application/json" };
    const cases: readonly (readonly [string, Post, number])[] = [
      ["no token", { token: null }, 401],
      ["no token, in JSON", { token: null, headers: json }, 401],
      ["nonsense for a token", { token: "nonsense", headers: json }, 401],
      ["no scope", { token: withoutScope }, 403],
      ["JSON wanted for an answer", { headers: json }, 406],
      ["a picture wanted", { headers: { accept: "image/png" } }, 406],
      ["JSON sent", { headers: { "content-type": "application/json" } }, 400],
      ["nothing sent", { body: "" }, 400],
      ["another address", { path: "/mer" }, 404],
    ];
    for (const [what, given, status] of cases) {
      const answer = await post(given);
      assert.equal(answer.status, status, what);
      if (given.headers?.["accept"] === "application/json") {
        assert.deepEqual(Object.keys(answer.json as object), ["kode", "melding", "korrelasjonsid"], what);
      } else {
        assert.match(answer.text, /^<feil xmlns="urn:no:skatteetaten:datasamarbeid:feil:v1"><kode>/, what);
      }
    }
  });

  it("breaks on demand", async () => {
    await control(sandbox.issuer, "POST", "/faults", { call: "validateReturn", kind: "serverErrorBefore" });
    assert.equal((await post({})).status, 500);
    assert.equal((await post({})).status, 200);
  });
});
