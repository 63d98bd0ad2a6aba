import assert from "node:assert/strict";
import { evaluateRules } from "../../../src/validation/rules/evaluate.ts";
import type { RuleResult } from "../../../src/validation/rules/evaluate.ts";
import { rules } from "../../../src/validation/rules/index.ts";
import { randomFacts, randomOptions } from "../../support/randomOptions.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { randomReturn, randomReturnParts, seededRandom } from "../../support/randomReturn.ts";
import { returnFrom } from "./returnBuilder.ts";

/** The whole number that every rule is to survive; the slower properties take a tenth of it unless asked for all. */
const survived = 20_000;
const runs = process.env["MVA_TEST_FULL"] === "1" ? survived : survived / 10;
describe("rules on random returns", function () {
  this.timeout(1_200_000);

  it(`never throw, point inside the document and leave no rule unsaid (${survived} returns)`, () => {
    const random = seededRandom(1);
    for (let i = 0; i < survived; i++) {
      const text = randomReturn(random);
      const facts = i % 3 === 0 ? [] : [randomFacts(random)];
      const result = evaluateRules(returnFrom(text), { ...randomOptions(random), facts });
      for (const { range, message, related, specificationLine, rule } of result.findings) {
        const isInside = range.start < range.end && range.end <= text.length;
        if (!isInside) assert.fail(`${rule ?? ""} points outside ${text}`);
        if (/\b(?:undefined|NaN)\b/.test(message.en + message.nb)) assert.fail(`${message.en} in ${text}`);
        for (const place of related)
          if (place.range.start > place.range.end || place.range.end > text.length)
            assert.fail(`${rule ?? ""} in ${text}`);
        if (specificationLine !== null && specificationLine < 0) assert.fail(`${rule ?? ""} in ${text}`);
      }
      for (const number of result.notEvaluated) assert.ok(rules.some((rule) => rule.number === number));
      assert.deepEqual(Object.keys(result.notEvaluatedBecause).sort(), result.notEvaluated);
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
      const options = { ...randomOptions(random), facts: [randomFacts(random)] };
      const first = evaluateRules(vatReturn, options);
      const second = evaluateRules(vatReturn, options);
      assert.deepEqual(summary(second), summary(first));
    }
  });

  it("say the same whatever the order of the lines, but for where they point", () => {
    const random = seededRandom(4);
    for (let i = 0; i < 500; i++) {
      const { before, lines, after } = randomReturnParts(random);
      const options = { ...randomOptions(random), facts: [randomFacts(random)] };
      const straight = evaluateRules(returnFrom(before + lines.join("") + after), options);
      const reversed = evaluateRules(returnFrom(before + lines.toReversed().join("") + after), options);
      assert.deepEqual(tally(reversed), tally(straight));
      assert.deepEqual(reversed.notEvaluatedBecause, straight.notEvaluatedBecause);
      assert.deepEqual(reversed.assumptions, straight.assumptions);
    }
  });

  it("decide nothing that facts could decide otherwise", () => {
    const random = seededRandom(5);
    for (let i = 0; i < runs / 4; i++) {
      const text = randomReturn(random);
      const vatReturn = returnFrom(text);
      const options = { ...randomOptions(random), ...unknowns };
      const [blind, informed] = [options, { ...options, facts: [randomFacts(random)] }].map((known) =>
        verdicts(evaluateRules(vatReturn, known)),
      );
      for (const [rule, verdict] of blind ?? [])
        if (verdict !== "open") assert.equal(informed?.get(rule), verdict, `${rule} in ${text}`);
    }
  });

  it("decide nothing that a missing or unreadable value could decide otherwise", () => {
    const random = seededRandom(8);
    const hidden = new Set<string>();
    for (let i = 0; i < runs; i++) {
      const text = randomReturn(random);
      // Where no category can be read, one that is received is thought of.
      if (text.includes("eHandel")) continue;
      const place = pick([...text.matchAll(readValue)], random);
      const [element, name = ""] = place;
      // A line may do without a basis, so that only an unreadable one is unknown.
      const instead = name === "grunnlag" || random() < 0.5 ? (unreadable[name] ?? "") : "";
      const blinded = text.slice(0, place.index) + instead + text.slice(place.index + element.length);
      const options = { ...randomOptions(random), facts: [randomFacts(random)] };
      const seen = verdicts(evaluateRules(returnFrom(text), options));
      for (const [rule, verdict] of verdicts(evaluateRules(returnFrom(blinded), options)))
        if (verdict !== "open") assert.equal(verdict, seen.get(rule), `${rule} without ${element} of ${text}`);
      hidden.add(name);
    }
    assert.deepEqual([...hidden].sort(), [...Object.keys(unreadable), "meldingskategori", "mvaKode", "periode"].sort());
  });

  it("leave nothing to registers that would say the same whatever they hold", () => {
    const random = seededRandom(6);
    const seen = new Set<string>();
    for (let i = 0; i < runs / 10; i++) {
      const text = randomReturn(random);
      const vatReturn = returnFrom(text);
      const options = { ...randomOptions(random), ...unknowns };
      const { notEvaluated, notEvaluatedBecause } = evaluateRules(vatReturn, options);
      // Facts are found by the organisation number alone.
      if (vatReturn.organisasjonsnummer === null) continue;
      const open = notEvaluated.filter((rule) => notEvaluatedBecause[rule] === "registers");
      const unpassed = new Set(open);
      // Some facts, such as a deletion within the very period, are drawn seldom.
      for (let draw = 0; draw < 40 || (unpassed.size > 0 && draw < 2_000); draw++) {
        const found = verdicts(evaluateRules(vatReturn, { ...options, facts: [randomFacts(random)] }));
        for (const rule of open) {
          if (found.get(rule) === "passes") unpassed.delete(rule);
          if (found.get(rule) === "violated") seen.add(rule);
        }
      }
      assert.deepEqual([...unpassed], [], `These never pass in ${text}`);
    }
    const registers = rules.filter(({ needs, number }) => needs === "register" && !byOptions.includes(number));
    for (const { number } of registers) assert.ok(seen.has(number), `${number} was never violated by any facts`);
  });

  it("are decided as far as the overview says", () => {
    const random = seededRandom(7);
    const decided = new Set<string>();
    const open = new Set<string>();
    for (let i = 0; i < runs; i++) {
      const vatReturn = returnFrom(randomReturn(random));
      const category = vatReturn.meldingskategori?.value;
      const { notEvaluated, notEvaluatedBecause } = evaluateRules(vatReturn, { ...randomOptions(random), ...unknowns });
      for (const { number, appliesTo } of rules) {
        if (!appliesTo.some((each) => each === category)) continue;
        if (!notEvaluated.includes(number)) decided.add(number);
        else if (notEvaluatedBecause[number] !== "unreadable") open.add(number);
      }
    }
    for (const { number, evaluated } of rules) {
      assert.equal(decided.has(number), evaluated !== "withFacts", `${number} decided from the document`);
      assert.equal(open.has(number), evaluated !== "always", `${number} left open`);
    }
  });
});

