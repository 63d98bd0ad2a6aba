import { returnTypeOf } from "../../codeLists/returnCategories.ts";
import type { SpecificationName } from "../../codeLists/specifications.ts";
import { specification as knownSpecification, specificationsOf } from "../../codeLists/specifications.ts";
import { codesWithSpecification } from "../../codeLists/vatCodes.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { compensationOnly, everyCategory, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { anyOf, lineNumber, quoted } from "./wording.ts";

const known: Rule = {
  number: "R069",
  identifiers: ["MvaMeldingsinnhold_MvaSpesifikasjoner_UkjentSpesifikasjon"],
  severity: "ugyldig",
  category: "XSD_FORMAT_OG_LOVLIGE_VERDIER",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineSpecification,
  title: { en: "The specification exists in this kind of return", nb: "Spesifikasjonen finnes i denne typen melding" },
  wants: {
    en: "A filled spesifikasjon is a name from the list that this kind of return may use, with the same capitals and å and ø.",
    nb: "En utfylt spesifikasjon skal være et av navnene denne typen melding kan bruke, skrevet som i listen, med samme store og små bokstaver og med å og ø.",
  },
  howToFix: {
    en: "Put in one of the names listed in the finding, or leave the element out.",
    nb: "Bruk et av navnene som er nevnt i funnet, eller utelat elementet.",
  },
  reading: {
    en: "An empty or blank element counts as absent. å and ø are the same however they are composed.",
    nb: "Et tomt eller blankt element regnes som utelatt. å og ø regnes som like uansett hvordan de er kodet.",
  },
  quickFix: "choose-value",
  whyNoQuickFix: null,
  checkLine: ({ specification, source }, { returnType }) => {
    if (specification === null || source.spesifikasjon === null) return "passes";
    if (returnType === null) return "unreadable";
    const found = knownSpecification(specification);
    if (found?.returnTypes.includes(returnType) === true) return "passes";
    const names = specificationsOf(returnType).map(({ name }) => name);
    const value = quoted(specification);
    return {
      element: source.spesifikasjon.element,
      message:
        found === null
          ? {
              en: `${value.en} is no specification; this return may use ${anyOf(names).en}.`,
              nb: `${value.nb} er ikke en spesifikasjon; denne meldingen kan bruke ${anyOf(names).nb}.`,
            }
          : {
              en: `${found.name} (${found.label.en}) does not belong in this kind of return, which may use ${anyOf(names).en}.`,
              nb: `${found.name} (${found.label.nb}) hører ikke hjemme i denne typen melding, som kan bruke ${anyOf(names).nb}.`,
            },
      data: { value: specification, allowed: names.join("|") },
    };
  },
};

interface WrongCode {
  readonly number: string;
  readonly identifier: string;
  readonly appliesTo: Rule["appliesTo"];
  readonly specification: SpecificationName;
}

/** R038 to R041, R087, R111 and R114: a specification stands on a code that it can specify. */
function onItsCodes({ number, identifier, appliesTo, specification: name }: WrongCode): Rule {
  const codes = codesWithSpecification(name, returnTypeFor(appliesTo));
  const label = knownSpecification(name)?.label ?? { en: name, nb: name };
  return {
    number,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "XSD_FORMAT_OG_LOVLIGE_VERDIER",
    appliesTo,
    needs: "document",
    evaluated: "always",
    pointsTo: places.lineCode,
    title: { en: `${name} is on a code that has it`, nb: `${name} står på en kode som kan ha den` },
    wants: {
      en: `A line with the specification ${name} (${label.en}) is on code ${anyOf(codes).en}.`,
      nb: `En linje med spesifikasjonen ${name} (${label.nb}) skal stå på kode ${anyOf(codes).nb}.`,
    },
    howToFix: {
      en: "Move the amount to one of these codes, or take the specification away.",
      nb: "Flytt beløpet til en av disse kodene, eller fjern spesifikasjonen.",
    },
    reading: null,
    quickFix: "choose-value",
    whyNoQuickFix: null,
    checkLine: ({ specification, code, source }): Outcome => {
      if (specification !== name) return "passes";
      if (code === null || source.mvaKode === null) return "unreadable";
      if (codes.includes(code)) return "passes";
      return {
        element: source.mvaKode.element,
        message: {
          en: `${name} (${label.en}) belongs on code ${anyOf(codes).en}, not on ${quoted(code).en}.`,
          nb: `${name} (${label.nb}) hører hjemme på kode ${anyOf(codes).nb}, ikke på ${quoted(code).nb}.`,
        },
        data: { value: code, specification: name, allowed: codes.join("|") },
      };
    },
  };
}

function returnTypeFor(appliesTo: Rule["appliesTo"]): ReturnType<typeof returnTypeOf> {
  const [category] = appliesTo;
  return category === undefined || category === "eHandel" ? "ordinary" : returnTypeOf(category);
}

const ordinarySpecifications = ["tilbakeføringAvInngåendeMerverdiavgift", "tapPåKrav", "uttak"];

