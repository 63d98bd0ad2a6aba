import type { Text } from "../../vatReturn/text.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { outcomeWhere, whereReadable } from "./conditions.ts";
import type { Condition } from "./conditions.ts";
import { coverage } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { compensationOnly, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { byRegister, registration } from "./byRegister.ts";

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
    nb: "En melding for en engangsregistrering skal ikke ha linjer på kode 1, 11, 12, 13, 14 og 15.",
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
  evaluated: "partly",
  clearedWhere: { en: "no line has one of the codes", nb: "ingen linje har en av kodene" },
  checkLine: ({ code, source }, checked) => {
    const isInput = whereReadable(code, (written) => inputCodes.includes(written));
    return outcomeWhere([isInput, oneOff(checked)], () => {
      if (code === null || source.mvaKode === null) return "unreadable";
      return {
        element: source.mvaKode.element,
        message: {
          en: `A one-off registration normally has no input VAT to deduct (code ${code}).`,
          nb: `En engangsregistrering har normalt ikke inngående avgift å føre til fradrag (kode ${code}).`,
        },
        data: { code },
      };
    });
  },
};

/** Whether the registrations that overlap the period are for a single transaction. */
function oneOff({ facts, period, category }: CheckedReturn): Condition {
  const found = facts?.vatRegistrations?.filter((entry) => entry.category === category);
  if (period === null) return "unreadable";
  if (found === undefined) return "registers";
  const overlapping = found.filter(({ from, to }) => from <= period.end && (to === null || to >= period.start));
  if (overlapping.some((entry) => entry.oneOff === true)) return true;
  return overlapping.some((entry) => entry.oneOff === undefined) ? "registers" : false;
}

/** Whether that much of the period is covered by entries in the VAT register, in whatever category. */
function isRegisteredFor({ facts, period }: CheckedReturn, part: "none" | "part" | "whole"): Condition {
  const found = facts?.vatRegistrations;
  if (period === null) return "unreadable";
  return found === undefined ? "registers" : coverage(found, period) === part;
}

const intervalReading: Text = {
  en: "“Registered for the period” is read as a registration whose dates cover the period wholly, in part or not at all.",
  nb: "«Registrert for perioden» tolkes som en registrering der datoene dekker perioden helt, delvis eller ikke i det hele tatt.",
};

/** Which code those outside the VAT register use instead. */
const domesticCodes: ReadonlyMap<string, string> = new Map([
  ["81", "14"],
  ["83", "15"],
]);

const importWithoutRegistration: Rule = {
  ...byRegister,
  number: "R101",
  identifiers: ["MVA_KOMPENSASJON_MELDINGSINNHOLD_UGYLDIG_MVA_KODE_BRUKT_FOR_IMPORT"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: compensationOnly,
  pointsTo: places.lineCode,
  title: {
    en: "Imports by claimants outside the VAT register",
    nb: "Innførsel når den som krever, ikke er mva-registrert",
  },
  wants: {
    en: "A claimant who is not in the VAT register in the period uses codes 14 and 15 for imported goods, not 81 and 83.",
    nb: "Den som ikke er mva-registrert i perioden, skal bruke kode 14 og 15 for innførte varer, ikke 81 og 83.",
  },
  howToFix: {
    en: "Use 14 instead of 81, and 15 instead of 83.",
    nb: "Bruk 14 i stedet for 81, og 15 i stedet for 83.",
  },
  reading: intervalReading,
  quickFix: "set-value",
  whyNoQuickFix: null,
  evaluated: "partly",
  clearedWhere: { en: "no line has code 81 or 83", nb: "ingen linje har kode 81 eller 83" },
  checkLine: ({ code, source }, checked) => {
    const isImport = whereReadable(code, (written) => domesticCodes.has(written));
    return outcomeWhere([isImport, isRegisteredFor(checked, "none")], () => {
      const right = code === null ? undefined : domesticCodes.get(code);
      if (code === null || right === undefined || source.mvaKode === null) return "unreadable";
      return {
        element: source.mvaKode.element,
        restsOnReading: true,
        message: {
          en: `A claimant outside the VAT register reports imported goods on code ${right}, not ${code}.`,
          nb: `Den som ikke er mva-registrert, rapporterer innførte varer på kode ${right}, ikke ${code}.`,
        },
        data: { value: code, expected: right },
      };
    });
  },
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
      const element = checked.source.meldingskategori?.element;
      return outcomeWhere([isRegisteredFor(checked, part)], () =>
        element === undefined
          ? "unreadable"
          : { element, restsOnReading: true, message, data: { value: "omvendtAvgiftsplikt" } },
      );
    },
  };
}

export const registeredOrNotRules: readonly Rule[] = [
  oneOffWithoutInput,
  importWithoutRegistration,
  notInVatRegister("R121", "MVA_OMVENDT_AVGIFTSPLIKT_AKTIV_MVA_PLIKT_FOR_SAMME_PERIODE", "ugyldig", "whole", {
    title: { en: "Not in the VAT register for the whole period", nb: "Ikke mva-registrert i hele perioden" },
    wants: {
      en: "The enterprise is not in the VAT register for the whole period; those who are report on the ordinary return.",
      nb: "Virksomheten kan ikke være mva-registrert i hele perioden; den som er det, rapporterer i den ordinære meldingen.",
    },
    howToFix: { en: "Report the purchases in the ordinary return.", nb: "Rapporter kjøpene i den ordinære meldingen." },
    message: {
      en: "The enterprise is in the VAT register for the whole period and reports on the ordinary return.",
      nb: "Virksomheten er mva-registrert i hele perioden og skal rapportere i den ordinære meldingen.",
    },
  }),
  notInVatRegister("R123", "MVA_OMVENDT_AVGIFTSPLIKT_AKTIV_MVA_PLIKT_FOR_DELER_AV_PERIODEN", "avvikende", "part", {
    title: { en: "Not in the VAT register for part of the period", nb: "Ikke mva-registrert i deler av perioden" },
    wants: {
      en: "The enterprise is not in the VAT register for part of the period.",
      nb: "Virksomheten skal ikke være mva-registrert i deler av perioden.",
    },
    howToFix: {
      en: "Report here only the purchases from before or after the registration.",
      nb: "Rapporter her bare kjøpene fra før eller etter registreringen.",
    },
    message: {
      en: "The enterprise is in the VAT register for part of the period; purchases of that time belong on the ordinary return.",
      nb: "Virksomheten er mva-registrert i deler av perioden; kjøp fra den tiden hører hjemme i den ordinære meldingen.",
    },
  }),
];
