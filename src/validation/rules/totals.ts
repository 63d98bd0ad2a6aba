import {
  absolute,
  compare,
  formatDecimal,
  fromInteger,
  hasFraction,
  hundredth,
  multiply,
  sign,
  subtract,
  truncate,
} from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Hint, Outcome, Rule } from "./rule.ts";
import {
  compensationOnly,
  everyCategory,
  ordinaryAndReverseCharge,
  ordinaryCategories,
  reverseChargeOnly,
} from "./rule.ts";
import { lineNumber, number, relatedLines } from "./wording.ts";

const oneKrone = fromInteger(1);
const hundredKroner = fromInteger(100);

/** Basis × rate in kroner, decimals and all; null where one of them is missing or no number. */
export function exactVat(line: Line): Decimal | null {
  return line.basis === null || line.rate === null ? null : hundredth(multiply(line.basis, line.rate));
}

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
    nb: "fastsattMerverdiavgift er lik summen av merverdiavgift på alle linjene, også dem med spesifikasjon. Uten linjer er summen 0.",
  },
  howToFix: {
    en: "Set the total to the sum, or correct the line that is wrong or missing.",
    nb: "Sett totalen lik summen, eller rett linjen som er feil eller mangler.",
  },
  reading: {
    en: "Equality is exact. The tolerance that the authority describes is for basis × rate on a line; whether it is also applied to the total is not known.",
    nb: "Likheten er eksakt. Toleransen Skatteetaten beskriver, gjelder grunnlag × sats på en linje; om den også brukes på totalen, er ikke kjent.",
  },
  quickFix: "set-value",
  whyNoQuickFix: null,
  checkReturn: ({ source, total, vatSum, lines, tolerance }) => {
    if (total === null || vatSum === null || source.fastsattMerverdiavgift === null) return "undecided";
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
    nb: `Linjene summerer seg til ${s.nb}, men totalen er ${t.nb}: et avvik på ${d.nb}.${within ? " Skatteetaten kan la et så lite avvik passere." : ""}`,
  };
}

function summand(line: Line): Text {
  const vat = line.vat === null ? { en: "?", nb: "?" } : number(line.vat);
  const name = lineNumber(line);
  return { en: `${name.en}: ${vat.en}`, nb: `${name.nb}: ${vat.nb}` };
}

const basisTimesRate: Rule = {
  number: "R019",
  identifiers: ["MVA_MELDINGSINNHOLD_GRUNNLAG_GANGER_GJELDENDE_SATS_FEIL_BEREGNET_MERVERDIAVGIFT_FOR_AVGIFTSLINJE"],
  severity: "avvikende",
  category: "MELDINGSINNHOLD",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineVat,
  title: { en: "VAT is basis × rate", nb: "Avgiften er grunnlag × sats" },
  wants: {
    en: "On a line with a basis, merverdiavgift is grunnlag × sats with the decimals cut off. A difference of 10 kroner is let pass, or of one krone for each line where the return has more than ten.",
    nb: "På en linje med grunnlag er merverdiavgift lik grunnlag × sats med desimalene kuttet. Et avvik på 10 kroner godtas, eller én krone for hver linje når meldingen har mer enn ti.",
  },
  howToFix: {
    en: "Set the VAT to the computed amount, or correct the basis or the rate.",
    nb: "Sett avgiften til det beregnede beløpet, eller rett grunnlaget eller satsen.",
  },
  reading: {
    en: "The rule itself names no tolerance; it is taken from the authority's questions and answers, and the option “strict” turns it off. Decimals are cut towards zero, also for negative amounts.",
    nb: "Regelen selv nevner ingen toleranse; den er hentet fra Skatteetatens spørsmål og svar, og valget «strict» slår den av. Desimaler kuttes mot null, også for negative beløp.",
  },
  quickFix: "set-value",
  whyNoQuickFix: null,
  checkLine: (line, { tolerance, lines }) => {
    if (!line.hasBasis || line.rate === null) return "passes";
    const product = exactVat(line);
    const { vat, basis, rateText, source } = line;
    if (product === null || vat === null || basis === null || source.merverdiavgift === null) return "undecided";
    const expected = truncate(product);
    if (compare(expected, vat) === 0) return "passes";
    const difference = absolute(subtract(expected, vat));
    if (compare(difference, tolerance) <= 0) return "passes";
    return {
      element: source.merverdiavgift.element,
      message: calculationMessage(line, basis, product, vat, tolerance),
      data: {
        basis: formatDecimal(basis),
        rate: rateText ?? "",
        product: formatDecimal(product),
        expected: formatDecimal(expected),
        actual: formatDecimal(vat),
        difference: formatDecimal(difference),
        tolerance: formatDecimal(tolerance),
        lines: String(lines.length),
      },
    };
  },
};

