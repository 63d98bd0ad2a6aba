import assert from "node:assert/strict";
import { defaultOptions } from "../../../src/validation/options.ts";
import { evaluateRules } from "../../../src/validation/rules/evaluate.ts";
import { rules } from "../../../src/validation/rules/index.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { createValidator } from "../../../src/validation/validator.ts";
import { basisAndRateCases } from "./cases/basisAndRate.ts";
import { codeAndRateCases } from "./cases/codesAndRates.ts";
import { historyCases } from "./cases/history.ts";
import { kidAndPeriodCases } from "./cases/kidAndPeriods.ts";
import { registerCases } from "./cases/registers.ts";
import { remarkCases } from "./cases/remarks.ts";
import type { RuleCase } from "./cases/ruleCase.ts";
import { factsOf } from "./cases/ruleCase.ts";
import { specificationCases } from "./cases/specifications.ts";
import { totalCases } from "./cases/totals.ts";
import { twoSidedCases } from "./cases/twoSided.ts";
import { builtReturn, returnXml } from "./returnBuilder.ts";

const cases: readonly RuleCase[] = [
  ...codeAndRateCases,
  ...totalCases,
  ...basisAndRateCases,
  ...twoSidedCases,
  ...specificationCases,
  ...remarkCases,
  ...kidAndPeriodCases,
  ...registerCases,
  ...historyCases,
];

describe("rules", () => {
  for (const rule of rules.filter(({ number }) => number !== "R001")) {
    describe(`${rule.number}: ${rule.title.en}`, () => {
      for (const row of cases.filter((candidate) => candidate.rule === rule.number)) {
        it(`${row.verdict}: ${row.why}`, () => judge(row));
      }
    });
  }

  it("every rule but the schema's has at least two rows that violate it and two that do not", () => {
    for (const { number } of rules) {
      if (number === "R001") continue;
      const rows = cases.filter((row) => row.rule === number);
      assert.ok(rows.filter(({ verdict }) => verdict === "violated").length >= 2, `${number} lacks violating rows`);
      assert.ok(rows.filter(({ verdict }) => verdict === "passes").length >= 2, `${number} lacks passing rows`);
    }
  });

  it("every rule that facts or options decide has a row where it is left open", () => {
    const never = rules.filter(
      ({ number, evaluated }) =>
        evaluated !== "always" && !cases.some((row) => row.rule === number && row.verdict === "open"),
    );
    assert.deepEqual(
      never.map(({ number }) => number),
      [],
    );
  });

  describe("R001: the schema's own", () => {
    const rows: readonly (readonly [string, string, boolean])[] = [
      ["a return in order", returnXml({ lines: ["3 100*25=25"] }), true],
      ["no lines", returnXml(), true],
      ["a missing total", returnXml({ total: null }), false],
      ["a comma in an amount", returnXml({ total: "12,5" }), false],
      ["a misspelt category", returnXml({ category: "alminelig" }), false],
    ];
    for (const [why, text, valid] of rows) {
      it(`${valid ? "passes" : "violated"}: ${why}`, async () => {
        const validator = createValidator(await loadSchemaEngine());
        const { findings, notEvaluated } = validator.validate(text, defaultOptions("2026-06-15"));
        assert.equal(
          findings.some(({ rule }) => rule === "R001"),
          !valid,
        );
        assert.ok(!notEvaluated.includes("R001"));
      });
    }
  });
});

function judge(row: RuleCase): void {
  const rule = rules.find(({ number }) => number === row.rule);
  assert.ok(rule !== undefined);
  const options = { ...defaultOptions(row.today ?? "2026-06-15"), facts: factsOf(row), ...row.options };
  const { findings, notEvaluated, notEvaluatedBecause, assumptions } = evaluateRules(builtReturn(row), options);
  const violations = findings.filter((finding) => finding.rule === row.rule && finding.officialSeverity !== null);
  const open = notEvaluated.includes(row.rule);
  const verdict = violations.length > 0 ? "violated" : open ? "open" : "passes";
  assert.equal(
    verdict,
    row.verdict,
    JSON.stringify({ findings: violations.map(({ message }) => message.en), notEvaluated }),
  );
  const rests = assumptions.map(({ en }) => en).filter((text) => restsOn(text, row.rule));
  if (row.assumed === undefined) assert.deepEqual(rests, []);
  else assert.match(rests.join("\n"), row.assumed);
  if (row.verdict === "open")
    assert.equal(
      notEvaluatedBecause[row.rule],
      row.because ?? (rule.needs === "document" ? "unreadable" : "registers"),
    );
  if (row.verdict !== "violated") return;
  for (const violation of violations) {
    assert.equal(violation.officialSeverity, rule.severity);
    assert.equal(violation.severity, rule.severity === "ugyldig" ? "error" : "warning");
    assert.equal(violation.code, rule.identifiers[0]);
    assert.notEqual(violation.message.nb, "");
    assert.doesNotMatch(violation.message.en + violation.message.nb, /\b(?:undefined|null|NaN)\b|\(\)/);
  }
  const places = row.at === undefined ? null : typeof row.at === "string" ? [row.at] : row.at;
  if (places !== null) {
    const paths = violations.map(({ path }) => path ?? "");
    assert.equal(paths.length, places.length, paths.join(" "));
    for (const [index, place] of places.entries())
      assert.ok(paths[index]?.endsWith(place) === true, `${paths[index] ?? ""} is not at ${place}`);
  }
  if (row.says !== undefined) assert.match(violations[0]?.message.en ?? "", row.says);
}

/** Whether a statement such as “R098, R134: this was taken …” is about the rule; R019 names its tolerance everywhere. */
function restsOn(statement: string, number: string): boolean {
  const numbers = /^(R\d{3}(?:, R\d{3})*): /.exec(statement)?.[1]?.split(", ") ?? [];
  return number !== "R019" && numbers.includes(number);
}
