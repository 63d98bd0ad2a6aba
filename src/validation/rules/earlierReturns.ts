import { sign } from "../../vatReturn/decimal.ts";
import { addYears } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import { outcomeWhere, whereReadable } from "./conditions.ts";
import type { Condition } from "./conditions.ts";
import { deadlineOf, isChange, laterThanDeadline, missingEarlierPeriods } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { ordinaryCategories } from "./rule.ts";
import { anyOf } from "./wording.ts";
import { byHistory } from "./byHistory.ts";

const mostNamed = 6;

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
      nb: `Når totalen er ${refund ? "negativ" : "positiv"}, skal det være levert melding for alle tidligere perioder den skattepliktige var registrert i.${refund ? " Utbetalingen holdes tilbake til det er gjort." : ""}`,
    },
    howToFix: { en: "Deliver the missing returns.", nb: "Lever meldingene som mangler." },
    reading: {
      en: "With a total of 0, neither R061 nor R062 speaks.",
      nb: "Med total 0 slår verken R061 eller R062 til.",
    },
    clearedWhere: refund
      ? { en: "the total is 0 or more", nb: "totalen er 0 eller mer" }
      : { en: "the total is 0 or less", nb: "totalen er 0 eller mindre" },
    checkReturn: (checked): Outcome => {
      const { total, source } = checked;
      const isWanted = whereReadable(total, (amount) => sign(amount) === wanted);
      if (isWanted === false) return "passes";
      const missing = missingEarlierPeriods(checked);
      const conditions: readonly Condition[] = [
        isWanted,
        checked.period === null ? "unreadable" : missing === undefined ? "registers" : missing.length > 0,
      ];
      return outcomeWhere(conditions, () => {
        if (source.skattleggingsperiode === null || missing === undefined) return "unreadable";
        const names = missing.map(({ value, year }) => `${value} ${year}`);
        const list = shortened(names);
        return {
          element: source.skattleggingsperiode,
          atName: true,
          message: {
            en: `No return has been delivered for ${list.en}${refund ? "; the refund is held back" : ""}.`,
            nb: `Det er ikke levert melding for ${list.nb}${refund ? "; utbetalingen holdes tilbake" : ""}.`,
          },
          data: { missing: names.join("|") },
        };
      });
    },
  };
}

/** `a, b or c`; of many only the first, and how many others there are. */
function shortened(names: readonly string[]): Text {
  const others = names.length - mostNamed;
  if (others < 2) return anyOf(names);
  const first = names.slice(0, mostNamed).join(", ");
  return { en: `${first} and ${others} other periods`, nb: `${first} og ${others} andre perioder` };
}

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
    nb: "En melding som endrer en tidligere, må sendes innen tre år etter periodens frist. Senere, inntil fem år etter perioden, behandles den som en anmodning om endring.",
  },
  howToFix: {
    en: "Nothing needs to be corrected; expect a decision by the authority.",
    nb: "Ingenting må rettes; vent på et vedtak fra Skatteetaten.",
  },
  reading: {
    en: "Years are counted by the calendar; 29 February becomes 28 February. Deadlines are not part of the documentation and have to be given; without them it is only taken that no deadline comes before the end of its period.",
    nb: "Årene regnes etter kalenderen; 29. februar blir til 28. februar. Fristene står ikke i dokumentasjonen og må oppgis; uten dem legges det bare til grunn at ingen frist går ut før perioden er slutt.",
  },
  clearedWhere: {
    en: "it is submitted within three years of the period's end, or more than five years after it",
    nb: "den sendes innen tre år etter periodens slutt, eller mer enn fem år etter den",
  },
  checkReturn: (checked) => {
    const { source, options, period } = checked;
    const conditions = [
      whereReadable(period, ({ end }) => options.today <= addYears(end, 5)),
      laterThanDeadline(checked, 3),
      isChange(checked),
    ];
    return outcomeWhere(conditions, () => {
      const deadline = deadlineOf(checked);
      if (deadline === undefined || source.skattleggingsperiode === null) return "unreadable";
      return {
        element: source.skattleggingsperiode,
        atName: true,
        message: {
          en: `The change comes more than three years after the deadline (${deadline}) and is treated as a request for amendment.`,
          nb: `Endringen kommer mer enn tre år etter fristen (${deadline}) og behandles som en anmodning om endring.`,
        },
        data: { deadline, limit: addYears(deadline, 3), today: options.today },
      };
    });
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
    nb: "En melding som endrer en tidligere, må sendes innen fem år etter periodens siste dag. Senere behandles den som en anmodning om endring.",
  },
  howToFix: threeYears.howToFix,
  reading: {
    en: "Years are counted by the calendar; 29 February becomes 28 February.",
    nb: "Årene regnes etter kalenderen; 29. februar blir til 28. februar.",
  },
  clearedWhere: {
    en: "it is submitted within five years of the period's end",
    nb: "den sendes innen fem år etter periodens slutt",
  },
  checkReturn: (checked) => {
    const { source, options, period } = checked;
    const limit = period === null ? null : addYears(period.end, 5);
    return outcomeWhere([whereReadable(limit, (day) => options.today > day), isChange(checked)], () => {
      if (limit === null || period === null || source.skattleggingsperiode === null) return "unreadable";
      return {
        element: source.skattleggingsperiode,
        atName: true,
        message: {
          en: `The change comes more than five years after the period's end (${period.end}) and is treated as a request for amendment.`,
          nb: `Endringen kommer mer enn fem år etter periodens slutt (${period.end}) og behandles som en anmodning om endring.`,
        },
        data: { end: period.end, limit, today: options.today },
      };
    });
  },
};

export const earlierReturnRules: readonly Rule[] = [
  earlierReturns("R061", "MVA_MELDINGSINNHOLD_AVGIFT_Å_BETALE_TIDLIGERE_TERMINER_MANGLER_MVA_MELDING", 1),
  earlierReturns("R062", "MVA_MELDINGSINNHOLD_AVGIFT_TIL_GODE_TIDLIGERE_TERMINER_MANGLER_MVA_MELDING", -1),
  threeYears,
  fiveYears,
];
