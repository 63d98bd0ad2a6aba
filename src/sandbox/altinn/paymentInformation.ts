import { addDays, addMonths, calendarDate, type CalendarDate } from "../../vatReturn/calendar.ts";
import { documentIdentities } from "../../vatReturn/documentType.ts";
import { truncate, sign, formatDecimal, zero, type Decimal } from "../../vatReturn/decimal.ts";
import type { TaxPeriod } from "../../vatReturn/period.ts";
import { escapeXml } from "../xmlText.ts";

export interface PaymentInput {
  /** `{partyId}/{guid}`. */
  readonly instanceId: string;
  readonly organisationNumber: string;
  readonly period: TaxPeriod;
  readonly category: string;
  /** `fastsattMerverdiavgift`; negative for a refund. */
  readonly amount: Decimal;
  /** The day of submission in Norway. */
  readonly today: CalendarDate;
  /** The taxpayer's own deadline for the period, where one is known. */
  readonly deadline: CalendarDate | null;
}

/** An account that nobody has; its control digit is right. */
const account = "12345678903";

/** The day a return of this kind is due by the general rules. */
export function dueDate(period: TaxPeriod, category: string): CalendarDate {
  if (period.elementName === "skattleggingsperiodeAar")
    return calendarDate(period.year + 1, category === "primaernaering" ? 4 : 3, 10);
  // The end of August for the third two-month period, the tenth of the second month after for the others.
  if (period.end.endsWith("-06-30")) return calendarDate(period.year, 8, 31);
  return `${addMonths(addDays(period.end, 1), 1).slice(0, 8)}10`;
}

/** A KID that tells organisation and period, with its MOD10 control digit: 14 digits. */
export function customerId(organisationNumber: string, period: TaxPeriod): string {
  const digits = `${organisationNumber}${period.end.slice(2, 4)}${period.end.slice(5, 7)}`;
  let sum = 0;
  for (let index = digits.length - 1, weight = 2; index >= 0; index--, weight = 3 - weight) {
    const product = Number(digits[index]) * weight;
    sum += product > 9 ? product - 9 : product;
  }
  return digits + String((10 - (sum % 10)) % 10);
}

/** `betalingsinformasjon`, computed from the return. A refund leaves nothing to pay. */
export function paymentInformation(input: PaymentInput): string {
  const { period, amount, today } = input;
  const due = input.deadline ?? dueDate(period, input.category);
  const toPay = sign(amount) > 0 ? truncate(amount) : zero;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<betalingsinformasjon xmlns="${documentIdentities.paymentInformation.namespace}">`,
    `  <innsendingsreferanse>${escapeXml(input.instanceId)}</innsendingsreferanse>`,
    `  <skattepliktig><organisasjonsnummer>${escapeXml(input.organisationNumber)}</organisasjonsnummer></skattepliktig>`,
    `  <skattleggingsperiode>`,
    `    <periode><${period.elementName}>${escapeXml(period.value)}</${period.elementName}></periode>`,
    `    <aar>${String(period.year).padStart(4, "0")}</aar>`,
    `  </skattleggingsperiode>`,
    `  <kundeidentifikasjonsnummer>${customerId(input.organisationNumber, period)}</kundeidentifikasjonsnummer>`,
    `  <beloep>${formatDecimal(toPay)}</beloep>`,
    `  <betaleTil>Skatteetaten (sandkasse)</betaleTil>`,
    `  <betalingsfrist>${due < today ? today : due}</betalingsfrist>`,
    `  <betalesTilKonto><norskKontonummer>${account}</norskKontonummer></betalesTilKonto>`,
    `</betalingsinformasjon>`,
    ``,
  ].join("\n");
}
