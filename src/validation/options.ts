import { parseDecimal } from "../vatReturn/decimal.ts";
import type { Decimal } from "../vatReturn/decimal.ts";
import type { CalendarDate } from "../vatReturn/period.ts";
import type { Text } from "../vatReturn/text.ts";
import type { TaxpayerFacts } from "./taxpayerFacts.ts";

/**
 * What a return alone does not tell. Every switch has a default (see `defaultOptions`); what was assumed is said in
 * the result's `assumptions`.
 */
export interface ValidationOptions {
  /** The day of the check in Europe/Oslo. The core never reads the clock by itself. */
  readonly today: CalendarDate;
  /** R019: `faq` allows max(10, number of lines) kroner per line, `strict` nothing. */
  readonly tolerance: "faq" | "strict";
  /** Whether this is the first submission for its period. null: not known. */
  readonly firstSubmission: boolean | null;
  /** Whether this changes a return delivered earlier. null: not known. */
  readonly changeOfEarlierReturn: boolean | null;
  /** R085's ceiling in kroner; the authority has not published one. null: R085 is not evaluated. */
  readonly maximumBasis: Decimal | null;
  /** Filing deadlines by the end of the period they belong to; empty: rules that need one are not evaluated. */
  readonly deadlines: Readonly<Record<string, CalendarDate>>;
  /** What the authority's registers are said to hold, by organisation number. */
  readonly facts: readonly TaxpayerFacts[];
  /** From this submission day on R134 and R135 stand in for R089, R096, R097 and R099. Absent: 2026-01-01. */
  readonly compensationRulesOf2026From?: CalendarDate;
}

/** The day the authority's texts name only as "from 2026". */
export const defaultCompensationRulesFrom: CalendarDate = "2026-01-01";

/** @param today the day of the check in Europe/Oslo (`dateInOslo` reads it off a clock). */
export function defaultOptions(today: CalendarDate): ValidationOptions {
  return {
    today,
    tolerance: "faq",
    firstSubmission: true,
    changeOfEarlierReturn: null,
    maximumBasis: null,
    deadlines: {},
    facts: [],
    compensationRulesOf2026From: defaultCompensationRulesFrom,
  };
}

/**
 * Reads R085's ceiling as a person writes it: whole kroner of one to fifteen digits. One that every basis exceeds, or
 * that none ever will, would have the rule decided for nothing.
 * @returns null for anything else
 */
export function readMaximumBasis(text: string): Decimal | null {
  return /^[1-9][0-9]{0,14}$/.test(text) ? parseDecimal(text) : null;
}

/** One switch, as command line help and settings describe it. */
export interface OptionDescription {
  readonly name: keyof ValidationOptions;
  /** The default in words. */
  readonly defaultValue: Text;
  readonly meaning: Text;
  /** Why the default is what it is. */
  readonly why: Text;
  /** The rules that it decides. */
  readonly rules: readonly string[];
}

