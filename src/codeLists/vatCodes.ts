import type { CalendarDate } from "../vatReturn/period.ts";
import type { Text } from "../vatReturn/text.ts";
import type { RateType } from "./rates.ts";
import type { ReturnType } from "./returnCategories.ts";
import type { SpecificationName } from "./specifications.ts";
import { specification } from "./specifications.ts";

/** What a code's lines can be: deductions, calculated VAT, or one of each. */
export type Direction = "input" | "output" | "both";

/** One value of `mvaKode` (list mvaKodeSAFT). */
export interface VatCode {
  readonly code: string;
  readonly direction: Direction;
  readonly rateType: RateType;
  /** null where the official list gives no date. */
  readonly validFrom: CalendarDate | null;
  readonly returnTypes: readonly ReturnType[];
  /** Specifications permitted on the code, in whatever return type has them. */
  readonly specifications: readonly SpecificationName[];
  readonly label: Text;
}

const everyType: readonly ReturnType[] = ["ordinary", "compensation", "reverseCharge"];
const ordinaryAndCompensation: readonly ReturnType[] = ["ordinary", "compensation"];
const ordinaryAndReverseCharge: readonly ReturnType[] = ["ordinary", "reverseCharge"];
const ordinaryOnly: readonly ReturnType[] = ["ordinary"];

const capitalGoods: readonly SpecificationName[] = [
  "justering",
  "tilbakeføringAvInngåendeMerverdiavgift",
  "justeringMerverdiavgiftskompensasjonFastEiendom",
];

