import { parseDecimal } from "../vatReturn/decimal.ts";
import type { Decimal } from "../vatReturn/decimal.ts";
import type { CalendarDate } from "../vatReturn/period.ts";
import { dateInOslo, isCalendarDate } from "../vatReturn/calendar.ts";
import { defaultOptions } from "../validation/options.ts";
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
  const amount = parseDecimal(given);
  if (amount !== null) return amount;
  throw new UsageError({
    en: `--maximum-basis must be an amount in kroner, such as 1000000000; “${given}” is not a valid amount.`,
    nb: `--maximum-basis må være et beløp i kroner, for eksempel 1000000000; «${given}» er ikke et gyldig beløp.`,
  });
}

function deadlineFrom(given: string): readonly [CalendarDate, CalendarDate] {
  const [periodEnd, deadline, extra] = given.split("=");
  if (periodEnd !== undefined && deadline !== undefined && extra === undefined)
    return [dateFrom("--deadline", periodEnd), dateFrom("--deadline", deadline)];
  throw new UsageError({
    en: `--deadline must be written PERIOD-END=DATE, such as 2026-04-30=2026-06-10, not “${given}”.`,
    nb: `--deadline må skrives som PERIODESLUTT=DATO, for eksempel 2026-04-30=2026-06-10, ikke «${given}».`,
  });
}
