import type { Decimal } from "../../vatReturn/decimal.ts";
import { compare, formatDecimal, fromInteger, sign } from "../../vatReturn/decimal.ts";
import { addDays, addMonths } from "../../vatReturn/period.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { not, outcomeWhere, whereReadable } from "./conditions.ts";
import type { Condition } from "./conditions.ts";
import { deadlineOf, earlierVersion, isFirstSubmission, laterThanDeadline, noneThisYear } from "./knownFacts.ts";
import type { Known } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Rule, Violation } from "./rule.ts";
import { compensationOnly } from "./rule.ts";
import { number } from "./wording.ts";
import { byHistory, firstNotZero } from "./byHistory.ts";

const minimumClaim = fromInteger(20_000);

const largeClaim = 20_000n;

const neverLate: Text = {
  en: "the claim is submitted from 2026 on, or before the period has ended",
  nb: "kravet sendes fra og med 2026, eller før perioden er slutt",
};

const lateClaim: Rule = {
  ...byHistory,
  number: "R096",
  identifiers: ["MVA_KOMPENSASJON_LEVERT_ETTER_INNLEVERINGSFRIST"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: compensationOnly,
  pointsTo: places.taxPeriod,
  title: { en: "A claim is in time", nb: "Kravet er sendt i tide" },
  wants: {
    en: "Before the rules of 2026: the first claim for a period is submitted by its deadline.",
    nb: "Før reglene fra 2026: Det første kravet for en periode må sendes innen fristen.",
  },
  howToFix: {
    en: "After the deadline the claim is refused; ask the authority whether anything can still be done.",
    nb: "Etter fristen avvises kravet; spør Skatteetaten om noe fortsatt kan gjøres.",
  },
  reading: {
    en: "Deadlines are not part of the documentation and have to be given; without them it is only taken that no deadline comes before the end of its period. From the rules of 2026 on (taken to be 1 January 2026) the rule does not speak. Whether it is the first claim for the period is taken from the taxpayer facts, otherwise from the option, whose default is yes.",
    nb: "Fristene står ikke i dokumentasjonen og må oppgis; uten dem legges det bare til grunn at ingen frist går ut før perioden er slutt. Når reglene fra 2026 gjelder (tolket som fra 1. januar 2026), slår ikke regelen til. Om det er det første kravet for perioden, hentes fra skattyterfakta, ellers fra valget, som er ja om ikke annet er oppgitt.",
  },
  clearedWhere: neverLate,
  checkReturn: (checked) => {
    const { source, options, rulesOf2026Hold } = checked;
    return outcomeWhere([!rulesOf2026Hold, laterThanDeadline(checked), isFirstSubmission(checked)], () => {
      const deadline = deadlineOf(checked);
      if (deadline === undefined || source.skattleggingsperiode === null) return "unreadable";
      return {
        element: source.skattleggingsperiode,
        atName: true,
        message: {
          en: `The deadline for the claim was ${deadline}; it is ${options.today}.`,
          nb: `Fristen for kravet var ${deadline}; kontrollen gjelder ${options.today}.`,
        },
        data: { deadline, today: options.today },
      };
    });
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
    nb: "Før reglene fra 2026: Etter fristen kan et endret krav ikke være høyere (mer negativt) enn det forrige.",
  },
  howToFix: {
    en: "Keep the earlier amount, or lower the claim.",
    nb: "Behold det tidligere beløpet, eller sett kravet ned.",
  },
  reading: lateClaim.reading,
  clearedWhere: neverLate,
  checkReturn: (checked) => {
    const { source, options, total, rulesOf2026Hold } = checked;
    const before = earlierAmount(checked);
    const rises: Condition =
      before === undefined ? "registers" : whereReadable(total, (amount) => compare(amount, before) < 0);
    const conditions = [!rulesOf2026Hold, laterThanDeadline(checked), not(isFirstSubmission(checked)), rises];
    return outcomeWhere(conditions, () => {
      const deadline = deadlineOf(checked);
      if (deadline === undefined || before === undefined) return "registers";
      if (total === null || source.fastsattMerverdiavgift === null) return "unreadable";
      const [now, then] = [number(total), number(before)];
      return {
        element: source.fastsattMerverdiavgift.element,
        message: {
          en: `The deadline was ${deadline}; after it the claim can't rise from ${then.en} to ${now.en}.`,
          nb: `Fristen var ${deadline}; etter den kan ikke kravet øke fra ${then.nb} til ${now.nb}.`,
        },
        data: { deadline, today: options.today, before: formatDecimal(before), actual: formatDecimal(total) },
      };
    });
  },
};

function earlierAmount(checked: CheckedReturn): Known<Decimal> {
  const amount = earlierVersion(checked)?.amount;
  return amount === undefined ? undefined : fromInteger(amount);
}

/** Whether no other claim of the year is known to have been for more than the minimum. */
function noLargeClaimThisYear(checked: CheckedReturn): Condition {
  return noneThisYear(checked, ({ amount }) => (amount === undefined ? undefined : amount < -largeClaim));
}

/** The total says how much is claimed; -20 000 is enough. */
function belowMinimum(element: XmlElement, total: Decimal, why: Text): Violation {
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

/** The day by which the claim counts as sent in time, where one is known. */
function byDeadline(deadline: Known<CalendarDate>): Text {
  if (deadline === undefined) return { en: "", nb: "" };
  return {
    en: ` That holds until the deadline, ${deadline}.`,
    nb: ` Det gjelder frem til fristen, ${deadline}.`,
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
  title: { en: "The year's first claim reaches 20,000 kroner", nb: "Årets første krav er på minst 20 000 kroner" },
  wants: {
    en: "Before the rules of 2026: a claim sent by the deadline asks for at least 20,000 kroner, unless an earlier one in the year asked for more than that.",
    nb: "Før reglene fra 2026: Et krav som sendes innen fristen, må være på minst 20 000 kroner, med mindre et tidligere krav samme år var på mer enn det.",
  },
  howToFix: {
    en: "Wait and claim the amount together with the next period.",
    nb: "Vent, og krev beløpet sammen med neste periode.",
  },
  reading: {
    en: "Exactly 20,000 is enough. What an earlier claim of exactly 20,000 does is not said; it is not taken to count. From the rules of 2026 on, R134 stands in.",
    nb: "Nøyaktig 20 000 kroner er nok. Det er ikke sagt om et tidligere krav på nøyaktig 20 000 kroner teller; her regnes det ikke med. Når reglene fra 2026 gjelder, brukes R134 i stedet.",
  },
  clearedWhere: {
    en: "the claim is submitted from 2026 on, or the total is -20,000 kroner or less, or 0 or more",
    nb: "kravet sendes fra og med 2026, eller totalen er -20 000 kroner eller mindre, eller 0 eller mer",
  },
  checkReturn: (checked) => {
    const { source, total, rulesOf2026Hold } = checked;
    const isSmall = whereReadable(total, (amount) => sign(amount) < 0 && !claims(amount));
    const inTime = not(laterThanDeadline(checked));
    return outcomeWhere([!rulesOf2026Hold, isSmall, inTime, noLargeClaimThisYear(checked)], () => {
      if (total === null || source.fastsattMerverdiavgift === null) return "unreadable";
      return belowMinimum(source.fastsattMerverdiavgift.element, total, byDeadline(deadlineOf(checked)));
    });
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
    nb: "Årets første krav er på minst 20 000 kroner (fra 2026)",
  },
  wants: {
    en: "From 2026: the first claim for a period asks for at least 20,000 kroner, unless an earlier one in the year asked for more than that, or the next period can already be sent.",
    nb: "Fra 2026: Det første kravet for en periode må være på minst 20 000 kroner, med mindre et tidligere krav samme år var på mer enn det, eller neste periode allerede kan sendes inn.",
  },
  howToFix: {
    en: "Wait until the next period has ended, or claim the amount together with it.",
    nb: "Vent til neste periode er slutt, eller krev beløpet sammen med den.",
  },
  reading: {
    en: "Unlike R099 the rule does not ask whether the total is a refund; it is followed to the letter, so that a first claim of 0 or above is refused too. The rules are taken to hold for submissions from 1 January 2026; the next period is open from the day after its last day. Without a history of returns, the option says whether this is the first claim of the year; its default is yes.",
    nb: "Til forskjell fra R099 spør ikke regelen om totalen gir utbetaling. Den følges bokstavelig, slik at også et første krav på 0 eller mer avvises. Reglene antas å gjelde innsendinger fra 1. januar 2026, og neste periode kan sendes inn fra dagen etter at den er slutt. Uten meldingshistorikk avgjør valget om dette er årets første krav; standard er ja.",
  },
  clearedWhere: {
    en: "the claim is submitted before 2026, or after the next period has ended, or the total is -20,000 kroner or less",
    nb: "kravet sendes før 2026, eller etter at neste periode er slutt, eller totalen er -20 000 kroner eller mindre",
  },
  checkReturn: (checked) => {
    const { source, options, total, rulesOf2026Hold } = checked;
    const nextEnd = endOfNextPeriod(checked);
    const conditions = [
      rulesOf2026Hold,
      whereReadable(total, (amount) => !claims(amount)),
      whereReadable(nextEnd, (end) => options.today <= end),
      isFirstSubmission(checked),
      noLargeClaimThisYear(checked),
    ];
    return outcomeWhere(conditions, () => {
      if (nextEnd === null || total === null || source.fastsattMerverdiavgift === null) return "unreadable";
      return belowMinimum(source.fastsattMerverdiavgift.element, total, {
        en: `${sign(total) >= 0 ? " By its wording the rule refuses totals of 0 and above as well." : ""} From ${addDays(nextEnd, 1)} it can be sent anyway.`,
        nb: `${sign(total) >= 0 ? " Etter ordlyden avviser regelen også totaler på 0 og over." : ""} Fra ${addDays(nextEnd, 1)} kan det sendes likevel.`,
      });
    });
  },
};

/** Claims are made for two months; what comes after a period of another length (R095) can't be told. */
function endOfNextPeriod({ period }: CheckedReturn): CalendarDate | null {
  return period?.elementName === "skattleggingsperiodeToMaaneder" ? addDays(addMonths(period.start, 4), -1) : null;
}

export const claimHistoryRules: readonly Rule[] = [
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
  smallClaimFrom2026,
];
