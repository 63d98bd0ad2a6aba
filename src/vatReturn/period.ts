import { addDays, calendarDate, isMonday, isoWeekMonday, isoWeeksInYear, lastDayOfMonth } from "./calendar.ts";
import type { CalendarDate } from "./calendar.ts";

export { addDays, addMonths, addYears, dateInOslo, daysBetween } from "./calendar.ts";
export type { CalendarDate } from "./calendar.ts";

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

/** The months as the return's schema writes them. */
export const monthNames = [
  "januar",
  "februar",
  "mars",
  "april",
  "mai",
  "juni",
  "juli",
  "august",
  "september",
  "oktober",
  "november",
  "desember",
] as const;

const firstHalf = "foerste halvdel ";
const secondHalf = "andre halvdel ";
const week = "uke ";

/** Every legal value of each period element, in the order of the calendar. */
export const periodValues: Readonly<Record<PeriodElementName, readonly string[]>> = {
  skattleggingsperiodeMaaned: monthNames,
  skattleggingsperiodeToMaaneder: spans(2),
  skattleggingsperiodeTreMaaneder: spans(3),
  skattleggingsperiodeSeksMaaneder: spans(6),
  skattleggingsperiodeHalvMaaned: monthNames.flatMap((month) => [firstHalf + month, secondHalf + month]),
  skattleggingsperiodeUke: Array.from({ length: 53 }, (_, index) => `${week}${index + 1}`),
  skattleggingsperiodeAar: ["aarlig"],
};

/** How many months the elements that span whole months cover. */
const monthsCovered: Partial<Record<PeriodElementName, number>> = {
  skattleggingsperiodeMaaned: 1,
  skattleggingsperiodeToMaaneder: 2,
  skattleggingsperiodeTreMaaneder: 3,
  skattleggingsperiodeSeksMaaneder: 6,
  skattleggingsperiodeAar: 12,
};

/** What each kind of period is called when speaking of it. */
export const periodLengthNames: Readonly<Record<PeriodElementName, { readonly en: string; readonly nb: string }>> = {
  skattleggingsperiodeMaaned: { en: "monthly", nb: "månedlig" },
  skattleggingsperiodeToMaaneder: { en: "two-monthly", nb: "tomånedlig" },
  skattleggingsperiodeTreMaaneder: { en: "three-monthly", nb: "tremånedlig" },
  skattleggingsperiodeSeksMaaneder: { en: "six-monthly", nb: "seksmånedlig" },
  skattleggingsperiodeHalvMaaned: { en: "half-monthly", nb: "halvmånedlig" },
  skattleggingsperiodeUke: { en: "weekly", nb: "ukentlig" },
  skattleggingsperiodeAar: { en: "annual", nb: "årlig" },
};

export function isPeriodElementName(name: string): name is PeriodElementName {
  return Object.hasOwn(periodValues, name);
}

/**
 * The period that an element of this name and value means in that year. Weeks are ISO 8601 weeks: week 1 of 2022 is
 * 3 to 9 January. `uke 53` of a year with 52 weeks gives the week after the last one; see `namesMissingWeek`.
 * @param value exactly as the schema writes it
 * @param year 1 to 9999
 * @returns null where there is no such kind, value or year
 */
export function readTaxPeriod(elementName: string, value: string, year: number): TaxPeriod | null {
  if (!isPeriodElementName(elementName) || !Number.isInteger(year) || year < 1 || year > 9999) return null;
  const index = periodValues[elementName].indexOf(value);
  if (index < 0) return null;
  const months = monthsCovered[elementName];
  if (months !== undefined) {
    const first = index * months + 1;
    const start = calendarDate(year, first, 1);
    return { elementName, value, year, start, end: lastDayOfMonth(year, first + months - 1) };
  }
  if (elementName === "skattleggingsperiodeUke") {
    const start = addDays(isoWeekMonday(year, 1), 7 * index);
    return { elementName, value, year, start, end: addDays(start, 6) };
  }
  const month = Math.floor(index / 2) + 1;
  return index % 2 === 0
    ? { elementName, value, year, start: calendarDate(year, month, 1), end: calendarDate(year, month, 15) }
    : { elementName, value, year, start: calendarDate(year, month, 16), end: lastDayOfMonth(year, month) };
}

/** Whether this is `uke 53` of a year that has 52 weeks: legal by the schema, yet no week of that year. */
export function namesMissingWeek(period: TaxPeriod): boolean {
  return (
    period.elementName === "skattleggingsperiodeUke" &&
    period.value === `${week}53` &&
    isoWeeksInYear(period.year) === 52
  );
}

/**
 * Whether some period ends on the day: a half month, a month or several, or a week.
 * @throws RangeError where `day` is no calendar date
 */
export function endsPeriod(day: CalendarDate): boolean {
  const next = addDays(day, 1);
  return day.endsWith("-15") || next.endsWith("-01") || isMonday(next);
}

function spans(months: number): readonly string[] {
  const count = monthNames.length / months;
  return Array.from(
    { length: count },
    (_, index) => `${monthNames[index * months] ?? ""}-${monthNames[index * months + months - 1] ?? ""}`,
  );
}
