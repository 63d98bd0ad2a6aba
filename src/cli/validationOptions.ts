import type { Decimal } from "../vatReturn/decimal.ts";
import { dateInOslo, isCalendarDate } from "../vatReturn/calendar.ts";
import { endsPeriod } from "../vatReturn/period.ts";
import type { CalendarDate } from "../vatReturn/period.ts";
import { defaultOptions, readMaximumBasis } from "../validation/options.ts";
import type { ValidationOptions } from "../validation/options.ts";
import type { TaxpayerFacts } from "../validation/taxpayerFacts.ts";
import type { Said, ValidateCommand } from "./commandLine.ts";
import { UsageError } from "./usageError.ts";

/**
 * What the command line says beside the returns; what it leaves out has the core's defaults.
 * @param now read where no day is given
 * @throws UsageError where a value makes no sense
 */
export function validationOptions(
  command: ValidateCommand,
  facts: readonly TaxpayerFacts[],
  now: Date,
): ValidationOptions {
  const defaults = defaultOptions(command.today === null ? dateInOslo(now) : dateFrom("--today", command.today));
  return {
    ...defaults,
    tolerance: command.tolerance ?? defaults.tolerance,
    firstSubmission: answerTo(command.firstSubmission, defaults.firstSubmission),
    changeOfEarlierReturn: answerTo(command.changeOfEarlierReturn, defaults.changeOfEarlierReturn),
    maximumBasis: command.maximumBasis === null ? defaults.maximumBasis : amountFrom(command.maximumBasis),
    deadlines: { ...defaults.deadlines, ...Object.fromEntries(command.deadlines.map(deadlineFrom)) },
    ...(command.compensationRulesFrom === null
      ? {}
      : { compensationRulesOf2026From: dateFrom("--compensation-rules-from", command.compensationRulesFrom) }),
    facts,
  };
}

function answerTo(said: Said | null, otherwise: boolean | null): boolean | null {
  if (said === null) return otherwise;
  return said === "unknown" ? null : said === "yes";
}

function dateFrom(option: string, given: string): CalendarDate {
  if (isCalendarDate(given)) return given;
  throw new UsageError({
    en: `${option} must be a date written YYYY-MM-DD, such as 2026-04-10; “${given}” is not a valid date.`,
    nb: `${option} må være en dato på formen ÅÅÅÅ-MM-DD, for eksempel 2026-04-10; «${given}» er ikke en gyldig dato.`,
  });
}

function amountFrom(given: string): Decimal {
  const amount = readMaximumBasis(given);
  if (amount !== null) return amount;
  throw new UsageError({
    en: `--maximum-basis must be whole kroner above 0, at most 15 digits, such as 1000000000, not “${given}”.`,
    nb: `--maximum-basis må være hele kroner over 0, høyst 15 sifre, for eksempel 1000000000, ikke «${given}».`,
  });
}

function deadlineFrom(given: string): readonly [CalendarDate, CalendarDate] {
  const [periodEnd, deadline, extra] = given.split("=");
  if (periodEnd !== undefined && deadline !== undefined && extra === undefined)
    return [periodEndFrom(periodEnd), dateFrom("--deadline", deadline)];
  throw new UsageError({
    en: `--deadline must be written PERIOD-END=DATE, such as 2026-04-30=2026-06-10, not “${given}”.`,
    nb: `--deadline må skrives som PERIODESLUTT=DATO, for eksempel 2026-04-30=2026-06-10, ikke «${given}».`,
  });
}

function periodEndFrom(given: string): CalendarDate {
  const day = dateFrom("--deadline", given);
  if (endsPeriod(day)) return day;
  throw new UsageError({
    en: `--deadline must name the last day of a period first, such as 2026-04-30; no period ends on ${given}.`,
    nb: `--deadline må først oppgi siste dag i en periode, for eksempel 2026-04-30; ingen periode slutter ${given}.`,
  });
}
