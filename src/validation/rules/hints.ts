import { amountHints } from "./amounts.ts";
import { calculationHints } from "./calculation.ts";
import { periodTypeHints } from "./periodTypes.ts";
import { chosenRemarkHints } from "./remarkChosen.ts";
import type { Hint } from "./rule.ts";
import { twoSidedHints } from "./twoSidedCodes.ts";

/** Everything worth a word that no published rule covers. */
export const hints: readonly Hint[] = [
  ...calculationHints,
  ...amountHints,
  ...twoSidedHints,
  ...chosenRemarkHints,
  ...periodTypeHints,
];
