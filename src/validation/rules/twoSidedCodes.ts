import { absolute, compare, formatDecimal } from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { RelatedPlace } from "../finding.ts";
import { sumOf, twoSidedCodes } from "./checkedReturn.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { ordinaryCategories } from "./rule.ts";
import { lineNumber, number, relatedLines } from "./wording.ts";

// The printed identifiers of R033 to R036 have goods and services the wrong way round; they are kept as printed.
const goods = "VARER_KJØPT_FRA_UTLANDET_MED_FRADRAGSRETT_AVVIK";
const services = "OMVENDT_AVGIFTSPLIKT_FOR_TJENSTER_KJØPT_FRA_UTLANDET_MED_FRADRAGSRETT_AVVIK";
const quotas = "KJØP_AV_KLIMAKVOTER_OG_GULL_MED_FRADRAGSRETT_AVVIK";

/** R023 to R027: what is deducted on a code is no more than what is calculated on it. */
function deductionWithinOutput(ruleNumber: string, code: string, subject: string): Rule {
  return {
    number: ruleNumber,
    identifiers: [`MVA_MELDINGSINNHOLD_${subject}_MELLOM_BEREGNET_OG_INNGÅENDE_AVGIFT_MVA_KODE_${code}`],
    severity: "avvikende",
    category: "MELDINGSINNHOLD",
    appliesTo: ordinaryCategories,
    needs: "document",
    evaluated: "always",
    pointsTo: `${places.lineVat} (${code})`,
    title: {
      en: `Deduction on code ${code} stays within the calculated VAT`,
      nb: `Fradraget på kode ${code} er ikke høyere enn beregnet avgift`,
    },
    wants: {
      en: `On code ${code}, the deductions (lines without grunnlag) add up to no more than the calculated VAT (lines with grunnlag). Signs are dropped after summing.`,
      nb: `På kode ${code} skal fradragene (linjer uten grunnlag) til sammen ikke være høyere enn den beregnede avgiften (linjer med grunnlag). Summene sammenlignes uten fortegn.`,
    },
    howToFix: {
      en: "Lower the deduction, or add the calculated VAT that is missing.",
      nb: "Reduser fradraget, eller legg til den beregnede avgiften som mangler.",
    },
    reading: {
      en: "Specifications are not told apart: lines with kompensasjonsrett count as calculated VAT, and reversals and adjustments as deductions.",
      nb: "Det skilles ikke mellom spesifikasjoner: Linjer med kompensasjonsrett teller som beregnet avgift, og tilbakeføringer og justeringer som fradrag.",
    },
    quickFix: null,
    whyNoQuickFix: {
      en: "Whether the deduction or the calculated VAT is wrong can't be seen from the document.",
      nb: "Om det er fradraget eller den beregnede avgiften som er feil, går ikke frem av dokumentet.",
    },
    checkReturn: (checked): Outcome => {
      if (!checked.everyLineHasCode) return "unreadable";
      const { output, deductions } = checked.linesOf(code);
      const [first] = deductions;
      if (first === undefined) return "passes";
      const calculated = sumOf(output, (line) => line.vat);
      const deducted = sumOf(deductions, (line) => line.vat);
      if (calculated === null || deducted === null) return "unreadable";
      if (compare(absolute(calculated), absolute(deducted)) >= 0) return "passes";
      const [d, c] = [number(absolute(deducted)), number(absolute(calculated))];
      return {
        element: first.source.merverdiavgift?.element ?? first.element,
        restsOnReading: [...output, ...deductions].some(({ specification }) => specification !== null),
        message: {
          en: `${d.en} is deducted on code ${code}, but only ${c.en} is calculated on it.`,
          nb: `${d.nb} er fradragsført på kode ${code}, men bare ${c.nb} er beregnet på den.`,
        },
        data: { code, deducted: formatDecimal(deducted), calculated: formatDecimal(calculated) },
        related: [
          ...amounts(output, { en: "calculated", nb: "beregnet" }),
          ...amounts(deductions.slice(1), { en: "deducted", nb: "fradragsført" }),
        ],
      };
    },
  };
}

