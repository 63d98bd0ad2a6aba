import type { ValidationOptions } from "../../../../src/validation/options.ts";
import type { OpenReason } from "../../../../src/validation/result.ts";
import type { TaxpayerFacts } from "../../../../src/validation/taxpayerFacts.ts";
import type { Given } from "../returnBuilder.ts";
import { organisationNumber } from "../returnBuilder.ts";

/** What a rule should say of a return: `open` means that it is not evaluated. */
export type Verdict = "violated" | "passes" | "open";

/** One row of the tables. */
export interface RuleCase extends Given {
  readonly rule: string;
  readonly verdict: Verdict;
  /** What the row is about. */
  readonly why: string;
  readonly today?: string;
  readonly options?: Partial<ValidationOptions>;
  /** Facts about the return's taxpayer. */
  readonly facts?: Omit<TaxpayerFacts, "organisationNumber">;
  /** Where the finding points: the end of its path. Several where several lines violate. */
  readonly at?: string | readonly string[];
  /** Parts of the English message. */
  readonly says?: RegExp;
  /** Why the rule is left open. Unless given: unreadable for rules of the document, registers for the others. */
  readonly because?: OpenReason;
  /** What the verdict rests on; unless given, on nothing that was taken for granted. */
  readonly assumed?: RegExp;
}

/** A table row without what the table already says. */
export type Row = Omit<RuleCase, "rule" | "verdict">;

/** The rows of one rule. */
export function rule(
  number: string,
  rows: { readonly bad: readonly Row[]; readonly good: readonly Row[]; readonly open?: readonly Row[] },
): RuleCase[] {
  return [
    ...rows.bad.map((row): RuleCase => ({ rule: number, verdict: "violated", ...row })),
    ...rows.good.map((row): RuleCase => ({ rule: number, verdict: "passes", ...row })),
    ...(rows.open ?? []).map((row): RuleCase => ({ rule: number, verdict: "open", ...row })),
  ];
}

export function factsOf(row: RuleCase): readonly TaxpayerFacts[] {
  return row.facts === undefined ? [] : [{ organisationNumber, ...row.facts }];
}
