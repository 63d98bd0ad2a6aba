import { periodTypeHints } from "./periodTypes.ts";
import { remarkHints } from "./remarks.ts";
import type { Hint } from "./rule.ts";
import { totalHints } from "./totals.ts";
import { twoSidedHints } from "./twoSidedCodes.ts";

/** Everything worth a word that no published rule covers. */
export const hints: readonly Hint[] = [...totalHints, ...twoSidedHints, ...remarkHints, ...periodTypeHints];
