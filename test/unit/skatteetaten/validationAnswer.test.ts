import assert from "node:assert/strict";
import { readValidationAnswer, UnreadableAnswerError } from "../../../src/services/skatteetaten/validationAnswer.ts";

const namespace = 'xmlns="no:skatteetaten:fastsetting:avgift:mva:valideringsresultat:v1"';
const deviation = `<avvik><stiTilAvvik>//meldingskategori</stiTilAvvik><mvaKode>null</mvaKode><xmlLinjenummer>12</xmlLinjenummer>
  <avviksinformasjon><begrunnelse>Feil</begrunnelse><avvikstype>ugyldig skattemelding</avvikstype><avvikKode>EN_KODE</avvikKode>
  <regelDefinisjon>regel</regelDefinisjon></avviksinformasjon>
  <avviksinformasjon><begrunnelse>Og</begrunnelse><avvikstype>avvikende skattemelding</avvikstype><avvikKode>TO</avvikKode>
  <regelDefinisjon>null</regelDefinisjon><detaljer>mer</detaljer></avviksinformasjon></avvik>`;

describe("reading the validation service's answer", () => {
  for (const verdict of [
    "ingen avvik",
    "avvikende skattemelding",
    "mangelfull skattemelding",
    "ugyldig skattemelding",
  ]) {
    it(`knows the verdict "${verdict}", with and without namespace`, () => {
      const inner = `<avvikVedMeldingslevering>${verdict}</avvikVedMeldingslevering>`;
      for (const body of [
        `<valideringsresultat ${namespace}>${inner}</valideringsresultat>`,
        `<?xml version="1.0"?><v:valideringsresultat xmlns:v="urn:x"><v:avvikVedMeldingslevering>${verdict}</v:avvikVedMeldingslevering></v:valideringsresultat>`,
        `<valideringsresultat>${inner}</valideringsresultat>`,
      ]) {
        assert.deepEqual(readValidationAnswer(body), { verdict, deviations: [] });
      }
    });
  }

  it("reads places and reasons, and takes the word null for nothing", () => {
    const body = `<valideringsresultat ${namespace}><avvikVedMeldingslevering>ugyldig skattemelding</avvikVedMeldingslevering>${deviation}</valideringsresultat>`;
    assert.deepEqual(readValidationAnswer(body).deviations, [
      {
        path: "//meldingskategori",
        vatCode: null,
        line: 12,
        column: null,
        reasons: [
          {
            reason: "Feil",
            severity: "ugyldig skattemelding",
            code: "EN_KODE",
            ruleDefinition: "regel",
            details: null,
          },
          { reason: "Og", severity: "avvikende skattemelding", code: "TO", ruleDefinition: null, details: "mer" },
        ],
      },
    ]);
  });

  it("reads the older documented shape", () => {
    const body = `<valideringsresultat><status>UGYLDIG_SKATTEMELDING</status><valideringsfeil><stiTilFeil>//innsending</stiTilFeil>
      <alvorlighetsgrad>UGYLDIG_SKATTEMELDING</alvorlighetsgrad><begrunnelse>Feil</begrunnelse></valideringsfeil></valideringsresultat>`;
    const answer = readValidationAnswer(body);
    assert.equal(answer.verdict, "ugyldig skattemelding");
    const [deviation] = answer.deviations;
    assert.deepEqual([deviation?.path, deviation?.reasons[0]?.severity], ["//innsending", "ugyldig skattemelding"]);
  });

  for (const [what, body] of [
    ["nothing", ""],
    ["a web page", "<html><body>Bad gateway</body></html>"],
    ["JSON", '{"kode":"x"}'],
    ["an empty result", "<valideringsresultat/>"],
    [
      "an unknown verdict",
      "<valideringsresultat><avvikVedMeldingslevering>fint</avvikVedMeldingslevering></valideringsresultat>",
    ],
    ["a cut-off body", `<valideringsresultat><avvikVedMeldingslevering>ingen avvik</avvikVedMeldingsl`],
    ["a document type declaration", "<!DOCTYPE valideringsresultat><valideringsresultat/>"],
    [
      "a deviation without a reason",
      `<valideringsresultat><avvikVedMeldingslevering>ingen avvik</avvikVedMeldingslevering><avvik><stiTilAvvik>/a</stiTilAvvik></avvik></valideringsresultat>`,
    ],
  ] as const) {
    it(`does not take ${what} for an answer`, () => {
      assert.throws(() => readValidationAnswer(body), UnreadableAnswerError);
    });
  }
});
