import { amountRules } from "./amounts.ts";
import { basisAndRateRules } from "./basisAndRate.ts";
import { calculationRules } from "./calculation.ts";
import { claimHistoryRules } from "./claimHistory.ts";
import { codeSetRules } from "./codeSets.ts";
import { codeAndRateRules } from "./codesAndRates.ts";
import { earlierReturnRules } from "./earlierReturns.ts";
import { firstPeriodRules } from "./firstPeriods.ts";
import { kidRules } from "./kid.ts";
import { periodEndRules } from "./periodEnd.ts";
import { periodTypeRules } from "./periodTypes.ts";
import { registeredOrNotRules } from "./registeredOrNot.ts";
import { chosenRemarkRules } from "./remarkChosen.ts";
import { fittingRemarkRules } from "./remarkFitting.ts";
import { neededRemarkRules } from "./remarkNeeded.ts";
import { reverseChargeHistoryRules } from "./reverseChargeHistory.ts";
import type { Rule } from "./rule.ts";
import { specificationRules } from "./specifications.ts";
import { taxpayerRules } from "./taxpayer.ts";
import { totalRules } from "./totals.ts";
import { twoSidedRules } from "./twoSidedCodes.ts";
import { vatRegisterRules } from "./vatRegister.ts";

/** Every active published rule, by number. */
export const rules: readonly Rule[] = [
  ...firstPeriodRules,
  ...codeAndRateRules,
  ...totalRules,
  ...calculationRules,
  ...amountRules,
  ...basisAndRateRules,
  ...twoSidedRules,
  ...specificationRules,
  ...neededRemarkRules,
  ...chosenRemarkRules,
  ...fittingRemarkRules,
  ...codeSetRules,
  ...periodTypeRules,
  ...kidRules,
  ...periodEndRules,
  ...vatRegisterRules,
  ...registeredOrNotRules,
  ...taxpayerRules,
  ...earlierReturnRules,
  ...claimHistoryRules,
  ...reverseChargeHistoryRules,
].sort((a, b) => (a.number < b.number ? -1 : 1));

const byNumber = new Map(rules.map((rule) => [rule.number, rule]));

/** @param number such as `R018`; null for numbers that are retired or were never published. */
export function ruleByNumber(number: string): Rule | null {
  return byNumber.get(number) ?? null;
}
