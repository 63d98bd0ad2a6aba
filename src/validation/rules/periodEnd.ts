import { foldRemark } from "../../codeLists/remarks.ts";
import type { TaxPeriod } from "../../vatReturn/period.ts";
import { addDays } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Known } from "./knownFacts.ts";
import { deletionDay, oneHolds } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Outcome, Rule, RuleEvaluation } from "./rule.ts";
import { compensationOnly, reverseChargeOnly } from "./rule.ts";

interface PeriodEnded {
  readonly number: string;
  readonly identifier: string;
  readonly category: Rule["category"];
  readonly appliesTo: Rule["appliesTo"];
  readonly evaluated: RuleEvaluation;
  readonly clearedWhere?: Text;
  readonly subject: Text;
  readonly exceptions: Text | null;
  readonly reading: Text | null;
  /** Whether the rule is in force on the day of submission. */
  readonly inForce: (checked: CheckedReturn) => boolean;
  /** Whether something lets the return be sent while its period is still running. */
  readonly excepted: (checked: CheckedReturn, period: TaxPeriod) => Known<boolean>;
  /** Whether every finding rests on the reading. */
  readonly readingDecides?: boolean;
}

/** R059, R060, R089, R120 and R135: the period is over when the return is sent. */
function periodEnded(rule: PeriodEnded): Rule {
  return {
    number: rule.number,
    identifiers: [rule.identifier],
    severity: "ugyldig",
    category: rule.category,
    appliesTo: rule.appliesTo,
    needs: "clock",
    evaluated: rule.evaluated,
    ...(rule.clearedWhere === undefined ? {} : { clearedWhere: rule.clearedWhere }),
    pointsTo: places.period,
    title: { en: "The period is over", nb: "Perioden er slutt" },
    wants: {
      en: `${rule.subject.en} is submitted on the day after the period's last day at the earliest.${rule.exceptions === null ? "" : ` Exceptions while the period is running: ${rule.exceptions.en}.`}`,
      nb: `${rule.subject.nb} kan tidligst sendes dagen etter periodens siste dag.${rule.exceptions === null ? "" : ` Unntak mens perioden løper: ${rule.exceptions.nb}.`}`,
    },
    howToFix: {
      en: "Wait until the period has ended, or correct the period or the year.",
      nb: "Vent til perioden er slutt, eller rett perioden eller året.",
    },
    reading: rule.reading,
    quickFix: null,
    whyNoQuickFix: { en: "Time passes by itself.", nb: "Det er bare å vente." },
    checkReturn: (checked): Outcome => {
      const { source, period, options } = checked;
      if (!rule.inForce(checked)) return "passes";
      if (period === null || source.periode === null) return "unreadable";
      if (options.today > period.end) return "passes";
      const started = options.today >= period.start;
      const excepted = started ? rule.excepted(checked, period) : false;
      if (excepted === true) return "passes";
      const firstDay = addDays(period.end, 1);
      const open = excepted === undefined;
      return {
        element: source.periode.children[0] ?? source.periode,
        message: {
          en: `The period ends on ${period.end}: the return can be submitted from ${firstDay}, and it is ${options.today}.${open && rule.exceptions !== null ? ` It is refused unless an exception is registered: ${rule.exceptions.en}.` : ""}`,
          nb: `Perioden slutter ${period.end}, og meldingen kan sendes fra ${firstDay}; kontrollen gjelder ${options.today}.${open && rule.exceptions !== null ? ` Den avvises med mindre et unntak er registrert: ${rule.exceptions.nb}.` : ""}`,
        },
        data: { today: options.today, start: period.start, end: period.end, expected: firstDay },
        restsOnReading: rule.readingDecides ?? false,
        ...(open ? { openAs: "period-still-open" } : {}),
      };
    },
  };
}

function taxpayerHasStopped({ facts }: CheckedReturn): Known<boolean> {
  return oneHolds(
    facts?.cessationReported,
    facts?.bankruptcyRegistered,
    facts?.bankruptcyEstate,
    facts?.estateOfDeceasedPerson,
  );
}

/** The only sign of a shipwreck that a return can carry. */
function concernsShipwreck({ source }: CheckedReturn): boolean {
  return foldRemark(source.merknad?.utvalgtMerknad?.text ?? "") === "forlis";
}

const always = (): boolean => true;
const firstDayReading: Text = {
  en: "While the period is running, registered exceptions decide; without taxpayer facts the rule is then left open, with an information finding.",
  nb: "Mens perioden løper, avgjør registrerte unntak; uten skattyterfakta kan regelen da ikke avgjøres, og det gis bare en opplysning.",
};
const stopped: Text = {
  en: "reported cessation, bankruptcy, a bankruptcy estate or the estate of a deceased person",
  nb: "meldt opphør, konkurs, konkursbo eller dødsbo",
};