/** R091 and R110: three specifications are for ordinary returns only. */
function ordinaryOnly(number: string, identifier: string, appliesTo: Rule["appliesTo"], kind: Text): Rule {
  return {
    number,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "XSD_FORMAT_OG_LOVLIGE_VERDIER",
    appliesTo,
    needs: "document",
    evaluated: "always",
    pointsTo: places.lineSpecification,
    title: { en: `No ordinary specification in ${kind.en}`, nb: `Ingen ordinær spesifikasjon i ${kind.nb}` },
    wants: {
      en: `${kind.en[0]?.toUpperCase() ?? ""}${kind.en.slice(1)} does not use ${anyOf(ordinarySpecifications).en}.`,
      nb: `${kind.nb[0]?.toUpperCase() ?? ""}${kind.nb.slice(1)} kan ikke bruke ${anyOf(ordinarySpecifications).nb}.`,
    },
    howToFix: {
      en: "Take the specification away, or report the amount in an ordinary return.",
      nb: "Fjern spesifikasjonen, eller rapporter beløpet i en ordinær melding.",
    },
    reading: { en: "R069 always speaks along with this rule.", nb: "R069 slår alltid til sammen med denne regelen." },
    quickFix: "choose-value",
    whyNoQuickFix: null,
    checkLine: ({ specification, source }, { returnType }): Outcome => {
      if (specification === null || source.spesifikasjon === null) return "passes";
      if (!ordinarySpecifications.includes(specification)) return "passes";
      const allowed = returnType === null ? [] : specificationsOf(returnType).map(({ name }) => name);
      return {
        element: source.spesifikasjon.element,
        message: {
          en: `${specification} has no place in ${kind.en}; remove it, or report the amount in an ordinary return.`,
          nb: `${specification} hører ikke hjemme i ${kind.nb}; fjern den, eller rapporter beløpet i en ordinær melding.`,
        },
        data: { value: specification, allowed: allowed.join("|") },
      };
    },
  };
}

const oneUsePerCode: Rule = {
  number: "R112",
  identifiers: ["MVA_OMVENDT_AVGIFTSPLIKT_SPESIFIKASJONSLINJE_KJØP_MED_KOMPENSASJONSRETT"],
  severity: "ugyldig",
  category: "MELDINGSKATEGORI",
  appliesTo: reverseChargeOnly,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineCode,
  title: {
    en: "A code is reported with a specification or without it",
    nb: "En kode rapporteres enten med eller uten spesifikasjon",
  },
  wants: {
    en: "In a reverse-charge return, no code occurs both on a line with a specification and on one without.",
    nb: "I en melding for omvendt avgiftsplikt kan ikke samme kode stå både på en linje med spesifikasjon og på en uten.",
  },
  howToFix: {
    en: "Codes 86, 88 and 91 always carry kompensasjonsrett; 87, 89 and 92 never do. Correct the code or the specification.",
    nb: "Kode 86, 88 og 91 har alltid kompensasjonsrett; 87, 89 og 92 aldri. Rett koden eller spesifikasjonen.",
  },
  reading: {
    en: "Each code is looked at by itself, and any specification counts. One finding is given per code, on the line that is likely to be wrong.",
    nb: "Hver kode vurderes for seg, og alle spesifikasjoner teller. Det gis ett funn per kode, på linjen som trolig er feil.",
  },
  quickFix: null,
  whyNoQuickFix: {
    en: "The right code and specification depend on the purchase.",
    nb: "Riktig kode og spesifikasjon avhenger av kjøpet.",
  },
  checkLine: (line, checked) => {
    if (line.code === null || line.source.mvaKode === null) return "passes";
    const { plain, specified } = checked.useOf(line.code);
    if (plain === null || specified === null) return "passes";
    const wrong = wantsCompensation.includes(line.code) ? plain : specified;
    if (line !== wrong) return "passes";
    const other = wrong === plain ? specified : plain;
    const name = lineNumber(other);
    return {
      element: line.source.mvaKode.element,
      message: {
        en: `Code ${line.code} is reported both with a specification and without one (see ${name.en}); it ${wantsCompensation.includes(line.code) ? "always" : "never"} has kompensasjonsrett.`,
        nb: `Kode ${line.code} er rapportert både med og uten spesifikasjon (se ${name.nb}); den har ${wantsCompensation.includes(line.code) ? "alltid" : "aldri"} kompensasjonsrett.`,
      },
      data: { code: line.code },
      related: [
        {
          range: other.source.mvaKode?.element.valueRange ?? other.element.nameRange,
          message: { en: `${name.en}: the other use of the code`, nb: `${name.nb}: den andre bruken av koden` },
        },
      ],
    };
  },
  checkReturn: ({ everyLineHasCode }) => (everyLineHasCode ? "passes" : "unreadable"),
};

const wantsCompensation = ["86", "88", "91"];