export const vatCodes: readonly VatCode[] = [
  entry("1", "input", "standard", "1970-01-01", ordinaryAndCompensation, ["tapPåKrav", ...capitalGoods], {
    en: "domestic purchases with deduction, standard rate",
    nb: "innenlandske kjøp med fradrag, alminnelig sats",
  }),
  entry("3", "output", "standard", "1970-01-01", ordinaryOnly, ["uttak"], {
    en: "domestic sales and withdrawals, standard rate",
    nb: "innenlandsk salg og uttak, alminnelig sats",
  }),
  entry("5", "output", "zero", "1970-01-01", ordinaryOnly, ["uttak"], {
    en: "domestic sales and withdrawals, zero rate",
    nb: "innenlandsk salg og uttak, nullsats",
  }),
  entry("6", "output", "zero", "1970-01-01", ordinaryOnly, [], {
    en: "turnover outside the VAT Act",
    nb: "omsetning utenfor merverdiavgiftsloven",
  }),
  entry("11", "input", "middle", "2001-07-01", ordinaryAndCompensation, ["tapPåKrav"], {
    en: "domestic purchases with deduction, middle rate",
    nb: "innenlandske kjøp med fradrag, middels sats",
  }),
  entry("12", "input", "rawFish", null, ordinaryOnly, ["tapPåKrav"], {
    en: "purchases of raw fish and other wild marine resources",
    nb: "kjøp av råfisk og andre viltlevende marine ressurser",
  }),
  entry("13", "input", "low", "2004-01-01", ordinaryAndCompensation, ["tapPåKrav"], {
    en: "domestic purchases with deduction, low rate",
    nb: "innenlandske kjøp med fradrag, lav sats",
  }),
  entry(
    "14",
    "input",
    "standard",
    "2006-01-01",
    ordinaryAndCompensation,
    ["justeringMerverdiavgiftskompensasjonFastEiendom"],
    {
      en: "goods from abroad, VAT paid at the border, standard rate",
      nb: "varer fra utlandet, avgift betalt ved grensen, alminnelig sats",
    },
  ),
  entry("15", "input", "middle", "2006-01-01", ordinaryAndCompensation, [], {
    en: "goods from abroad, VAT paid at the border, middle rate",
    nb: "varer fra utlandet, avgift betalt ved grensen, middels sats",
  }),
  entry("31", "output", "middle", "2001-07-01", ordinaryOnly, ["uttak"], {
    en: "domestic sales and withdrawals, middle rate",
    nb: "innenlandsk salg og uttak, middels sats",
  }),
  entry("32", "output", "rawFish", "1970-01-01", ordinaryOnly, [], {
    en: "sales of raw fish and other wild marine resources",
    nb: "salg av råfisk og andre viltlevende marine ressurser",
  }),
  entry("33", "output", "low", "2004-03-01", ordinaryOnly, ["uttak"], {
    en: "domestic sales and withdrawals, low rate",
    nb: "innenlandsk salg og uttak, lav sats",
  }),
  entry("51", "output", "zero", "2017-01-01", ordinaryOnly, [], {
    en: "emission allowances and gold sold to businesses",
    nb: "klimakvoter og gull solgt til næringsdrivende",
  }),
  entry("52", "output", "zero", "2017-01-01", ordinaryOnly, [], {
    en: "sales to other countries, zero rate",
    nb: "salg til utlandet, nullsats",
  }),
  entry("81", "both", "standard", "2017-01-01", ordinaryAndCompensation, [...capitalGoods, "kompensasjonsrett"], {
    en: "goods from abroad with deduction, standard rate",
    nb: "varer fra utlandet med fradragsrett, alminnelig sats",
  }),
  entry("82", "output", "standard", "2017-01-01", ordinaryOnly, [], {
    en: "goods from abroad without deduction, standard rate",
    nb: "varer fra utlandet uten fradragsrett, alminnelig sats",
  }),
  entry("83", "both", "middle", "2017-01-01", ordinaryAndCompensation, ["kompensasjonsrett"], {
    en: "goods from abroad with deduction, middle rate",
    nb: "varer fra utlandet med fradragsrett, middels sats",
  }),
  entry("84", "output", "middle", "2017-01-01", ordinaryOnly, [], {
    en: "goods from abroad without deduction, middle rate",
    nb: "varer fra utlandet uten fradragsrett, middels sats",
  }),
  entry("85", "output", "zero", "2017-01-01", ordinaryOnly, [], {
    en: "goods from abroad on which no VAT is calculated",
    nb: "varer fra utlandet uten beregning av avgift",
  }),
  entry("86", "both", "standard", "2001-07-01", everyType, ["kompensasjonsrett"], {
    en: "services from abroad with deduction, standard rate",
    nb: "tjenester fra utlandet med fradragsrett, alminnelig sats",
  }),
  entry("87", "output", "standard", "2001-07-01", ordinaryAndReverseCharge, [], {
    en: "services from abroad without deduction, standard rate",
    nb: "tjenester fra utlandet uten fradragsrett, alminnelig sats",
  }),
  entry("88", "both", "low", "2001-07-01", everyType, ["kompensasjonsrett"], {
    en: "services from abroad with deduction, low rate",
    nb: "tjenester fra utlandet med fradragsrett, lav sats",
  }),
  entry("89", "output", "low", "2001-07-01", ordinaryAndReverseCharge, [], {
    en: "services from abroad without deduction, low rate",
    nb: "tjenester fra utlandet uten fradragsrett, lav sats",
  }),
  entry("91", "both", "standard", "2017-01-01", everyType, ["kompensasjonsrett"], {
    en: "emission allowances and gold bought with deduction",
    nb: "kjøp av klimakvoter og gull med fradragsrett",
  }),
  entry("92", "output", "standard", "2017-01-01", ordinaryAndReverseCharge, [], {
    en: "emission allowances and gold bought without deduction",
    nb: "kjøp av klimakvoter og gull uten fradragsrett",
  }),
];

const byCode = new Map<string, VatCode>(vatCodes.map((code) => [code.code, code]));

/** SAF-T has these too, but they stand for amounts that no return reports. */
export const unreportableSaftCodes: ReadonlySet<string> = new Set(["0", "7", "20", "21", "22"]);

/** @param value the text of `mvaKode` exactly as it stands: `03` and ` 3` are no codes. */
export function vatCode(value: string): VatCode | null {
  return byCode.get(value) ?? null;
}

export function vatCodesOf(returnType: ReturnType): readonly VatCode[] {
  return vatCodes.filter((code) => code.returnTypes.includes(returnType));
}

/** The codes on which a return of this type may use the specification. */
export function codesWithSpecification(name: SpecificationName, returnType: ReturnType): readonly string[] {
  if (!(specification(name)?.returnTypes.includes(returnType) ?? false)) return [];
  return vatCodesOf(returnType)
    .filter((code) => code.specifications.includes(name))
    .map((code) => code.code);
}

function entry(
  code: string,
  direction: Direction,
  rateType: RateType,
  validFrom: CalendarDate | null,
  returnTypes: readonly ReturnType[],
  specifications: readonly SpecificationName[],
  label: Text,
): VatCode {
  return { code, direction, rateType, validFrom, returnTypes, specifications, label };
}
