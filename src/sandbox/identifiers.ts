import { controlDigit, isOrganisationNumber } from "../vatReturn/organisationNumber.ts";

/**
 * The two kinds of Norwegian identifiers the sandbox invents: national identity numbers of the synthetic series
 * (month plus 80, so that no living person can have one) and organisation numbers of the series starting with 3.
 */

const firstControlWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const secondControlWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/** How far the month of a synthetic person is moved. */
const syntheticMonthOffset = 80;

export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The years whose persons have this individual number (digits 7 to 9), as two-digit years are ambiguous. */
function yearOf(twoDigits: number, individual: number): number | null {
  if (individual < 500) return 1900 + twoDigits;
  if (individual < 750 && twoDigits >= 54) return 1800 + twoDigits;
  if (individual >= 900 && twoDigits >= 40) return 1900 + twoDigits;
  return twoDigits < 40 ? 2000 + twoDigits : null;
}

/**
 * The synthetic national identity number of a person born on `birth`, with the given individual number (0–999, which
 * must fit the year).
 *
 * @returns the eleven digits, or null where this combination has no valid control digits or does not fit the year
 */
export function syntheticNationalIdentityNumber(birth: CalendarDate, individual: number): string | null {
  if (birth.month < 1 || birth.month > 12 || birth.day < 1 || birth.day > daysInMonth(birth.year, birth.month)) {
    return null;
  }
  if (!Number.isInteger(individual) || individual < 0 || individual > 999) return null;
  if (yearOf(birth.year % 100, individual) !== birth.year) return null;
  const nine = [
    String(birth.day).padStart(2, "0"),
    String(birth.month + syntheticMonthOffset),
    String(birth.year % 100).padStart(2, "0"),
    String(individual).padStart(3, "0"),
  ].join("");
  const first = controlDigit(nine, firstControlWeights);
  if (first === null) return null;
  const second = controlDigit(nine + String(first), secondControlWeights);
  return second === null ? null : nine + String(first) + String(second);
}

/** Whether `text` is a national identity number of the synthetic series: a real date with its month plus 80, and both control digits. */
export function isSyntheticNationalIdentityNumber(text: string): boolean {
  if (!/^\d{11}$/.test(text)) return false;
  const individual = Number(text.slice(6, 9));
  const year = yearOf(Number(text.slice(4, 6)), individual);
  if (year === null) return false;
  const birth = { year, month: Number(text.slice(2, 4)) - syntheticMonthOffset, day: Number(text.slice(0, 2)) };
  return syntheticNationalIdentityNumber(birth, individual) === text;
}

/** Whether `text` is an organisation number of the series the sandbox (and the test population) uses: it starts with 3. */
export function isSyntheticOrganisationNumber(text: string): boolean {
  return text.startsWith("3") && isOrganisationNumber(text);
}
