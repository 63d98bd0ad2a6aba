import assert from "node:assert/strict";
import { fromInteger } from "../../../src/vatReturn/decimal.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { ValidationOptions } from "../../../src/validation/options.ts";
import { evaluateRules } from "../../../src/validation/rules/evaluate.ts";
import type { RuleResult } from "../../../src/validation/rules/evaluate.ts";
import { rules } from "../../../src/validation/rules/index.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { randomReturn, randomReturnParts, seededRandom } from "../../support/randomReturn.ts";
import { organisationNumber, returnFrom } from "./returnBuilder.ts";

const runs = process.env["MVA_TEST_FULL"] === "1" ? 20_000 : 2_000;
const bare = defaultOptions("2025-03-10");
const informed: ValidationOptions = {
  ...bare,
  maximumBasis: fromInteger(1_000_000_000),
  changeOfEarlierReturn: false,
  facts: [
    {
      organisationNumber,
      vatRegistrations: [
        {
          category: "alminnelig",
          from: "2021-03-01",
          to: null,
          periodType: "skattleggingsperiodeToMaaneder",
          oneOff: false,
        },
      ],
      organisationForm: "AS",
      deletedOn: null,
      cessationReported: false,
      bankruptcyRegistered: false,
      bankruptcyEstate: false,
      estateOfDeceasedPerson: false,
      jointRegistration: null,
      accountNumber: null,
      returnHistory: { completeFrom: "2021-01-01", returns: [] },
    },
  ],
};

describe("rules on random returns", function () {
  this.timeout(1_200_000);

  it(`never throw, point inside the document and leave no rule unsaid (${runs} returns)`, () => {
    const random = seededRandom(1);
    for (let i = 0; i < runs; i++) {
      const text = randomReturn(random);
      const result = evaluateRules(returnFrom(text), i % 2 === 0 ? bare : informed);
      for (const { range, message, related, specificationLine, rule } of result.findings) {
        assert.ok(range.start < range.end && range.end <= text.length, `${rule ?? ""} in ${text}`);
        assert.doesNotMatch(message.en + message.nb, /\b(?:undefined|NaN)\b/);
        for (const place of related) assert.ok(place.range.start <= place.range.end && place.range.end <= text.length);
        assert.ok(specificationLine === null || specificationLine >= 0);
      }
      for (const number of result.notEvaluated) assert.ok(rules.some((rule) => rule.number === number));
    }
  });

  it("random returns are accepted by the schema", async () => {
    const engine = await loadSchemaEngine();
    const random = seededRandom(2);
    for (let i = 0; i < 300; i++) {
      const text = randomReturn(random);
      assert.deepEqual(engine.check(parseXml(text), "vatReturn"), [], text);
    }
  });

  it("say the same of the same return, and change nothing in it", () => {
    const random = seededRandom(3);
    for (let i = 0; i < 200; i++) {
      const vatReturn = returnFrom(randomReturn(random));
      const first = evaluateRules(vatReturn, informed);
      const second = evaluateRules(vatReturn, informed);
      assert.deepEqual(summary(second), summary(first));
    }
  });

  it("say the same whatever the order of the lines, but for where they point", () => {
    const random = seededRandom(4);
    for (let i = 0; i < 500; i++) {
      const { before, lines, after } = randomReturnParts(random);
      const straight = evaluateRules(returnFrom(before + lines.join("") + after), informed);
      const reversed = evaluateRules(returnFrom(before + lines.toReversed().join("") + after), informed);
      assert.deepEqual(tally(reversed), tally(straight));
      assert.deepEqual(reversed.notEvaluated, straight.notEvaluated);
    }
  });

  it("list a rule as not evaluated or decide it, never forget it", () => {
    const random = seededRandom(5);
    for (let i = 0; i < 200; i++) {
      const vatReturn = returnFrom(randomReturn(random));
      const category = vatReturn.meldingskategori?.value;
      const { notEvaluated } = evaluateRules(vatReturn, bare);
      const register = rules.filter(({ needs, appliesTo, number }) => {
        const assumed = ["R096", "R097", "R098", "R099", "R117", "R118", "R119", "R134"].includes(number);
        return needs === "register" && !assumed && appliesTo.some((each) => each === category);
      });
      for (const { number } of register) assert.ok(notEvaluated.includes(number), `${number} in ${category ?? ""}`);
    }
  });
});

function summary({ findings, notEvaluated, assumptions }: RuleResult): unknown {
  return {
    findings: findings.map(({ rule, code, range, message }) => ({ rule, code, range, message })),
    notEvaluated,
    assumptions,
  };
}

/** How many findings of each code there are. */
function tally({ findings }: RuleResult): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
}
