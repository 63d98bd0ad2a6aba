/** A calendar date as `YYYY-MM-DD`; dates compare as texts. */
export type CalendarDate = string;

const millisecondsPerDay = 86_400_000;
const pattern = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

/** The date of year, month (1 to 12) and day; what goes beyond a month or a year counts on into the next. */
export function calendarDate(year: number, month: number, day: number): CalendarDate {
  return fromDayNumber(dayNumber(year, month, day));
}

export function isCalendarDate(text: string): boolean {
  return split(text) !== null;
}

/** @throws RangeError where `date` is no calendar date */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const [year, month, day] = parts(date);
  return fromDayNumber(dayNumber(year, month, day) + days);
}

/** The same day of a later (or earlier) month; its last day where that month is shorter. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = parts(date);
  const target = year * 12 + month - 1 + months;
  const targetYear = Math.floor(target / 12);
  const targetMonth = target - targetYear * 12 + 1;
  return written(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/** The same date in another year; 29 February becomes 28 February where there is none. */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  return addMonths(date, years * 12);
}

/** Days from `from` to `to`: 0 for the same day, negative where `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(...parts(to)) - dayNumber(...parts(from));
}

/** @param month 1 to 12 */
export function lastDayOfMonth(year: number, month: number): CalendarDate {
  return written(year, month, daysInMonth(year, month));
}

/** The Monday of an ISO 8601 week: week 1 is the one with 4 January in it. */
export function isoWeekMonday(year: number, week: number): CalendarDate {
  const fourthOfJanuary = dayNumber(year, 1, 4);
  return fromDayNumber(fourthOfJanuary - weekday(fourthOfJanuary) + 7 * (week - 1));
}

/** @throws RangeError where `date` is no calendar date */
export function isMonday(date: CalendarDate): boolean {
  return weekday(dayNumber(...parts(date))) === 0;
}

/** 52 or 53. A year has 53 ISO weeks when 31 December or 1 January is a Thursday. */
export function isoWeeksInYear(year: number): 52 | 53 {
  const thursday = 3;
  return weekday(dayNumber(year, 1, 1)) === thursday || weekday(dayNumber(year, 12, 31)) === thursday ? 53 : 52;
}

let oslo: Intl.DateTimeFormat | null = null;

/** Made on first use: it loads time zones, which would take longer than all the rest of a start. */
function osloFormat(): Intl.DateTimeFormat {
  oslo ??= new Intl.DateTimeFormat("en-CA", {
    timeZone: "Europe/Oslo",
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return oslo;
}

/** The calendar date that it is in Norway at an instant. */
export function dateInOslo(instant: Date): CalendarDate {
  const named = new Map(
    osloFormat()
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const year = (named.get("year") ?? "").padStart(4, "0");
  return `${year}-${named.get("month") ?? ""}-${named.get("day") ?? ""}`;
}

/** @param month 1 to 12 */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 1 January 1970. `Date` in UTC is used as a calendar only; its two-digit years are avoided. */
function dayNumber(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) / millisecondsPerDay;
}

/** 0 for Monday to 6 for Sunday. */
function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function fromDayNumber(day: number): CalendarDate {
  const date = new Date(day * millisecondsPerDay);
  return written(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function written(year: number, month: number, day: number): CalendarDate {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function parts(date: CalendarDate): readonly [number, number, number] {
  const found = split(date);
  if (found === null) throw new RangeError(`Not a calendar date (YYYY-MM-DD): ${date}`);
  return found;
}

function split(text: string): readonly [number, number, number] | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? [year, month, day] : null;
}
