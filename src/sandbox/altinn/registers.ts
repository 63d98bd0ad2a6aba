import { add, truncate, zero } from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import { isReturnCategory } from "../../codeLists/returnCategories.ts";
import type { DeliveredReturn, TaxpayerFacts } from "../../validation/taxpayerFacts.ts";
import { readReturn } from "../validation/judge.ts";
import type { Archive } from "./archive.ts";
import type { StoredInstance } from "./state.ts";

/** No period starts as late as this: what was submitted here says nothing of what was not. */
const neverComplete = "9999-12-31";

/**
 * The sandbox's registers: the facts of its start, and every return that was submitted and received since then. So a
 * second submission for a period is a change of the first, as it is at the authority.
 */
export function registers(
  facts: readonly TaxpayerFacts[],
  archive: Pick<Archive, "instances">,
): () => readonly TaxpayerFacts[] {
  return () => {
    const delivered = new Map<string, DeliveredReturn[]>();
    for (const instance of archive.instances) {
      const received = deliveredBy(instance);
      if (received === null) continue;
      const { organisationNumber } = instance;
      const others = (delivered.get(organisationNumber) ?? []).filter((other) => !isSame(other, received));
      delivered.set(organisationNumber, [...others, received]);
    }
    const known = facts.map((entry) => withReturns(entry, delivered.get(entry.organisationNumber) ?? []));
    const told = new Set(facts.map(({ organisationNumber }) => organisationNumber));
    const others = [...delivered]
      .filter(([organisationNumber]) => !told.has(organisationNumber))
      .map(([organisationNumber, returns]) => withReturns({ organisationNumber }, returns));
    return [...known, ...others];
  };
}

/** What the registers keep of a return that was received. @returns null where the return can't be read */
export function deliveredReturn(bytes: Buffer): StoredInstance["delivered"] {
  const vatReturn = readReturn(bytes);
  const category = vatReturn?.meldingskategori?.value.trim() ?? "";
  if (vatReturn === null || vatReturn.period === null || !isReturnCategory(category)) return null;
  const basis = vatReturn.lines.reduce<Decimal>((sum, { grunnlag }) => add(sum, grunnlag?.value ?? zero), zero);
  const total = vatReturn.fastsattMerverdiavgift?.value ?? null;
  return {
    category,
    period: vatReturn.period.value,
    year: vatReturn.period.year,
    amount: total === null ? null : wholeKroner(total),
    totalBasis: wholeKroner(basis),
  };
}

function deliveredBy({ delivered }: StoredInstance): DeliveredReturn | null {
  if (delivered === null || !isReturnCategory(delivered.category)) return null;
  const { category, period, year, amount, totalBasis } = delivered;
  return {
    category,
    period,
    year,
    totalBasis: BigInt(totalBasis),
    ...(amount === null ? {} : { amount: BigInt(amount) }),
  };
}

function withReturns(facts: TaxpayerFacts, received: readonly DeliveredReturn[]): TaxpayerFacts {
  if (received.length === 0) return facts;
  const { completeFrom, returns } = facts.returnHistory ?? { completeFrom: neverComplete, returns: [] };
  const before = returns.filter((one) => !received.some((other) => isSame(one, other)));
  return { ...facts, returnHistory: { completeFrom, returns: [...before, ...received] } };
}

function isSame(one: DeliveredReturn, other: DeliveredReturn): boolean {
  return one.category === other.category && one.period === other.period && one.year === other.year;
}

function wholeKroner(amount: Decimal): string {
  return String(truncate(amount).coefficient);
}
