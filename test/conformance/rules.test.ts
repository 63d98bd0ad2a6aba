import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { rules } from "../../src/validation/rules/index.ts";
import { requireReferenceData } from "./referenceData.ts";

const publishedRule = v.object({
  rule: v.string(),
  identifiers: v.array(v.string()),
  severity: v.string(),
  category: v.string(),
  appliesTo: v.array(v.string()),
  needs: v.string(),
  status: v.string(),
});

describe("rules against the published ones", function () {
  it("has the same numbers, identifiers, severities, categories, scope and needs, row by row", function () {
    const text = readFileSync(join(requireReferenceData(this), "../rules.json"), "utf8");
    const published = v.parse(v.array(publishedRule), JSON.parse(text)).filter(({ status }) => status === "active");
    assert.equal(published.length, 107);
    assert.deepEqual(
      rules.map((rule) => rule.number),
      published.map(({ rule }) => rule),
    );
    for (const expected of published) {
      const rule = rules.find(({ number }) => number === expected.rule);
      assert.ok(rule !== undefined, expected.rule);
      assert.deepEqual(
        {
          identifiers: rule.identifiers,
          severity: rule.severity,
          category: rule.category,
          appliesTo: rule.appliesTo,
          needs: rule.needs,
        },
        {
          identifiers: expected.identifiers,
          severity: expected.severity,
          category: expected.category,
          appliesTo: expected.appliesTo,
          needs: expected.needs,
        },
        expected.rule,
      );
    }
  });
});
