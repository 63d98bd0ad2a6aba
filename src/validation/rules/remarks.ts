import { returnTypeOf } from "../../codeLists/returnCategories.ts";
import type { RemarkLevel } from "../../codeLists/remarks.ts";
import { selectableRemark, selectableRemarksOf } from "../../codeLists/remarks.ts";
import { freeText, remarkFits, remarkGroup, remarksFor } from "../../codeLists/remarkSigns.ts";
import type { RemarkGroup, Sign } from "../../codeLists/remarkSigns.ts";
import { sign } from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { Field } from "../../vatReturn/vatReturn.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Line } from "./line.ts";
import { filled } from "./line.ts";
import { places } from "./places.ts";
import type { Hint, Outcome, Rule, Violation } from "./rule.ts";
import { compensationOnly, everyCategory, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { anyOf, number, quoted } from "./wording.ts";

const reversal = "tilbakeføringAvInngåendeMerverdiavgift";
const realPropertyAdjustment = "justeringMerverdiavgiftskompensasjonFastEiendom";

/** R070 and R071: a selected remark is in the list for its level and kind of return. */
function listedRemark(ruleNumber: string, identifier: string, level: RemarkLevel): Rule {
  const where = level === "line" ? { en: "on a line", nb: "på en linje" } : { en: "on the return", nb: "på meldingen" };
  const check = (field: Field<string> | null | undefined, { returnType }: CheckedReturn): Outcome => {
    const value = filled(field?.text);
    if (field === null || field === undefined || value === null) return "passes";
    const remark = selectableRemark(value, level);
    if (remark !== null && returnType !== null && remark.returnTypes.includes(returnType)) return "passes";
    const elsewhere = selectableRemark(value, level === "line" ? "return" : "line");
    if (returnType === null && remark !== null) return "undecided";
    const allowed = returnType === null ? [] : selectableRemarksOf(level, returnType).map(({ name }) => name);
    const text = quoted(value);
    const reason: Text =
      remark !== null
        ? { en: "is not for this kind of return", nb: "er ikke for denne typen melding" }
        : elsewhere !== null
          ? level === "line"
            ? {
                en: "is a remark for the whole return, not for a line",
                nb: "er en merknad til hele meldingen, ikke til en linje",
              }
            : {
                en: "is a remark for a line, not for the whole return",
                nb: "er en merknad til en linje, ikke til hele meldingen",
              }
          : { en: `is no remark that can be chosen ${where.en}`, nb: `er ingen merknad som kan velges ${where.nb}` };
    return {
      element: field.element,
      message: {
        en: `${text.en} ${reason.en}. Choose one from the list, or write free text in beskrivelse.`,
        nb: `${text.nb} ${reason.nb}. Velg en fra listen, eller skriv fritekst i beskrivelse.`,
      },
      data: { value, allowed: allowed.join("|") },
    };
  };
  return {
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "XSD_FORMAT_OG_LOVLIGE_VERDIER",
    appliesTo: everyCategory,
    needs: "document",
    evaluated: "always",
    pointsTo: level === "line" ? places.lineSelectedRemark : places.remark,
    title: { en: `A selected remark ${where.en} is in the list`, nb: `En valgt merknad ${where.nb} finnes i listen` },
    wants: {
      en: `A filled utvalgtMerknad ${where.en} is one of the remarks that the list has for that level and this kind of return.`,
      nb: `En utfylt utvalgtMerknad ${where.nb} er en av merknadene listen har for dette nivået og denne typen melding.`,
    },
    howToFix: {
      en: "Choose a remark from the list, or write your own words in beskrivelse instead.",
      nb: "Velg en merknad fra listen, eller skriv egne ord i beskrivelse i stedet.",
    },
    reading: {
      en: "Capitals and no-break spaces are overlooked, because the official lists spell the same remark in several ways.",
      nb: "Store bokstaver og harde mellomrom overses, fordi de offisielle listene skriver samme merknad på flere måter.",
    },
    quickFix: "choose-value",
    whyNoQuickFix: null,
    ...(level === "line"
      ? { checkLine: (line, checked): Outcome => check(line.source.merknad?.utvalgtMerknad, checked) }
      : { checkReturn: (checked): Outcome => check(checked.source.merknad?.utvalgtMerknad, checked) }),
  };
}

/** What R074 to R076 find out about a selected remark on a line. */
type RemarkVerdict =
  | "fits"
  | "unreadable"
  | { readonly group: RemarkGroup | null; readonly sign: Sign; readonly normal: boolean; readonly zero: boolean };

function judgeRemark(line: Line, { returnType }: CheckedReturn, remark: string): RemarkVerdict {
  const { code, knownCode, specification, hasBasis, basis, vat } = line;
  if (returnType === null || code === null || vat === null || (hasBasis && basis === null)) return "unreadable";
  const deduction = returnType === "ordinary" && knownCode?.direction === "both" && !hasBasis && specification === null;
  const group = remarkGroup(returnType, code, specification, deduction);
  const expected = group?.expectedSign ?? (knownCode?.direction === "input" ? "-" : "+");
  const first = basis === null || returnType === "compensation" ? vat : basis;
  const second = first === vat ? basis : vat;
  const delivered = signOf(first) ?? (second === null ? null : signOf(second)) ?? expected;
  if (group !== null && remarkFits(group, remark, delivered)) return "fits";
  return { group, sign: delivered, normal: delivered === expected, zero: signOf(first) === null };
}

function signOf(amount: Decimal): Sign | null {
  const found = sign(amount);
  return found === 0 ? null : found < 0 ? "-" : "+";
}

interface RemarkRule {
  readonly number: string;
  readonly identifier: string;
  readonly title: Text;
  readonly wants: Text;
  /** Which lines the rule is about. */
  readonly concerns: (line: Line, normal: boolean) => boolean;
}

/** R074, R075 and R076: a selected remark fits the line's code, specification and sign. */
function fittingRemark(rule: RemarkRule): Rule {
  return {
    number: rule.number,
    identifiers: [rule.identifier],
    severity: "avvikende",
    category: "MERKNAD",
    appliesTo: everyCategory,
    needs: "document",
    evaluated: "always",
    pointsTo: places.lineSelectedRemark,
    title: rule.title,
    wants: rule.wants,
    howToFix: {
      en: "Choose a remark that fits the line, or explain in free text (beskrivelse), which is not checked.",
      nb: "Velg en merknad som passer til linjen, eller forklar i fritekst (beskrivelse), som ikke kontrolleres.",
    },
    reading: {
      en: "The sign is read off the basis, or off the VAT where there is no basis and in claims; where that is 0, off the other one. A remark that is in no list (R070) does not fit either.",
      nb: "Fortegnet leses av grunnlaget, eller av avgiften når det ikke er grunnlag og i krav; er det 0, av det andre. En merknad som ikke finnes i listen (R070), passer heller ikke.",
    },
    quickFix: "choose-value",
    whyNoQuickFix: null,
    checkLine: (line, checked) => {
      const field = line.source.merknad?.utvalgtMerknad ?? null;
      const remark = line.selectedRemark;
      if (remark === null || field === null) return "passes";
      // Lines with and without a specification are different rules; that much is known before anything else.
      if (!rule.concerns(line, true) && !rule.concerns(line, false)) return "passes";
      const verdict = judgeRemark(line, checked, remark);
      if (verdict === "fits") return "passes";
      if (verdict === "unreadable") return "undecided";
      if (!rule.concerns(line, verdict.normal)) return "passes";
      return unfitting(line, field, remark, verdict);
    },
  };
}

function unfitting(
  line: Line,
  field: Field<string>,
  remark: string,
  { group, sign: delivered, normal, zero }: Exclude<RemarkVerdict, string>,
): Violation {
  const allowed = group === null ? [] : remarksFor(group, delivered);
  const words = quoted(remark);
  const on: Text = {
    en: `code ${line.code ?? ""}${line.specification === null ? "" : `, ${line.specification},`}${group?.deduction === true ? " (deduction)" : ""}`,
    nb: `kode ${line.code ?? ""}${line.specification === null ? "" : `, ${line.specification},`}${group?.deduction === true ? " (fradrag)" : ""}`,
  };
  const signs: Text = normal
    ? { en: "with the usual sign", nb: "med vanlig fortegn" }
    : { en: "with the opposite sign", nb: "med motsatt fortegn" };
  const choice: Text =
    allowed.length === 0
      ? { en: "No remark can be chosen there; use free text.", nb: "Ingen merknad kan velges der; bruk fritekst." }
      : { en: `Possible: ${anyOf(allowed).en}.`, nb: `Mulige: ${anyOf(allowed).nb}.` };
  return {
    element: field.element,
    restsOnReading: zero,
    message: {
      en: `${words.en} does not fit ${on.en} ${signs.en}. ${choice.en}`,
      nb: `${words.nb} passer ikke for ${on.nb} ${signs.nb}. ${choice.nb}`,
    },
    data: {
      value: remark,
      code: line.code ?? "",
      sign: delivered,
      ...(line.specification === null ? {} : { specification: line.specification }),
      allowed: allowed.join("|"),
    },
  };
}

interface RemarkNeeded {
  readonly number: string;
  readonly identifier: string;
  readonly appliesTo: Rule["appliesTo"];
  readonly title: Text;
  readonly wants: Text;
  readonly reading: Text | null;
  /** "undecided" where something the answer depends on can't be read. */
  readonly needsRemark: (line: Line) => boolean | "undecided";
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
      if (needed !== true) return needed === "undecided" ? "undecided" : "passes";
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
function remarkData(line: Line, { returnType, category }: CheckedReturn): Record<string, string> {
  const { code, specification, hasBasis, knownCode, basis, vat } = line;
  const type = returnType ?? (category === null ? null : returnTypeOf(category));
  const deduction = type === "ordinary" && knownCode?.direction === "both" && !hasBasis && specification === null;
  const group = type === null || code === null ? null : remarkGroup(type, code, specification, deduction);
  const amount = basis === null || type === "compensation" ? vat : basis;
  const delivered = (amount === null ? null : signOf(amount)) ?? group?.expectedSign ?? "+";
  const fitting = group === null ? [] : remarksFor(group, delivered);
  const all = group === null ? [] : delivered === group.expectedSign ? group.normal : group.opposite;
  return {
    code: code ?? "",
    sign: delivered,
    ...(specification === null ? {} : { specification }),
    ...(basis === null ? {} : { basis: number(basis).en }),
    ...(vat === null ? {} : { vat: number(vat).en }),
    elements: "merknad",
    allowed: fitting.join("|"),
    freeText: group === null || all.includes(freeText) ? "yes" : "not listed",
  };
}

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
    if (code === null) return "undecided";
    if (!codes.includes(code)) return false;
    return basis === null ? "undecided" : true;
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
    nb: `Beløpet på kode ${code ?? ""} er positivt (${value.nb}), enda et fradrag er negativt`,
  };
}

