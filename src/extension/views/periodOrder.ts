import { isPeriodElementName, periodValues, readTaxPeriod } from "../../vatReturn/period.ts";

/**
 * A key that sorts periods by the calendar, earlier ones first, and of those that begin together the shorter first.
 * @param period as a summary names it, such as `mars-april 2026`; what is no period comes last
 */
export function periodOrder(period: string | null): string {
  const [, value, year] = /^(.+) ([0-9]{4})$/.exec(period ?? "") ?? [];
  if (value === undefined || year === undefined) return `~ ${period ?? ""}`;
  for (const [name, values] of Object.entries(periodValues)) {
    if (!isPeriodElementName(name) || !values.includes(value)) continue;
    const found = readTaxPeriod(name, value, Number(year));
    if (found !== null) return `${found.start} ${found.end}`;
  }
  return `~ ${period ?? ""}`;
}
