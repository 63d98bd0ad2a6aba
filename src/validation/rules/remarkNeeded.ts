import { freeText } from "../../codeLists/remarkSigns.ts";
import { sign } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Rule } from "./rule.ts";
import { compensationOnly, everyCategory, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { number } from "./wording.ts";
import { remarkPlace } from "./remarkPlace.ts";

const reversal = "tilbakeføringAvInngåendeMerverdiavgift";

const realPropertyAdjustment = "justeringMerverdiavgiftskompensasjonFastEiendom";

interface RemarkNeeded {
  readonly number: string;
  readonly identifier: string;
  readonly appliesTo: Rule["appliesTo"];
  readonly title: Text;
  readonly wants: Text;
  readonly reading: Text | null;
  /** "unreadable" where something the answer depends on can't be read. */
  readonly needsRemark: (line: Line) => boolean | "unreadable";
  readonly why: (line: Line) => Text;
}

/** R020, R021, R078, R086 and R108: a line that has to be explained by a remark. */
function remarkNeeded(rule: RemarkNeeded): Rule {
  return {
    number: rule.number,
    identifiers: [rule.identifier],
    severity: "ugyldig",
    category: "MELDINGSINNHOLD",
    appliesTo: rule.appliesTo,
    needs: "document",
    evaluated: "always",
    pointsTo: places.lineRemark,
    title: rule.title,
    wants: rule.wants,
    howToFix: {
      en: "Add merknad to the line: choose a remark that fits, or explain in free text. A remark on the whole return does not help.",
      nb: "Legg til merknad på linjen: velg en merknad som passer, eller forklar i fritekst. En merknad til hele meldingen hjelper ikke.",
    },
    reading: rule.reading,
    quickFix: "add-remark",
    whyNoQuickFix: null,
    checkLine: (line, checked) => {
      if (line.hasRemark) return "passes";
      const needed = rule.needsRemark(line);
      if (needed !== true) return needed === "unreadable" ? "unreadable" : "passes";
      const why = rule.why(line);
      return {
        element: line.source.merknad?.element ?? line.element,
        atName: true,
        message: { en: `${why.en}: the line needs a remark.`, nb: `${why.nb}: linjen må ha en merknad.` },
        data: remarkData(line, checked),
      };
    },
  };
}

/** Which remarks could be chosen on the line, for the fix. */
function remarkData(line: Line, { returnType }: CheckedReturn): Record<string, string> {
  const { code, specification, basis, vat } = line;
  const { group, sign: delivered } = returnType === null ? nowhere : remarkPlace(line, returnType);
  const all = group === null ? [] : delivered === group.expectedSign ? group.normal : group.opposite;
  return {
    code: code ?? "",
    sign: delivered,
    ...(specification === null ? {} : { specification }),
    ...(basis === null ? {} : { basis: number(basis).en }),
    ...(vat === null ? {} : { vat: number(vat).en }),
    elements: "merknad",
    allowed: all.filter((remark) => remark !== freeText).join("|"),
    freeText: group === null || all.includes(freeText) ? "yes" : "not listed",
  };
}

const nowhere = { group: null, sign: "+" } as const;

const outputCodes = [
  "3",
  "6",
  "31",
  "32",
  "33",
  "51",
  "52",
  "81",
  "82",
  "83",
  "84",
  "85",
  "86",
  "87",
  "88",
  "89",
  "91",
  "92",
];

const deductionCodes = ["1", "11", "12", "13", "14", "15", "81", "83", "86", "88", "91"];

const claimCodes = ["1", "11", "13", "14", "15", "81", "83", "86", "88", "91"];

const reverseChargeCodes = ["86", "87", "88", "89", "91", "92"];

/** Specifications that excuse a positive deduction, with the codes they do it on. */
const excusedDeductions: Readonly<Record<string, readonly string[]>> = {
  [reversal]: ["1", "81"],
  tapPåKrav: ["1", "11", "12", "13"],
  justering: ["1", "81"],
};

function negativeBasis(codes: readonly string[]): RemarkNeeded["needsRemark"] {
  return ({ hasBasis, basis, code }) => {
    if (!hasBasis || (basis !== null && sign(basis) >= 0)) return false;
    if (code === null) return "unreadable";
    if (!codes.includes(code)) return false;
    return basis === null ? "unreadable" : true;
  };
}

function whyNegative({ basis, code }: Line): Text {
  const value = basis === null ? { en: "", nb: "" } : number(basis);
  return {
    en: `The basis on code ${code ?? ""} is negative (${value.en})`,
    nb: `Grunnlaget på kode ${code ?? ""} er negativt (${value.nb})`,
  };
}

function whyPositive({ vat, code }: Line): Text {
  const value = vat === null ? { en: "", nb: "" } : number(vat);
  return {
    en: `The amount on code ${code ?? ""} is positive (${value.en}), although a deduction is negative`,
    nb: `Beløpet på kode ${code ?? ""} er positivt (${value.nb}), men et fradrag skal være negativt`,
  };
}

export const neededRemarkRules: readonly Rule[] = [
  remarkNeeded({
    number: "R020",
    identifier: "MVA_MELDINGSINNHOLD_UTGÅENDE_MOTSATT_FORTEGN_MERKNAD_TIL_MVA_KODEN_MANGLER",
    appliesTo: ordinaryCategories,
    title: { en: "A negative basis is explained", nb: "Et negativt grunnlag er forklart" },
    wants: {
      en: "A line with a negative grunnlag has a remark, on every code for output VAT except 5.",
      nb: "En linje med negativt grunnlag skal ha en merknad, på alle koder for utgående avgift unntatt 5.",
    },
    reading: {
      en: "Code 5 is missing from the published list of codes; it is followed to the letter. The specification makes no difference.",
      nb: "Kode 5 mangler i den offentliggjorte listen over koder; den følges bokstavelig. Spesifikasjonen er uten betydning.",
    },
    needsRemark: negativeBasis(outputCodes),
    why: whyNegative,
  }),
  remarkNeeded({
    number: "R021",
    identifier: "MVA_MELDINGSINNHOLD_INNGÅENDE_MOTSATT_FORTEGN_MERKNAD_TIL_MVA_KODEN_MANGLER",
    appliesTo: ordinaryCategories,
    title: { en: "A positive deduction is explained", nb: "Et positivt fradrag er forklart" },
    wants: {
      en: "A deduction line (without grunnlag) whose merverdiavgift is positive has a remark, unless it is a reversal or adjustment (codes 1 and 81) or a loss on a claim (1, 11, 12 and 13).",
      nb: "En fradragslinje (uten grunnlag) med positiv merverdiavgift skal ha en merknad, med mindre den er en tilbakeføring eller justering (kode 1 og 81) eller et tap på krav (1, 11, 12 og 13).",
    },
    reading: {
      en: "The exception for tapPåKrav is followed to the letter, although a positive amount is unusual there. Reversals are excused here, but R078 wants their remark.",
      nb: "Unntaket for tapPåKrav følges bokstavelig, selv om et positivt beløp er uvanlig der. Tilbakeføringer er unntatt her, men skal ha merknad etter R078.",
    },
    needsRemark: ({ hasBasis, vat, code, specification }) => {
      if (hasBasis || (vat !== null && sign(vat) <= 0)) return false;
      if (code === null) return "unreadable";
      if (!deductionCodes.includes(code)) return false;
      if (specification !== null && (excusedDeductions[specification] ?? []).includes(code)) return false;
      return vat === null ? "unreadable" : true;
    },
    why: whyPositive,
  }),
  remarkNeeded({
    number: "R086",
    identifier: "MVA_KOMPENSASJON_MELDINGSINNHOLD_INNGÅENDE_MOTSATT_FORTEGN_MERKNAD_TIL_MVA_KODEN_MANGLER",
    appliesTo: compensationOnly,
    title: { en: "A positive amount in a claim is explained", nb: "Et positivt beløp i et krav er forklart" },
    wants: {
      en: "A line of a claim whose merverdiavgift is positive has a remark, unless it adjusts compensation for real property on code 1, 14 or 81.",
      nb: "En linje i et krav med positiv merverdiavgift skal ha en merknad, med mindre den justerer kompensasjon for fast eiendom på kode 1, 14 eller 81.",
    },
    reading: null,
    needsRemark: ({ vat, code, specification }) => {
      if (vat !== null && sign(vat) <= 0) return false;
      if (code === null) return "unreadable";
      if (!claimCodes.includes(code)) return false;
      if (specification === realPropertyAdjustment && ["1", "14", "81"].includes(code)) return false;
      return vat === null ? "unreadable" : true;
    },
    why: ({ vat, code }) => {
      const value = vat === null ? { en: "", nb: "" } : number(vat);
      return {
        en: `The amount on code ${code ?? ""} is positive (${value.en}), although a claim is negative`,
        nb: `Beløpet på kode ${code ?? ""} er positivt (${value.nb}), men et krav skal være negativt`,
      };
    },
  }),
  remarkNeeded({
    number: "R108",
    identifier: "MVA_OMVENDT_AVGIFTSPLIKT_MELDINGSINNHOLD_UTGÅENDE_MOTSATT_FORTEGN_MERKNAD_TIL_MVA_KODEN_MANGLER",
    appliesTo: reverseChargeOnly,
    title: { en: "A negative basis is explained", nb: "Et negativt grunnlag er forklart" },
    wants: {
      en: "A line on codes 86, 87, 88, 89, 91 or 92 with a negative grunnlag has a remark.",
      nb: "En linje på kode 86, 87, 88, 89, 91 eller 92 med negativt grunnlag skal ha en merknad.",
    },
    reading: null,
    needsRemark: negativeBasis(reverseChargeCodes),
    why: whyNegative,
  }),
  remarkNeeded({
    number: "R078",
    identifier: "MVA_MELDINGSINNHOLD_MERKNAD_MANGLER",
    appliesTo: everyCategory,
    title: { en: "A reversal of deducted VAT is explained", nb: "En tilbakeføring av fradragsført avgift er forklart" },
    wants: {
      en: `A line with the specification ${reversal} has a remark, whatever its sign.`,
      nb: `En linje med spesifikasjonen ${reversal} skal ha en merknad, uansett fortegn.`,
    },
    reading: {
      en: "The rule names no category. In claims and reverse-charge returns the specification itself is refused already.",
      nb: "Regelen nevner ingen kategori. I krav og meldinger for omvendt avgiftsplikt avvises selve spesifikasjonen allerede.",
    },
    needsRemark: ({ specification }) => specification === reversal,
    why: () => ({ en: `${reversal} must be explained`, nb: `${reversal} må forklares` }),
  }),
];
