import { formatDecimal, sign } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { OpenReason } from "../result.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { outcomeWhere, whereReadable } from "./conditions.ts";
import { deletedBefore } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { compensationOnly, everyCategory, ordinaryCategories } from "./rule.ts";
import { number } from "./wording.ts";
import { byRegister, registration } from "./byRegister.ts";

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
  /** What is wrong; false where nothing is. */
  readonly wrong: (checked: CheckedReturn) => Text | false | OpenReason;
  /** The organisation number that should stand there, where the facts tell. */
  readonly right?: ((checked: CheckedReturn) => string | undefined) | null;
  /** Whether every finding rests on the reading. */
  readonly readingDecides?: boolean;
}

/** Rules that ask what kind of taxpayer this is; they point at the organisation number. */
function aboutTaxpayer({
  severity = "ugyldig",
  identifier,
  wrong,
  readingDecides = false,
  right = null,
  ...rest
}: AboutTaxpayer): Rule {
  return {
    ...byRegister,
    ...rest,
    severity,
    identifiers: [identifier],
    pointsTo: places.organisationNumber,
    quickFix: right === null ? null : "choose-value",
    whyNoQuickFix: right === null ? registration : null,
    checkReturn: (checked): Outcome => {
      const found = wrong(checked);
      const field = checked.source.organisasjonsnummer;
      if (found === false) return "passes";
      if (field === null) return "unreadable";
      if (typeof found === "string") return found;
      const allowed = right?.(checked);
      return {
        element: field.element,
        restsOnReading: readingDecides,
        message: found,
        data: { value: field.text.trim(), ...(allowed === undefined ? {} : { allowed }) },
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
    title: { en: `The claimant is not ${name.en}`, nb: `Kravet kommer ikke fra ${name.nb}` },
    wants: {
      en: `A claim does not come from ${name.en} (organisation form ${form}): ${instead.en}.`,
      nb: `Et krav kan ikke komme fra ${name.nb} (organisasjonsform ${form}): ${instead.nb}.`,
    },
    howToFix: {
      en: "Use the organisation number of the body that claims.",
      nb: "Bruk organisasjonsnummeret til den som skal fremsette kravet.",
    },
    reading: null,
    wrong: ({ facts }) => {
      if (facts?.organisationForm === undefined) return "registers";
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
      nb: "Enheten kan ikke være slettet fra Enhetsregisteret før periodens første dag.",
    },
    howToFix: {
      en: "Check the organisation number and the period.",
      nb: "Kontroller organisasjonsnummeret og perioden.",
    },
    reading: {
      en: "The printed condition is read from left to right: it is broken by an enterprise that is deleted, with a date before the period.",
      nb: "Betingelsen leses fra venstre mot høyre: Den brytes når enheten er slettet med en dato før perioden.",
    },
    readingDecides: true,
    wrong: (checked) => {
      const { period, facts } = checked;
      if (period === null) return "unreadable";
      const deleted = deletedBefore(checked, period.start);
      if (deleted === undefined) return "registers";
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
    nb: "I en fellesregistrering leverer rapporteringsenheten",
  },
  wants: {
    en: "A taxpayer who takes part in a joint registration is the one that files for all of them.",
    nb: "Den som deltar i en fellesregistrering, kan bare levere hvis den er den som leverer for alle.",
  },
  howToFix: {
    en: "File in the name of the reporting unit.",
    nb: "Lever i rapporteringsenhetens navn.",
  },
  reading: {
    en: "The short text speaks of the reporting unit being registered; the condition, which is followed, asks who files.",
    nb: "Kortteksten sier at rapporteringsenheten skal være registrert; betingelsen, som er fulgt her, spør hvem som leverer.",
  },
  right: ({ facts }) => facts?.jointRegistration?.reportingUnit,
  wrong: ({ facts }) => {
    if (facts?.jointRegistration === undefined) return "registers";
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
    nb: "Den skattepliktiges organisasjonsform i Enhetsregisteret kan ikke være UDEF.",
  },
  howToFix: {
    en: "Use the organisation number that the business has for VAT.",
    nb: "Bruk organisasjonsnummeret virksomheten har for merverdiavgift.",
  },
  reading: {
    en: "The rule is printed for ordinary returns only, but its condition covers all but eHandel.",
    nb: "Regelen er bare oppført for ordinære meldinger, men betingelsen omfatter alle unntatt eHandel.",
  },
  wrong: ({ facts, categoryText }) => {
    if (categoryText === null) return "unreadable";
    if (facts?.organisationForm === undefined) return "registers";
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
  title: { en: "A refund has an account to go to", nb: "Det finnes en konto for utbetalingen" },
  wants: {
    en: "Where the total is negative, the taxpayer has a registered account number.",
    nb: "Når totalen er negativ, skal den skattepliktige ha et registrert kontonummer.",
  },
  howToFix: {
    en: "Register an account number with the authority; the return itself need not change.",
    nb: "Registrer et kontonummer hos Skatteetaten; meldingen trenger ikke å endres.",
  },
  reading: {
    en: "“Could lead to a payout” is read as a total below 0. The rule is listed for ordinary returns, but its condition names no category.",
    nb: "«Kan føre til utbetaling» tolkes som en total under 0. Regelen er oppført for ordinære meldinger, men betingelsen nevner ingen kategori.",
  },
  whyNoQuickFix: {
    en: "The account is registered outside the document.",
    nb: "Kontoen registreres utenfor dokumentet.",
  },
  evaluated: "partly",
  clearedWhere: { en: "the total is 0 or more", nb: "totalen er 0 eller mer" },
  checkReturn: ({ facts, total, source }) => {
    const isRefund = whereReadable(total, (amount) => sign(amount) < 0);
    const hasNoAccount = facts?.accountNumber === undefined ? "registers" : facts.accountNumber === null;
    return outcomeWhere([isRefund, hasNoAccount], () => {
      if (total === null || source.fastsattMerverdiavgift === null) return "unreadable";
      const value = number(total);
      return {
        element: source.fastsattMerverdiavgift.element,
        message: {
          en: `${value.en} is a refund, but no account number is registered to pay it to.`,
          nb: `Totalen ${value.nb} gir utbetaling, men det er ikke registrert noe kontonummer.`,
        },
        data: { actual: formatDecimal(total) },
      };
    });
  },
};

export const taxpayerRules: readonly Rule[] = [
  reportingUnit,
  accountForRefund,
  formCannotClaim({
    number: "R094",
    identifier: "MVA_KOMPENSASJON_ORG_FORM_KF",
    form: "KF",
    name: { en: "a municipal undertaking", nb: "et kommunalt foretak" },
    instead: { en: "the municipality claims", nb: "kravet fremsettes av kommunen" },
  }),
  formCannotClaim({
    number: "R128",
    identifier: "MVA_KOMPENSASJON_ORG_FORM_FKF",
    form: "FKF",
    name: { en: "a county municipal undertaking", nb: "et fylkeskommunalt foretak" },
    instead: { en: "the county municipality claims", nb: "kravet fremsettes av fylkeskommunen" },
  }),
  formCannotClaim({
    number: "R129",
    identifier: "MVA_KOMPENSASJON_ORG_FORM_ORGL",
    form: "ORGL",
    name: { en: "an organisational part of a body", nb: "et organisasjonsledd" },
    instead: {
      en: "the municipality or county municipality claims",
      nb: "kravet fremsettes av kommunen eller fylkeskommunen",
    },
  }),
  formCannotClaim({
    number: "R130",
    identifier: "MVA_KOMPENSASJON_ORG_FORM_BEDR",
    severity: "avvikende",
    form: "BEDR",
    name: { en: "a sub-entity", nb: "en underenhet" },
    instead: { en: "the main entity claims", nb: "kravet fremsettes av hovedenheten" },
  }),
  notDeleted("R125", "MVA_KOMPENSASJON_MANGLENDE_REGISTRERING_I_ENHETSREGISTERET", compensationOnly),
  notDeleted("R131", "MVA_MANGLENDE_REGISTRERING_I_ENHETSREGISTERET", ordinaryCategories),
  foreignEnterprise,
];
