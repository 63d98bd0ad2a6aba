import { absolute, compare, formatDecimal, sign, subtract } from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { compensationOnly, everyCategory, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { lineNumber, number, relatedLines } from "./wording.ts";

const sumOfLines: Rule = {
  number: "R018",
  identifiers: ["MVA_MELDINGSINNHOLD_SUM_MVA_FEIL_SUMMERING_AV_AVGIFTLINJER"],
  severity: "avvikende",
  category: "MELDINGSINNHOLD",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "always",
  pointsTo: places.total,
  title: { en: "The total is the sum of the lines", nb: "Totalen er summen av linjene" },
  wants: {
    en: "fastsattMerverdiavgift equals the sum of merverdiavgift over all lines, those with a specification included. Without lines the sum is 0.",
    nb: "fastsattMerverdiavgift skal være lik summen av merverdiavgift på alle linjene, også dem med spesifikasjon. Uten linjer er summen 0.",
  },
  howToFix: {
    en: "Set the total to the sum, or correct the line that is wrong or missing.",
    nb: "Sett totalen lik summen, eller rett linjen som er feil eller mangler.",
  },
  reading: {
    en: "Equality is exact. The tolerance that the authority describes is for basis × rate on a line; whether it is also applied to the total is not known.",
    nb: "Summen må stemme nøyaktig. Toleransen Skatteetaten beskriver, gjelder grunnlag × sats på en linje; om den også gjelder totalen, er ikke kjent.",
  },
  quickFix: "set-value",
  whyNoQuickFix: null,
  checkReturn: ({ source, total, vatSum, lines, tolerance }) => {
    if (total === null || vatSum === null || source.fastsattMerverdiavgift === null) return "unreadable";
    if (compare(total, vatSum) === 0) return "passes";
    const difference = absolute(subtract(total, vatSum));
    const within = compare(difference, tolerance) <= 0;
    return {
      element: source.fastsattMerverdiavgift.element,
      message: sumMessage(vatSum, total, difference, within),
      data: {
        expected: formatDecimal(vatSum),
        actual: formatDecimal(total),
        difference: formatDecimal(difference),
        tolerance: formatDecimal(tolerance),
        lines: String(lines.length),
      },
      related: relatedLines(
        lines,
        (line) => line.source.merverdiavgift?.element,
        (line) => summand(line),
      ),
    };
  },
};

function sumMessage(sum: Decimal, total: Decimal, difference: Decimal, within: boolean): Text {
  const [s, t, d] = [number(sum), number(total), number(difference)];
  return {
    en: `The lines add up to ${s.en}, but the total says ${t.en}: ${d.en} apart.${within ? " The authority may let so small a difference pass." : ""}`,
    nb: `Linjene blir til sammen ${s.nb}, men totalen er ${t.nb}: et avvik på ${d.nb}.${within ? " Skatteetaten kan la et så lite avvik passere." : ""}`,
  };
}

function summand(line: Line): Text {
  const vat = line.vat === null ? { en: "?", nb: "?" } : number(line.vat);
  const name = lineNumber(line);
  return { en: `${name.en}: ${vat.en}`, nb: `${name.nb}: ${vat.nb}` };
}

function totalNeedsLines(ruleNumber: string, identifier: string, appliesTo: Rule["appliesTo"]): Rule {
  return {
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "MELDINGSINNHOLD",
    appliesTo,
    needs: "document",
    evaluated: "always",
    pointsTo: places.total,
    title: { en: "A total has lines behind it", nb: "Totalen bygger på linjer" },
    wants: {
      en: "Where fastsattMerverdiavgift is not 0, there is at least one line.",
      nb: "Når fastsattMerverdiavgift ikke er 0, skal det være minst én linje.",
    },
    howToFix: {
      en: "Add the lines that make up the total, or set the total to 0.",
      nb: "Legg til linjene som totalen består av, eller sett totalen til 0.",
    },
    reading: null,
    quickFix: "set-value",
    whyNoQuickFix: null,
    checkReturn: ({ source, total, lines }: CheckedReturn): Outcome => {
      if (lines.length > 0) return "passes";
      if (total === null || source.fastsattMerverdiavgift === null) return "unreadable";
      if (sign(total) === 0) return "passes";
      const value = number(total);
      return {
        element: source.fastsattMerverdiavgift.element,
        message: {
          en: `The total is ${value.en}, but the return has no lines that it could come from.`,
          nb: `Totalen er ${value.nb}, men meldingen har ingen linjer som kan gi den.`,
        },
        data: { actual: formatDecimal(total), expected: "0" },
      };
    },
  };
}

export const totalRules: readonly Rule[] = [
  sumOfLines,
  totalNeedsLines("R084", "MVA_MELDINGSINNHOLD_BELØP_I_FASTSATT_MERVERDIAVGIFT_MANGLER_MVA_KODER", ordinaryCategories),
  totalNeedsLines(
    "R100",
    "MVA_KOMPENSASJON_MELDINGSINNHOLD_BELØP_I_FASTSATT_MERVERDIAVGIFT_MANGLER_MVA_KODER",
    compensationOnly,
  ),
  totalNeedsLines(
    "R107",
    "MVA_OMVENDT_AVGIFTSPLIKT_MELDINGSINNHOLD_BELØP_I_FASTSATT_MERVERDIAVGIFT_MANGLER_MVA_KODER",
    reverseChargeOnly,
  ),
];
