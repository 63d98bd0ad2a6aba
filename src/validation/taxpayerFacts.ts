import type { ReturnCategory } from "../codeLists/returnCategories.ts";
import type { CalendarDate, PeriodElementName } from "../vatReturn/period.ts";

/**
 * What the authority's registers hold of one organisation, as far as somebody has written it down.
 * A fact that is left out is unknown, and the rules that need it are not evaluated. `null` says that it is known that
 * there is none: `accountNumber: null` means that no account is registered.
 */
export interface TaxpayerFacts {
  readonly organisationNumber: string;
  /** For the reader of the file; no rule uses it. */
  readonly name?: string;
  /** Every entry in the VAT register, ended ones included; empty: never registered. */
  readonly vatRegistrations?: readonly VatRegistration[];
  /** The code of the Central Coordinating Register: `AS`, `ENK`, `KF`, `FKF`, `ORGL`, `BEDR`, `UDEF` … */
  readonly organisationForm?: string;
  /** The day the organisation was deleted from the Central Coordinating Register. */
  readonly deletedOn?: CalendarDate | null;
  /** Whether the taxpayer has reported that the business ceases. */
  readonly cessationReported?: boolean;
  readonly bankruptcyRegistered?: boolean;
  /** Whether the organisation itself is a bankruptcy estate. */
  readonly bankruptcyEstate?: boolean;
  /** Whether it is registered as the estate of a deceased person. */
  readonly estateOfDeceasedPerson?: boolean;
  /** null: takes no part in a joint registration. */
  readonly jointRegistration?: JointRegistration | null;
  /** The account that refunds go to: eleven digits. */
  readonly accountNumber?: string | null;
  readonly returnHistory?: ReturnHistory;
  /** Filing deadlines, by the last day of the period they belong to. */
  readonly deadlines?: Readonly<Record<CalendarDate, CalendarDate>>;
}

/** One entry in the VAT register. */
export interface VatRegistration {
  readonly category: "alminnelig" | "primaernaering";
  readonly from: CalendarDate;
  /** The last day; null: still registered. */
  readonly to: CalendarDate | null;
  /** The registered length of period; null: none is registered. */
  readonly periodType?: PeriodElementName | null;
  /** Whether it is a registration for a single transaction. */
  readonly oneOff?: boolean;
}

export interface JointRegistration {
  /** Organisation number of the one that files for all of them. */
  readonly reportingUnit: string;
}

/** Returns that the authority already holds. */
export interface ReturnHistory {
  /** The list below is complete for every period that starts on or after this day. */
  readonly completeFrom: CalendarDate;
  readonly returns: readonly DeliveredReturn[];
}

/** One return that was delivered, in its latest version. */
export interface DeliveredReturn {
  readonly category: ReturnCategory;
  /** The period's value on the wire: `mars-april`, `januar-mars`, `uke 7`, `aarlig` … */
  readonly period: string;
  readonly year: number;
  /** `fastsattMerverdiavgift` in whole kroner; negative for a refund. */
  readonly amount?: bigint;
  /** The sum of `grunnlag` over its lines, in whole kroner. */
  readonly totalBasis?: bigint;
}

/** The facts that are known of an organisation, or null. */
export function factsFor(
  facts: readonly TaxpayerFacts[],
  organisationNumber: string | null | undefined,
): TaxpayerFacts | null {
  return facts.find((candidate) => candidate.organisationNumber === organisationNumber) ?? null;
}
