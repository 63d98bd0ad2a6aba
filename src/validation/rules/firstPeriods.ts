import { categoryLabels } from "../../codeLists/returnCategories.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import { places } from "./places.ts";
import type { CheckedCategory, Outcome, Rule } from "./rule.ts";
import { compensationOnly, ordinaryCategories, reverseChargeOnly } from "./rule.ts";

/** R000, R090 and R105: the day on which the authority began to receive each kind of return. */
function openedOn(
  number: string,
  identifier: string,
  appliesTo: readonly CheckedCategory[],
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
    title: { en: "The service had opened", nb: "Mottaket var åpnet" },
    wants: {
      en: `Returns for ${kind.en} are submitted on ${firstDay} or later.`,
      nb: `Meldinger for ${kind.nb} sendes inn ${firstDay} eller senere.`,
    },
    howToFix: {
      en: "Check the date of the check; the real clock can no longer break this rule.",
      nb: "Kontroller kontrolldatoen; den virkelige klokken kan ikke lenger bryte denne regelen.",
    },
    reading: null,
    quickFix: null,
    whyNoQuickFix: { en: "The date is not in the document.", nb: "Datoen står ikke i dokumentet." },
    checkReturn: ({ source, options }): Outcome => {
      if (options.today >= firstDay) return "passes";
      if (source.meldingskategori === null) return "undecided";
      return {
        element: source.meldingskategori.element,
        message: {
          en: `Returns for ${kind.en} were not received before ${firstDay}; the check is for ${options.today}.`,
          nb: `Meldinger for ${kind.nb} ble ikke tatt imot før ${firstDay}; kontrollen gjelder ${options.today}.`,
        },
        data: { today: options.today, expected: firstDay },
      };
    },
  };
}

/** R077, R092 and R103: the first year that each kind of return can concern. */
function firstYear(number: string, identifier: string, appliesTo: readonly CheckedCategory[], year: number): Rule {
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
      en: `A return for ${kind.en} concerns ${year} or a later year.`,
      nb: `En melding for ${kind.nb} gjelder ${year} eller et senere år.`,
    },
    howToFix: {
      en: "Correct the year. Returns for earlier years are not delivered in this format.",
      nb: "Rett året. Meldinger for tidligere år leveres ikke i dette formatet.",
    },
    reading: null,
    quickFix: null,
    whyNoQuickFix: { en: "Only the sender knows the right year.", nb: "Bare avsenderen kjenner rett år." },
    checkReturn: ({ source }): Outcome => {
      const { aar } = source;
      if (aar === null || aar.value === null) return "undecided";
      if (aar.value >= year) return "passes";
      return {
        element: aar.element,
        message: {
          en: `A return for ${kind.en} can only concern ${year} or later, not ${aar.value}.`,
          nb: `En melding for ${kind.nb} kan bare gjelde ${year} eller senere, ikke ${aar.value}.`,
        },
        data: { actual: String(aar.value), firstYear: String(year) },
      };
    },
  };
}

function kindOf(appliesTo: readonly CheckedCategory[]): { en: string; nb: string } {
  const labels = appliesTo.map((category) => categoryLabels[category]);
  return { en: labels.map(({ en }) => en).join(" and "), nb: labels.map(({ nb }) => nb).join(" og ") };
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
