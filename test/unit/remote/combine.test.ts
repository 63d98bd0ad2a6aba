import assert from "node:assert/strict";
import type { OfficialVerdict, ValidationAnswer } from "../../../src/validation/remote/answer.ts";
import { combineWithAnswer } from "../../../src/validation/remote/combine.ts";
import type { DocumentResult, Verdict } from "../../../src/validation/result.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";

const document = parseXml("<mvaMeldingDto><meldingskategori>x</meldingskategori></mvaMeldingDto>");
const local = (verdict: Verdict): DocumentResult => ({
  documentType: "vatReturn",
  verdict,
  findings: [],
  notEvaluated: [],
  notEvaluatedBecause: {},
  assumptions: [],
  summary: null,
});

describe("both verdicts together", () => {
  const cases: readonly (readonly [Verdict, OfficialVerdict, Verdict])[] = [
    ["valid", "ingen avvik", "valid"],
    ["valid", "avvikende skattemelding", "deviating"],
    ["valid", "mangelfull skattemelding", "invalid"],
    ["valid", "ugyldig skattemelding", "invalid"],
    ["deviating", "ingen avvik", "deviating"],
    ["deviating", "ugyldig skattemelding", "invalid"],
    ["invalid", "ingen avvik", "invalid"],
    ["invalid", "avvikende skattemelding", "invalid"],
  ];
  for (const [here, there, both] of cases) {
    it(`${here} here, ${there} there: ${both}`, () => {
      const answer: ValidationAnswer = { verdict: there, deviations: [] };
      assert.equal(combineWithAnswer(answer, local(here), document).result.verdict, both);
    });
  }

  it("keeps what only the authority has found", () => {
    const answer: ValidationAnswer = {
      verdict: "avvikende skattemelding",
      deviations: [
        {
          path: "/mvaMeldingDto/meldingskategori",
          vatCode: null,
          line: null,
          column: null,
          reasons: [
            {
              reason: "Feil",
              severity: "avvikende skattemelding",
              code: "UKJENT",
              ruleDefinition: null,
              details: null,
            },
          ],
        },
      ],
    };
    const { findings } = combineWithAnswer(answer, local("valid"), document).result;
    assert.deepEqual(
      findings.map(({ source, path }) => [source, path]),
      [["skatteetaten", "/mvaMeldingDto/meldingskategori"]],
    );
  });
});
