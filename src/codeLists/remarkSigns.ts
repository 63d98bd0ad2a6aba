import type { ReturnType } from "./returnCategories.ts";
import { foldRemark } from "./remarks.ts";
import type { SpecificationName } from "./specifications.ts";

export type Sign = "+" | "-";

/** The list's own row name for "free text will do"; nothing that can be chosen. */
export const freeText = "fritekstfelt";

/** What the correspondence list (merknadTilsvarendeMvaKode) says of one kind of line. */
export interface RemarkGroup {
  readonly returnType: ReturnType;
  readonly code: string;
  readonly specification: SpecificationName | null;
  /** Ordinary returns only: the line that deducts what another line of the same two-sided code reports. */
  readonly deduction: boolean;
  /** The sign such a line normally has. */
  readonly expectedSign: Sign;
  /** Remarks valid with the expected sign; may hold `freeText`. */
  readonly normal: readonly string[];
  /** Remarks valid with the opposite sign; may hold `freeText`. */
  readonly opposite: readonly string[];
}

const beforeRegistration = "anskaffelser foretatt før mva registrering";
const credit = "kreditnota";
const earlierTurnover = "omsetning før registrering";
const largePurchases = "store anskaffelser";
const program = "feil i regnskapsprogram";
const wrongCode = "feil mva-kode brukt tidligere";
const wrongCompensationCode = "feil mva-kode for kompensasjon brukt tidligere";
const wrongDeclaration = "tolldeklarasjon på feil organisasjonsnummer";
const accrual = "periodisering";
const withdrawalAtDeregistration = "uttak av varer ved sletting av virksomhet i mva-register";

// The sets of remarks that the list's 663 rows are made of.
const onlyFreeText = [freeText];
const corrections = ["avvikende fakturering", program, wrongCode, accrual, freeText];
const credited = [...corrections, credit];
const sales = [...credited, earlierTurnover];
const purchases = [...credited, beforeRegistration, largePurchases];
const recalculated = [...corrections, "omberegning eller retur", wrongDeclaration];
const paidAtBorder = [...corrections, beforeRegistration, largePurchases, wrongDeclaration];
const imports = [...recalculated, "gjeninnførsel", "midlertidig innførsel", largePurchases];
const capitalGoods = ["fast eiendom", "personkjøretøy"];
const claimed = [program, wrongCompensationCode, credit, freeText];
const realProperty = [
  "endring i bruken av bygg, anlegg eller annen fast eiendom",
  "overdragelse av bygg, anlegg eller annen fast eiendom",
];
const reverseCharge = [program, wrongCode, accrual, credit, freeText];

const compensationRight = "kompensasjonsrett";
const reversal = "tilbakeføringAvInngåendeMerverdiavgift";
const realPropertyAdjustment = "justeringMerverdiavgiftskompensasjonFastEiendom";

