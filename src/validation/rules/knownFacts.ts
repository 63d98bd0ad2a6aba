import type { CalendarDate, TaxPeriod } from "../../vatReturn/period.ts";
import { addDays, addYears, namesMissingWeek, periodValues, readTaxPeriod } from "../../vatReturn/period.ts";
import type { PeriodElementName } from "../../vatReturn/period.ts";
import type { DeliveredReturn, VatRegistration } from "../taxpayerFacts.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Condition } from "./conditions.ts";

/** `undefined` means unknown, in every function here: nothing is guessed. */
export type Known<T> = T | undefined;

/** Whether one of the statements holds: yes as soon as one does, no only if all are known not to. */
export function oneHolds(...statements: readonly Known<boolean>[]): Known<boolean> {
  if (statements.includes(true)) return true;
  return statements.includes(undefined) ? undefined : false;
}

/** The day the enterprise was deleted from the Central Coordinating Register; null where it is not, or not yet. */
export function deletionDay({ facts, options }: CheckedReturn): Known<CalendarDate | null> {
  const deletedOn = facts?.deletedOn;
  return typeof deletedOn === "string" && deletedOn > options.today ? null : deletedOn;
}

/** Whether the enterprise has been deleted from the Central Coordinating Register before the day. */
export function deletedBefore(checked: CheckedReturn, day: CalendarDate): Known<boolean> {
  const deletedOn = deletionDay(checked);
  return deletedOn === undefined ? undefined : deletedOn !== null && deletedOn < day;
}

export function covers(registration: VatRegistration, day: CalendarDate): boolean {
  return registration.from <= day && (registration.to === null || registration.to >= day);
}

/** How much of the period one or more registrations cover, taken together. */
export function coverage(registrations: readonly VatRegistration[], period: TaxPeriod): "none" | "part" | "whole" {
  const overlapping = registrations
    .filter(({ from, to }) => from <= period.end && (to === null || to >= period.start))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  let firstUncovered = period.start;
  for (const { from, to } of overlapping) {
    if (from > firstUncovered) break;
    if (to === null) return "whole";
    if (to >= firstUncovered) firstUncovered = addDays(to, 1);
  }
  if (firstUncovered > period.end) return "whole";
  return overlapping.length > 0 ? "part" : "none";
}

/**
 * Whether the return comes later than so many years after its deadline. The taxpayer's own deadline goes before the
 * general one; without either it is only known that no deadline comes before the end of its period.
 */
export function laterThanDeadline({ facts, options, period }: CheckedReturn, years = 0): Condition {
  if (period === null) return "unreadable";
  const isLater = (deadline: CalendarDate): boolean => options.today > addYears(deadline, years);
  const own = facts?.deadlines?.[period.end];
  if (own !== undefined) return isLater(own);
  const general = options.deadlines[period.end];
  if (general !== undefined) return { holds: isLater(general), assumption: "deadline" };
  return isLater(period.end) ? "setting" : false;
}

/** The deadline that `laterThanDeadline` goes by. */
export function deadlineOf({ facts, options, period }: CheckedReturn): Known<CalendarDate> {
  return period === null ? undefined : (facts?.deadlines?.[period.end] ?? options.deadlines[period.end]);
}

/** The version of this very return that the authority already holds: null where it is known to hold none. */
export function earlierVersion({ facts, category, period }: CheckedReturn): Known<DeliveredReturn | null> {
  const history = facts?.returnHistory;
  if (history === undefined || period === null || category === null) return undefined;
  const found = history.returns.find(
    (delivered) =>
      delivered.category === category && delivered.year === period.year && delivered.period === period.value,
  );
  return found ?? (period.start >= history.completeFrom ? null : undefined);
}

/** Whether nothing was submitted for the period before: by the facts, otherwise as the options say. */
export function isFirstSubmission(checked: CheckedReturn): Condition {
  const earlier = earlierVersion(checked);
  if (earlier !== undefined) return earlier === null;
  const { facts, period, options } = checked;
  // The history would tell, were it known of which period.
  if (period === null && facts?.returnHistory !== undefined) return "unreadable";
  const { firstSubmission } = options;
  return firstSubmission === null ? "setting" : { holds: firstSubmission, assumption: "firstForPeriod" };
}

