import type { Decimal } from "../vatReturn/decimal.ts";
import type { CalendarDate } from "../vatReturn/period.ts";
import type { TaxpayerFacts } from "./taxpayerFacts.ts";

/**
 * What a return alone does not tell. Every switch has a default (see `defaultOptions`); what was assumed is said in
 * the result's `assumptions`.
 */
export interface ValidationOptions {
  /** The day of the check in Europe/Oslo. The core never reads the clock by itself. */
  readonly today: CalendarDate;
  /** R019: `faq` allows max(10, number of lines) kroner per line, `strict` nothing. */
  readonly tolerance: "faq" | "strict";
  /** Whether this is the first submission for its period. null: not known. */
  readonly firstSubmission: boolean | null;
  /** Whether this changes a return delivered earlier. null: not known. */
  readonly changeOfEarlierReturn: boolean | null;
  /** R085's ceiling in kroner; the authority has not published one. null: R085 is not evaluated. */
  readonly maximumBasis: Decimal | null;
  /** Filing deadlines by the end of the period they belong to; empty: rules that need one are not evaluated. */
  readonly deadlines: Readonly<Record<string, CalendarDate>>;
  /** What the authority's registers are said to hold, by organisation number. */
  readonly facts: readonly TaxpayerFacts[];
}
