import { rateTypeLabels, ratesEver } from "../../codeLists/rates.ts";
import { returnCategories } from "../../codeLists/returnCategories.ts";
import { unreportableSaftCodes, vatCode, vatCodes, vatCodesOf } from "../../codeLists/vatCodes.ts";
import { compare, parseDecimal } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { everyCategory } from "./rule.ts";
import { anyOf, quoted } from "./wording.ts";

/** R001 is decided by the schema and the XML reader; the record is here for its texts. */
const schema: Rule = {
  number: "R001",
  identifiers: ["MvaMeldingsinnhold_Xml_SkjemaValideringsfeil"],
  severity: "ugyldig",
  category: "XSD_FORMAT_OG_LOVLIGE_VERDIER",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "always",
  pointsTo: places.document,
  title: { en: "The document follows its schema", nb: "Dokumentet følger skjemaet" },
  wants: {
    en: "The return is well-formed XML, and every element stands where the schema has it, with a value of the right kind.",
    nb: "Meldingen skal være velformet XML, og hvert element skal stå der skjemaet krever det, med en verdi av riktig type.",
  },
  howToFix: {
    en: "Each finding says what was expected at its place. Begin with the first one: one mistake often brings others along.",
    nb: "Hvert funn sier hva som skulle ha stått der. Begynn med det første: Én feil fører ofte flere med seg.",
  },
  reading: {
    en: "It is not known whether the authority goes on to other rules after this one. Here every rule whose values can be read is still checked.",
    nb: "Det er ikke kjent om Skatteetaten går videre til andre regler etter denne. Her kontrolleres likevel alle regler der verdiene lar seg lese.",
  },
  quickFix: "choose-value",
  whyNoQuickFix: null,
};

const knownCode: Rule = {
  number: "R002",
  identifiers: ["MvaMeldingsinnhold_MvaKode_UkjentMvaKode"],
  severity: "ugyldig",
  category: "XSD_FORMAT_OG_LOVLIGE_VERDIER",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineCode,
  title: { en: "Every line has a known VAT code", nb: "Hver linje har en kjent mva-kode" },
  wants: {
    en: "mvaKode holds one of the 25 codes that returns use, written exactly as in the list: no leading zero, no blanks, no letter before or after.",
    nb: "mvaKode skal være en av de 25 kodene som brukes i meldinger, skrevet nøyaktig som i listen: ingen ledende null, ingen mellomrom, ingen bokstav foran eller bak.",
  },
  howToFix: {
    en: "Put in the code under which the amount belongs. SAF-T's codes 0, 7, 20, 21 and 22 are not reported: leave such lines out.",
    nb: "Bruk koden beløpet hører under. SAF-T-kodene 0, 7, 20, 21 og 22 rapporteres ikke: utelat slike linjer.",
  },
  reading: {
    en: "The comparison is exact, so that “03” and “ 3” are unknown codes.",
    nb: "Skrivemåten må stemme nøyaktig, slik at «03» og « 3» er ukjente koder.",
  },
  quickFix: "choose-value",
  whyNoQuickFix: null,
  checkLine: ({ source, code, knownCode }, { returnType }) => {
    if (source.mvaKode === null || code === null) return "unreadable";
    if (knownCode !== null) return "passes";
    const nearMiss = code.replace(/[^0-9]/g, "").replace(/^0+(?=.)/, "");
    // Blanks and zeros around a good code: only the exact comparison refuses it.
    const suggestion = vatCode(nearMiss) === null ? null : nearMiss;
    const allowed = (returnType === null ? vatCodes : vatCodesOf(returnType)).map((known) => known.code);
    return {
      element: source.mvaKode.element,
      restsOnReading: suggestion !== null,
      message: unknownCodeMessage(code, suggestion),
      data: { value: code, allowed: allowed.join("|"), ...(suggestion === null ? {} : { expected: suggestion }) },
    };
  },
};

function unknownCodeMessage(code: string, suggestion: string | null): Text {
  const value = quoted(code);
  if (code.trim() === "") {
    return { en: "The line has no VAT code.", nb: "Linjen mangler mva-kode." };
  }
  if (unreportableSaftCodes.has(code)) {
    return {
      en: `Code ${code} exists in SAF-T, but amounts on it are not reported in a VAT return. Leave the line out.`,
      nb: `Kode ${code} finnes i SAF-T, men beløp på den rapporteres ikke i mva-meldingen. Utelat linjen.`,
    };
  }
  if (suggestion !== null) {
    return {
      en: `${value.en} is no VAT code; it must be written exactly “${suggestion}”.`,
      nb: `${value.nb} er ingen mva-kode; den må skrives nøyaktig «${suggestion}».`,
    };
  }
  return {
    en: `${value.en} is no VAT code. Returns use ${anyOf(vatCodes.map((known) => known.code)).en}.`,
    nb: `${value.nb} er ingen mva-kode. Meldingen bruker ${anyOf(vatCodes.map((known) => known.code)).nb}.`,
  };
}

