import { add, compare, formatDecimal, fromInteger, zero } from "../../vatReturn/decimal.ts";
import { namesMissingWeek, periodLengthNames } from "../../vatReturn/period.ts";
import type { PeriodElementName } from "../../vatReturn/period.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { places } from "./places.ts";
import type { Hint, Outcome, Rule } from "./rule.ts";
import { compensationOnly, everyCategory, reverseChargeOnly } from "./rule.ts";
import type { Text } from "../../vatReturn/text.ts";
import { anyOf, number } from "./wording.ts";

interface OnlyPeriod {
  readonly number: string;
  readonly identifier: string;
  readonly appliesTo: Rule["appliesTo"];
  readonly element: PeriodElementName;
  readonly subject: Text;
  readonly reading: Text | null;
}

/** R095 and R106: returns of a category all have periods of one length. */
function onlyPeriod({ number: ruleNumber, identifier, appliesTo, element, subject, reading }: OnlyPeriod): Rule {
  const length = periodLengthNames[element];
  return {
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "MELDINGSKATEGORI",
    appliesTo,
    needs: "document",
    evaluated: "always",
    pointsTo: places.period,
    title: { en: `The period is ${length.en}`, nb: `Perioden er ${length.nb}` },
    wants: {
      en: `${subject.en} has a ${length.en} period (${element}).`,
      nb: `${subject.nb} skal ha ${length.nb} periode (${element}).`,
    },
    howToFix: {
      en: `Put ${element} in place of the other period element.`,
      nb: `Bytt ut periodeelementet med ${element}.`,
    },
    reading,
    quickFix: "set-period-type",
    whyNoQuickFix: null,
    checkReturn: (checked): Outcome => {
      const { source } = checked;
      const found = periodElement(checked);
      if (source.periode === null || found === null) return "unreadable";
      if (found === element) return "passes";
      const wrong = periodLengthNames[found];
      return {
        element: source.periode,
        atName: true,
        message: {
          en: `${subject.en} has a ${length.en} period (${element}); this one is ${wrong.en}.`,
          nb: `${subject.nb} skal ha ${length.nb} periode (${element}); denne er ${wrong.nb}.`,
        },
        data: {
          actual: found,
          expected: element,
          ...(checked.period === null ? {} : { start: checked.period.start, end: checked.period.end }),
        },
      };
    },
  };
}

/** The kind of period that stands there, also where its value can't be read. */
function periodElement({ source }: CheckedReturn): PeriodElementName | null {
  const name = source.periode?.children[0]?.localName;
  return name !== undefined && Object.hasOwn(periodLengthNames, name) ? (name as PeriodElementName) : null;
}

const turnoverCodes = ["3", "5", "31", "32", "33", "51", "52"];
const turnoverLimit = fromInteger(1_100_000);

const annualTurnover: Rule = {
  number: "R052",
  identifiers: ["MVA_MELDINGSINNHOLD_OMSETNING_OVER_EN_MILLON_FOR_ÅRSTERMINPLIKT"],
  severity: "avvikende",
  category: "MELDINGSINNHOLD",
  appliesTo: ["alminnelig"],
  needs: "document",
  evaluated: "always",
  pointsTo: places.period,
  title: { en: "Annual returns are for small turnover", nb: "Årsmelding er bare for liten omsetning" },
  wants: {
    en: "An annual return for general industries has a turnover below 1,100,000 kroner.",
    nb: "En årsmelding for alminnelig næring skal ha en omsetning under 1 100 000 kroner.",
  },
  howToFix: {
    en: "Check the amounts. With a turnover above one million, two-monthly periods apply; ask the authority which periods you are registered with.",
    nb: "Kontroller beløpene. Med omsetning over én million gjelder tomånedlige perioder; spør Skatteetaten hvilke perioder du er registrert med.",
  },
  reading: {
    en: "The rule computes with 1,100,000, its text says one million. Turnover is taken to be the basis on codes 3, 5, 31, 32, 33, 51 and 52, withdrawals included; code 6 is outside the Act and left out.",
    nb: "Regelen regner med 1 100 000, teksten sier én million. Som omsetning regnes grunnlaget på kode 3, 5, 31, 32, 33, 51 og 52, medregnet uttak; kode 6 faller utenfor loven og er ikke med.",
  },
  quickFix: null,
  whyNoQuickFix: {
    en: "Which periods apply is decided by the registration.",
    nb: "Hvilke perioder som gjelder, avgjøres av registreringen.",
  },
  checkReturn: (checked) => {
    const { source, lines, everyLineHasCode } = checked;
    const found = periodElement(checked);
    if (source.periode === null || found === null) return "unreadable";
    if (found !== "skattleggingsperiodeAar") return "passes";
    if (!everyLineHasCode) return "unreadable";
    let turnover = zero;
    for (const { code, hasBasis, basis } of lines) {
      if (!hasBasis || code === null || !turnoverCodes.includes(code)) continue;
      if (basis === null) return "unreadable";
      turnover = add(turnover, basis);
    }
    if (compare(turnover, turnoverLimit) < 0) return "passes";
    const value = number(turnover);
    const codes = anyOf(turnoverCodes);
    return {
      element: source.periode,
      atName: true,
      restsOnReading: true,
      message: {
        en: `The turnover on codes ${codes.en.replace(" or ", " and ")} is ${value.en}; an annual return may have less than 1100000 (officially: one million).`,
        nb: `Omsetningen på kode ${codes.nb.replace(" eller ", " og ")} er ${value.nb}; en årsmelding kan ha under 1100000 (offisielt: én million).`,
      },
      data: { turnover: formatDecimal(turnover), limit: formatDecimal(turnoverLimit) },
    };
  },
};

const missingWeek: Hint = {
  code: "week-53-does-not-exist",
  near: "R059",
  appliesTo: everyCategory,
  title: { en: "The year has no week 53", nb: "Året har ingen uke 53" },
  checkReturn: ({ source, period }) => {
    if (period === null || source.periode === null || !namesMissingWeek(period)) return "passes";
    return {
      element: source.periode.children[0] ?? source.periode,
      message: {
        en: `${period.year} has only 52 weeks. The schema accepts “uke 53”; no published rule catches it.`,
        nb: `${period.year} har bare 52 uker. Skjemaet godtar «uke 53»; ingen publisert regel fanger det opp.`,
      },
      data: { year: String(period.year) },
    };
  },
};

export const periodTypeRules: readonly Rule[] = [
  annualTurnover,
  onlyPeriod({
    number: "R095",
    identifier: "MVA_KOMPENSASJON_MELDINGSINNHOLD_UGYLDIG_TERMINKATEGORI",
    appliesTo: compensationOnly,
    element: "skattleggingsperiodeToMaaneder",
    subject: { en: "A compensation claim", nb: "Et kompensasjonskrav" },
    reading: {
      en: "A claim for a whole year is also sent for a two-monthly period, the last of the year.",
      nb: "Også et krav for hele året sendes for en tomånedlig periode, den siste i året.",
    },
  }),
  onlyPeriod({
    number: "R106",
    identifier: "MVA_OMVENDT_AVGIFTSPLIKT_MELDINGSINNHOLD_UGYLDIG_TERMINKATEGORI",
    appliesTo: reverseChargeOnly,
    element: "skattleggingsperiodeTreMaaneder",
    subject: { en: "A reverse-charge return", nb: "En melding for omvendt avgiftsplikt" },
    reading: null,
  }),
];

export const periodTypeHints: readonly Hint[] = [missingWeek];
