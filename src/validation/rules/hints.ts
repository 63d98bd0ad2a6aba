import type { Hint } from "./rule.ts";
import { totalHints } from "./totals.ts";

/** Everything worth a word that no published rule covers. */
export const hints: readonly Hint[] = [...totalHints];
