import {
  absolute,
  compare,
  formatDecimal,
  fromInteger,
  hasFraction,
  sign,
  subtract,
  truncate,
} from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Hint, Outcome, Rule } from "./rule.ts";
import { everyCategory, ordinaryAndReverseCharge } from "./rule.ts";
import { number } from "./wording.ts";

const oneKrone = fromInteger(1);

const hundredKroner = fromInteger(100);

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
    nb: "På en linje med grunnlag skal merverdiavgift være grunnlag × sats der desimalene er strøket. Et avvik på 10 kroner godtas, eller én krone per linje når meldingen har mer enn ti linjer.",
  },
  howToFix: {
    en: "Set the VAT to the computed amount, or correct the basis or the rate.",
    nb: "Sett avgiften til det beregnede beløpet, eller rett grunnlaget eller satsen.",
  },
  reading: {
    en: "The rule itself names no tolerance; it is taken from the authority's questions and answers, and the option “strict” turns it off. Decimals are cut towards zero, also for negative amounts.",
    nb: "Regelen selv nevner ingen toleranse; den er hentet fra Skatteetatens spørsmål og svar, og valget «strict» slår den av. Desimalene strykes også på negative beløp, som dermed rundes mot null.",
  },
  quickFix: "set-value",
  whyNoQuickFix: null,
  checkLine: (line, { tolerance, lines }) => {
    if (!line.hasBasis || line.rate === null) return "passes";
    const { vat, basis, rateText, exactVat: product, wholeVat: expected, source } = line;
    if (product === null || expected === null || vat === null || basis === null || source.merverdiavgift === null) {
      return "unreadable";
    }
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
    nb: `${b.nb} × ${rate.nb} % = ${p.nb}${cut ? ` → ${expected}` : ""}, men på linjen står det ${v.nb}${allowed.nb}.`,
  };
}

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
    nb: "Når grunnlag er positivt, skal merverdiavgift være lavere enn grunnlaget.",
  },
  howToFix: {
    en: "Look for basis and VAT that have changed places, or for a wrong amount.",
    nb: "Se etter grunnlag og avgift som har byttet plass, eller et feil beløp.",
  },
  reading: {
    en: "Equal amounts are refused too, although the official message speaks only of a higher one.",
    nb: "Også like beløp avvises, selv om den offisielle feilmeldingen bare nevner et høyere.",
  },
  quickFix: "set-value",
  whyNoQuickFix: null,
  checkLine: (line) => {
    const { hasBasis, basis, vat, wholeVat, source } = line;
    if (!hasBasis) return "passes";
    if (basis === null) return "unreadable";
    if (sign(basis) <= 0) return "passes";
    if (vat === null || source.merverdiavgift === null) return "unreadable";
    if (compare(basis, vat) > 0) return "passes";
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
        ...(wholeVat === null ? {} : { expected: formatDecimal(wholeVat) }),
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
  title: { en: "A basis with VAT on it has VAT", nb: "Et avgiftspliktig grunnlag har avgift" },
  wants: {
    en: "Where grunnlag × sats comes to 100 kroner or more on an output line, merverdiavgift is not 0.",
    nb: "Når grunnlag × sats blir 100 kroner eller mer på en linje med utgående avgift, kan ikke merverdiavgift være 0.",
  },
  howToFix: {
    en: "State the computed VAT, or use a zero-rated code if no VAT is due.",
    nb: "Oppgi beregnet avgift, eller bruk en kode med nullsats hvis det ikke skal være avgift.",
  },
  reading: {
    en: "The limit is read as 100 kroner of VAT. Below it, from one krone, a hint is given instead. Although printed for ordinary returns, the rule covers reverse charge too.",
    nb: "Grensen tolkes som 100 kroner i avgift. Fra én krone og opp til grensen gis det bare et tips. Selv om regelen står for ordinære meldinger, gjelder den også omvendt avgiftsplikt.",
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
  checkLine: (line, { tolerance }) =>
    line.wholeVat === null || compare(line.wholeVat, tolerance) > 0
      ? "passes"
      : checkZeroVat(line, oneKrone, hundredKroner),
};

/** Looks for output lines with VAT 0 whose basis × rate is at least `from` and below `below`. */
function checkZeroVat(line: Line, from: Decimal, below: Decimal | null): Outcome {
  const { hasBasis, rate, rateText, vat, basis, knownCode, code, source, exactVat: product } = line;
  if (!hasBasis || rate === null || (vat !== null && sign(vat) !== 0)) return "passes";
  if (knownCode?.direction === "input" || (code !== null && knownCode === null)) return "passes";
  if (product !== null && (compare(product, from) < 0 || (below !== null && compare(product, below) >= 0)))
    return "passes";
  if (code === null || vat === null || product === null || basis === null || source.merverdiavgift === null)
    return "unreadable";
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

export const calculationRules: readonly Rule[] = [basisTimesRate, vatBelowBasis, zeroVat];

export const calculationHints: readonly Hint[] = [smallZeroVat];
