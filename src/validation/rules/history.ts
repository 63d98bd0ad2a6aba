import type { Decimal } from "../../vatReturn/decimal.ts";
import { compare, formatDecimal, fromInteger, sign, truncate } from "../../vatReturn/decimal.ts";
import { addDays, addMonths, addYears } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { sumOf } from "./checkedReturn.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import {
  deadlineOf,
  earlierVersion,
  isChange,
  isFirstSubmission,
  missingEarlierPeriods,
  someThisYear,
} from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { compensationOnly, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { exactVat } from "./totals.ts";
import { anyOf, number } from "./wording.ts";

const minimumClaim = fromInteger(20_000);
const largeClaim = 20_000n;
const minimumReverseCharge = fromInteger(2_000);

const needsDecision: Text = {
  en: "The right amount and the time of sending are the sender's.",
  nb: "Rett beløp og tidspunkt for sending bestemmes av avsenderen.",
};

type Shared = Pick<Rule, "needs" | "evaluated" | "quickFix" | "whyNoQuickFix">;
const byHistory: Shared = { needs: "register", evaluated: "withFacts", quickFix: null, whyNoQuickFix: needsDecision };

/** R061 and R062: returns for earlier periods have been delivered. */
function earlierReturns(ruleNumber: string, identifier: string, wanted: 1 | -1): Rule {
  const refund = wanted === -1;
  return {
    ...byHistory,
    number: ruleNumber,
    identifiers: [identifier],
    severity: "avvikende",
    category: "TIDLIGERE_TERMINER",
    appliesTo: ordinaryCategories,
    pointsTo: places.taxPeriod,
    title: refund
      ? { en: "Earlier returns are delivered before a refund", nb: "Tidligere meldinger er levert før utbetaling" }
      : { en: "Earlier returns are delivered", nb: "Tidligere meldinger er levert" },
    wants: {
      en: `Where the total is ${refund ? "negative" : "positive"}, returns have been delivered for all earlier periods that the taxpayer was registered in.${refund ? " The refund is held back until then." : ""}`,
      nb: `Når totalen er ${refund ? "negativ" : "positiv"}, er det levert melding for alle tidligere perioder den skattepliktige var registrert i.${refund ? " Utbetalingen holdes tilbake til da." : ""}`,
    },
    howToFix: { en: "Deliver the missing returns.", nb: "Lever meldingene som mangler." },
    reading: {
      en: "With a total of 0, neither R061 nor R062 speaks.",
      nb: "Med total 0 slår verken R061 eller R062 til.",
    },
    checkReturn: (checked): Outcome => {
      const missing = missingEarlierPeriods(checked);
      const { total, source } = checked;
      if (missing === undefined || total === null || source.skattleggingsperiode === null) return "undecided";
      if (sign(total) !== wanted || missing.length === 0) return "passes";
      const names = missing.slice(0, 6).map(({ value, year }) => `${value} ${year}`);
      const list = anyOf(names);
      const more = missing.length > names.length;
      return {
        element: source.skattleggingsperiode,
        atName: true,
        message: {
          en: `No return has been delivered for ${list.en}${more ? ` and ${missing.length - names.length} other periods` : ""}${refund ? "; the refund is held back" : ""}.`,
          nb: `Det er ikke levert melding for ${list.nb}${more ? ` og ${missing.length - names.length} andre perioder` : ""}${refund ? "; utbetalingen holdes tilbake" : ""}.`,
        },
        data: { missing: missing.map(({ value, year }) => `${value} ${year}`).join("|") },
      };
    },
  };
}

const lateClaim: Rule = {
  ...byHistory,
  number: "R096",
  identifiers: ["MVA_KOMPENSASJON_LEVERT_ETTER_INNLEVERINGSFRIST"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: compensationOnly,
  pointsTo: places.taxPeriod,
  title: { en: "A claim is in time", nb: "Et krav er i tide" },
  wants: {
    en: "Before the rules of 2026: the first claim for a period is submitted by its deadline.",
    nb: "Før reglene av 2026: det første kravet for en periode sendes innen fristen.",
  },
  howToFix: {
    en: "After the deadline the claim is refused; ask the authority whether anything can still be done.",
    nb: "Etter fristen avvises kravet; spør Skatteetaten om noe fortsatt kan gjøres.",
  },
  reading: {
    en: "Deadlines are not part of the documentation and have to be given. From the rules of 2026 on (taken to be 1 January 2026) the rule does not speak.",
    nb: "Frister er ikke del av dokumentasjonen og må oppgis. Fra reglene av 2026 (lest som 1. januar 2026) slår ikke regelen til.",
  },
  checkReturn: (checked) => {
    const { source, options, rulesOf2026Hold } = checked;
    if (rulesOf2026Hold) return "passes";
    const [first, deadline] = [isFirstSubmission(checked), deadlineOf(checked)];
    if (first === undefined || deadline === undefined || source.skattleggingsperiode === null) return "undecided";
    if (!first || options.today <= deadline) return "passes";
    return {
      element: source.skattleggingsperiode,
      atName: true,
      message: {
        en: `The deadline for the claim was ${deadline}; it is ${options.today}.`,
        nb: `Fristen for kravet var ${deadline}; det er ${options.today}.`,
      },
      data: { deadline, today: options.today },
    };
  },
};

const lateIncrease: Rule = {
  ...byHistory,
  number: "R097",
  identifiers: ["MVA_KOMPENSASJON_ENDRING_LEVERT_ETTER_INNLEVERINGSFRIST"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: compensationOnly,
  pointsTo: places.total,
  title: { en: "A late change does not raise the claim", nb: "En sen endring øker ikke kravet" },
  wants: {
    en: "Before the rules of 2026: after the deadline, a changed claim is not higher (more negative) than the one before it.",
    nb: "Før reglene av 2026: etter fristen er et endret krav ikke høyere (mer negativt) enn det forrige.",
  },
  howToFix: {
    en: "Keep the earlier amount, or lower the claim.",
    nb: "Behold det tidligere beløpet, eller sett kravet ned.",
  },
  reading: lateClaim.reading,
  checkReturn: (checked) => {
    const { source, options, total, rulesOf2026Hold } = checked;
    if (rulesOf2026Hold) return "passes";
    const [earlier, deadline] = [earlierVersion(checked), deadlineOf(checked)];
    if (earlier === null) return "passes";
    if (earlier?.amount === undefined || deadline === undefined) return "undecided";
    if (total === null || source.fastsattMerverdiavgift === null) return "undecided";
    const before = fromInteger(earlier.amount);
    if (options.today <= deadline || compare(total, before) >= 0) return "passes";
    const [now, then] = [number(total), number(before)];
    return {
      element: source.fastsattMerverdiavgift.element,
      message: {
        en: `The deadline was ${deadline}; after it the claim can't rise from ${then.en} to ${now.en}.`,
        nb: `Fristen var ${deadline}; etter den kan ikke kravet øke fra ${then.nb} til ${now.nb}.`,
      },
      data: { deadline, today: options.today, before: formatDecimal(before), actual: formatDecimal(total) },
    };
  },
};

/** R098 and R118: the first return of its kind for a period is not about nothing. */
function firstNotZero(ruleNumber: string, identifier: string, appliesTo: Rule["appliesTo"], subject: Text): Rule {
  return {
    ...byHistory,
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "MELDINGSINNHOLD",
    appliesTo,
    pointsTo: places.total,
    title: { en: "A first return is not 0", nb: "En første melding er ikke 0" },
    wants: {
      en: `${subject.en} that is the first for its period has a total other than 0.`,
      nb: `${subject.nb} som er den første for perioden, har en annen total enn 0.`,
    },
    howToFix: {
      en: "Send nothing for a period without amounts. A return of 0 is only for correcting one sent earlier.",
      nb: "Ikke send noe for en periode uten beløp. En melding på 0 er bare for å rette en som er sendt tidligere.",
    },
    reading: {
      en: "Whether it is the first is taken from the taxpayer facts, otherwise from the option, whose default is yes.",
      nb: "Om den er den første, hentes fra skattyterfakta, ellers fra valget, der standard er ja.",
    },
    checkReturn: (checked): Outcome => {
      const first = isFirstSubmission(checked);
      const { total, source } = checked;
      if (first === undefined || total === null || source.fastsattMerverdiavgift === null) return "undecided";
      if (!first || sign(total) !== 0) return "passes";
      return {
        element: source.fastsattMerverdiavgift.element,
        message: {
          en: "The total is 0, and nothing has been submitted for the period before: there is nothing to send.",
          nb: "Totalen er 0, og ingenting er sendt inn for perioden før: det er ingenting å sende.",
        },
        data: { actual: "0" },
      };
    },
  };
}

/** Whether a claim of the year before this one was paid with more than the minimum. */
function largeClaimThisYear(checked: CheckedReturn): boolean | undefined {
  return someThisYear(checked, ({ amount }) => (amount === undefined ? undefined : amount < -largeClaim));
}

/** The total says how much is claimed; -20 000 is enough. */
function belowMinimum(element: XmlElement, total: Decimal, why: Text): Outcome {
  const value = number(total);
  return {
    element,
    message: {
      en: `The claim is ${value.en}, and the first claim of the year must be -20000 or lower.${why.en}`,
      nb: `Kravet er ${value.nb}, og årets første krav må være -20000 eller lavere.${why.nb}`,
    },
    data: { actual: formatDecimal(total), limit: "-20000" },
  };
}

const smallClaim: Rule = {
  ...byHistory,
  number: "R099",
  identifiers: ["MVA_KOMPENSASJON_MELDINGSINNHOLD_KRAV_UNDER_MINSTEBELØP"],
  severity: "avvikende",
  category: "MELDINGSINNHOLD",
  appliesTo: compensationOnly,
  pointsTo: places.total,
  title: { en: "The year's first claim reaches 20,000 kroner", nb: "Årets første krav når 20 000 kroner" },
  wants: {
    en: "Before the rules of 2026: a claim sent by the deadline asks for at least 20,000 kroner, unless an earlier one in the year asked for more than that.",
    nb: "Før reglene av 2026: et krav sendt innen fristen gjelder minst 20 000 kroner, med mindre et tidligere i året gjaldt mer enn det.",
  },
  howToFix: {
    en: "Wait and claim the amount together with the next period.",
    nb: "Vent, og krev beløpet sammen med neste periode.",
  },
  reading: {
    en: "Exactly 20,000 is enough. What an earlier claim of exactly 20,000 does is not said; it is not taken to count. From the rules of 2026 on, R134 stands in.",
    nb: "Nøyaktig 20 000 er nok. Hva et tidligere krav på nøyaktig 20 000 gjør, er ikke sagt; det regnes ikke med. Fra reglene av 2026 gjelder R134 i stedet.",
  },
  checkReturn: (checked) => {
    const { source, options, total, rulesOf2026Hold } = checked;
    if (rulesOf2026Hold) return "passes";
    const [large, deadline] = [largeClaimThisYear(checked), deadlineOf(checked)];
    if (large === true) return "passes";
    if (large === undefined || deadline === undefined) return "undecided";
    if (total === null || source.fastsattMerverdiavgift === null) return "undecided";
    if (options.today > deadline || sign(total) >= 0 || claims(total)) return "passes";
    return belowMinimum(source.fastsattMerverdiavgift.element, total, { en: "", nb: "" });
  },
};

function claims(total: Decimal): boolean {
  return compare(total, fromInteger(-minimumClaim.coefficient)) <= 0;
}

const smallClaimFrom2026: Rule = {
  ...byHistory,
  number: "R134",
  identifiers: ["MVA_KOMPENSASJON_MELDINGSINNHOLD_KRAV_UNDER_MINSTEBELØP_GJELDER_FRA_2026"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: compensationOnly,
  pointsTo: places.total,
  title: {
    en: "The year's first claim reaches 20,000 kroner (from 2026)",
    nb: "Årets første krav når 20 000 kroner (fra 2026)",
  },
  wants: {
    en: "From 2026: the first claim for a period asks for at least 20,000 kroner, unless an earlier one in the year asked for more than that, or the next period can already be sent.",
    nb: "Fra 2026: det første kravet for en periode gjelder minst 20 000 kroner, med mindre et tidligere i året gjaldt mer enn det, eller neste periode allerede kan sendes.",
  },
  howToFix: {
    en: "Wait until the next period has ended, or claim the amount together with it.",
    nb: "Vent til neste periode er slutt, eller krev beløpet sammen med den.",
  },
  reading: {
    en: "Unlike R099 the rule does not ask whether the total is a refund; it is followed to the letter, so that a first claim of 0 or above is refused too. The rules are taken to hold for submissions from 1 January 2026; the next period is open from the day after its last day. Without a history of returns, the option says whether this is the first claim of the year; its default is yes.",
    nb: "I motsetning til R099 spør ikke regelen om totalen er til utbetaling; den følges bokstavelig, slik at også et første krav på 0 eller mer avvises. Reglene regnes å gjelde innsendinger fra 1. januar 2026; neste periode er åpen fra dagen etter sin siste dag. Uten historikk over meldinger sier valget om dette er årets første krav; standard er ja.",
  },
  checkReturn: (checked) => {
    const { source, options, total, period, rulesOf2026Hold } = checked;
    if (!rulesOf2026Hold) return "passes";
    const [large, first] = [largeClaimThisYear(checked), isFirstSubmission(checked)];
    if (large === true || first === false) return "passes";
    if (large === undefined || first === undefined) return "undecided";
    if (period?.elementName !== "skattleggingsperiodeToMaaneder") return "undecided";
    if (total === null || source.fastsattMerverdiavgift === null) return "undecided";
    const nextEnd = addDays(addMonths(period.start, 4), -1);
    if (claims(total) || options.today > nextEnd) return "passes";
    return belowMinimum(source.fastsattMerverdiavgift.element, total, {
      en: `${sign(total) >= 0 ? " By its wording the rule refuses totals of 0 and above as well." : ""} From ${addDays(nextEnd, 1)} it can be sent anyway.`,
      nb: `${sign(total) >= 0 ? " Etter ordlyden avviser regelen også totaler på 0 og over." : ""} Fra ${addDays(nextEnd, 1)} kan det sendes likevel.`,
    });
  },
};

const smallReverseCharge: Rule = {
  ...byHistory,
  number: "R117",
  identifiers: ["MVA_OMVENDT_AVGIFTSPLIKT_SUM_OMSETNING_UNDER_MINSTEBELØP"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: reverseChargeOnly,
  pointsTo: places.sums,
  title: { en: "The basis reaches 2,000 kroner", nb: "Grunnlaget når 2 000 kroner" },
  wants: {
    en: "The basis of all lines adds up to at least 2,000 kroner (or to 0 or less), unless an earlier return in the year was below that.",
    nb: "Grunnlaget på alle linjer summerer seg til minst 2 000 kroner (eller til 0 eller mindre), med mindre en tidligere melding i året var under det.",
  },
  howToFix: {
    en: "Purchases below 2,000 kroner in the period are not reported; send nothing.",
    nb: "Kjøp under 2 000 kroner i perioden rapporteres ikke; ikke send noe.",
  },
  reading: {
    en: "Exactly 2,000 passes, although the text says “more than”. A line without basis leaves the rule open (R109 speaks then). Without a history, the option says whether this is the first return; its default is yes.",
    nb: "Nøyaktig 2 000 godtas, selv om teksten sier «mer enn». En linje uten grunnlag lar regelen stå åpen (da slår R109 til). Uten historikk sier valget om dette er den første meldingen; standard er ja.",
  },
  checkReturn: (checked) => {
    const { source, lines } = checked;
    const excused = someThisYear(checked, (delivered) =>
      delivered.totalBasis === undefined ? undefined : delivered.totalBasis < minimumReverseCharge.coefficient,
    );
    if (excused === true) return "passes";
    const sum = sumOf(lines, ({ basis }) => basis);
    if (excused === undefined || sum === null || source.skattegrunnlagOgBeregnetSkatt === null) return "undecided";
    if (sign(sum) <= 0 || compare(sum, minimumReverseCharge) >= 0) return "passes";
    const value = number(sum);
    return {
      element: source.skattegrunnlagOgBeregnetSkatt,
      atName: true,
      message: {
        en: `The basis of all lines adds up to ${value.en}; below 2000 there is nothing to report.`,
        nb: `Grunnlaget på alle linjer summerer seg til ${value.nb}; under 2000 er det ingenting å rapportere.`,
      },
      data: { sum: formatDecimal(sum), limit: formatDecimal(minimumReverseCharge) },
    };
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
  title: { en: "A total of 0 has no lines with VAT", nb: "En total på 0 har ingen linjer med avgift" },
  wants: {
    en: "Where the total of a first return is 0, grunnlag × sats comes to 0 on every line.",
    nb: "Når totalen i en første melding er 0, blir grunnlag × sats 0 på hver linje.",
  },
  howToFix: {
    en: "State the VAT of the line, and count it into the total.",
    nb: "Oppgi avgiften på linjen, og ta den med i totalen.",
  },
  reading: {
    en: "Decimals are cut, and R019's tolerance is not applied. The rule never speaks without R118.",
    nb: "Desimaler kuttes, og toleransen i R019 brukes ikke. Regelen slår aldri til uten R118.",
  },
  checkLine: (line, checked) => {
    const first = isFirstSubmission(checked);
    const { total } = checked;
    if (first === undefined) return "undecided";
    if (!first || !line.hasBasis || line.rate === null) return "passes";
    if (total !== null && sign(total) !== 0) return "passes";
    const product = exactVat(line);
    if (total === null || product === null || line.basis === null || line.source.grunnlag === null) return "undecided";
    if (sign(truncate(product)) === 0) return "passes";
    const [b, r, p] = [number(line.basis), number(line.rate), number(product)];
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
  },
  checkReturn: (checked) => (isFirstSubmission(checked) === undefined ? "undecided" : "passes"),
};

const threeYears: Rule = {
  ...byHistory,
  number: "R132",
  identifiers: ["MVA_MELDING_LEVERINGSFRIST_TERMIN_MER_ENN_TRE_ÅR_TILBAKE"],
  severity: "avvikende",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryCategories,
  pointsTo: places.taxPeriod,
  title: {
    en: "A change comes within three years of the deadline",
    nb: "En endring kommer innen tre år etter fristen",
  },
  wants: {
    en: "A return that changes an earlier one is sent within three years of the period's deadline. Later, up to five years after the period, it is treated as a request for amendment.",
    nb: "En melding som endrer en tidligere, sendes innen tre år etter periodens frist. Senere, inntil fem år etter perioden, behandles den som en anmodning om endring.",
  },
  howToFix: {
    en: "Nothing needs to be corrected; expect a decision by the authority.",
    nb: "Ingenting trenger å rettes; vent et vedtak fra Skatteetaten.",
  },
  reading: {
    en: "Years are counted by the calendar; 29 February becomes 28 February. Deadlines are not part of the documentation and have to be given.",
    nb: "År telles etter kalenderen; 29. februar blir 28. februar. Frister er ikke del av dokumentasjonen og må oppgis.",
  },
  checkReturn: (checked) => {
    const { source, options, period } = checked;
    const [change, deadline] = [isChange(checked), deadlineOf(checked)];
    if (change === false) return "passes";
    if (change === undefined || deadline === undefined || period === null) return "undecided";
    const limit = addYears(deadline, 3);
    if (options.today <= limit || options.today > addYears(period.end, 5)) return "passes";
    if (source.skattleggingsperiode === null) return "undecided";
    return {
      element: source.skattleggingsperiode,
      atName: true,
      message: {
        en: `The change comes more than three years after the deadline (${deadline}) and is treated as a request for amendment.`,
        nb: `Endringen kommer mer enn tre år etter fristen (${deadline}) og behandles som en anmodning om endring.`,
      },
      data: { deadline, limit, today: options.today },
    };
  },
};

const fiveYears: Rule = {
  ...byHistory,
  number: "R133",
  identifiers: ["MVA_MELDING_UTLØPSDATO_TERMIN_MER_ENN_FEM_ÅR_TILBAKE"],
  severity: "avvikende",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryCategories,
  pointsTo: places.taxPeriod,
  title: { en: "A change comes within five years of the period", nb: "En endring kommer innen fem år etter perioden" },
  wants: {
    en: "A return that changes an earlier one is sent within five years of the period's last day. Later it is treated as a request for amendment.",
    nb: "En melding som endrer en tidligere, sendes innen fem år etter periodens siste dag. Senere behandles den som en anmodning om endring.",
  },
  howToFix: threeYears.howToFix,
  reading: {
    en: "Years are counted by the calendar; 29 February becomes 28 February.",
    nb: "År telles etter kalenderen; 29. februar blir 28. februar.",
  },
  checkReturn: (checked) => {
    const { source, options, period } = checked;
    const change = isChange(checked);
    if (change === false) return "passes";
    if (change === undefined || period === null || source.skattleggingsperiode === null) return "undecided";
    const limit = addYears(period.end, 5);
    if (options.today <= limit) return "passes";
    return {
      element: source.skattleggingsperiode,
      atName: true,
      message: {
        en: `The change comes more than five years after the period's end (${period.end}) and is treated as a request for amendment.`,
        nb: `Endringen kommer mer enn fem år etter periodens slutt (${period.end}) og behandles som en anmodning om endring.`,
      },
      data: { end: period.end, limit, today: options.today },
    };
  },
};

export const historyRules: readonly Rule[] = [
  earlierReturns("R061", "MVA_MELDINGSINNHOLD_AVGIFT_Å_BETALE_TIDLIGERE_TERMINER_MANGLER_MVA_MELDING", 1),
  earlierReturns("R062", "MVA_MELDINGSINNHOLD_AVGIFT_TIL_GODE_TIDLIGERE_TERMINER_MANGLER_MVA_MELDING", -1),
  lateClaim,
  lateIncrease,
  firstNotZero(
    "R098",
    "MVA_KOMPENSASJON_MELDINGSINNHOLD_BELØP_I_FASTSATT_MERVERDIAVGIFT_IKKE_VÆRE_NULL",
    compensationOnly,
    {
      en: "A compensation claim",
      nb: "Et kompensasjonskrav",
    },
  ),
  smallClaim,
  smallReverseCharge,
  firstNotZero("R118", "MVA_OMVENDT_AVGIFTSPLIKT_FASTSATT_MERVERDIAVGIFT_KR_0", reverseChargeOnly, {
    en: "A reverse-charge return",
    nb: "En melding for omvendt avgiftsplikt",
  }),
  zeroWithLines,
  threeYears,
  fiveYears,
  smallClaimFrom2026,
];
