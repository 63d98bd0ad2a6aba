/** A calendar date as `YYYY-MM-DD`; dates compare as texts. */
export type CalendarDate = string;

/** The seven period elements of the return's schema. */
export type PeriodElementName =
  | "skattleggingsperiodeMaaned"
  | "skattleggingsperiodeToMaaneder"
  | "skattleggingsperiodeTreMaaneder"
  | "skattleggingsperiodeSeksMaaneder"
  | "skattleggingsperiodeHalvMaaned"
  | "skattleggingsperiodeUke"
  | "skattleggingsperiodeAar";

/** A tax period with its first and last day, both inclusive. */
export interface TaxPeriod {
  readonly elementName: PeriodElementName;
  /** The value on the wire, such as `mars-april` or `uke 1`. */
  readonly value: string;
  readonly year: number;
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}
