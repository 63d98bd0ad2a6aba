import { categoryLabels } from "../../codeLists/returnCategories.ts";
import { periodLengthNames } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { VatRegistration } from "../taxpayerFacts.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { covers } from "./knownFacts.ts";
import type { Known } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { anyOf } from "./wording.ts";
import { byRegister, registration } from "./byRegister.ts";

type RegisteredCategory = VatRegistration["category"];

const applyForChange: Text = {
  en: "Choose the category or period that is registered, or have the registration changed first.",
  nb: "Velg kategorien eller perioden som er registrert, eller få registreringen endret først.",
};

function registrationsFor({ facts }: CheckedReturn, category: RegisteredCategory): Known<readonly VatRegistration[]> {
  return facts?.vatRegistrations?.filter((entry) => entry.category === category);
}

/** R047 and R048: the taxpayer is registered for the category of the return. */
function registeredFor(ruleNumber: string, identifier: string, category: RegisteredCategory): Rule {
  const label = categoryLabels[category];
  return {
    ...byRegister,
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "PLIKT",
    appliesTo: [category],
    pointsTo: places.category,
    title: { en: `Registered for ${label.en}`, nb: `Registrert for ${label.nb}` },
    wants: {
      en: `The taxpayer is in the VAT register for ${label.en}.`,
      nb: `Den skattepliktige skal stå i Merverdiavgiftsregisteret for ${label.nb}.`,
    },
    howToFix: applyForChange,
    reading: {
      en: "A taxpayer who is not registered at all breaks the rule too. Dates are R072's and R073's business.",
      nb: "Også den som ikke er registrert i det hele tatt, bryter regelen. Datoene avgjøres av R072 og R073.",
    },
    whyNoQuickFix: registration,
    checkReturn: (checked): Outcome => {
      const found = registrationsFor(checked, category);
      const element = checked.source.meldingskategori?.element;
      if (element === undefined) return "unreadable";
      if (found === undefined) return "registers";
      if (found.length > 0) return "passes";
      return {
        element,
        restsOnReading: checked.facts?.vatRegistrations?.length === 0,
        message: {
          en: `The taxpayer is not registered for ${label.en}.`,
          nb: `Den skattepliktige er ikke registrert for ${label.nb}.`,
        },
        data: { value: category },
      };
    },
  };
}

/** R049 and R050: the length of the period is the registered one. */
function registeredPeriodType(ruleNumber: string, identifier: string, category: RegisteredCategory): Rule {
  return {
    ...byRegister,
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "PLIKT",
    appliesTo: [category],
    pointsTo: places.period,
    title: { en: "The period has the registered length", nb: "Perioden har den registrerte lengden" },
    wants: {
      en: `The period element is of the length the taxpayer is registered with for ${categoryLabels[category].en}.`,
      nb: `Periodeelementet skal ha den lengden den skattepliktige er registrert med for ${categoryLabels[category].nb}.`,
    },
    howToFix: applyForChange,
    reading: {
      en: "The registration that covers the period's first day counts, or any where none does. Without a registered length the rule passes.",
      nb: "Registreringen som gjelder på periodens første dag, er avgjørende; gjelder ingen da, teller alle. Uten registrert lengde er regelen oppfylt.",
    },
    quickFix: "set-period-type",
    whyNoQuickFix: null,
    checkReturn: (checked): Outcome => {
      const { period, source } = checked;
      const found = registrationsFor(checked, category);
      if (period === null || source.periode === null) return "unreadable";
      if (found === undefined) return "registers";
      const covering = found.filter((entry) => covers(entry, period.start));
      const types = (covering.length > 0 ? covering : found).map(({ periodType }) => periodType);
      if (types.includes(period.elementName)) return "passes";
      if (types.includes(undefined)) return "registers";
      const registered = [...new Set(types)].flatMap((type) => (type === null || type === undefined ? [] : [type]));
      const [right, other] = registered;
      if (right === undefined) return "passes";
      const lengths = {
        en: registered.map((type) => periodLengthNames[type].en),
        nb: registered.map((type) => periodLengthNames[type].nb),
      };
      const sent = periodLengthNames[period.elementName];
      return {
        element: source.periode,
        atName: true,
        message: {
          en: `The taxpayer is registered with ${anyOf(lengths.en).en} periods, not ${sent.en} ones.`,
          nb: `Den skattepliktige er registrert med ${anyOf(lengths.nb).nb} periode, ikke ${sent.nb}.`,
        },
        data: {
          actual: period.elementName,
          allowed: registered.join("|"),
          ...(other === undefined ? { expected: right } : {}),
          // Another length may have been registered before, or since.
          registered: found.map(({ periodType, from, to }) => [periodType ?? "", from, to ?? ""].join(" ")).join("|"),
        },
      };
    },
  };
}