/** Whether the return changes one that was delivered: by the facts, otherwise as the options say. */
export function isChange(checked: CheckedReturn): Condition {
  const earlier = earlierVersion(checked);
  if (earlier !== undefined) return earlier !== null;
  const { changeOfEarlierReturn } = checked.options;
  return changeOfEarlierReturn === null ? "setting" : { holds: changeOfEarlierReturn, assumption: "change" };
}

/**
 * Whether no return of the same category and year fulfils the condition. Where the known history does not reach back
 * to the start of the year, `firstSubmission` says so, unless a known version of this very return contradicts it.
 * @param fulfils undefined where the delivered return does not tell.
 */
export function noneThisYear(
  checked: CheckedReturn,
  fulfils: (delivered: DeliveredReturn) => Known<boolean>,
): Condition {
  const { facts, category, period, options } = checked;
  if (category === null || period === null) return "unreadable";
  const history = facts?.returnHistory;
  const inYear = (history?.returns ?? []).filter(
    (delivered) => delivered.category === category && delivered.year === period.year,
  );
  const some = oneHolds(...inYear.map(fulfils));
  if (some === true) return false;
  if (some === undefined) return "registers";
  if (history !== undefined && history.completeFrom <= `${period.year}-01-01`) return true;
  if (options.firstSubmission === null) return "setting";
  const earlier = earlierVersion(checked);
  const isKnownNotToBeFirst = earlier !== undefined && earlier !== null;
  if (!options.firstSubmission || isKnownNotToBeFirst) return "registers";
  return { holds: true, assumption: "nothingEarlierThisYear" };
}

/**
 * Periods before this one for which no return was delivered, although the taxpayer was registered.
 * undefined where it can't be told; an empty list where none is missing.
 */
export function missingEarlierPeriods({ facts, category, period }: CheckedReturn): Known<readonly TaxPeriod[]> {
  const history = facts?.returnHistory;
  const registrations = facts?.vatRegistrations;
  if (history === undefined || registrations === undefined || period === null || category === null) return undefined;
  // By their names: two registrations may ask for the same return.
  const missing = new Map<string, TaxPeriod>();
  let unknown = false;
  for (const registration of registrations) {
    if (registration.category !== category || registration.from >= period.start) continue;
    if (registration.periodType === undefined || registration.periodType === null) {
      unknown = true;
      continue;
    }
    const { periodType } = registration;
    const delivered = new Set(
      history.returns
        .filter((candidate) => candidate.category === category)
        .map((candidate) => readTaxPeriod(periodType, candidate.period, candidate.year)?.start),
    );
    for (const expected of expectedPeriods(registration, periodType, period.start)) {
      if (delivered.has(expected.start)) continue;
      if (expected.start >= history.completeFrom) missing.set(`${expected.value} ${expected.year}`, expected);
      else unknown = true;
    }
  }
  return missing.size > 0 || !unknown ? [...missing.values()] : undefined;
}

/** The periods that a registration asks returns for, up to the day. */
function expectedPeriods(registration: VatRegistration, type: PeriodElementName, before: CalendarDate): TaxPeriod[] {
  const [first, last] = [yearOf(registration.from), yearOf(before)];
  const periods: TaxPeriod[] = [];
  // The first days of a year may lie in the last week of the year before.
  for (let year = first - 1; year <= last; year++) {
    for (const value of periodValues[type]) {
      const candidate = readTaxPeriod(type, value, year);
      if (candidate === null || namesMissingWeek(candidate)) continue;
      if (candidate.end >= before || candidate.end < registration.from) continue;
      if (registration.to !== null && candidate.start > registration.to) continue;
      periods.push(candidate);
    }
  }
  return periods;
}

function yearOf(date: CalendarDate): number {
  let year = 0;
  for (let i = 0; i < 4; i++) year = year * 10 + date.charCodeAt(i) - 48;
  return year;
}
