import assert from "node:assert/strict";
import type { Deviation, OfficialVerdict } from "../../../src/validation/remote/answer.ts";
import type { Finding } from "../../../src/validation/finding.ts";
import type { DocumentResult } from "../../../src/validation/result.ts";
import { ruleByNumber } from "../../../src/validation/rules/index.ts";
import { findingsOf, mergeAnswer } from "../../../src/validation/remote/merge.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";

const text = `<mvaMeldingDto xmlns="no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0">
<skattegrunnlagOgBeregnetSkatt>
<fastsattMerverdiavgift>9</fastsattMerverdiavgift>
<mvaSpesifikasjonslinje><mvaKode>3</mvaKode><merverdiavgift>1</merverdiavgift></mvaSpesifikasjonslinje>
<mvaSpesifikasjonslinje><mvaKode>1</mvaKode><merverdiavgift>2</merverdiavgift></mvaSpesifikasjonslinje>
</skattegrunnlagOgBeregnetSkatt>
<meldingskategori>alminnelig</meldingskategori>
</mvaMeldingDto>`;
const document = parseXml(text);
const base = "/mvaMeldingDto/skattegrunnlagOgBeregnetSkatt";
const total = "MVA_MELDINGSINNHOLD_SUM_MVA_FEIL_SUMMERING_AV_AVGIFTLINJER";

function deviation(
  place: Partial<Deviation>,
  code = total,
  severity: OfficialVerdict = "avvikende skattemelding",
): Deviation {
  const reasons = [{ reason: "Feil sum", severity, code, ruleDefinition: null, details: null }];
  return { path: null, vatCode: null, line: null, column: null, ...place, reasons };
}

function localFinding(rule: string, specificationLine: number | null): Finding {
  return {
    source: "rule",
    rule,
    code: "X",
    severity: "warning",
    officialSeverity: "avvikende",
    message: { en: "local", nb: "lokal" },
    range: { start: 1, end: 2 },
    path: null,
    specificationLine,
    related: [],
  };
}

function localResult(findings: readonly Finding[], notEvaluated: readonly string[] = []): DocumentResult {
  return {
    documentType: "vatReturn",
    verdict: "deviating",
    findings,
    notEvaluated,
    notEvaluatedBecause: Object.fromEntries(notEvaluated.map((rule) => [rule, "registers"])),
    assumptions: [],
    summary: null,
  };
}

describe("the authority's deviations in our document", () => {
  const places: readonly (readonly [string, Partial<Deviation>, string])[] = [
    ["an absolute path", { path: `${base}/fastsattMerverdiavgift` }, `${base}/fastsattMerverdiavgift`],
    [
      "an indexed path",
      { path: `${base}/mvaSpesifikasjonslinje[2]/mvaKode` },
      `${base}/mvaSpesifikasjonslinje[2]/mvaKode`,
    ],
    ["a path with prefixes", { path: "/a:mvaMeldingDto/a:meldingskategori" }, "/mvaMeldingDto/meldingskategori"],
    ["a double slash", { path: "//meldingskategori" }, "/mvaMeldingDto/meldingskategori"],
    [
      "a path without index and a VAT code",
      { path: "//mvaSpesifikasjonslinje/merverdiavgift", vatCode: "1" },
      `${base}/mvaSpesifikasjonslinje[2]/merverdiavgift`,
    ],
    ["a VAT code alone", { vatCode: "1" }, `${base}/mvaSpesifikasjonslinje[2]`],
    ["line and column", { line: 7, column: 5 }, "/mvaMeldingDto/meldingskategori"],
    ["a path that leads nowhere, with a line", { path: "//ukjent", line: 3 }, `${base}/fastsattMerverdiavgift`],
    ["nothing that fits", { path: "//ukjent", line: 900, vatCode: "77" }, "/mvaMeldingDto"],
  ];
  for (const [name, place, expected] of places) {
    it(`finds ${name}`, () => {
      assert.equal(
        findingsOf({ verdict: "avvikende skattemelding", deviations: [deviation(place)] }, document)[0]?.path,
        expected,
      );
    });
  }

  it("knows the rule by its identifier, also spelled without Norwegian letters", () => {
    const code = "MVA_MELDINGSINNHOLD_BELOEP_INNEHOLDER_DESIMALER";
    const [finding] = findingsOf(
      { verdict: "ugyldig skattemelding", deviations: [deviation({}, code, "ugyldig skattemelding")] },
      document,
    );
    assert.equal(finding?.rule, "R082");
    assert.equal(finding.severity, "error");
  });

  it("counts incomplete as an error that no official severity of ours covers", () => {
    const [finding] = findingsOf(
      { verdict: "mangelfull skattemelding", deviations: [deviation({}, "NY", "mangelfull skattemelding")] },
      document,
    );
    assert.deepEqual([finding?.severity, finding?.officialSeverity, finding?.rule], ["error", null, null]);
  });
});

describe("merging with the local findings", () => {
  const answer = {
    verdict: "avvikende skattemelding",
    deviations: [deviation({ path: "//fastsattMerverdiavgift" })],
  } as const;

  it("shows what both report once, with the authority's words in the details", () => {
    const { findings, disagreements } = mergeAnswer(answer, localResult([localFinding("R018", null)]), document);
    assert.equal(findings.length, 1);
    assert.match(findings[0]?.details ?? "", /Feil sum/);
    assert.deepEqual(disagreements, []);
  });

  it("reports a rule that only the authority finds violated, and one that only we do", () => {
    const { findings, disagreements } = mergeAnswer(answer, localResult([localFinding("R019", 0)]), document);
    assert.deepEqual(
      findings.map((finding) => [finding.source, finding.rule]),
      [
        ["rule", "R019"],
        ["skatteetaten", "R018"],
      ],
    );
    assert.deepEqual(
      disagreements.map(({ rule, local }) => [rule, local]),
      [
        ["R018", "passed"],
        ["R019", "violated"],
      ],
    );
  });

  it("does not call it a disagreement where one of the two has stopped at the schema", () => {
    const [code = ""] = ruleByNumber("R001")?.identifiers ?? [];
    const schemaError = deviation({ line: 3, column: 1 }, code, "ugyldig skattemelding");
    const there = { verdict: "ugyldig skattemelding", deviations: [schemaError] } as const;
    const stoppedThere = mergeAnswer(
      there,
      localResult([localFinding("R019", 0), localFinding("R001", null)]),
      document,
    );
    assert.deepEqual(stoppedThere.disagreements, []);
    const onlyThere = mergeAnswer(there, localResult([localFinding("R019", 0)]), document);
    assert.deepEqual(
      onlyThere.disagreements.map(({ rule, local }) => [rule, local]),
      [["R001", "passed"]],
    );
  });

  it("does not call it a disagreement where we did not decide", () => {
    assert.deepEqual(mergeAnswer(answer, localResult([], ["R018"]), document).disagreements, []);
  });

  it("leaves two lines' findings of one rule two", () => {
    const two = {
      verdict: "avvikende skattemelding" as const,
      deviations: [deviation({ vatCode: "3" }), deviation({ vatCode: "1" })],
    };
    const { findings } = mergeAnswer(two, localResult([localFinding("R018", 0), localFinding("R018", 1)]), document);
    assert.equal(findings.length, 2);
  });
});