/** R028 to R032: no more plain deduction lines than output lines on the code. */
function outputForDeduction(ruleNumber: string, code: string, subject: string): Rule {
  return {
    number: ruleNumber,
    identifiers: [`MVA_MELDINGSINNHOLD_${subject}_UTGÅENDE_AVGIFT_MANGLER_MVA_KODE_${code}`],
    severity: "ugyldig",
    category: "MELDINGSINNHOLD",
    appliesTo: ordinaryCategories,
    needs: "document",
    evaluated: "always",
    pointsTo: `${places.lineCode} (${code})`,
    title: {
      en: `Deduction on code ${code} has its calculated VAT`,
      nb: `Fradrag på kode ${code} har tilhørende beregnet avgift`,
    },
    wants: {
      en: `On code ${code}, there are at least as many lines with grunnlag (calculated VAT) as lines that have neither grunnlag nor a specification (deductions).`,
      nb: `På kode ${code} skal det være minst like mange linjer med grunnlag (beregnet avgift) som linjer uten både grunnlag og spesifikasjon (fradrag).`,
    },
    howToFix: {
      en: "Add the line with basis, rate and calculated VAT that belongs to the deduction, or join deductions on one line.",
      nb: "Legg til linjen med grunnlag, sats og beregnet avgift som hører til fradraget, eller slå sammen fradrag på én linje.",
    },
    reading: {
      en: "How lines are counted is not published. Taken here: lines with a specification don't count as deductions, and every line with a basis counts as calculated VAT.",
      nb: "Hvordan linjer telles, er ikke offentliggjort. Her: linjer med spesifikasjon teller ikke som fradrag, og alle linjer med grunnlag teller som beregnet avgift.",
    },
    quickFix: "add-counterpart-line",
    whyNoQuickFix: null,
    checkReturn: (checked): Outcome => {
      if (!checked.everyLineHasCode) return "unreadable";
      const { output, plainDeductions } = checked.linesOf(code);
      const [first] = plainDeductions;
      if (first === undefined || output.length >= plainDeductions.length) return "passes";
      const counts = [String(plainDeductions.length), String(output.length)] as const;
      const sum = sumOf(plainDeductions, (line) => line.vat);
      const amount: Text =
        sum === null ? { en: "a deduction", nb: "fradrag" } : amountOf(sum, "a deduction", "et fradrag");
      return {
        element: first.source.mvaKode?.element ?? first.element,
        restsOnReading: output.length > 0,
        message: {
          en:
            output.length === 0
              ? `Code ${code} has ${amount.en}, but no line with calculated VAT (basis and rate).`
              : `Code ${code} has ${counts[0]} deduction lines but only ${counts[1]} with calculated VAT (basis and rate).`,
          nb:
            output.length === 0
              ? `Kode ${code} har ${amount.nb}, men ingen linje med beregnet avgift (grunnlag og sats).`
              : `Kode ${code} har ${counts[0]} fradragslinjer, men bare ${counts[1]} med beregnet avgift (grunnlag og sats).`,
        },
        data: {
          code,
          deductionLines: counts[0],
          outputLines: counts[1],
          missing: "output",
          ...(first.vat === null ? {} : { actual: formatDecimal(first.vat) }),
        },
        related: [
          ...amounts(plainDeductions.slice(1), { en: "deducted", nb: "fradragsført" }),
          ...amounts(output, { en: "calculated", nb: "beregnet" }),
        ],
      };
    },
  };
}

/** R033 to R037: plain calculated VAT on the code comes with a plain deduction. */
function deductionForOutput(ruleNumber: string, code: string, subject: string): Rule {
  return {
    number: ruleNumber,
    identifiers: [`MVA_MELDINGSINNHOLD_${subject}_INNGÅENDE_AVGIFT_MANGLER_MVA_KODE_${code}`],
    severity: "avvikende",
    category: "MELDINGSINNHOLD",
    appliesTo: ordinaryCategories,
    needs: "document",
    evaluated: "always",
    pointsTo: `${places.lineCode} (${code})`,
    title: {
      en: `Calculated VAT on code ${code} has its deduction`,
      nb: `Beregnet avgift på kode ${code} har tilhørende fradrag`,
    },
    wants: {
      en: `Where a line on code ${code} has grunnlag and no specification, another has neither: code ${code} is for purchases with right to deduct.`,
      nb: `Har en linje på kode ${code} grunnlag og ingen spesifikasjon, skal det også være en linje uten begge deler: Kode ${code} er for kjøp med fradragsrett.`,
    },
    howToFix: {
      en: "Add the deduction line, or use the code without right to deduct.",
      nb: "Legg til fradragslinjen, eller bruk koden uten fradragsrett.",
    },
    reading: null,
    quickFix: "add-counterpart-line",
    whyNoQuickFix: null,
    checkReturn: (checked): Outcome => {
      if (!checked.everyLineHasCode) return "unreadable";
      const { plainOutput, plainDeductions } = checked.linesOf(code);
      const [first] = plainOutput;
      if (first === undefined || plainDeductions.length > 0) return "passes";
      const sum = sumOf(plainOutput, (line) => line.vat);
      const amount: Text =
        sum === null
          ? { en: "calculated VAT", nb: "beregnet avgift" }
          : amountOf(sum, "calculated VAT", "beregnet avgift");
      return {
        element: first.source.mvaKode?.element ?? first.element,
        message: {
          en: `Code ${code} has ${amount.en}, but no deduction line (without basis and rate).`,
          nb: `Kode ${code} har ${amount.nb}, men ingen fradragslinje (uten grunnlag og sats).`,
        },
        data: {
          code,
          missing: "deduction",
          ...(first.vat === null ? {} : { actual: formatDecimal(first.vat) }),
        },
        related: amounts(plainOutput.slice(1), { en: "calculated", nb: "beregnet" }),
      };
    },
  };
}

