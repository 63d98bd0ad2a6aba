import { isSpace } from "./characters.ts";

/**
 * Exact decimal numbers: `coefficient × 10^-scale`. Amounts and rates are only ever held in these;
 * binary floating point would turn 11,11 % into something else.
 */
export interface Decimal {
  readonly coefficient: bigint;
  /** Number of digits behind the point, 0 or more. */
  readonly scale: number;
}

const minus = 0x2d;
const digitZero = 0x30;
/** Longer numbers are no amounts; reading them would only cost time (BigInt arithmetic is not linear). */
export const longestNumber = 400;
const decimalPattern = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;

export const zero: Decimal = { coefficient: 0n, scale: 0 };

export function fromInteger(value: bigint | number): Decimal {
  return { coefficient: BigInt(value), scale: 0 };
}

/**
 * Reads the lexical form of xsd:decimal (white space around it allowed; no comma, no exponent).
 * @returns null where the text is no such number, or has more than 400 characters.
 */
export function parseDecimal(text: string): Decimal | null {
  return parseSmallInteger(text) ?? parseAny(text);
}

/** Whether the text is a number that `parseDecimal` refuses for its length alone. */
export function isTooLong(text: string): boolean {
  if (text.length <= longestNumber) return false;
  const trimmed = trimXmlSpace(text);
  return trimmed.length > longestNumber && decimalPattern.test(trimmed);
}

/** The quick way for what nearly all amounts are: an integer of at most 15 digits. null: look closer. */
function parseSmallInteger(text: string): Decimal | null {
  const negative = text.charCodeAt(0) === minus;
  const start = negative ? 1 : 0;
  const digits = text.length - start;
  if (digits < 1 || digits > 15) return null;
  let value = 0;
  for (let index = start; index < text.length; index++) {
    const digit = text.charCodeAt(index) - digitZero;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return { coefficient: BigInt(negative ? -value : value), scale: 0 };
}

function parseAny(text: string): Decimal | null {
  const trimmed = trimXmlSpace(text);
  if (trimmed.length > longestNumber || !decimalPattern.test(trimmed)) return null;
  const unsigned = trimmed.startsWith("+") ? trimmed.slice(1) : trimmed;
  const point = unsigned.indexOf(".");
  if (point < 0) return { coefficient: BigInt(unsigned), scale: 0 };
  const digits = unsigned.slice(0, point) + unsigned.slice(point + 1);
  return { coefficient: BigInt(digits), scale: unsigned.length - point - 1 };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { coefficient: atScale(a, scale) + atScale(b, scale), scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, scale: a.scale + b.scale };
}

/** Divides by 100 exactly: a percentage becomes a factor. */
export function hundredth(a: Decimal): Decimal {
  return { coefficient: a.coefficient, scale: a.scale + 2 };
}

export function negate(a: Decimal): Decimal {
  return { coefficient: -a.coefficient, scale: a.scale };
}

export function absolute(a: Decimal): Decimal {
  return a.coefficient < 0n ? negate(a) : a;
}

/** Drops what stands behind the point, towards zero: -3535.25 becomes -3535. */
export function truncate(a: Decimal): Decimal {
  return a.scale === 0 ? a : { coefficient: a.coefficient / powerOfTen(a.scale), scale: 0 };
}

/** -1, 0 or 1, as `a` is below, equal to or above `b`. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const left = atScale(a, scale);
  const right = atScale(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function sign(a: Decimal): -1 | 0 | 1 {
  return a.coefficient < 0n ? -1 : a.coefficient > 0n ? 1 : 0;
}

/** Whether anything but zeros stands behind the point: true for 1.50, false for 1.00. */
export function hasFraction(a: Decimal): boolean {
  return a.scale > 0 && a.coefficient % powerOfTen(a.scale) !== 0n;
}

/** The shortest plain form, with a point: `-3535.25`, `2222`, `0`. */
export function formatDecimal(a: Decimal): string {
  const negative = a.coefficient < 0n;
  const digits = (negative ? -a.coefficient : a.coefficient).toString().padStart(a.scale + 1, "0");
  const whole = digits.slice(0, digits.length - a.scale);
  const fraction = digits.slice(digits.length - a.scale).replace(/0+$/, "");
  return (negative ? "-" : "") + whole + (fraction === "" ? "" : `.${fraction}`);
}

/** In linear time, unlike a regular expression that looks for white space at an end. */
function trimXmlSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function atScale(a: Decimal, scale: number): bigint {
  return a.scale === scale ? a.coefficient : a.coefficient * powerOfTen(scale - a.scale);
}

const smallPowersOfTen = Array.from({ length: 10 }, (_, exponent) => 10n ** BigInt(exponent));

function powerOfTen(exponent: number): bigint {
  return smallPowersOfTen[exponent] ?? 10n ** BigInt(exponent);
}