/** R072 and R073: the registration covers the first day of the period. */
function registeredAtStart(ruleNumber: string, identifier: string, category: RegisteredCategory): Rule {
  return {
    ...byRegister,
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "PLIKT",
    appliesTo: [category],
    pointsTo: places.taxPeriod,
    title: { en: "Registered on the period's first day", nb: "Registrert på periodens første dag" },
    wants: {
      en: `The taxpayer's registration for ${categoryLabels[category].en} is valid on the first day of the period.`,
      nb: `Registreringen for ${categoryLabels[category].nb} skal gjelde på periodens første dag.`,
    },
    howToFix: applyForChange,
    reading: {
      en: "Only the first day is looked at. A taxpayer without any registration of the category is R047's or R048's business.",
      nb: "Bare den første dagen vurderes. Om den skattepliktige i det hele tatt er registrert i kategorien, avgjøres av R047 og R048.",
    },
    whyNoQuickFix: registration,
    checkReturn: (checked): Outcome => {
      const { period, source } = checked;
      const found = registrationsFor(checked, category);
      if (period === null || source.skattleggingsperiode === null) return "unreadable";
      if (found === undefined) return "registers";
      if (found.length === 0 || found.some((entry) => covers(entry, period.start))) return "passes";
      const dates = found.map(({ from, to }) => `${from} – ${to ?? ""}`.trim());
      return {
        element: source.skattleggingsperiode,
        atName: true,
        message: {
          en: `The period begins on ${period.start}, outside the registration (${anyOf(dates).en}).`,
          nb: `Perioden begynner ${period.start}, utenfor registreringen (${anyOf(dates).nb}).`,
        },
        data: { start: period.start, registered: dates.join("|") },
      };
    },
  };
}

export const vatRegisterRules: readonly Rule[] = [
  registeredFor("R047", "MVA_PLIKT_OPPGITT_MELDINGSKATEGORI_ALMINNELIG_NÆRING_FINNES_IKKE", "alminnelig"),
  registeredFor("R048", "MVA_PLIKT_OPPGITT_MELDINGSKATEGORI_PRIMÆRNÆRING_FINNES_IKKE", "primaernaering"),
  registeredPeriodType(
    "R049",
    "MVA_PLIKT_OPPGITT_SKATTLEGGINGSPERIODE_FOR__MELDINGSKATEGORI_ALMINNELIG_NÆRING_FINNES_IKKE",
    "alminnelig",
  ),
  registeredPeriodType(
    "R050",
    "MVA_PLIKT_OPPGITT_SKATTLEGGINGSPERIODE_FOR__MELDINGSKATEGORI__PRIMÆRNÆRING_FINNES_IKKE",
    "primaernaering",
  ),
  registeredAtStart(
    "R072",
    "MVA_PLIKT_FOR__MELDINGSKATEGORI_DEKKER_IKKE_SKATTELEGGINGSPERIODE_ALMINNELIG",
    "alminnelig",
  ),
  registeredAtStart(
    "R073",
    "MVA_PLIKT_FOR__MELDINGSKATEGORI_DEKKER_IKKE_SKATTELEGGINGSPERIODE_PRIMAERNAERING",
    "primaernaering",
  ),
];