const compensationNeeded: Rule = {
  number: "R124",
  identifiers: ["MVA_OMVENDT_AVGIFTSPLIKT_SPESIFIKASJON_MANGLER"],
  severity: "ugyldig",
  category: "MELDINGSKATEGORI",
  appliesTo: reverseChargeOnly,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineSpecification,
  title: { en: "Codes 86, 88 and 91 carry kompensasjonsrett", nb: "Kode 86, 88 og 91 har kompensasjonsrett" },
  wants: {
    en: "In a reverse-charge return, every line on code 86, 88 or 91 has the specification kompensasjonsrett.",
    nb: "I en melding for omvendt avgiftsplikt skal hver linje på kode 86, 88 eller 91 ha spesifikasjonen kompensasjonsrett.",
  },
  howToFix: {
    en: "Add the specification, or use 87, 89 or 92 for purchases without right to compensation.",
    nb: "Legg til spesifikasjonen, eller bruk 87, 89 eller 92 for kjøp uten kompensasjonsrett.",
  },
  reading: null,
  quickFix: "choose-value",
  whyNoQuickFix: null,
  checkLine: ({ specification, code, source, element }: Line): Outcome => {
    if (specification === "kompensasjonsrett") return "passes";
    if (code === null) return "unreadable";
    if (!wantsCompensation.includes(code)) return "passes";
    return {
      element: source.spesifikasjon?.element ?? element,
      atName: source.spesifikasjon === null,
      message: {
        en: `Code ${code} in a reverse-charge return needs the specification kompensasjonsrett.`,
        nb: `Kode ${code} i en melding for omvendt avgiftsplikt skal ha spesifikasjonen kompensasjonsrett.`,
      },
      data: {
        code,
        expected: "kompensasjonsrett",
        ...(source.spesifikasjon === null ? { elements: "spesifikasjon" } : {}),
        ...(specification === null ? {} : { value: specification }),
      },
    };
  },
};

export const specificationRules: readonly Rule[] = [
  known,
  onItsCodes({
    number: "R038",
    identifier: "MVA_MELDINGSINNHOLD_SPESIFIKASJONSLINJE_TAP_PÅ_KRAV_FØRT_PÅ_FEIL_MVA_KODE",
    appliesTo: ordinaryCategories,
    specification: "tapPåKrav",
  }),
  onItsCodes({
    number: "R039",
    identifier: "MVA_MELDINGSINNHOLD_SPESIFIKASJONSLINJE_UTTAK_FØRT_PÅ_FEIL_MVA_KODE",
    appliesTo: ordinaryCategories,
    specification: "uttak",
  }),
  onItsCodes({
    number: "R040",
    identifier: "MVA_MELDINGSINNHOLD_SPESIFIKASJONSLINJE_JUSTERING_FØRT_PÅ_FEIL_MVA_KODE",
    appliesTo: ordinaryCategories,
    specification: "justering",
  }),
  onItsCodes({
    number: "R041",
    identifier:
      "MVA_MELDINGSINNHOLD_SPESIFIKASJONSLINJE_TILBAKEFØRING_INNGÅENDE_AVGIFT_9_6_OG_9_7_FØRT_PÅ_FEIL_MVA_KODE",
    appliesTo: ordinaryCategories,
    specification: "tilbakeføringAvInngåendeMerverdiavgift",
  }),
  onItsCodes({
    number: "R114",
    identifier: "MVA_MELDINGSINNHOLD_SPESIFIKASJONSLINJE_KJØP_MED_KOMPENSASJONSRETT_FØRT_PÅ_FEIL_MVA_KODE",
    appliesTo: ordinaryCategories,
    specification: "kompensasjonsrett",
  }),
  onItsCodes({
    number: "R087",
    identifier: "MVA_KOMPENSASJON_MELDINGSINNHOLD_SPESIFIKASJONSLINJE_JUSTERING_FØRT_PÅ_FEIL_MVA_KODE",
    appliesTo: compensationOnly,
    specification: "justeringMerverdiavgiftskompensasjonFastEiendom",
  }),
  onItsCodes({
    number: "R111",
    identifier: "MVA_OMVENDT_AVGIFTSPLIKT_SPESIFIKASJONSLINJE_KJØP_MED_KOMPENSASJONSRETT_FØRT_PÅ_FEIL_KODE",
    appliesTo: reverseChargeOnly,
    specification: "kompensasjonsrett",
  }),
  ordinaryOnly("R091", "MVA_KOMPENSASJON_MELDINGSINNHOLD_UGYLDIG_SPESIFIKASJONSLINJE", compensationOnly, {
    en: "a compensation claim",
    nb: "et kompensasjonskrav",
  }),
  ordinaryOnly("R110", "MVA_OMVENDT_AVGIFTSPLIKT_MELDINGSINNHOLD_UGYLDIG_SPESIFIKASJONSLINJE", reverseChargeOnly, {
    en: "a reverse-charge return",
    nb: "en melding for omvendt avgiftsplikt",
  }),
  oneUsePerCode,
  compensationNeeded,
];