function calculationMessage(line: Line, basis: Decimal, product: Decimal, vat: Decimal, tolerance: Decimal): Text {
  const rate = number(line.rate ?? basis);
  const [b, p, v] = [number(basis), number(product), number(vat)];
  const expected = formatDecimal(truncate(product));
  const cut = hasFraction(product);
  const allowed =
    sign(tolerance) === 0
      ? { en: "", nb: "" }
      : { en: `, allowed ±${formatDecimal(tolerance)}`, nb: `, tillatt ±${formatDecimal(tolerance)}` };
  return {
    en: `${b.en} × ${rate.en} % = ${p.en}${cut ? ` → ${expected}` : ""}, but the line says ${v.en}${allowed.en}.`,
    nb: `${b.nb} × ${rate.nb} % = ${p.nb}${cut ? ` → ${expected}` : ""}, men linjen sier ${v.nb}${allowed.nb}.`,
  };
}

const wholeKroner: Rule = {
  number: "R082",
  identifiers: ["MVA_MELDINGSINNHOLD_BELØP_INNEHOLDER_DESIMALER"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "always",
  pointsTo: `${places.lineVat} | ${places.lineBasis} | ${places.total}`,
  title: { en: "Amounts are whole kroner", nb: "Beløp er hele kroner" },
  wants: {
    en: "grunnlag, merverdiavgift and fastsattMerverdiavgift have no decimals.",
    nb: "grunnlag, merverdiavgift og fastsattMerverdiavgift har ingen desimaler.",
  },
  howToFix: { en: "Cut the decimals off.", nb: "Kutt desimalene." },
  reading: {
    en: "The number counts, not its spelling: 100.00 passes, with a hint.",
    nb: "Tallet teller, ikke skrivemåten: 100.00 godtas, med et hint.",
  },
  quickFix: "drop-decimals",
  whyNoQuickFix: null,
  checkLine: (line) => {
    const amounts = amountsOf(line);
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
    const readable = amounts.every(({ value }) => value !== null) && line.source.merverdiavgift !== null;
    return readable ? "passes" : "undecided";
  },
  checkReturn: ({ source, total }) => {
    if (total === null || source.fastsattMerverdiavgift === null) return "undecided";
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

function amountsOf({ source, basis, vat }: Line): { element: Line["element"]; value: Decimal | null }[] {
  return [
    ...(source.grunnlag === null ? [] : [{ element: source.grunnlag.element, value: basis }]),
    ...(source.merverdiavgift === null ? [] : [{ element: source.merverdiavgift.element, value: vat }]),
  ];
}

const basisBelowCeiling: Rule = {
  number: "R085",
  identifiers: ["MVA_MELDINGSINNHOLD_GRUNNLAG_OVERSTIGER_MAKS_VERDI"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "partly",
  pointsTo: places.lineBasis,
  title: { en: "The basis stays below the technical ceiling", nb: "Grunnlaget holder seg under den tekniske grensen" },
  wants: {
    en: "grunnlag is not higher than what the authority's systems can take.",
    nb: "grunnlag er ikke høyere enn det Skatteetatens systemer tar imot.",
  },
  howToFix: {
    en: "Check the amount: a basis this high is usually a misplaced decimal point. A real one has to be agreed with the authority.",
    nb: "Kontroller beløpet: et så høyt grunnlag skyldes gjerne en feilplassert desimal. Et reelt må avtales med Skatteetaten.",
  },
  reading: {
    en: "The ceiling is not published. The rule is evaluated only where an option states one.",
    nb: "Grensen er ikke offentliggjort. Regelen vurderes bare når et valg oppgir en.",
  },
  quickFix: null,
  whyNoQuickFix: { en: "The right amount is not known.", nb: "Det rette beløpet er ikke kjent." },
  checkLine: ({ hasBasis, basis, source }, { options }) => {
    const ceiling = options.maximumBasis;
    if (!hasBasis || ceiling === null) return "passes";
    if (basis === null || source.grunnlag === null) return "undecided";
    if (compare(basis, ceiling) <= 0) return "passes";
    const [value, limit] = [number(basis), number(ceiling)];
    return {
      element: source.grunnlag.element,
      message: {
        en: `The basis ${value.en} is above the ceiling of ${limit.en}.`,
        nb: `Grunnlaget ${value.nb} er over grensen på ${limit.nb}.`,
      },
      data: { actual: formatDecimal(basis), limit: formatDecimal(ceiling) },
    };
  },
  checkReturn: ({ options }) => (options.maximumBasis === null ? "undecided" : "passes"),
};

const vatBelowBasis: Rule = {
  number: "R122",
  identifiers: ["MVA_MELDINGSINNHOLD_GRUNNLAG_ER_LAVERE_ENN_BEREGNET_AVGIFT"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryAndReverseCharge,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineVat,
  title: { en: "VAT is lower than its basis", nb: "Avgiften er lavere enn grunnlaget" },
  wants: {
    en: "Where grunnlag is positive, merverdiavgift is lower than it.",
    nb: "Når grunnlag er positivt, er merverdiavgift lavere.",
  },
  howToFix: {
    en: "Look for basis and VAT that have changed places, or for a wrong amount.",
    nb: "Se etter grunnlag og avgift som har byttet plass, eller et feil beløp.",
  },
  reading: {
    en: "Equal amounts are refused too, although the official message speaks only of a higher one.",
    nb: "Også like beløp avvises, selv om den offisielle meldingen bare snakker om et høyere.",
  },
  quickFix: "set-value",
  whyNoQuickFix: null,
  checkLine: (line) => {
    const { hasBasis, basis, vat, source } = line;
    if (!hasBasis) return "passes";
    if (basis === null) return "undecided";
    if (sign(basis) <= 0) return "passes";
    if (vat === null || source.merverdiavgift === null) return "undecided";
    if (compare(basis, vat) > 0) return "passes";
    const product = exactVat(line);
    const [v, b] = [number(vat), number(basis)];
    return {
      element: source.merverdiavgift.element,
      restsOnReading: compare(basis, vat) === 0,
      message: {
        en: `The VAT ${v.en} is not lower than its basis ${b.en}. Have the two changed places?`,
        nb: `Avgiften ${v.nb} er ikke lavere enn grunnlaget ${b.nb}. Har de to byttet plass?`,
      },
      data: {
        basis: formatDecimal(basis),
        actual: formatDecimal(vat),
        ...(line.rateText === null ? {} : { rate: line.rateText }),
        ...(product === null ? {} : { expected: formatDecimal(truncate(product)) }),
      },
    };
  },
};

const zeroVat: Rule = {
  number: "R127",
  identifiers: ["MVA_MELDINGSINNHOLD_AVGIFT_BEREGNET_TIL_0_VED_OPPGITT_GRUNNLAG_MED_BELØP"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryAndReverseCharge,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineVat,
  title: { en: "A basis with VAT on it has VAT", nb: "Et grunnlag med avgift har avgift" },
  wants: {
    en: "Where grunnlag × sats comes to 100 kroner or more on an output line, merverdiavgift is not 0.",
    nb: "Når grunnlag × sats blir 100 kroner eller mer på en linje med utgående avgift, er ikke merverdiavgift 0.",
  },
  howToFix: {
    en: "State the computed VAT, or use a zero-rated code if no VAT is due.",
    nb: "Oppgi beregnet avgift, eller bruk en kode med nullsats hvis det ikke skal være avgift.",
  },
  reading: {
    en: "The limit is read as 100 kroner of VAT. Below it, from one krone, a hint is given instead. Although printed for ordinary returns, the rule covers reverse charge too.",
    nb: "Grensen leses som 100 kroner i avgift. Under den, fra én krone, gis det et hint i stedet. Selv om regelen står for ordinære meldinger, gjelder den også omvendt avgiftsplikt.",
  },
  quickFix: "set-value",
  whyNoQuickFix: null,
  checkLine: (line) => checkZeroVat(line, hundredKroner, null),
};

/** Stands where R127's limit read the other way would have it, and R019's tolerance hides the difference. */
const smallZeroVat: Hint = {
  code: "zero-vat-on-small-basis",
  near: "R127",
  appliesTo: ordinaryAndReverseCharge,
  title: { en: "VAT is 0 on a small basis", nb: "Avgiften er 0 på et lite grunnlag" },
  checkLine: (line, { tolerance }) => {
    const product = exactVat(line);
    if (product === null || compare(truncate(product), tolerance) > 0) return "passes";
    return checkZeroVat(line, oneKrone, hundredKroner);
  },
};

/** Looks for output lines with VAT 0 whose basis × rate is at least `from` and below `below`. */
function checkZeroVat(line: Line, from: Decimal, below: Decimal | null): Outcome {
  const { hasBasis, rate, rateText, vat, basis, knownCode, code, source } = line;
  if (!hasBasis || rate === null || (vat !== null && sign(vat) !== 0)) return "passes";
  if (knownCode?.direction === "input" || (code !== null && knownCode === null)) return "passes";
  const product = exactVat(line);
  if (product !== null && (compare(product, from) < 0 || (below !== null && compare(product, below) >= 0)))
    return "passes";
  if (code === null || vat === null || product === null || basis === null || source.merverdiavgift === null)
    return "undecided";
  const [b, r, p] = [number(basis), number(rate), number(product)];
  return {
    element: source.merverdiavgift.element,
    message: {
      en: `The VAT is 0, but ${b.en} × ${r.en} % = ${p.en}.`,
      nb: `Avgiften er 0, men ${b.nb} × ${r.nb} % = ${p.nb}.`,
    },
    data: {
      basis: formatDecimal(basis),
      rate: rateText ?? "",
      product: formatDecimal(product),
      expected: formatDecimal(truncate(product)),
      actual: formatDecimal(vat),
    },
  };
}

const trailingZeros: Hint = {
  code: "amount-with-zero-decimals",
  near: "R082",
  appliesTo: everyCategory,
  title: {
    en: "An amount is written with decimals that are all zero",
    nb: "Et beløp er skrevet med desimaler som alle er null",
  },
  checkLine: (line) => {
    const found = amountsOf(line).find(({ value }) => isWholeWithDecimals(value));
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

export const totalRules: readonly Rule[] = [
  sumOfLines,
  basisTimesRate,
  wholeKroner,
  basisBelowCeiling,
  vatBelowBasis,
  zeroVat,
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

export const totalHints: readonly Hint[] = [smallZeroVat, trailingZeros];

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
    title: { en: "A total has lines behind it", nb: "En total har linjer bak seg" },
    wants: {
      en: "Where fastsattMerverdiavgift is not 0, there is at least one line.",
      nb: "Når fastsattMerverdiavgift ikke er 0, finnes det minst én linje.",
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
      if (total === null || source.fastsattMerverdiavgift === null) return "undecided";
      if (sign(total) === 0) return "passes";
      const value = number(total);
      return {
        element: source.fastsattMerverdiavgift.element,
        message: {
          en: `The total is ${value.en}, but the return has no lines that it could come from.`,
          nb: `Totalen er ${value.nb}, men meldingen har ingen linjer den kan komme fra.`,
        },
        data: { actual: formatDecimal(total), expected: "0" },
      };
    },
  };
}
