import assert from "node:assert/strict";
import { defaultOptions } from "../../../src/validation/options.ts";
import { rules } from "../../../src/validation/rules/index.ts";
import type { Validator } from "../../../src/validation/validator.ts";
import { basisAndRateCases } from "../rules/cases/basisAndRate.ts";
import { codeAndRateCases } from "../rules/cases/codesAndRates.ts";
import { historyCases } from "../rules/cases/history.ts";
import { kidAndPeriodCases } from "../rules/cases/kidAndPeriods.ts";
import { registerCases } from "../rules/cases/registers.ts";
import { remarkCases } from "../rules/cases/remarks.ts";
import { factsOf, type RuleCase } from "../rules/cases/ruleCase.ts";
import { specificationCases } from "../rules/cases/specifications.ts";
import { totalCases } from "../rules/cases/totals.ts";
import { twoSidedCases } from "../rules/cases/twoSided.ts";
import { returnXml } from "../rules/returnBuilder.ts";
import { assertMends, assertWellMade, fixesFor, loadValidator, today } from "./support.ts";

const violations: readonly RuleCase[] = [
  ...codeAndRateCases,
  ...totalCases,
  ...basisAndRateCases,
  ...twoSidedCases,
  ...specificationCases,
  ...remarkCases,
  ...kidAndPeriodCases,
  ...registerCases,
  ...historyCases,
].filter(({ verdict }) => verdict === "violated");

/** Rows in which nothing legal follows from the finding, though the rule has fixes elsewhere. */
const withoutWayOut: readonly string[] = [
  "R088 raw fish",
  "R093 without a code",
  "R049 another length since this period",
  "R050 another length since this period",
];

describe("fixes of rule findings", () => {
  let validator: Validator;
  before(async () => {
    validator = await loadValidator();
  });

  for (const rule of rules.filter(({ number }) => number !== "R001")) {
    const rows = violations.filter((row) => row.rule === rule.number);
    for (const row of rows) {
      const title = `${row.rule} ${row.why}`;
      it(`${rule.quickFix === null ? "not offered" : rule.quickFix}: ${title}`, () => {
        const text = returnXml(row);
        const options = { ...defaultOptions(row.today ?? today), facts: factsOf(row), ...row.options };
        const result = validator.validate(text, options);
        const { findings } = result;
        const fixes = fixesFor(text);
        let offered = 0;
        for (const finding of findings.filter((each) => each.rule === row.rule && each.officialSeverity !== null)) {
          const found = fixes.of(finding);
          assert.ok(found.filter(({ preferred }) => preferred).length <= 1, "one fix at most is the preferred one");
          assert.equal(new Set(found.map((fix) => fix.title.en)).size, found.length, "titles tell fixes apart");
          for (const fix of found) {
            assertWellMade(fix, text, title);
            assertMends(validator, text, finding, fix, options, result);
          }
          offered += found.length;
        }
        if (rule.quickFix === null) assert.equal(offered, 0);
        else assert.equal(offered > 0, !withoutWayOut.includes(title), title);
      });
    }
  }

  it("every rule has a fix or says why not", () => {
    for (const { number, quickFix, whyNoQuickFix } of rules) {
      assert.equal(quickFix === null, whyNoQuickFix !== null, number);
      if (whyNoQuickFix !== null) assert.ok(whyNoQuickFix.en.length > 10 && whyNoQuickFix.nb.length > 10, number);
    }
  });

  it("are offered in other layouts too: one line, CRLF, prefixes, tabs", () => {
    for (const row of violations) {
      const plain = returnXml(row);
      const layouts = [
        plain.replaceAll("\n", ""),
        plain.replaceAll("><", ">\r\n\t<").replaceAll("\n", "\r\n").replaceAll("\r\r", "\r"),
        plain.replace(/<(\/?)([a-z])/gi, "<$1mva:$2").replace(" xmlns=", " xmlns:mva="),
      ];
      const options = { ...defaultOptions(row.today ?? today), facts: factsOf(row), ...row.options };
      const count = (text: string): number => {
        const result = validator.validate(text, options);
        const { findings } = result;
        const fixes = fixesFor(text);
        let number = 0;
        for (const finding of findings.filter(({ rule }) => rule === row.rule)) {
          for (const fix of fixes.of(finding)) {
            assertWellMade(fix, text, row.why);
            const mended = assertMends(validator, text, finding, fix, options, result);
            if (text.includes("\r\n")) assert.doesNotMatch(mended, /[^\r]\n/, fix.title.en);
            if (!text.includes("\n")) assert.ok(!mended.includes("\n"), fix.title.en);
            number++;
          }
        }
        return number;
      };
      const expected = count(plain);
      for (const text of layouts) assert.equal(count(text), expected, `${row.rule} ${row.why}`);
    }
  }).timeout(60_000);
});
