import { basisAndRateRules } from "./basisAndRate.ts";
import { codeSetRules } from "./codeSets.ts";
import { codeAndRateRules } from "./codesAndRates.ts";
import { firstPeriodRules } from "./firstPeriods.ts";
import { historyRules } from "./history.ts";
import { kidRules } from "./kid.ts";
import { periodEndRules } from "./periodEnd.ts";
import { periodTypeRules } from "./periodTypes.ts";
import { registerRules } from "./registers.ts";
import { remarkRules } from "./remarks.ts";
import type { Rule } from "./rule.ts";
import { specificationRules } from "./specifications.ts";
import { totalRules } from "./totals.ts";
import { twoSidedRules } from "./twoSidedCodes.ts";

/** Every active published rule, by number. */
export const rules: readonly Rule[] = [
  ...firstPeriodRules,
  ...codeAndRateRules,
  ...totalRules,
  ...basisAndRateRules,
  ...twoSidedRules,
  ...specificationRules,
  ...remarkRules,
  ...codeSetRules,
  ...periodTypeRules,
  ...kidRules,
  ...periodEndRules,
  ...registerRules,
  ...historyRules,
].sort((a, b) => (a.number < b.number ? -1 : 1));

const byNumber = new Map(rules.map((rule) => [rule.number, rule]));

/** @param number such as `R018`; null for numbers that are retired or were never published. */
export function ruleByNumber(number: string): Rule | null {
  return byNumber.get(number) ?? null;
}