const remarkSpelling: Hint = {
  code: "remark-spelled-differently",
  near: "R070",
  appliesTo: everyCategory,
  title: {
    en: "A selected remark is spelled in another way than in the list",
    nb: "En valgt merknad er skrevet annerledes enn i listen",
  },
  checkLine: ({ source }, { returnType }) => spelling(source.merknad?.utvalgtMerknad, "line", returnType),
  checkReturn: ({ source, returnType }) => spelling(source.merknad?.utvalgtMerknad, "return", returnType),
};

function spelling(
  field: Field<string> | null | undefined,
  level: RemarkLevel,
  returnType: CheckedReturn["returnType"],
): Outcome {
  const value = filled(field?.text);
  if (field === null || field === undefined || value === null || returnType === null) return "passes";
  const remark = selectableRemark(value, level);
  if (remark === null || !remark.returnTypes.includes(returnType) || remark.name === value.normalize("NFC"))
    return "passes";
  return {
    element: field.element,
    message: {
      en: `The list spells this remark “${remark.name}”. It is taken to be accepted as it stands.`,
      nb: `Listen skriver denne merknaden «${remark.name}». Det antas at den godtas slik den står.`,
    },
    data: { value, expected: remark.name },
  };
}

export const remarkRules: readonly Rule[] = [
  remarkNeeded({
    number: "R020",
    identifier: "MVA_MELDINGSINNHOLD_UTGÅENDE_MOTSATT_FORTEGN_MERKNAD_TIL_MVA_KODEN_MANGLER",
    appliesTo: ordinaryCategories,
    title: { en: "A negative basis is explained", nb: "Et negativt grunnlag er forklart" },
    wants: {
      en: "A line with a negative grunnlag has a remark, on every code for output VAT except 5.",
      nb: "En linje med negativt grunnlag har en merknad, på alle koder for utgående avgift unntatt 5.",
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
      nb: "En fradragslinje (uten grunnlag) med positiv merverdiavgift har en merknad, med mindre den er en tilbakeføring eller justering (kode 1 og 81) eller et tap på krav (1, 11, 12 og 13).",
    },
    reading: {
      en: "The exception for tapPåKrav is followed to the letter, although a positive amount is unusual there. Reversals are excused here, but R078 wants their remark.",
      nb: "Unntaket for tapPåKrav følges bokstavelig, selv om et positivt beløp er uvanlig der. Tilbakeføringer er unntatt her, men R078 krever merknaden deres.",
    },
    needsRemark: ({ hasBasis, vat, code, specification }) => {
      if (hasBasis || (vat !== null && sign(vat) <= 0)) return false;
      if (code === null) return "undecided";
      if (!deductionCodes.includes(code)) return false;
      if (specification !== null && (excusedDeductions[specification] ?? []).includes(code)) return false;
      return vat === null ? "undecided" : true;
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
      nb: "En linje i et krav med positiv merverdiavgift har en merknad, med mindre den justerer kompensasjon for fast eiendom på kode 1, 14 eller 81.",
    },
    reading: null,
    needsRemark: ({ vat, code, specification }) => {
      if (vat !== null && sign(vat) <= 0) return false;
      if (code === null) return "undecided";
      if (!claimCodes.includes(code)) return false;
      if (specification === realPropertyAdjustment && ["1", "14", "81"].includes(code)) return false;
      return vat === null ? "undecided" : true;
    },
    why: ({ vat, code }) => {
      const value = vat === null ? { en: "", nb: "" } : number(vat);
      return {
        en: `The amount on code ${code ?? ""} is positive (${value.en}), although a claim is negative`,
        nb: `Beløpet på kode ${code ?? ""} er positivt (${value.nb}), enda et krav er negativt`,
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
      nb: "En linje på kode 86, 87, 88, 89, 91 eller 92 med negativt grunnlag har en merknad.",
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
      nb: `En linje med spesifikasjonen ${reversal} har en merknad, uansett fortegn.`,
    },
    reading: {
      en: "The rule names no category. In claims and reverse-charge returns the specification itself is refused already.",
      nb: "Regelen nevner ingen kategori. I krav og meldinger for omvendt avgiftsplikt avvises selve spesifikasjonen allerede.",
    },
    needsRemark: ({ specification }) => specification === reversal,
    why: () => ({ en: `${reversal} must be explained`, nb: `${reversal} må forklares` }),
  }),
  listedRemark("R070", "MvaMeldingsinnhold_SpesifikasjonslinjeMerknad_UkjentMerknad", "line"),
  listedRemark("R071", "MvaMeldingsinnhold_MvaMeldingMerknad_UkjentMerknad", "return"),
  fittingRemark({
    number: "R074",
    identifier: "MVA_KODE_MERKNAD_FORTEGN_GYLDIG_VANLIG_FORTEGN",
    title: { en: "The remark fits the code (usual sign)", nb: "Merknaden passer til koden (vanlig fortegn)" },
    wants: {
      en: "A remark selected on a line without specification and with the usual sign is one that the list has for the code.",
      nb: "En merknad valgt på en linje uten spesifikasjon og med vanlig fortegn er en som listen har for koden.",
    },
    concerns: ({ specification }, normal) => specification === null && normal,
  }),
  fittingRemark({
    number: "R075",
    identifier: "MVA_KODE_MERKNAD_FORTEGN_GYLDIG_MOTSATT_FORTEGN",
    title: { en: "The remark fits the code (opposite sign)", nb: "Merknaden passer til koden (motsatt fortegn)" },
    wants: {
      en: "A remark selected on a line without specification and with the opposite sign is one that the list has for the code and that sign.",
      nb: "En merknad valgt på en linje uten spesifikasjon og med motsatt fortegn er en som listen har for koden og det fortegnet.",
    },
    concerns: ({ specification }, normal) => specification === null && !normal,
  }),
  fittingRemark({
    number: "R076",
    identifier: "MVA_KODE_MERKNAD_FORTEGN_GYLDIG_FOR_SPESIFIKASJON",
    title: { en: "The remark fits the specification", nb: "Merknaden passer til spesifikasjonen" },
    wants: {
      en: "A remark selected on a line with a specification is one that the list has for that code, specification and sign.",
      nb: "En merknad valgt på en linje med spesifikasjon er en som listen har for den koden, spesifikasjonen og det fortegnet.",
    },
    concerns: ({ specification }) => specification !== null,
  }),
];

export const remarkHints: readonly Hint[] = [remarkSpelling];