const knownRate: Rule = {
  number: "R003",
  identifiers: ["MvaMeldingsinnhold_MvaSats_UkjentSats"],
  severity: "ugyldig",
  category: "XSD_FORMAT_OG_LOVLIGE_VERDIER",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "always",
  pointsTo: places.lineRate,
  title: { en: "The rate is one that the code has in the period", nb: "Satsen gjelder for koden i perioden" },
  wants: {
    en: "A stated sats is the rate that holds for the line's code in the period, written as in the list. From 2022: 25, 15, 12, 11,11 (with a comma) or 0.",
    nb: "En oppgitt sats skal være den som gjelder for linjens kode i perioden, skrevet som i satslisten. Fra 2022: 25, 15, 12, 11,11 (med komma) eller 0.",
  },
  howToFix: {
    en: "Put in the rate of the code, or the code that the rate belongs to.",
    nb: "Bruk kodens sats, eller koden som satsen hører til.",
  },
  reading: {
    en: "A rate passes if it is valid on any day of the period. Code 6 has no rate type in the list; 0 is taken to be its rate. The spelling must be the list's: 11.11 is refused, although it can be computed with.",
    nb: "En sats godtas hvis den gjelder minst én dag i perioden. Kode 6 har ingen satstype i listen; 0 regnes som satsen. Skrivemåten må være som i listen: 11.11 avvises, selv om det går an å regne med den.",
  },
  quickFix: "choose-value",
  whyNoQuickFix: null,
  checkLine: checkRate,
};

function checkRate(line: Line, checked: CheckedReturn): Outcome {
  const { source, code, knownCode: known, rateText } = line;
  if (rateText === null || source.sats === null) return "passes";
  if (code === null) return "unreadable";
  if (known === null) return "passes";
  const allowed = checked.ratesOf(known.rateType);
  if (allowed?.includes(rateText) === true) return "passes";
  const ever = ratesEver(known.rateType);
  if (allowed === null && ever.includes(rateText)) return "unreadable";
  const legal = allowed ?? ever;
  const sameNumber = legal.find((rate) => isSameNumber(rate, rateText));
  const only = sameNumber ?? (legal.length === 1 ? legal[0] : undefined);
  return {
    element: source.sats.element,
    restsOnReading: sameNumber !== undefined,
    message: rateMessage(line, legal, sameNumber ?? null, ever),
    data: { value: rateText, code, allowed: legal.join("|"), ...(only === undefined ? {} : { expected: only }) },
  };
}

function rateMessage(line: Line, legal: readonly string[], sameNumber: string | null, ever: readonly string[]): Text {
  const { code, knownCode: known } = line;
  const value = quoted(line.rateText ?? "");
  if (sameNumber !== null) {
    return {
      en: `The rate must be written “${sameNumber}”, as in the list of rates; here it says ${value.en}.`,
      nb: `Satsen må skrives «${sameNumber}», som i listen over satser; her står det ${value.nb}.`,
    };
  }
  if (known === null || legal.length === 0) {
    return {
      en: `No rate is known for code ${code ?? ""} in this period; here it says ${value.en}.`,
      nb: `Ingen sats er kjent for kode ${code ?? ""} i denne perioden; her står det ${value.nb}.`,
    };
  }
  const label = rateTypeLabels[known.rateType];
  const once = ever.includes(line.rateText ?? "");
  return {
    en: `In this period code ${known.code} has the rate ${anyOf(legal).en}, ${label.en}, not ${value.en}${once ? ", which was its rate at another time" : ""}.`,
    nb: `I denne perioden har kode ${known.code} satsen ${anyOf(legal).nb}, ${label.nb}, ikke ${value.nb}${once ? ", som gjaldt i en annen periode" : ""}.`,
  };
}

/** `25.0`, ` 25` and `25 %` are the number of the list's `25`, spelled in another way. */
function isSameNumber(rate: string, text: string): boolean {
  const plain = (value: string): string => value.replace(/[\s\u00a0%]/g, "").replace(",", ".");
  const found = parseDecimal(plain(text));
  const wanted = parseDecimal(plain(rate));
  return found !== null && wanted !== null && compare(found, wanted) === 0;
}

const receivedCategory: Rule = {
  number: "R104",
  identifiers: ["MVA_MELDINGSKATEGORI_UGYLDIG"],
  severity: "ugyldig",
  category: "MELDINGSKATEGORI",
  appliesTo: [...everyCategory, "eHandel"],
  needs: "document",
  evaluated: "always",
  pointsTo: places.category,
  title: { en: "The category is one that is received", nb: "Kategorien er en Skatteetaten tar imot" },
  wants: {
    en: "meldingskategori is alminnelig, primaernaering, kompensasjon or omvendtAvgiftsplikt.",
    nb: "meldingskategori skal være alminnelig, primaernaering, kompensasjon eller omvendtAvgiftsplikt.",
  },
  howToFix: {
    en: "Choose the category that the return is for. VOEC returns (eHandel) are delivered in another way.",
    nb: "Velg kategorien meldingen gjelder. VOEC-meldinger (eHandel) leveres på en annen måte.",
  },
  reading: null,
  quickFix: "choose-value",
  whyNoQuickFix: null,
  checkReturn: ({ source, category, categoryText }) => {
    if (source.meldingskategori === null || categoryText === null) return "unreadable";
    if (category !== null) return "passes";
    const value = quoted(categoryText);
    const legal = anyOf(returnCategories);
    const voec = categoryText === "eHandel";
    return {
      element: source.meldingskategori.element,
      message: {
        en: `${voec ? "eHandel (VOEC) is not received here" : `${value.en} is no category`}; use ${legal.en}.`,
        nb: `${voec ? "eHandel (VOEC) tas ikke imot her" : `${value.nb} er ingen kategori`}; bruk ${legal.nb}.`,
      },
      data: { value: categoryText, allowed: returnCategories.join("|") },
    };
  },
};

export const codeAndRateRules: readonly Rule[] = [schema, knownCode, knownRate, receivedCategory];
