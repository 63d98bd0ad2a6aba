import type { RateType } from "../../codeLists/rates.ts";
import { ratesIn } from "../../codeLists/rates.ts";
import type { ReturnCategory, ReturnType } from "../../codeLists/returnCategories.ts";
import { isReturnCategory, returnTypeOf } from "../../codeLists/returnCategories.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import { add, formatDecimal, fromInteger, zero } from "../../vatReturn/decimal.ts";
import type { TaxPeriod } from "../../vatReturn/period.ts";
import type { VatReturn } from "../../vatReturn/vatReturn.ts";
import type { ValidationOptions } from "../options.ts";
import { defaultCompensationRulesFrom } from "../options.ts";
import type { TaxpayerFacts } from "../taxpayerFacts.ts";
import { factsFor } from "../taxpayerFacts.ts";
import type { Line } from "./line.ts";
import { checkedLine } from "./line.ts";

/** What the lines of one two-sided code add up to. */
export interface TwoSidedLines {
  /** Lines with a basis: calculated VAT. */
  readonly output: readonly Line[];
  /** Lines without a basis: deductions. */
  readonly deductions: readonly Line[];
  /** Output and deduction lines that carry no specification. */
  readonly plainOutput: readonly Line[];
  readonly plainDeductions: readonly Line[];
}

/** How a code occurs in a return. */
export interface CodeUse {
  readonly plain: Line | null;
  readonly specified: Line | null;
}

/** Codes whose lines come in pairs: calculated VAT, and its deduction. */
export const twoSidedCodes: readonly string[] = ["81", "83", "86", "88", "91"];

/** A return being checked: its values as the rules see them, and sums that several rules share. */
export class CheckedReturn {
  readonly source: VatReturn;
  readonly options: ValidationOptions;
  /** What is known of the taxpayer, or null. */
  readonly facts: TaxpayerFacts | null;
  /** The text of `meldingskategori`; null where the element is missing. */
  readonly categoryText: string | null;
  /** null where the category is missing or none that the authority receives. */
  readonly category: ReturnCategory | null;
  readonly returnType: ReturnType | null;
  readonly lines: readonly Line[];
  readonly period: TaxPeriod | null;
  /** `fastsattMerverdiavgift`; null where missing or unreadable. */
  readonly total: Decimal | null;
  /** How far R019 lets the VAT of a line be from basis × rate, in kroner. */
  readonly tolerance: Decimal;
  /** Whether every line has an `mvaKode`, known or not. */
  readonly everyLineHasCode: boolean;
  /** Whether every line is on one of the two-sided codes. */
  readonly onlyTwoSidedCodes: boolean;
  private readonly allowedRates = new Map<RateType, readonly string[]>();
  private sum: Decimal | null | undefined;
  private pairs: ReadonlyMap<string, TwoSidedLines> | undefined;
  private readonly plainByVat = new Map<string, ReadonlyMap<string, Line>>();
  private uses: ReadonlyMap<string, CodeUse> | undefined;

  constructor(source: VatReturn, options: ValidationOptions) {
    this.source = source;
    this.options = options;
    this.facts = factsFor(options.facts, source.organisasjonsnummer?.text.trim());
    this.categoryText = source.meldingskategori?.text ?? null;
    this.category = this.categoryText !== null && isReturnCategory(this.categoryText) ? this.categoryText : null;
    this.returnType = this.category === null ? null : returnTypeOf(this.category);
    this.lines = source.lines.map(checkedLine);
    this.period = source.period;
    this.total = source.fastsattMerverdiavgift?.value ?? null;
    this.tolerance =
      options.tolerance === "strict" ? zero : fromInteger(this.lines.length > 10 ? this.lines.length : 10);
    this.everyLineHasCode = this.lines.every((line) => line.code !== null);
    this.onlyTwoSidedCodes = this.lines.every((line) => line.knownCode?.direction === "both");
  }

  /** The sum of `merverdiavgift` over all lines; null where one of them is missing or unreadable. */
  get vatSum(): Decimal | null {
    if (this.sum === undefined) this.sum = sumOf(this.lines, (line) => line.vat);
    return this.sum;
  }

  /** Whether the compensation rules "from 2026" hold on the day of submission. */
  get rulesOf2026Hold(): boolean {
    return this.options.today >= (this.options.compensationRulesOf2026From ?? defaultCompensationRulesFrom);
  }

  /** The rates of a type that are valid on some day of the period; null where the period is unreadable. */
  ratesOf(type: RateType): readonly string[] | null {
    if (this.period === null) return null;
    const known = this.allowedRates.get(type);
    if (known !== undefined) return known;
    const found = ratesIn(type, this.period.start, this.period.end);
    this.allowedRates.set(type, found);
    return found;
  }

  /** @param code one of `twoSidedCodes`. */
  linesOf(code: string): TwoSidedLines {
    this.pairs ??= pairLines(this.lines);
    return this.pairs.get(code) ?? noLines;
  }

  /** A line without specification on the two-sided code that has exactly this VAT. */
  plainLineWithVat(code: string, vat: Decimal): Line | null {
    let byVat = this.plainByVat.get(code);
    if (byVat === undefined) {
      const { plainOutput, plainDeductions } = this.linesOf(code);
      const readable = [...plainOutput, ...plainDeductions].filter((line) => line.vat !== null);
      byVat = new Map(readable.map((line) => [formatDecimal(line.vat ?? zero), line]));
      this.plainByVat.set(code, byVat);
    }
    return byVat.get(formatDecimal(vat)) ?? null;
  }

  /** Whether the VAT of every line without specification on the two-sided code could be read. */
  plainVatReadable(code: string): boolean {
    const { plainOutput, plainDeductions } = this.linesOf(code);
    return [...plainOutput, ...plainDeductions].every((line) => line.vat !== null);
  }

  /** The first line of a code with a specification, and the first without. */
  useOf(code: string): CodeUse {
    this.uses ??= usesOf(this.lines);
    return this.uses.get(code) ?? { plain: null, specified: null };
  }
}

/** Sums exactly; null as soon as one value is missing. */
export function sumOf(lines: readonly Line[], value: (line: Line) => Decimal | null): Decimal | null {
  let sum = zero;
  for (const line of lines) {
    const term = value(line);
    if (term === null) return null;
    sum = add(sum, term);
  }
  return sum;
}

const noLines: TwoSidedLines = { output: [], deductions: [], plainOutput: [], plainDeductions: [] };

function pairLines(lines: readonly Line[]): ReadonlyMap<string, TwoSidedLines> {
  const pairs = new Map<string, Record<keyof TwoSidedLines, Line[]>>();
  for (const line of lines) {
    if (line.knownCode?.direction !== "both") continue;
    let pair = pairs.get(line.knownCode.code);
    if (pair === undefined) {
      pair = { output: [], deductions: [], plainOutput: [], plainDeductions: [] };
      pairs.set(line.knownCode.code, pair);
    }
    (line.hasBasis ? pair.output : pair.deductions).push(line);
    if (line.specification === null) (line.hasBasis ? pair.plainOutput : pair.plainDeductions).push(line);
  }
  return pairs;
}

function usesOf(lines: readonly Line[]): ReadonlyMap<string, CodeUse> {
  const uses = new Map<string, CodeUse>();
  for (const line of lines) {
    if (line.code === null) continue;
    const { plain, specified } = uses.get(line.code) ?? { plain: null, specified: null };
    if (line.specification === null) uses.set(line.code, { plain: plain ?? line, specified });
    else uses.set(line.code, { plain, specified: specified ?? line });
  }
  return uses;
}
