import { rates, ratesIn } from "../../codeLists/rates.ts";
import { vatCode } from "../../codeLists/vatCodes.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import {
  absolute,
  add,
  compare,
  formatDecimal,
  fromInteger,
  hundredth,
  multiply,
  parseDecimal,
  sign,
  subtract,
  truncate,
  zero,
} from "../../vatReturn/decimal.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";

/** The rates that a line can have: the one it states, or those of its code in the period. */
export function ratesOf(line: SpecificationLine, { period }: VatReturn): readonly string[] {
  const given = line.sats?.value.trim() ?? "";
  return given === "" ? ratesOfCode(line.mvaKode?.value ?? "", period) : [given];
}

/** The rates of a code in the period; none where the code or the period is not known. */
export function ratesOfCode(code: string, period: VatReturn["period"]): readonly string[] {
  const known = vatCode(code);
  return known === null || period === null ? [] : ratesIn(known.rateType, period.start, period.end);
}

/** Whether the line states a rate that the code has in the period, however it is spelled. */
export function hasRateOf(code: string, line: SpecificationLine, { period }: VatReturn): boolean {
  const rate = readRate(line.sats?.text ?? "");
  return (
    rate !== null &&
    ratesOfCode(code, period).some((text) => {
      const legal = readRate(text);
      return legal !== null && compare(legal, rate) === 0;
    })
  );
}

export function readRate(text: string): Decimal | null {
  return parseDecimal(text.trim().replace(",", "."));
}

/** The sum of `merverdiavgift` over all lines; null where one of them can't be read. */
export function sumOfLines({ lines }: VatReturn): string | null {
  return sumOf(lines, ({ merverdiavgift }) => merverdiavgift?.value ?? null);
}

/** What `sumOfLines` would be with basis × rate for the VAT of every line that has both. */
export function sumOfComputed({ lines }: VatReturn): string | null {
  return sumOf(lines, (line) => {
    const computed = vatOf(line);
    return computed === null ? (line.merverdiavgift?.value ?? null) : parseDecimal(computed);
  });
}

function sumOf(lines: VatReturn["lines"], amountOf: (line: SpecificationLine) => Decimal | null): string | null {
  let sum = zero;
  for (const line of lines) {
    const amount = amountOf(line);
    if (amount === null) return null;
    sum = add(sum, amount);
  }
  return formatDecimal(sum);
}

/** Basis × rate without decimals; null where one of them is missing or can't be read. */
export function vatOf({ grunnlag, sats }: SpecificationLine): string | null {
  const basis = grunnlag?.value ?? null;
  return basis === null || sats === null ? null : vatAt(basis, sats.text);
}

/** Basis × rate without decimals; null where the rate can't be read. */
export function vatAt(basis: Decimal, rateText: string): string | null {
  const product = exactVat(basis, rateText);
  return product === null ? null : formatDecimal(truncate(product));
}

/** Whether the VAT is basis × rate, with the decimals cut, or rounded, as many systems do. */
export function fitsRate(basis: Decimal | null, vat: Decimal | null, rateText: string): boolean {
  const product = basis === null ? null : exactVat(basis, rateText);
  if (product === null || vat === null) return false;
  const difference = absolute(subtract(product, vat));
  return compare(truncate(product), vat) === 0 || compare(add(difference, difference), fromInteger(1)) <= 0;
}

function exactVat(basis: Decimal, rateText: string): Decimal | null {
  const rate = readRate(rateText);
  return rate === null ? null : hundredth(multiply(basis, rate));
}

/** Whether basis and VAT belong to a rate of the period that is not the one stated. */
export function fitsAnotherRate(
  { grunnlag, sats, merverdiavgift }: SpecificationLine,
  { period }: Pick<VatReturn, "period">,
): boolean {
  const stated = readRate(sats?.text ?? "");
  const types = new Set(rates.map(({ type }) => type));
  const valid = period === null ? [] : [...types].flatMap((type) => ratesIn(type, period.start, period.end));
  return valid.some((text) => {
    const rate = readRate(text);
    if (rate === null || (stated !== null && compare(rate, stated) === 0)) return false;
    return fitsRate(grunnlag?.value ?? null, merverdiavgift?.value ?? null, text);
  });
}

/** The smallest basis whose VAT is the given amount when decimals are cut; null where the rate or the VAT is 0. */
export function basisFor(vat: Decimal | null, rateText: string): string | null {
  const rate = readRate(rateText);
  if (rate === null || vat === null || sign(rate) === 0 || sign(vat) === 0) return null;
  return formatDecimal(divideAwayFromZero(vat, hundredth(rate)));
}

/** The whole number next to `amount / factor` on the side away from 0, found with exact arithmetic. */
function divideAwayFromZero(amount: Decimal, factor: Decimal): Decimal {
  const shift: Decimal = { coefficient: 10n ** BigInt(Math.max(amount.scale, factor.scale)), scale: 0 };
  const numerator = truncate(multiply(amount, shift)).coefficient;
  const denominator = truncate(multiply(factor, shift)).coefficient;
  const quotient = numerator / denominator;
  if (quotient * denominator === numerator) return fromInteger(quotient);
  return fromInteger(quotient + (numerator < 0n === denominator < 0n ? 1n : -1n));
}