export const optionDescriptions: readonly OptionDescription[] = [
  {
    name: "today",
    defaultValue: { en: "the current date in Norway", nb: "dagens dato i Norge" },
    meaning: { en: "The day the return is taken to be submitted on.", nb: "Dagen meldingen regnes som sendt inn." },
    why: {
      en: "Most returns are checked on the day they are sent; give another day to see what holds then.",
      nb: "De fleste meldinger kontrolleres den dagen de sendes; oppgi en annen dag for å se hva som gjelder da.",
    },
    rules: [
      "R000",
      "R059",
      "R060",
      "R089",
      "R090",
      "R096",
      "R097",
      "R099",
      "R105",
      "R120",
      "R132",
      "R133",
      "R134",
      "R135",
    ],
  },
  {
    name: "tolerance",
    defaultValue: { en: "faq", nb: "faq" },
    meaning: {
      en: "How far the VAT on a line may be from basis × rate: faq allows 10 kroner, or one krone per line where there are more than ten lines; strict allows nothing.",
      nb: "Hvor mye avgiften på en linje kan avvike fra grunnlag × sats: faq godtar 10 kroner, eller én krone per linje når det er mer enn ti linjer; strict godtar ingenting.",
    },
    why: {
      en: "The authority promises this tolerance in its questions and answers, although the rule itself does not mention it.",
      nb: "Skatteetaten oppgir denne toleransen i sine spørsmål og svar, selv om regelen ikke nevner den.",
    },
    rules: ["R019"],
  },
  {
    name: "firstSubmission",
    defaultValue: { en: "yes", nb: "ja" },
    meaning: {
      en: "Whether nothing has been submitted for the period before, nor anything this year that settles a yearly minimum.",
      nb: "Om det ikke er sendt inn noe for perioden tidligere, og heller ikke noe i år som har betydning for en årlig minstegrense.",
    },
    why: {
      en: "Most returns are the only one for their period, and the rules for the first one are the strictest. Taxpayer facts with the earlier returns go before it.",
      nb: "De fleste meldinger er den eneste for perioden, og reglene for den første er strengest. Skattyterfakta med tidligere meldinger går foran.",
    },
    rules: ["R096", "R097", "R098", "R099", "R117", "R118", "R119", "R134"],
  },
  {
    name: "changeOfEarlierReturn",
    defaultValue: { en: "unknown", nb: "ukjent" },
    meaning: {
      en: "Whether the return replaces one that was delivered earlier for the same period.",
      nb: "Om meldingen erstatter en som er levert tidligere for samme periode.",
    },
    why: {
      en: "Nothing in the document tells, and a wrong guess would warn about returns that are years old for good reason.",
      nb: "Ingenting i dokumentet forteller det, og en feil gjetning ville gitt varsel om meldinger som med god grunn gjelder eldre år.",
    },
    rules: ["R132", "R133"],
  },
  {
    name: "maximumBasis",
    defaultValue: { en: "none", nb: "ingen" },
    meaning: {
      en: "The highest basis that a line may state, in whole kroner.",
      nb: "Høyeste grunnlag en linje kan ha, i hele kroner.",
    },
    why: {
      en: "The authority has a ceiling but has not published it.",
      nb: "Skatteetaten har en øvre grense, men har ikke offentliggjort den.",
    },
    rules: ["R085"],
  },
  {
    name: "deadlines",
    defaultValue: { en: "none", nb: "ingen" },
    meaning: {
      en: "Filing deadlines, by the last day of the period they belong to.",
      nb: "Innleveringsfrister, ordnet etter siste dag i perioden de gjelder.",
    },
    why: {
      en: "Deadlines move with holidays and by decision; the documentation of the return lists none.",
      nb: "Frister flyttes på grunn av helligdager og etter vedtak; dokumentasjonen av meldingen oppgir ingen.",
    },
    rules: ["R096", "R097", "R099", "R132"],
  },
  {
    name: "facts",
    defaultValue: { en: "none", nb: "ingen" },
    meaning: {
      en: "What the authority's registers hold of the taxpayer, from a file of taxpayer facts.",
      nb: "Det Skatteetatens registre vet om den skattepliktige, fra en fil med skattyterfakta.",
    },
    why: {
      en: "A third of the rules ask registers that only the authority can see; nothing is guessed in their place.",
      nb: "En tredel av reglene bygger på registre som bare Skatteetaten ser; ingenting gjettes i stedet.",
    },
    rules: [
      "R047",
      "R048",
      "R049",
      "R050",
      "R051",
      "R053",
      "R054",
      "R059",
      "R060",
      "R061",
      "R062",
      "R072",
      "R073",
      "R079",
      "R080",
      "R083",
      "R094",
      "R096",
      "R097",
      "R098",
      "R099",
      "R101",
      "R117",
      "R118",
      "R119",
      "R120",
      "R121",
      "R123",
      "R125",
      "R126",
      "R128",
      "R129",
      "R130",
      "R131",
      "R132",
      "R133",
      "R134",
      "R135",
    ],
  },
  {
    name: "compensationRulesOf2026From",
    defaultValue: { en: defaultCompensationRulesFrom, nb: defaultCompensationRulesFrom },
    meaning: {
      en: "The submission day from which the compensation rules of 2026 hold.",
      nb: "Den første innsendingsdagen som kompensasjonsreglene fra 2026 gjelder for.",
    },
    why: {
      en: "The rules say “from 2026” without a date; the first day of the year is the plain reading.",
      nb: "Reglene sier «fra 2026» uten dato; årets første dag er den nærliggende tolkningen.",
    },
    rules: ["R089", "R096", "R097", "R099", "R134", "R135"],
  },
];
