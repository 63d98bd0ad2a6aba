import type { Text } from "../../vatReturn/text.ts";
import { twoSidedCodes } from "./checkedReturn.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Outcome, Rule, Violation } from "./rule.ts";
import { compensationOnly, ordinaryAndReverseCharge, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { allOf, anyOf } from "./wording.ts";

const inputCodes = ["1", "11", "12", "13", "14", "15"];
const outputCodes = ["3", "5", "6", "31", "32", "33", "51", "52", "82", "84", "85", "87", "89", "92"];
const reverseChargeCodes = ["86", "87", "88", "89", "91", "92"];

const inputWithoutBasis: Rule = {
  number: "R065",
  identifiers: ["MVA_KODE_FOR_INNGÅENDE_AVGIFT_HAR_FEILAKTIG_GRUNNLAG_OG_SATS"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryCategories,
  needs: "document",
  evaluated: "always",
  pointsTo: `${places.lineBasis} | ${places.lineRate}`,
  title: { en: "Input VAT has no basis and no rate", nb: "Inngående avgift har ikke grunnlag og sats" },
  wants: {
    en: `Lines on codes ${allOf(inputCodes).en} have neither grunnlag nor sats.`,
    nb: `Linjer på kode ${allOf(inputCodes).nb} skal verken ha grunnlag eller sats.`,
  },
  howToFix: {
    en: "Remove the basis and the rate from the line; the deducted amount alone is reported.",
    nb: "Fjern grunnlag og sats fra linjen; bare fradragsbeløpet rapporteres.",
  },
  reading: { en: "An empty sats counts as absent.", nb: "En tom sats regnes som utelatt." },
  quickFix: "remove-elements",
  whyNoQuickFix: null,
  checkLine: ({ code, hasBasis, rateText, source }) => {
    if (!hasBasis && rateText === null) return "passes";
    if (code === null) return "unreadable";
    if (!inputCodes.includes(code)) return "passes";
    const basis = source.grunnlag?.element ?? null;
    const rate = rateText === null ? null : (source.sats?.element ?? null);
    const present = [basis, rate].filter((element) => element !== null);
    const [first, second] = present;
    if (first === undefined) return "passes";
    const names = allOf(present.map((element) => element.localName));
    return {
      element: first,
      message: {
        en: `Code ${code} is input VAT: the line must not have ${names.en.replace(" and ", " or ")}.`,
        nb: `Kode ${code} er inngående avgift: linjen skal ikke ha ${names.nb.replace(" og ", " eller ")}.`,
      },
      data: { code, elements: present.map((element) => element.localName).join("|") },
      related:
        second === undefined
          ? []
          : [{ range: second.valueRange, message: { en: "This too must go.", nb: "Også dette må fjernes." } }],
    };
  },
};

const twoSidedBoth: Rule = {
  number: "R081",
  identifiers: ["MVA_KODE_FOR_INNGÅENDE_ELLER_UTGÅENDE_FEIL_GRUNNLAG_ELLER_SATS"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryCategories,
  needs: "document",
  evaluated: "always",
  pointsTo: places.line,
  title: {
    en: "Basis and rate come together or not at all",
    nb: "Grunnlag og sats oppgis sammen eller utelates begge",
  },
  wants: {
    en: `Lines on codes ${allOf(twoSidedCodes).en} have both grunnlag and sats (calculated VAT), or neither (deduction).`,
    nb: `Linjer på kode ${allOf(twoSidedCodes).nb} skal ha både grunnlag og sats (beregnet avgift), eller ingen av delene (fradrag).`,
  },
  howToFix: {
    en: "Add the missing one if the line is calculated VAT; remove the other if it is a deduction.",
    nb: "Legg til det som mangler hvis linjen er beregnet avgift; fjern det andre hvis den er et fradrag.",
  },
  reading: { en: "An empty sats counts as absent.", nb: "En tom sats regnes som utelatt." },
  quickFix: "add-or-remove-elements",
  whyNoQuickFix: null,
  checkLine: (line) => {
    if (line.hasBasis === (line.rateText !== null)) return "passes";
    if (line.code === null) return "unreadable";
    if (!twoSidedCodes.includes(line.code)) return "passes";
    const [present, missing] = line.hasBasis ? ["grunnlag", "sats"] : ["sats", "grunnlag"];
    return {
      ...missingParts(line, [missing], {
        en: `The line has ${present} but not ${missing}: code ${line.code} wants both (calculated VAT) or neither (deduction).`,
        nb: `Linjen har ${present}, men ikke ${missing}: kode ${line.code} skal ha begge deler (beregnet avgift) eller ingen av dem (fradrag).`,
      }),
      data: { code: line.code, elements: missing, partner: present },
    };
  },
};

const compensationRight: Rule = {
  number: "R116",
  identifiers: ["MVA_SPESIFIKASJONSLINJEN_KJØP_MED_KOMPENSASJONSRETT_MANGLER_GRUNNLAG_OG_SATS"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: ordinaryAndReverseCharge,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineSpecification,
  title: {
    en: "Purchases with right to compensation have basis and rate",
    nb: "Kjøp med kompensasjonsrett har grunnlag og sats",
  },
  wants: {
    en: `A line with the specification kompensasjonsrett is on code ${anyOf(twoSidedCodes).en} and has both grunnlag and sats.`,
    nb: `En linje med spesifikasjonen kompensasjonsrett skal stå på kode ${anyOf(twoSidedCodes).nb} og ha både grunnlag og sats.`,
  },
  howToFix: {
    en: "State the basis and the rate, or take the specification away.",
    nb: "Oppgi grunnlag og sats, eller fjern spesifikasjonen.",
  },
  reading: {
    en: "The official message speaks of basis and rate only, but a wrong code alone also breaks the rule.",
    nb: "Den offisielle feilmeldingen nevner bare grunnlag og sats, men feil kode alene er også brudd på regelen.",
  },
  quickFix: "add-elements",
  whyNoQuickFix: null,
  checkLine: (line) => {
    const { specification, code, source } = line;
    if (specification !== "kompensasjonsrett" || source.spesifikasjon === null) return "passes";
    const missing = missingNames(line);
    if (missing.length === 0 && code === null) return "unreadable";
    const wrongCode = code !== null && !twoSidedCodes.includes(code);
    if (missing.length === 0 && !wrongCode) return "passes";
    const lacks = allOf(missing);
    return {
      element: source.spesifikasjon.element,
      message: wrongCode
        ? {
            en: `kompensasjonsrett belongs on code ${anyOf(twoSidedCodes).en}, not on ${code}${missing.length > 0 ? `, and the line lacks ${lacks.en}` : ""}.`,
            nb: `kompensasjonsrett hører hjemme på kode ${anyOf(twoSidedCodes).nb}, ikke på ${code}${missing.length > 0 ? `, og linjen mangler ${lacks.nb}` : ""}.`,
          }
        : {
            en: `A line with kompensasjonsrett needs both basis and rate; it lacks ${lacks.en}.`,
            nb: `En linje med kompensasjonsrett skal ha både grunnlag og sats; den mangler ${lacks.nb}.`,
          },
      data: { code: code ?? "", elements: missing.join("|"), allowed: twoSidedCodes.join("|") },
    };
  },
};

export const basisAndRateRules: readonly Rule[] = [
  inputWithoutBasis,
  bothNeeded({
    number: "R066",
    identifier: "MVA_KODE_FOR_UTGÅENDE_AVGIFT_MANGLER_GRUNNLAG_OG_SATS",
    appliesTo: ordinaryCategories,
    codes: outputCodes,
    title: { en: "Output VAT has basis and rate", nb: "Utgående avgift har grunnlag og sats" },
    wants: {
      en: `Lines on codes ${allOf(outputCodes).en} have both grunnlag and sats. Zero-rated codes have the rate 0.`,
      nb: `Linjer på kode ${allOf(outputCodes).nb} skal ha både grunnlag og sats. Koder med nullsats har satsen 0.`,
    },
    reading: {
      en: "The rule names no category; it is taken to hold for ordinary returns, where it is printed. Findings point at the line.",
      nb: "Regelen nevner ingen kategori; her brukes den på ordinære meldinger, der den er oppført. Funnet vises på linjen.",
    },
  }),
  twoSidedBoth,
  bothNeeded({
    number: "R093",
    identifier: "MVA_KOMPENSASJON_KODE_INNGÅENDE_AVGIFT_MANGLER_GRUNNLAG_OG_SATS",
    appliesTo: compensationOnly,
    codes: null,
    title: { en: "Every line of a claim has basis and rate", nb: "Hver linje i et krav har grunnlag og sats" },
    wants: {
      en: "Every line of a compensation claim has both grunnlag and sats.",
      nb: "Hver linje i et kompensasjonskrav skal ha både grunnlag og sats.",
    },
    reading: {
      en: "The wording makes no exception for adjustment of real property, although an official example leaves both out there.",
      nb: "Ordlyden gjør ikke unntak for justering av fast eiendom, selv om et offisielt eksempel utelater begge der.",
    },
  }),
  bothNeeded({
    number: "R109",
    identifier: "MVA_OMVENDT_AVGIFTSPLIKT_MANGLER_GRUNNLAG_OG_SATS",
    appliesTo: reverseChargeOnly,
    codes: reverseChargeCodes,
    title: { en: "Reverse charge has basis and rate", nb: "Omvendt avgiftsplikt har grunnlag og sats" },
    wants: {
      en: `Lines on codes ${allOf(reverseChargeCodes).en} have both grunnlag and sats.`,
      nb: `Linjer på kode ${allOf(reverseChargeCodes).nb} skal ha både grunnlag og sats.`,
    },
    reading: null,
  }),
  compensationRight,
];

interface BothNeeded {
  readonly number: string;
  readonly identifier: string;
  readonly appliesTo: Rule["appliesTo"];
  /** null: whatever the code. */
  readonly codes: readonly string[] | null;
  readonly title: Text;
  readonly wants: Text;
  readonly reading: Text | null;
}

function bothNeeded({ number, identifier, appliesTo, codes, title, wants, reading }: BothNeeded): Rule {
  return {
    number,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "MELDINGSINNHOLD",
    appliesTo,
    needs: "document",
    evaluated: "always",
    pointsTo: places.line,
    title,
    wants,
    howToFix: {
      en: "Add what is missing: the amount that the VAT is calculated of, and the rate of the code.",
      nb: "Legg til det som mangler: beløpet avgiften er beregnet av, og kodens sats.",
    },
    reading,
    quickFix: "add-elements",
    whyNoQuickFix: null,
    checkLine: (line): Outcome => {
      const missing = missingNames(line);
      if (missing.length === 0) return "passes";
      if (codes !== null) {
        if (line.code === null) return "unreadable";
        if (!codes.includes(line.code)) return "passes";
      }
      const names = allOf(missing);
      const code = line.code === null ? { en: "", nb: "" } : { en: ` (code ${line.code})`, nb: ` (kode ${line.code})` };
      const onAdjustment = line.specification === "justeringMerverdiavgiftskompensasjonFastEiendom";
      const violation = missingParts(line, missing, {
        en: `The line${code.en} must have both basis and rate; it lacks ${names.en}.`,
        nb: `Linjen${code.nb} skal ha både grunnlag og sats; den mangler ${names.nb}.`,
      });
      return { ...violation, restsOnReading: onAdjustment && codes === null };
    },
  };
}

function missingNames({ hasBasis, rateText }: Line): string[] {
  return [...(hasBasis ? [] : ["grunnlag"]), ...(rateText === null ? ["sats"] : [])];
}

/** Points at the line's name: what is missing has no place of its own. */
function missingParts(line: Line, missing: readonly string[], message: Text): Violation {
  return {
    element: line.element,
    atName: true,
    message,
    data: { code: line.code ?? "", elements: missing.join("|") },
  };
}
