import type { Sign } from "../../codeLists/remarkSigns.ts";
import type { VatCode } from "../../codeLists/vatCodes.ts";
import { vatCode } from "../../codeLists/vatCodes.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import { hundredth, multiply, parseDecimal, sign, truncate } from "../../vatReturn/decimal.ts";
import type { Field, SpecificationLine } from "../../vatReturn/vatReturn.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";

/** A specification line as the rules see it: blank texts are absent, the code is looked up. */
export interface Line {
  readonly source: SpecificationLine;
  readonly element: XmlElement;
  readonly index: number;
  /** The text of `mvaKode` as it stands; null where the element is missing. */
  readonly code: string | null;
  /** null where the code is missing or in no list. */
  readonly knownCode: VatCode | null;
  /** null where absent or blank. */
  readonly specification: string | null;
  /** Whether `grunnlag` is there at all. */
  readonly hasBasis: boolean;
  /** null where absent or unreadable. */
  readonly basis: Decimal | null;
  /** The text of `sats` as it stands; null where absent or blank. */
  readonly rateText: string | null;
  /** The percentage, read with comma or point; null where absent or no number. */
  readonly rate: Decimal | null;
  /** `merverdiavgift`; null where absent or unreadable. */
  readonly vat: Decimal | null;
  /** `grunnlag` and `merverdiavgift`, those of them that are there. */
  readonly amounts: readonly Field<Decimal | null>[];
  /** Basis × rate in kroner, decimals and all; null where one of them is missing or no number. */
  readonly exactVat: Decimal | null;
  /** `exactVat` with the decimals cut off, as R019 wants it. */
  readonly wholeVat: Decimal | null;
  /** Free text or a selected remark that isn't blank. */
  readonly hasRemark: boolean;
  /** `utvalgtMerknad` as it stands; null where absent or blank. */
  readonly selectedRemark: string | null;
}

export function checkedLine(source: SpecificationLine): Line {
  const code = source.mvaKode?.text ?? null;
  const rateText = filled(source.sats?.text);
  const rate = rateText === null ? null : readRate(rateText);
  const basis = source.grunnlag?.value ?? null;
  const exactVat = basis === null || rate === null ? null : hundredth(multiply(basis, rate));
  const selectedRemark = filled(source.merknad?.utvalgtMerknad?.text);
  return {
    source,
    element: source.element,
    index: source.index,
    code,
    knownCode: code === null ? null : vatCode(code),
    specification: normalised(filled(source.spesifikasjon?.text)),
    hasBasis: source.grunnlag !== null,
    basis,
    rateText,
    rate,
    vat: source.merverdiavgift?.value ?? null,
    amounts: [source.grunnlag, source.merverdiavgift].filter((amount) => amount !== null),
    exactVat,
    wholeVat: exactVat === null ? null : truncate(exactVat),
    hasRemark: selectedRemark !== null || filled(source.merknad?.beskrivelse?.text) !== null,
    selectedRemark,
  };
}

/** The text, or null where it is absent or holds nothing but white space. */
export function filled(text: string | null | undefined): string | null {
  return text === null || text === undefined || text.trim() === "" ? null : text;
}

/** The sign of an amount; null for 0. */
export function signOf(amount: Decimal): Sign | null {
  const found = sign(amount);
  return found === 0 ? null : found < 0 ? "-" : "+";
}

/** Rates are written with a comma in the official list, and with a point by some systems; both can be computed with. */
function readRate(text: string): Decimal | null {
  return commonRates.get(text) ?? parseDecimal(text.replace(",", "."));
}

/** å and ø count as the same however they are composed. */
function normalised(text: string | null): string | null {
  return text === null ? null : text.normalize("NFC");
}

const commonRates = new Map(
  ["25", "15", "12", "11,11", "0"].map((text) => [text, parseDecimal(text.replace(",", "."))] as const),
);
