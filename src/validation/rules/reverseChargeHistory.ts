import { compare, formatDecimal, fromInteger, sign, truncate, zero } from "../../vatReturn/decimal.ts";
import { sumOf } from "./checkedReturn.ts";
import { outcomeWhere, whereReadable } from "./conditions.ts";
import { isFirstSubmission, noneThisYear } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Rule } from "./rule.ts";
import { reverseChargeOnly } from "./rule.ts";
import { number } from "./wording.ts";
import { byHistory, firstNotZero } from "./byHistory.ts";

const minimumReverseCharge = fromInteger(2_000);

const smallReverseCharge: Rule = {
  ...byHistory,
  number: "R117",
  identifiers: ["MVA_OMVENDT_AVGIFTSPLIKT_SUM_OMSETNING_UNDER_MINSTEBELØP"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: reverseChargeOnly,
  pointsTo: places.sums,
  title: { en: "The basis reaches 2,000 kroner", nb: "Grunnlaget er på minst 2 000 kroner" },
  wants: {
    en: "The basis of all lines adds up to at least 2,000 kroner (or to 0 or less), unless an earlier return in the year was below that.",
    nb: "Grunnlaget på alle linjene skal til sammen være minst 2 000 kroner (eller 0 eller mindre), med mindre en tidligere melding samme år var under grensen.",
  },
  howToFix: {
    en: "Purchases below 2,000 kroner in the period are not reported; send nothing.",
    nb: "Kjøp under 2 000 kroner i perioden skal ikke rapporteres; da skal det ikke sendes noe.",
  },
  reading: {
    en: "Exactly 2,000 passes, although the text says “more than”. A line without basis leaves the rule open (R109 speaks then). Without a history, the option says whether this is the first return; its default is yes.",
    nb: "Nøyaktig 2 000 godtas, selv om teksten sier «mer enn». Mangler en linje grunnlag, kan regelen ikke avgjøres (da slår R109 til). Uten meldingshistorikk avgjør valget om dette er den første meldingen; standard er ja.",
  },
  clearedWhere: {
    en: "the basis adds up to 2,000 kroner or more, or to 0 or less",
    nb: "grunnlaget til sammen er 2 000 kroner eller mer, eller 0 eller mindre",
  },
  checkReturn: (checked) => {
    const { source, lines } = checked;
    const sum = sumOf(lines, ({ basis }) => basis);
    const isSmall = whereReadable(sum, (basis) => sign(basis) > 0 && compare(basis, minimumReverseCharge) < 0);
    const noneSmaller = noneThisYear(checked, ({ totalBasis }) =>
      totalBasis === undefined ? undefined : totalBasis < minimumReverseCharge.coefficient,
    );
    return outcomeWhere([isSmall, noneSmaller], () => {
      if (sum === null || source.skattegrunnlagOgBeregnetSkatt === null) return "unreadable";
      const value = number(sum);
      return {
        element: source.skattegrunnlagOgBeregnetSkatt,
        atName: true,
        message: {
          en: `The basis of all lines adds up to ${value.en}; below 2000 there is nothing to report.`,
          nb: `Grunnlaget på alle linjene er til sammen ${value.nb}; under 2000 er det ingenting å rapportere.`,
        },
        data: { sum: formatDecimal(sum), limit: formatDecimal(minimumReverseCharge) },
      };
    });
  },
};

const zeroWithLines: Rule = {
  ...byHistory,
  number: "R119",
  identifiers: ["MVA_OMVENDT_AVGIFTSPLIKT_KODER_FINNES_FASTSATT_MERVERDIAVGIFT_KR_0"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: reverseChargeOnly,
  pointsTo: places.lineBasis,
  title: { en: "A total of 0 has no lines with VAT", nb: "Når totalen er 0, er det ingen linjer med avgift" },
  wants: {
    en: "Where the total of a first return is 0, grunnlag × sats comes to 0 on every line.",
    nb: "Når totalen i en første melding er 0, skal grunnlag × sats bli 0 på hver linje.",
  },
  howToFix: {
    en: "State the VAT of the line, and count it into the total.",
    nb: "Oppgi avgiften på linjen, og ta den med i totalen.",
  },
  reading: {
    en: "Decimals are cut, and R019's tolerance is not applied. The rule never speaks without R118.",
    nb: "Desimalene strykes, og toleransen i R019 brukes ikke. Regelen slår aldri til uten R118.",
  },
  clearedWhere: {
    en: "the total is not 0, or grunnlag × sats comes to 0 on every line",
    nb: "totalen ikke er 0, eller grunnlag × sats blir 0 på hver linje",
  },
  checkLine: (line, checked) => {
    if (!line.hasBasis || line.rate === null) return "passes";
    const { total } = checked;
    const { exactVat: product, wholeVat } = line;
    const conditions = [
      whereReadable(total, (amount) => sign(amount) === 0),
      whereReadable(wholeVat, (vat) => sign(vat) !== 0),
      isFirstSubmission(checked),
    ];
    return outcomeWhere(conditions, () => {
      if (product === null || line.basis === null || line.source.grunnlag === null) return "unreadable";
      const [b, r, p] = [number(line.basis), number(line.rate ?? zero), number(product)];
      return {
        element: line.source.grunnlag.element,
        message: {
          en: `The total is 0, but this line has VAT: ${b.en} × ${r.en} % = ${p.en}.`,
          nb: `Totalen er 0, men denne linjen har avgift: ${b.nb} × ${r.nb} % = ${p.nb}.`,
        },
        data: {
          basis: formatDecimal(line.basis),
          rate: line.rateText ?? "",
          product: formatDecimal(product),
          expected: formatDecimal(truncate(product)),
        },
      };
    });
  },
};

export const reverseChargeHistoryRules: readonly Rule[] = [
  smallReverseCharge,
  firstNotZero("R118", "MVA_OMVENDT_AVGIFTSPLIKT_FASTSATT_MERVERDIAVGIFT_KR_0", reverseChargeOnly, {
    en: "A reverse-charge return",
    nb: "En melding for omvendt avgiftsplikt",
  }),
  zeroWithLines,
];
