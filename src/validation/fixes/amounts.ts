import { ratesIn } from "../../codeLists/rates.ts";
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

export function readRate(text: string): Decimal | null {
  return parseDecimal(text.trim().replace(",", "."));
}

/** The sum of `merverdiavgift` over all lines in whole kroner; null where one of them can't be read. */
export function sumOfLines({ lines }: VatReturn): string | null {
  let sum = zero;
  for (const { merverdiavgift } of lines) {
    const vat = merverdiavgift?.value ?? null;
    if (vat === null) return null;
    sum = add(sum, vat);
  }
  return formatDecimal(sum);
}

/** Basis × rate without decimals; null where one of them is missing or can't be read. */
export function vatOf({ grunnlag, sats }: SpecificationLine): string | null {
  const basis = grunnlag?.value ?? null;
  const rate = sats === null ? null : readRate(sats.text);
  return basis === null || rate === null ? null : formatDecimal(truncate(hundredth(multiply(basis, rate))));
}

/** The whole kroner whose VAT comes nearest to an amount; 0 where no basis gives it. */
export function basisFor(vat: Decimal | null, rateText: string): string {
  const rate = readRate(rateText);
  if (rate === null || vat === null || sign(rate) === 0) return "0";
  return formatDecimal(divideToWhole(vat, hundredth(rate)));
}

/** The whole number next to `amount / factor`, found with exact arithmetic. */
function divideToWhole(amount: Decimal, factor: Decimal): Decimal {
  const shift: Decimal = { coefficient: 10n ** BigInt(Math.max(amount.scale, factor.scale)), scale: 0 };
  const numerator = truncate(multiply(amount, shift)).coefficient;
  const denominator = truncate(multiply(factor, shift)).coefficient;
  const quotient = numerator / denominator;
  const near = fromInteger(quotient);
  const further = fromInteger(quotient + (numerator < 0n === denominator < 0n ? 1n : -1n));
  const error = (candidate: Decimal): Decimal => absolute(subtract(multiply(candidate, factor), amount));
  return compare(error(near), error(further)) <= 0 ? near : further;
}
