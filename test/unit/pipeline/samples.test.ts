import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import type { Verdict } from "../../../src/validation/result.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { createValidator, type Validator } from "../../../src/validation/validator.ts";

/** File, verdict, and the rules (or codes, where no rule has a number) of its findings, notes included. */
const expected: readonly (readonly [string, Verdict, readonly string[]])[] = [
  ["clean-compensation.xml", "valid", []],
  ["clean-general.xml", "valid", []],
  ["clean-primary-industry.xml", "valid", []],
  ["clean-reverse-charge.xml", "valid", []],
  ["envelope-without-namespace.xml", "valid", ["envelope-namespace-assumed"]],
  ["envelope.xml", "valid", []],
  ["many-mistakes.xml", "invalid", ["R002", "R003", "R018", "R019", "R020", "R025", "R030", "R079", "R082"]],
  ["mistake-basis-and-rate.xml", "invalid", ["R065", "R066"]],
  ["mistake-compensation-period.xml", "invalid", ["R088", "R095"]],
  ["mistake-decimals.xml", "invalid", ["R082"]],
  ["mistake-doctype.xml", "malformed", ["R001"]],
  ["mistake-kid.xml", "invalid", ["R079"]],
  ["mistake-missing-counterpart.xml", "invalid", ["R023", "R028"]],
  ["mistake-missing-deduction.xml", "deviating", ["R033"]],
  ["mistake-missing-remark.xml", "invalid", ["R020", "R021"]],
  ["mistake-namespace.xml", "invalid", ["R001"]],
  ["mistake-no-lines.xml", "invalid", ["R018", "R084"]],
  ["mistake-schema.xml", "invalid", ["R001"]],
  ["mistake-specification.xml", "invalid", ["R039", "R069"]],
  ["mistake-swapped-amounts.xml", "invalid", ["R019", "R122"]],
  ["mistake-syntax.xml", "malformed", ["R001"]],
  ["mistake-unknown-code.xml", "invalid", ["R002"]],
  ["mistake-wrong-rate.xml", "invalid", ["R003"]],
  ["mistake-wrong-sum.xml", "deviating", ["R018"]],
  ["mistake-wrong-vat-amount.xml", "deviating", ["R019"]],
  ["mistake-year.xml", "invalid", ["R077"]],
  ["validation-result.xml", "valid", []],
];

describe("samples", () => {
  let validator: Validator;
  before(async () => {
    validator = createValidator(await loadSchemaEngine());
  });

  it("are all in the table and in the README", () => {
    const files = readdirSync("samples").filter((name) => name.endsWith(".xml"));
    assert.deepEqual(
      expected.map(([file]) => file),
      files.sort(),
    );
    const readme = readFileSync("samples/README.md", "utf8");
    for (const file of files) assert.ok(readme.includes(`| ${file} `), file);
  });

  for (const [file, verdict, rules] of expected)
    it(`${file}: ${verdict} ${rules.join(" ")}`, () => {
      const result = validator.validate(readFileSync(`samples/${file}`, "utf8"), defaultOptions("2026-06-15"));
      const found = [...new Set(result.findings.map((finding) => finding.rule ?? finding.code))].sort();
      assert.deepEqual([result.verdict, found], [verdict, rules]);
    });

  it("say on top what they show", () => {
    for (const [file, , rules] of expected) {
      const comment = /<!--([\s\S]*?)-->/.exec(readFileSync(`samples/${file}`, "utf8"))?.[1] ?? "";
      assert.ok(comment.trim().length > 20, file);
      const named = comment.match(/R\d{3}/g) ?? [];
      assert.deepEqual(
        [...new Set(named)].filter((rule) => !rules.includes(rule)),
        [],
        file,
      );
    }
  });
});