export const remarkGroups: readonly RemarkGroup[] = [
  ...groups("ordinary", "1", null, "-", [...purchases, "forsikringsoppgjør"], credited),
  ...groups("ordinary", "11 13", null, "-", purchases, credited),
  ...groups("ordinary", "12", null, "-", onlyFreeText, purchases),
  ...groups("ordinary", "14 15", null, "-", paidAtBorder, recalculated),
  ...groups("ordinary", "1 11 12 13", "tapPåKrav", "-", onlyFreeText, onlyFreeText),
  ...groups("ordinary", "1 81", "justering", "+", onlyFreeText, onlyFreeText),
  ...groups("ordinary", "1", reversal, "+", capitalGoods, credited),
  ...groups("ordinary", "81", reversal, "+", capitalGoods, [...recalculated, credit]),

  ...groups("ordinary", "3 6 31 33", null, "+", sales, sales),
  ...groups("ordinary", "32", null, "+", sales, credited),
  ...groups("ordinary", "5", null, "+", [...sales, "avgiftsfritt salg av fiskefartøy"], sales),
  ...groups("ordinary", "3", "uttak", "+", ["bygg i egenregi", "demobil", withdrawalAtDeregistration, freeText], sales),
  ...groups("ordinary", "5 31 33", "uttak", "+", [withdrawalAtDeregistration, freeText], sales),
  ...groups("ordinary", "51", null, "+", onlyFreeText, credited),
  ...groups(
    "ordinary",
    "52",
    null,
    "+",
    [...credited, "gjenutførsel eller retur", "midlertidig utførsel", "tjenesteeksport", wrongDeclaration],
    [...credited, wrongDeclaration],
  ),

  ...groups("ordinary", "81 83", null, "+", imports, recalculated),
  ...groups("ordinary", "82 84", null, "+", [...imports, beforeRegistration], recalculated),
  ...groups("ordinary", "85", null, "+", [...recalculated, beforeRegistration, largePurchases], recalculated),
  ...groups("ordinary", "86 89", null, "+", [...purchases, earlierTurnover], credited),
  ...groups("ordinary", "87 88", null, "+", purchases, credited),
  ...groups("ordinary", "91 92", null, "+", onlyFreeText, sales),
  ...groups(
    "ordinary",
    "81 83 86 88 91",
    compensationRight,
    "+",
    [...claimed, "fradrag føres i kompensasjonsmelding"],
    claimed,
  ),

  ...deductions("81", [], [...recalculated, credit]),
  ...deductions("83", imports, [...recalculated, credit, earlierTurnover]),
  ...deductions("86", [], credited),
  ...deductions("88", [], sales),
  ...deductions("91", onlyFreeText, credited),

  ...groups("compensation", "1 11 13 91", null, "-", claimed, claimed),
  ...groups("compensation", "14 15 81 83", null, "-", [...claimed, "innførsel av varer"], claimed),
  ...groups("compensation", "86 88", null, "-", [...claimed, "kjøp av tjenester"], claimed),
  ...groups("compensation", "1 14 81", realPropertyAdjustment, "+", realProperty, realProperty),

  ...groups(
    "reverseCharge",
    "86 88 91",
    compensationRight,
    "+",
    [...claimed, "fradrag føres i kompensasjonsmelding"],
    claimed,
  ),
  ...groups("reverseCharge", "87 89", null, "+", [...reverseCharge, largePurchases], reverseCharge),
  ...groups("reverseCharge", "92", null, "+", onlyFreeText, reverseCharge),
];

const byKey = new Map<string, RemarkGroup>(
  remarkGroups.map((group) => [key(group.returnType, group.code, group.specification, group.deduction), group]),
);
/** Folded on first use: most returns select no remark. */
const folded = new Map<RemarkGroup, Readonly<Record<Sign, ReadonlySet<string>>>>();

/**
 * @param specification as on the wire; null for none.
 * @param deduction whether the line deducts, on a two-sided code of an ordinary return.
 */
export function remarkGroup(
  returnType: ReturnType,
  code: string,
  specification: string | null,
  deduction: boolean,
): RemarkGroup | null {
  return byKey.get(key(returnType, code, specification, deduction)) ?? null;
}

/** Whether the remark may be chosen on a line of the group that has the sign. Free text is no choice. */
export function remarkFits(group: RemarkGroup, remark: string, sign: Sign): boolean {
  const name = foldRemark(remark);
  return name !== freeText && foldedRemarks(group)[sign].has(name);
}

function foldedRemarks(group: RemarkGroup): Readonly<Record<Sign, ReadonlySet<string>>> {
  let remarks = folded.get(group);
  if (remarks === undefined) {
    const normal = new Set(group.normal.map(foldRemark));
    const opposite = new Set(group.opposite.map(foldRemark));
    remarks = group.expectedSign === "+" ? { "+": normal, "-": opposite } : { "+": opposite, "-": normal };
    folded.set(group, remarks);
  }
  return remarks;
}

/** The remarks that may be chosen on a line of the group that has the sign. */
export function remarksFor(group: RemarkGroup, sign: Sign): readonly string[] {
  return (sign === group.expectedSign ? group.normal : group.opposite).filter((remark) => remark !== freeText);
}

function groups(
  returnType: ReturnType,
  codes: string,
  specification: SpecificationName | null,
  expectedSign: Sign,
  normal: readonly string[],
  opposite: readonly string[],
  deduction = false,
): RemarkGroup[] {
  return codes
    .split(" ")
    .map((code) => ({ returnType, code, specification, deduction, expectedSign, normal, opposite }));
}

function deductions(code: string, normal: readonly string[], opposite: readonly string[]): RemarkGroup[] {
  return groups("ordinary", code, null, "-", normal, opposite, true);
}

function key(returnType: ReturnType, code: string, specification: string | null, deduction: boolean): string {
  return `${returnType}|${code}|${specification ?? ""}|${deduction ? "deduction" : ""}`;
}