/** Elements whose values the rules read; each of them, but for the basis, must be there. */
const readValue =
  /<(mvaKode|grunnlag|merverdiavgift|fastsattMerverdiavgift|aar|meldingskategori|periode)>(?:[^<]*|\s*<\w+>[^<]*<\/\w+>\s*)<\/\1>/g;
const unreadable: Readonly<Record<string, string>> = {
  grunnlag: "<grunnlag>1 000</grunnlag>",
  merverdiavgift: "<merverdiavgift>1,5</merverdiavgift>",
  fastsattMerverdiavgift: "<fastsattMerverdiavgift/>",
  aar: "<aar>26</aar>",
};

function pick<T>(values: readonly T[], random: () => number): T {
  const found = values[Math.floor(random() * values.length)];
  assert.ok(found !== undefined);
  return found;
}

/** Rules that ask options as well: without them they are not left to the registers alone. */
const byOptions = ["R096", "R097", "R098", "R099", "R117", "R118", "R119", "R132", "R133", "R134"];
/** Nothing is taken for granted. */
const unknowns = { firstSubmission: null, changeOfEarlierReturn: null, maximumBasis: null, deadlines: {} } as const;

function summary({ findings, notEvaluated, assumptions }: RuleResult): unknown {
  return {
    findings: findings.map(({ rule, code, range, message }) => ({ rule, code, range, message })),
    notEvaluated,
    assumptions,
  };
}

/** What each rule says; those that don't apply, and those that pass everywhere, say that they pass. */
function verdicts({ findings, notEvaluated }: RuleResult): ReadonlyMap<string, "passes" | "open" | "violated"> {
  const violated = new Set(findings.filter((each) => each.officialSeverity !== null).map(({ rule }) => rule));
  return new Map(
    rules.map(({ number }) => [
      number,
      violated.has(number) ? "violated" : notEvaluated.includes(number) ? "open" : "passes",
    ]),
  );
}

/** How many findings of each code there are. */
function tally({ findings }: RuleResult): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
}