const repeatedAmount: Rule = {
  number: "R115",
  identifiers: ["MVA_MELDINGSINNHOLD_SPESIFIKASJONSLINJE_KJØP_MED_KOMPENSASJONSRETT"],
  severity: "avvikende",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryCategories,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineVat,
  title: {
    en: "The amount with right to compensation does not repeat the ordinary one",
    nb: "Beløpet med kompensasjonsrett er et annet enn det ordinære",
  },
  wants: {
    en: "On codes 81, 83, 86, 88 and 91, a line with kompensasjonsrett doesn't have the same VAT as a line without specification on the same code.",
    nb: "På kode 81, 83, 86, 88 og 91 skal en linje med kompensasjonsrett ikke ha samme avgift som en linje uten spesifikasjon på samme kode.",
  },
  howToFix: {
    en: "Report each purchase once: either with the specification or without it.",
    nb: "Rapporter hvert kjøp én gang: enten med spesifikasjonen eller uten.",
  },
  reading: {
    en: "As printed, the rule sleeps as soon as one line of the return has another code. It is followed to the letter; where it sleeps, a hint is given instead.",
    nb: "Etter ordlyden gjelder ikke regelen så snart én linje i meldingen har en annen kode. Den følges bokstavelig; når den ikke gjelder, gis det et tips i stedet.",
  },
  quickFix: null,
  whyNoQuickFix: {
    en: "Which of the two lines is the wrong one can't be seen from the document.",
    nb: "Hvilken av de to linjene som er feil, går ikke frem av dokumentet.",
  },
  checkLine: (line, checked) => (onlyTwoSided(checked) ? checkRepeated(line, checked) : "passes"),
  checkReturn: (checked) => (checked.everyLineHasCode ? "passes" : "unreadable"),
};

/** R115 where its printed guard keeps it silent. */
const repeatedBesideOthers = {
  code: "compensation-repeats-amount",
  near: "R115",
  appliesTo: ordinaryCategories,
  title: {
    en: "The amount with right to compensation repeats the ordinary one",
    nb: "Beløpet med kompensasjonsrett er det samme som det ordinære",
  },
  checkLine: (line: Line, checked: CheckedReturn): Outcome =>
    onlyTwoSided(checked) ? "passes" : checkRepeated(line, checked),
};

function onlyTwoSided({ onlyTwoSidedCodes }: CheckedReturn): boolean {
  return onlyTwoSidedCodes;
}

function checkRepeated(line: Line, checked: CheckedReturn): Outcome {
  const { specification, knownCode, vat, source } = line;
  if (specification !== "kompensasjonsrett" || knownCode?.direction !== "both") return "passes";
  const { plainOutput, plainDeductions } = checked.linesOf(knownCode.code);
  if (plainOutput.length + plainDeductions.length === 0) return "passes";
  if (vat === null || source.merverdiavgift === null) return "unreadable";
  const same = checked.plainLineWithVat(knownCode.code, vat);
  if (same === null) return checked.plainVatReadable(knownCode.code) ? "passes" : "unreadable";
  const value = number(vat);
  const other = lineNumber(same);
  return {
    element: source.merverdiavgift.element,
    restsOnReading: true,
    message: {
      en: `The VAT with right to compensation, ${value.en}, repeats that of ${other.en} on the same code ${knownCode.code}.`,
      nb: `Avgiften med kompensasjonsrett, ${value.nb}, er den samme som på ${other.nb} med samme kode, ${knownCode.code}.`,
    },
    data: { code: knownCode.code, actual: formatDecimal(vat) },
    related: amounts([same], { en: "the same amount without specification", nb: "samme beløp uten spesifikasjon" }),
  };
}

/** `a deduction of 250` and `et fradrag på 250`. */
function amountOf(sum: Decimal, en: string, nb: string): Text {
  const value = number(sum);
  return { en: `${en} of ${value.en}`, nb: `${nb} på ${value.nb}` };
}

function amounts(lines: readonly Line[], what: Text): RelatedPlace[] {
  return relatedLines(
    lines,
    (line) => line.source.merverdiavgift?.element,
    (line) => {
      const vat = line.vat === null ? { en: "?", nb: "?" } : number(line.vat);
      const name = lineNumber(line);
      return { en: `${name.en}: ${vat.en} ${what.en}`, nb: `${name.nb}: ${vat.nb} ${what.nb}` };
    },
  );
}

const familyOf: Readonly<Record<string, string>> = {
  "81": goods,
  "83": goods,
  "86": services,
  "88": services,
  "91": quotas,
};
const swappedFamilyOf: Readonly<Record<string, string>> = {
  "81": services,
  "83": services,
  "86": goods,
  "88": goods,
  "91": quotas,
};

export const twoSidedRules: readonly Rule[] = [
  ...siblings(23, deductionWithinOutput, familyOf),
  ...siblings(28, outputForDeduction, familyOf),
  ...siblings(33, deductionForOutput, swappedFamilyOf),
  repeatedAmount,
];

export const twoSidedHints = [repeatedBesideOthers];

/** One rule for each two-sided code, numbered from `first`. */
function siblings(
  first: number,
  make: (ruleNumber: string, code: string, subject: string) => Rule,
  subjects: Readonly<Record<string, string>>,
): Rule[] {
  return twoSidedCodes.map((code, index) => make(`R0${first + index}`, code, subjects[code] ?? ""));
}
