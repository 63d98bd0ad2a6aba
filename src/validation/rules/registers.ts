import { categoryLabels } from "../../codeLists/returnCategories.ts";
import { formatDecimal, sign } from "../../vatReturn/decimal.ts";
import { periodLengthNames } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { VatRegistration } from "../taxpayerFacts.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { coverage, covers, deletedBefore } from "./knownFacts.ts";
import type { Known } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Outcome, Rule, Violation } from "./rule.ts";
import { compensationOnly, everyCategory, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { anyOf, number } from "./wording.ts";

type RegisteredCategory = VatRegistration["category"];

const byRegister = { needs: "register", evaluated: "withFacts", quickFix: null } as const;
const registration: Text = {
  en: "The register decides, not the document.",
  nb: "Registeret avgjør, ikke dokumentet.",
};
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
      nb: `Den skattepliktige står i merverdiavgiftsregisteret for ${label.nb}.`,
    },
    howToFix: applyForChange,
    reading: {
      en: "A taxpayer who is not registered at all breaks the rule too. Dates are R072's and R073's business.",
      nb: "Også den som ikke er registrert i det hele tatt, bryter regelen. Datoer er R072 og R073 sitt bord.",
    },
    whyNoQuickFix: registration,
    checkReturn: (checked): Outcome => {
      const found = registrationsFor(checked, category);
      const element = checked.source.meldingskategori?.element;
      if (found === undefined || element === undefined) return "undecided";
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
      nb: `Periodeelementet har lengden den skattepliktige er registrert med for ${categoryLabels[category].nb}.`,
    },
    howToFix: applyForChange,
    reading: {
      en: "The registration that covers the period's first day counts, or any where none does. Without a registered length the rule passes.",
      nb: "Registreringen som dekker periodens første dag teller, eller enhver når ingen gjør det. Uten registrert lengde går regelen gjennom.",
    },
    whyNoQuickFix: registration,
    checkReturn: (checked): Outcome => {
      const { period, source } = checked;
      const found = registrationsFor(checked, category);
      if (found === undefined || period === null || source.periode === null) return "undecided";
      const covering = found.filter((entry) => covers(entry, period.start));
      const types = (covering.length > 0 ? covering : found).map(({ periodType }) => periodType);
      if (types.includes(period.elementName)) return "passes";
      if (types.includes(undefined)) return "undecided";
      const registered = types.flatMap((type) => (type === null || type === undefined ? [] : [type]));
      if (registered.length === 0) return "passes";
      const right = {
        en: registered.map((type) => periodLengthNames[type].en),
        nb: registered.map((type) => periodLengthNames[type].nb),
      };
      const sent = periodLengthNames[period.elementName];
      return {
        element: source.periode,
        atName: true,
        message: {
          en: `The taxpayer is registered with ${anyOf(right.en).en} periods, not ${sent.en} ones.`,
          nb: `Den skattepliktige er registrert med ${anyOf(right.nb).nb} periode, ikke ${sent.nb}.`,
        },
        data: { actual: period.elementName, allowed: registered.join("|") },
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
      nb: `Registreringen for ${categoryLabels[category].nb} gjelder på periodens første dag.`,
    },
    howToFix: applyForChange,
    reading: {
      en: "Only the first day is looked at. A taxpayer without any registration of the category is R047's or R048's business.",
      nb: "Bare den første dagen vurderes. En skattepliktig uten noen registrering i kategorien er R047 eller R048 sitt bord.",
    },
    whyNoQuickFix: registration,
    checkReturn: (checked): Outcome => {
      const { period, source } = checked;
      const found = registrationsFor(checked, category);
      if (found === undefined || period === null || source.skattleggingsperiode === null) return "undecided";
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

interface AboutTaxpayer {
  readonly number: string;
  readonly identifier: string;
  readonly severity?: Rule["severity"];
  readonly category: Rule["category"];
  readonly appliesTo: Rule["appliesTo"];
  readonly title: Text;
  readonly wants: Text;
  readonly howToFix: Text;
  readonly reading: Text | null;
  /** What is wrong; false where nothing is, undefined where it is not known. */
  readonly wrong: (checked: CheckedReturn) => Known<Text | false>;
  /** Whether every finding rests on the reading. */
  readonly readingDecides?: boolean;
}

/** Rules that ask what kind of taxpayer this is; they point at the organisation number. */
function aboutTaxpayer({
  severity = "ugyldig",
  identifier,
  wrong,
  readingDecides = false,
  ...rest
}: AboutTaxpayer): Rule {
  return {
    ...byRegister,
    ...rest,
    severity,
    identifiers: [identifier],
    pointsTo: places.organisationNumber,
    whyNoQuickFix: registration,
    checkReturn: (checked): Outcome => {
      const found = wrong(checked);
      const field = checked.source.organisasjonsnummer;
      if (found === undefined || field === null) return "undecided";
      return found === false
        ? "passes"
        : {
            element: field.element,
            restsOnReading: readingDecides,
            message: found,
            data: { value: field.text.trim() },
          };
    },
  };
}

interface WrongForm {
  readonly number: string;
  readonly identifier: string;
  readonly form: string;
  readonly name: Text;
  readonly instead: Text;
  readonly severity?: Rule["severity"];
}

/** R094 and R128 to R130: who cannot claim compensation in their own name. */
function formCannotClaim({
  number: ruleNumber,
  identifier,
  form,
  name,
  instead,
  severity = "ugyldig",
}: WrongForm): Rule {
  return aboutTaxpayer({
    number: ruleNumber,
    identifier,
    severity,
    category: "MELDINGSKATEGORI",
    appliesTo: compensationOnly,
    title: { en: `The claimant is not ${name.en}`, nb: `Den som krever, er ikke ${name.nb}` },
    wants: {
      en: `A claim does not come from ${name.en} (organisation form ${form}): ${instead.en}.`,
      nb: `Et krav kommer ikke fra ${name.nb} (organisasjonsform ${form}): ${instead.nb}.`,
    },
    howToFix: {
      en: "Use the organisation number of the body that claims.",
      nb: "Bruk organisasjonsnummeret til den som skal kreve.",
    },
    reading: null,
    wrong: ({ facts }) => {
      if (facts?.organisationForm === undefined) return undefined;
      return (
        facts.organisationForm === form && {
          en: `The organisation number belongs to ${name.en} (${form}); ${instead.en}.`,
          nb: `Organisasjonsnummeret tilhører ${name.nb} (${form}); ${instead.nb}.`,
        }
      );
    },
  });
}

/** R125 and R131: an enterprise that was deleted before the period cannot send a return for it. */
function notDeleted(ruleNumber: string, identifier: string, appliesTo: Rule["appliesTo"]): Rule {
  return aboutTaxpayer({
    number: ruleNumber,
    identifier,
    category: "PLIKT",
    appliesTo,
    title: { en: "The enterprise existed in the period", nb: "Enheten fantes i perioden" },
    wants: {
      en: "The enterprise was not deleted from the Central Coordinating Register before the first day of the period.",
      nb: "Enheten ble ikke slettet fra Enhetsregisteret før periodens første dag.",
    },
    howToFix: {
      en: "Check the organisation number and the period.",
      nb: "Kontroller organisasjonsnummeret og perioden.",
    },
    reading: {
      en: "The printed condition is read from left to right: it is broken by an enterprise that is deleted, with a date before the period.",
      nb: "Den trykte betingelsen leses fra venstre mot høyre: den brytes av en enhet som er slettet, med dato før perioden.",
    },
    readingDecides: true,
    wrong: (checked) => {
      const { period, facts } = checked;
      const deleted = period === null ? undefined : deletedBefore(checked, period.start);
      if (deleted === undefined) return undefined;
      return (
        deleted && {
          en: `The enterprise was deleted from the Central Coordinating Register on ${facts?.deletedOn ?? ""}, before the period began.`,
          nb: `Enheten ble slettet fra Enhetsregisteret ${facts?.deletedOn ?? ""}, før perioden begynte.`,
        }
      );
    },
  });
}

const reportingUnit: Rule = aboutTaxpayer({
  number: "R051",
  identifier: "MVA_PLIKT_DELTAKERE_I_FELLESREGISTRERING_HAR_IKKE_MVA_PLIKT",
  category: "MVA_REGISTER_OPPLYSNINGER",
  appliesTo: ordinaryCategories,
  title: {
    en: "The reporting unit of a joint registration files",
    nb: "Rapporteringsenheten i en fellesregistrering leverer",
  },
  wants: {
    en: "A taxpayer who takes part in a joint registration is the one that files for all of them.",
    nb: "En skattepliktig som deltar i en fellesregistrering, er den som leverer for alle.",
  },
  howToFix: {
    en: "File in the name of the reporting unit.",
    nb: "Lever i rapporteringsenhetens navn.",
  },
  reading: {
    en: "The short text speaks of the reporting unit being registered; the condition, which is followed, asks who files.",
    nb: "Kortteksten snakker om at rapporteringsenheten er registrert; betingelsen, som følges, spør hvem som leverer.",
  },
  wrong: ({ facts }) => {
    if (facts?.jointRegistration === undefined) return undefined;
    const unit = facts.jointRegistration?.reportingUnit;
    return (
      unit !== undefined &&
      unit !== facts.organisationNumber && {
        en: `The taxpayer takes part in a joint registration; ${unit} files for it.`,
        nb: `Den skattepliktige deltar i en fellesregistrering; ${unit} leverer for den.`,
      }
    );
  },
});

const foreignEnterprise: Rule = aboutTaxpayer({
  number: "R126",
  identifier: "MVA_PLIKT_ORG_FORM_UDEF",
  category: "PLIKT",
  appliesTo: everyCategory,
  title: { en: "The organisation form is not UDEF", nb: "Organisasjonsformen er ikke UDEF" },
  wants: {
    en: "The taxpayer's organisation form in the Central Coordinating Register is not UDEF.",
    nb: "Den skattepliktiges organisasjonsform i Enhetsregisteret er ikke UDEF.",
  },
  howToFix: {
    en: "Use the organisation number that the business has for VAT.",
    nb: "Bruk organisasjonsnummeret virksomheten har for merverdiavgift.",
  },
  reading: {
    en: "The rule is printed for ordinary returns only, but its condition covers all but eHandel.",
    nb: "Regelen står bare for ordinære meldinger, men betingelsen omfatter alle unntatt eHandel.",
  },
  wrong: ({ facts, categoryText }) => {
    if (facts?.organisationForm === undefined || categoryText === null) return undefined;
    return (
      facts.organisationForm === "UDEF" && {
        en: "Enterprises of the form UDEF cannot deliver VAT returns.",
        nb: "Enheter med formen UDEF kan ikke levere mva-melding.",
      }
    );
  },
});

const accountForRefund: Rule = {
  ...byRegister,
  number: "R080",
  identifiers: ["MVA_MELDINGSINNHOLD_KONTONUMMER_FINNES_IKKE"],
  severity: "avvikende",
  category: "KONTONUMMER",
  appliesTo: everyCategory,
  pointsTo: places.total,
  title: { en: "A refund has an account to go to", nb: "En utbetaling har en konto å gå til" },
  wants: {
    en: "Where the total is negative, the taxpayer has a registered account number.",
    nb: "Når totalen er negativ, har den skattepliktige et registrert kontonummer.",
  },
  howToFix: {
    en: "Register an account number with the authority; the return itself need not change.",
    nb: "Registrer et kontonummer hos Skatteetaten; meldingen trenger ikke endres.",
  },
  reading: {
    en: "“Could lead to a payout” is read as a total below 0. The rule is listed for ordinary returns, but its condition names no category.",
    nb: "«Kan føre til utbetaling» leses som en total under 0. Regelen er listet for ordinære meldinger, men betingelsen nevner ingen kategori.",
  },
  whyNoQuickFix: {
    en: "The account is registered outside the document.",
    nb: "Kontoen registreres utenfor dokumentet.",
  },
  checkReturn: ({ facts, total, source }) => {
    if (facts?.accountNumber === undefined || total === null || source.fastsattMerverdiavgift === null)
      return "undecided";
    if (facts.accountNumber !== null || sign(total) >= 0) return "passes";
    const value = number(total);
    return {
      element: source.fastsattMerverdiavgift.element,
      message: {
        en: `${value.en} is a refund, but no account number is registered to pay it to.`,
        nb: `${value.nb} er til utbetaling, men ingen konto er registrert for utbetalingen.`,
      },
      data: { actual: formatDecimal(total) },
    };
  },
};

const inputCodes = ["1", "11", "12", "13", "14", "15"];

const oneOffWithoutInput: Rule = {
  ...byRegister,
  number: "R083",
  identifiers: ["MVA_MELDINGSINNHOLD_PLIKT_FOR_ENGANGSREGISTRERING"],
  severity: "avvikende",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryCategories,
  pointsTo: places.lineCode,
  title: { en: "A one-off registration has no input VAT", nb: "En engangsregistrering har ikke inngående avgift" },
  wants: {
    en: "A return for a one-off registration has no lines on codes 1, 11, 12, 13, 14 and 15.",
    nb: "En melding for en engangsregistrering har ingen linjer på kode 1, 11, 12, 13, 14 og 15.",
  },
  howToFix: {
    en: "Leave the deduction out, or be ready to explain it.",
    nb: "Utelat fradraget, eller vær forberedt på å forklare det.",
  },
  reading: {
    en: "Deductions on codes 81 to 91 are not covered.",
    nb: "Fradrag på kode 81 til 91 omfattes ikke.",
  },
  whyNoQuickFix: {
    en: "Whether the deduction is right depends on the registration.",
    nb: "Om fradraget er riktig, avhenger av registreringen.",
  },
  checkLine: ({ code, source }, checked) => {
    if (oneOff(checked) !== true) return "passes";
    if (code === null || source.mvaKode === null) return "undecided";
    if (!inputCodes.includes(code)) return "passes";
    return {
      element: source.mvaKode.element,
      message: {
        en: `A one-off registration normally has no input VAT to deduct (code ${code}).`,
        nb: `En engangsregistrering har normalt ikke inngående avgift å trekke fra (kode ${code}).`,
      },
      data: { code },
    };
  },
  checkReturn: (checked) => (oneOff(checked) === undefined ? "undecided" : "passes"),
};

/** Whether the registrations that overlap the period are for a single transaction. */
function oneOff({ facts, period, category }: CheckedReturn): Known<boolean> {
  const found = facts?.vatRegistrations?.filter((entry) => entry.category === category);
  if (found === undefined || period === null) return undefined;
  const overlapping = found.filter(({ from, to }) => from <= period.end && (to === null || to >= period.start));
  if (overlapping.some((entry) => entry.oneOff === true)) return true;
  return overlapping.some((entry) => entry.oneOff === undefined) ? undefined : false;
}

/** How much of the period the taxpayer is in the VAT register, in whatever category. */
function registeredPart({ facts, period }: CheckedReturn): Known<"none" | "part" | "whole"> {
  const found = facts?.vatRegistrations;
  return found === undefined || period === null ? undefined : coverage(found, period);
}

const intervalReading: Text = {
  en: "“Registered for the period” is read as a registration whose dates cover the period wholly, in part or not at all.",
  nb: "«Registrert for perioden» leses som en registrering der datoene dekker perioden helt, delvis eller ikke i det hele tatt.",
};

const importWithoutRegistration: Rule = {
  ...byRegister,
  number: "R101",
  identifiers: ["MVA_KOMPENSASJON_MELDINGSINNHOLD_UGYLDIG_MVA_KODE_BRUKT_FOR_IMPORT"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: compensationOnly,
  pointsTo: places.lineCode,
  title: { en: "Imports by claimants outside the VAT register", nb: "Innførsel hos den som ikke er i mva-registeret" },
  wants: {
    en: "A claimant who is not in the VAT register in the period uses codes 14 and 15 for imported goods, not 81 and 83.",
    nb: "Den som ikke er i mva-registeret i perioden, bruker kode 14 og 15 for innførte varer, ikke 81 og 83.",
  },
  howToFix: {
    en: "Use 14 instead of 81, and 15 instead of 83.",
    nb: "Bruk 14 i stedet for 81, og 15 i stedet for 83.",
  },
  reading: intervalReading,
  quickFix: "set-value",
  whyNoQuickFix: null,
  checkLine: ({ code, source }, checked) => {
    if (registeredPart(checked) !== "none") return "passes";
    if (code === null || source.mvaKode === null) return "undecided";
    const right = code === "81" ? "14" : code === "83" ? "15" : null;
    if (right === null) return "passes";
    return {
      element: source.mvaKode.element,
      restsOnReading: true,
      message: {
        en: `A claimant outside the VAT register reports imported goods on code ${right}, not ${code}.`,
        nb: `Den som ikke er i mva-registeret, rapporterer innførte varer på kode ${right}, ikke ${code}.`,
      },
      data: { value: code, expected: right },
    };
  },
  checkReturn: (checked) => (registeredPart(checked) === undefined ? "undecided" : "passes"),
};

/** R121 and R123: reverse-charge returns are for those outside the VAT register. */
function notInVatRegister(
  ruleNumber: string,
  identifier: string,
  severity: Rule["severity"],
  part: "whole" | "part",
  texts: Pick<Rule, "title" | "wants" | "howToFix"> & { readonly message: Text },
): Rule {
  const { message, ...rest } = texts;
  return {
    ...byRegister,
    ...rest,
    number: ruleNumber,
    identifiers: [identifier],
    severity,
    category: "MELDINGSKATEGORI",
    appliesTo: reverseChargeOnly,
    pointsTo: places.category,
    reading: intervalReading,
    whyNoQuickFix: registration,
    checkReturn: (checked): Outcome => {
      const found = registeredPart(checked);
      const element = checked.source.meldingskategori?.element;
      if (found === undefined || element === undefined) return "undecided";
      const violation: Violation = { element, restsOnReading: true, message, data: { value: "omvendtAvgiftsplikt" } };
      return found === part ? violation : "passes";
    },
  };
}

export const registerRules: readonly Rule[] = [
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
  reportingUnit,
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
  accountForRefund,
  oneOffWithoutInput,
  formCannotClaim({
    number: "R094",
    identifier: "MVA_KOMPENSASJON_ORG_FORM_KF",
    form: "KF",
    name: { en: "a municipal undertaking", nb: "et kommunalt foretak" },
    instead: { en: "the municipality claims", nb: "kommunen krever" },
  }),
  formCannotClaim({
    number: "R128",
    identifier: "MVA_KOMPENSASJON_ORG_FORM_FKF",
    form: "FKF",
    name: { en: "a county municipal undertaking", nb: "et fylkeskommunalt foretak" },
    instead: { en: "the county municipality claims", nb: "fylkeskommunen krever" },
  }),
  formCannotClaim({
    number: "R129",
    identifier: "MVA_KOMPENSASJON_ORG_FORM_ORGL",
    form: "ORGL",
    name: { en: "an organisational part of a body", nb: "et organisasjonsledd" },
    instead: { en: "the municipality or county municipality claims", nb: "kommunen eller fylkeskommunen krever" },
  }),
  formCannotClaim({
    number: "R130",
    identifier: "MVA_KOMPENSASJON_ORG_FORM_BEDR",
    severity: "avvikende",
    form: "BEDR",
    name: { en: "a sub-entity", nb: "en underenhet" },
    instead: { en: "the main entity claims", nb: "hovedenheten krever" },
  }),
  importWithoutRegistration,
  notInVatRegister("R121", "MVA_OMVENDT_AVGIFTSPLIKT_AKTIV_MVA_PLIKT_FOR_SAMME_PERIODE", "ugyldig", "whole", {
    title: { en: "Not in the VAT register for the whole period", nb: "Ikke i mva-registeret hele perioden" },
    wants: {
      en: "The enterprise is not in the VAT register for the whole period; those who are report on the ordinary return.",
      nb: "Virksomheten er ikke i mva-registeret hele perioden; den som er det, rapporterer i den ordinære meldingen.",
    },
    howToFix: { en: "Report the purchases in the ordinary return.", nb: "Rapporter kjøpene i den ordinære meldingen." },
    message: {
      en: "The enterprise is in the VAT register for the whole period and reports on the ordinary return.",
      nb: "Virksomheten er i mva-registeret hele perioden og rapporterer i den ordinære meldingen.",
    },
  }),
  notInVatRegister("R123", "MVA_OMVENDT_AVGIFTSPLIKT_AKTIV_MVA_PLIKT_FOR_DELER_AV_PERIODEN", "avvikende", "part", {
    title: { en: "Not in the VAT register for part of the period", nb: "Ikke i mva-registeret en del av perioden" },
    wants: {
      en: "The enterprise is not in the VAT register for part of the period.",
      nb: "Virksomheten er ikke i mva-registeret en del av perioden.",
    },
    howToFix: {
      en: "Report here only the purchases from before or after the registration.",
      nb: "Rapporter her bare kjøpene fra før eller etter registreringen.",
    },
    message: {
      en: "The enterprise is in the VAT register for part of the period; purchases of that time belong on the ordinary return.",
      nb: "Virksomheten er i mva-registeret en del av perioden; kjøp fra den tiden hører til i den ordinære meldingen.",
    },
  }),
  notDeleted("R125", "MVA_KOMPENSASJON_MANGLENDE_REGISTRERING_I_ENHETSREGISTERET", compensationOnly),
  notDeleted("R131", "MVA_MANGLENDE_REGISTRERING_I_ENHETSREGISTERET", ordinaryCategories),
  foreignEnterprise,
];
