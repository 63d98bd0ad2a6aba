import { categoryPhrases } from "../../codeLists/returnCategories.ts";
import type { ReturnCategory } from "../../codeLists/returnCategories.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { compensationOnly, ordinaryCategories, reverseChargeOnly } from "./rule.ts";
import { sentence } from "./wording.ts";

/** R000, R090 and R105: the day on which the authority began to receive each kind of return. */
function openedOn(
  number: string,
  identifier: string,
  appliesTo: readonly ReturnCategory[],
  firstDay: CalendarDate,
): Rule {
  const kind = kindOf(appliesTo);
  return {
    number,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "MELDINGSKATEGORI",
    appliesTo,
    needs: "clock",
    evaluated: "always",
    pointsTo: places.category,
    title: { en: "The service had opened", nb: "Mottaket hadde åpnet" },
    wants: {
      en: `${kind.many.en} are submitted on ${firstDay} or later.`,
      nb: `${kind.many.nb} må sendes inn ${firstDay} eller senere.`,
    },
    howToFix: {
      en: "Check the date of the check; the real clock can no longer break this rule.",
      nb: "Se etter hvilken dato kontrollen gjelder; med dagens dato kan regelen ikke lenger brytes.",
    },
    reading: null,
    quickFix: null,
    whyNoQuickFix: { en: "The date is not in the document.", nb: "Datoen står ikke i dokumentet." },
    checkReturn: ({ source, options }): Outcome => {
      if (options.today >= firstDay) return "passes";
      if (source.meldingskategori === null) return "unreadable";
      return {
        element: source.meldingskategori.element,
        message: {
          en: `${kind.many.en} were not received before ${firstDay}; the check is for ${options.today}.`,
          nb: `${kind.many.nb} ble ikke tatt imot før ${firstDay}; kontrollen gjelder ${options.today}.`,
        },
        data: { today: options.today, expected: firstDay },
      };
    },
  };
}

/** R077, R092 and R103: the first year that each kind of return can concern. */
function firstYear(number: string, identifier: string, appliesTo: readonly ReturnCategory[], year: number): Rule {
  const kind = kindOf(appliesTo);
  return {
    number,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "MELDINGSKATEGORI",
    appliesTo,
    needs: "document",
    evaluated: "always",
    pointsTo: places.year,
    title: { en: `The year is ${year} or later`, nb: `Året er ${year} eller senere` },
    wants: {
      en: `${kind.one.en} concerns ${year} or a later year.`,
      nb: `${kind.one.nb} må gjelde ${year} eller et senere år.`,
    },
    howToFix: {
      en: "Correct the year. Returns for earlier years are not delivered in this format.",
      nb: "Rett året. Meldinger for tidligere år leveres ikke i dette formatet.",
    },
    reading: null,
    quickFix: null,
    whyNoQuickFix: { en: "Only the sender knows the right year.", nb: "Bare avsenderen vet hvilket år som er riktig." },
    checkReturn: ({ source }): Outcome => {
      const { aar } = source;
      if (aar === null) return "unreadable";
      // The schema accepts years before the common era; none of them is a year that returns are made for.
      const found = aar.value === null ? (/^\s*(-[0-9]{4,})/.exec(aar.text)?.[1] ?? null) : String(aar.value);
      if (found === null) return "unreadable";
      if (aar.value !== null && aar.value >= year) return "passes";
      return {
        element: aar.element,
        message: {
          en: `${kind.one.en} can only concern ${year} or later, not ${found}.`,
          nb: `${kind.one.nb} kan bare gjelde ${year} eller senere, ikke ${found}.`,
        },
        data: { actual: found, firstYear: String(year) },
      };
    },
  };
}

const ordinary: Record<"one" | "many", Text> = {
  one: { en: "An ordinary return", nb: "En ordinær melding" },
  many: { en: "Ordinary returns", nb: "Ordinære meldinger" },
};

/** What to call the returns, at the beginning of a sentence. */
function kindOf(appliesTo: readonly ReturnCategory[]): Record<"one" | "many", Text> {
  const [category, second] = appliesTo;
  if (category === undefined || second !== undefined) return ordinary;
  const { one, many } = categoryPhrases[category];
  return { one: sentence(one), many: sentence(many) };
}

export const firstPeriodRules: readonly Rule[] = [
  openedOn("R000", "INNLEVERING_FØR_1_1_2022", ordinaryCategories, "2022-01-01"),
  openedOn("R090", "MVA_KOMPENSASJON_INNLEVERING_FØR_1_1_2023", compensationOnly, "2023-01-01"),
  openedOn(
    "R105",
    "MVA_MELDINGSKATEGORI_OMVENDT_AVGIFTSPLIKT_INNLEVERING_FØR_1_2_2023",
    reverseChargeOnly,
    "2023-02-01",
  ),
  firstYear("R077", "INNLEVERING_MELDING_FRA_FØR_2022", ordinaryCategories, 2022),
  firstYear("R092", "MVA_KOMPENSASJON_INNLEVERING_MELDING_FRA_FØR_2023", compensationOnly, 2023),
  firstYear(
    "R103",
    "MVA_MELDINGSKATEGORI_OMVENDT_AVGIFTSPLIKT_INNLEVERING_MELDING_FRA_FØR_2023",
    reverseChargeOnly,
    2023,
  ),
];
