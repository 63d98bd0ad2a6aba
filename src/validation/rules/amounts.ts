import { compare, formatDecimal, hasFraction, sign, truncate } from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import type { Line } from "./line.ts";
import { longAmount } from "./longAmounts.ts";
import { outcomeWhere, whereReadable } from "./conditions.ts";
import type { Condition } from "./conditions.ts";
import { places } from "./places.ts";
import type { Hint, Outcome, Rule } from "./rule.ts";
import { everyCategory } from "./rule.ts";
import { number } from "./wording.ts";

const wholeKroner: Rule = {
  number: "R082",
  identifiers: ["MVA_MELDINGSINNHOLD_BELØP_INNEHOLDER_DESIMALER"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "always",
  pointsTo: `${places.lineVat} | ${places.lineBasis} | ${places.total}`,
  title: { en: "Amounts are whole kroner", nb: "Beløp oppgis i hele kroner" },
  wants: {
    en: "grunnlag, merverdiavgift and fastsattMerverdiavgift have no decimals.",
    nb: "grunnlag, merverdiavgift og fastsattMerverdiavgift skal oppgis uten desimaler.",
  },
  howToFix: { en: "Cut the decimals off.", nb: "Fjern desimalene." },
  reading: {
    en: "The number counts, not its spelling: 100.00 passes, with a hint.",
    nb: "Tallverdien avgjør, ikke skrivemåten: 100.00 godtas, men gir et tips.",
  },
  quickFix: "drop-decimals",
  whyNoQuickFix: null,
  checkLine: ({ amounts, source }) => {
    const broken = amounts.filter(({ value }) => value !== null && hasFraction(value));
    const first = broken[0];
    if (first !== undefined && first.value !== null) {
      const [value, whole] = [number(first.value), formatDecimal(truncate(first.value))];
      return {
        element: first.element,
        message: {
          en: `Amounts are whole kroner; ${value.en} has decimals. Write ${whole}.`,
          nb: `Beløp skal være i hele kroner; ${value.nb} har desimaler. Skriv ${whole}.`,
        },
        data: {
          actual: formatDecimal(first.value),
          expected: whole,
          elements: broken.map(({ element }) => element.localName).join("|"),
        },
        related: broken.slice(1).map(({ element }) => ({
          range: element.valueRange,
          message: { en: "This amount has decimals too.", nb: "Også dette beløpet har desimaler." },
        })),
      };
    }
    const readable = amounts.every(({ value }) => value !== null) && source.merverdiavgift !== null;
    return readable ? "passes" : "unreadable";
  },
  checkReturn: ({ source, total }) => {
    if (total === null || source.fastsattMerverdiavgift === null) return "unreadable";
    if (!hasFraction(total)) return "passes";
    const [value, whole] = [number(total), formatDecimal(truncate(total))];
    return {
      element: source.fastsattMerverdiavgift.element,
      message: {
        en: `Amounts are whole kroner; the total ${value.en} has decimals. Write ${whole}.`,
        nb: `Beløp skal være i hele kroner; totalen ${value.nb} har desimaler. Skriv ${whole}.`,
      },
      data: { actual: formatDecimal(total), expected: whole, elements: "fastsattMerverdiavgift" },
    };
  },
};

const basisBelowCeiling: Rule = {
  number: "R085",
  identifiers: ["MVA_MELDINGSINNHOLD_GRUNNLAG_OVERSTIGER_MAKS_VERDI"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "partly",
  pointsTo: places.lineBasis,
  title: { en: "The basis stays below the technical ceiling", nb: "Grunnlaget er under den tekniske grensen" },
  wants: {
    en: "grunnlag is not higher than what the authority's systems can take.",
    nb: "grunnlag kan ikke være høyere enn det Skatteetatens systemer tar imot.",
  },
  howToFix: {
    en: "Check the amount: a basis this high is usually a misplaced decimal point. A real one has to be agreed with the authority.",
    nb: "Kontroller beløpet: et så høyt grunnlag skyldes gjerne en feilplassert desimal. Er beløpet riktig, må det avklares med Skatteetaten.",
  },
  reading: {
    en: "The ceiling is not published. A basis above 0 is judged only where an option states one.",
    nb: "Grensen er ikke offentliggjort. Et grunnlag over 0 vurderes bare når grensen er oppgitt som valg.",
  },
  quickFix: null,
  whyNoQuickFix: { en: "The right amount is not known.", nb: "Det rette beløpet er ikke kjent." },
  clearedWhere: { en: "no basis is above 0", nb: "ikke noe grunnlag er over 0" },
  checkLine: ({ hasBasis, basis, source }, { options }) => {
    if (!hasBasis) return "passes";
    const { maximumBasis } = options;
    const isPositive = whereReadable(basis, (amount) => sign(amount) > 0);
    return outcomeWhere([isPositive, isAboveCeiling(basis, maximumBasis)], () => {
      if (basis === null || maximumBasis === null || source.grunnlag === null) return "unreadable";
      const [value, limit] = [number(basis), number(maximumBasis)];
      return {
        element: source.grunnlag.element,
        message: {
          en: `The basis ${value.en} is above the ceiling of ${limit.en}.`,
          nb: `Grunnlaget ${value.nb} er over grensen på ${limit.nb}.`,
        },
        data: { actual: formatDecimal(basis), limit: formatDecimal(maximumBasis) },
      };
    });
  },
};

function isAboveCeiling(basis: Decimal | null, ceiling: Decimal | null): Condition {
  if (basis === null) return "unreadable";
  return ceiling === null ? "setting" : { holds: compare(basis, ceiling) > 0, assumption: "ceiling" };
}

const trailingZeros: Hint = {
  code: "amount-with-zero-decimals",
  near: "R082",
  appliesTo: everyCategory,
  title: {
    en: "An amount is written with decimals that are all zero",
    nb: "Et beløp er skrevet med desimaler som alle er null",
  },
  checkLine: ({ amounts }) => {
    const found = amounts.find(({ value }) => isWholeWithDecimals(value));
    return found === undefined || found.value === null ? "passes" : trailingZerosAt(found.element, found.value);
  },
  checkReturn: ({ source, total }) =>
    source.fastsattMerverdiavgift === null || total === null || !isWholeWithDecimals(total)
      ? "passes"
      : trailingZerosAt(source.fastsattMerverdiavgift.element, total),
};

function isWholeWithDecimals(value: Decimal | null): boolean {
  return value !== null && value.scale > 0 && !hasFraction(value);
}

function trailingZerosAt(element: Line["element"], value: Decimal): Outcome {
  const whole = formatDecimal(value);
  return {
    element,
    message: {
      en: `Amounts are whole kroner: write ${whole}, without decimals. The number itself is accepted.`,
      nb: `Beløp er i hele kroner: skriv ${whole}, uten desimaler. Selve tallet godtas.`,
    },
    data: { expected: whole, elements: element.localName },
  };
}

export const amountRules: readonly Rule[] = [wholeKroner, basisBelowCeiling];

export const amountHints: readonly Hint[] = [trailingZeros, longAmount];