export const periodEndRules: readonly Rule[] = [
  periodEnded({
    number: "R059",
    identifier: "MVA_PLIKT_SKATTLEGGINGSPERIODEN_FOR__MELDINGSKATEGORI_ALMINNELIG_NÆRING_MÅ_VÆRE_FERDIG",
    category: "PLIKT",
    appliesTo: ["alminnelig"],
    evaluated: "partly",
    subject: { en: "A return for general industries", nb: "En melding for alminnelig næring" },
    exceptions: stopped,
    reading: firstDayReading,
    inForce: always,
    excepted: taxpayerHasStopped,
  }),
  periodEnded({
    number: "R060",
    identifier: "MVA_PLIKT_SKATTLEGGINGSPERIODEN_FOR__MELDINGSKATEGORI_PRIMÆRNÆRING_MÅ_VÆRE_FERDIG",
    category: "PLIKT",
    appliesTo: ["primaernaering"],
    evaluated: "partly",
    clearedWhere: {
      en: "its period has ended or not begun, or it bears the remark “forlis”",
      nb: "perioden er slutt eller ikke begynt, eller meldingen har merknaden «forlis»",
    },
    subject: { en: "A return for primary industries", nb: "En melding for primærnæring" },
    exceptions: {
      en: `a shipwreck (remark “forlis” on the return), ${stopped.en}`,
      nb: `forlis (merknaden «forlis» på meldingen), ${stopped.nb}`,
    },
    reading: {
      en: `A shipwreck is taken to be told by the remark “forlis” on the whole return. ${firstDayReading.en}`,
      nb: `Forlis regnes som opplyst når hele meldingen har merknaden «forlis». ${firstDayReading.nb}`,
    },
    inForce: always,
    excepted: (checked) => oneHolds(concernsShipwreck(checked), taxpayerHasStopped(checked)),
  }),
  periodEnded({
    number: "R089",
    identifier: "MVA_KOMPENSASJON_SKATTLEGGINGSPERIODEN_FOR__MELDINGSKATEGORI_KOMPENSASJON_MÅ_VÆRE_FERDIG",
    category: "MELDINGSKATEGORI",
    appliesTo: compensationOnly,
    evaluated: "always",
    subject: { en: "Before the rules of 2026, a compensation claim", nb: "Før reglene fra 2026: Et kompensasjonskrav" },
    exceptions: null,
    reading: {
      en: "The rule holds for submissions before the compensation rules of 2026, taken to be those before 1 January 2026 whatever the period; R135 follows it.",
      nb: "Regelen gjelder innsendinger før kompensasjonsreglene fra 2026, tolket som før 1. januar 2026 uansett periode; deretter gjelder R135.",
    },
    inForce: ({ rulesOf2026Hold }) => !rulesOf2026Hold,
    excepted: () => false,
  }),
  periodEnded({
    number: "R135",
    identifier:
      "MVA_KOMPENSASJON_SKATTLEGGINGSPERIODEN_FOR_MELDINGSKATEGORI_KOMPENSASJON_MÅ_VÆRE_FERDIG_GJELDER_FRA_2026",
    category: "MELDINGSKATEGORI",
    appliesTo: compensationOnly,
    evaluated: "partly",
    clearedWhere: {
      en: "it is submitted before 2026, or its period has ended or not begun",
      nb: "kravet sendes før 2026, eller perioden er slutt eller ikke begynt",
    },
    subject: { en: "From 2026, a compensation claim", nb: "Fra 2026: Et kompensasjonskrav" },
    exceptions: {
      en: "an enterprise deleted from the Central Coordinating Register in the period",
      nb: "en enhet som er slettet fra Enhetsregisteret i perioden",
    },
    reading: {
      en: "As printed, the rule concerns only enterprises that are deleted. It is read as R089 is meant: everybody waits for the end of the period, except an enterprise deleted inside it. The rules are taken to hold for submissions from 1 January 2026.",
      nb: "Etter ordlyden gjelder regelen bare enheter som er slettet. Den tolkes som R089: Alle må vente til perioden er slutt, bortsett fra en enhet som slettes i løpet av den. Reglene antas å gjelde innsendinger fra 1. januar 2026.",
    },
    readingDecides: true,
    inForce: ({ rulesOf2026Hold }) => rulesOf2026Hold,
    excepted: (checked, period) => {
      const deletedOn = deletionDay(checked);
      if (deletedOn === undefined) return undefined;
      return deletedOn !== null && deletedOn >= period.start && deletedOn <= period.end;
    },
  }),
  periodEnded({
    number: "R120",
    identifier: "MVA_SKATTLEGGINGSPERIODEN_FOR_OPPGITT_MELDINGSKATEGORI_OMVENDT_AVGIFTSPLIKT_MÅ_VÆRE_FERDIG",
    category: "MELDINGSINNHOLD",
    appliesTo: reverseChargeOnly,
    evaluated: "partly",
    subject: { en: "A reverse-charge return", nb: "En melding for omvendt avgiftsplikt" },
    exceptions: {
      en: "an enterprise deleted from the Central Coordinating Register, bankruptcy, a bankruptcy estate, or a sole proprietorship that is the estate of a deceased person",
      nb: "en enhet som er slettet fra Enhetsregisteret, konkurs, konkursbo eller et enkeltpersonforetak som er dødsbo",
    },
    reading: firstDayReading,
    inForce: always,
    excepted: (checked) => {
      const { facts } = checked;
      const deletedOn = deletionDay(checked);
      return oneHolds(
        deletedOn === undefined ? undefined : deletedOn !== null,
        facts?.bankruptcyRegistered,
        facts?.bankruptcyEstate,
        estateOfSoleProprietor(facts?.estateOfDeceasedPerson, facts?.organisationForm),
      );
    },
  }),
];

function estateOfSoleProprietor(estate: Known<boolean>, form: Known<string>): Known<boolean> {
  if (estate === false || (form !== undefined && form !== "ENK")) return false;
  return estate === undefined || form === undefined ? undefined : true;
}
