import { basisAndRateRules } from "./basisAndRate.ts";
import { codeAndRateRules } from "./codesAndRates.ts";
import { firstPeriodRules } from "./firstPeriods.ts";
import type { Rule } from "./rule.ts";
import { totalRules } from "./totals.ts";

/** The published rules, by number. */
export const rules: readonly Rule[] = [
  ...firstPeriodRules,
  ...codeAndRateRules,
  ...totalRules,
  ...basisAndRateRules,
].sort((a, b) => (a.number < b.number ? -1 : 1));

const byNumber = new Map(rules.map((rule) => [rule.number, rule]));

export function ruleByNumber(number: string): Rule | null {
  return byNumber.get(number) ?? null;
}
