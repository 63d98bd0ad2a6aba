import { absolute, compare, sign, subtract, zero } from "../../vatReturn/decimal.ts";
import { endsPeriod } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import { defaultCompensationRulesFrom } from "../options.ts";
import type { ValidationOptions } from "../options.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { deadlineOf } from "./knownFacts.ts";
import { longAmountsAssumed } from "./longAmounts.ts";
import type { Assumption } from "./rule.ts";
import { anyOf, number } from "./wording.ts";

/** What findings say of the assumptions that they rest on, where their own message does not tell. */
export const takenForGranted: Readonly<Partial<Record<Assumption, Text>>> = {
  firstForPeriod: {
    en: "this is the first submission for the period",
    nb: "dette er den første innsendingen for perioden",
  },
  nothingEarlierThisYear: {
    en: "no earlier return in the year settles the minimum amount",
    nb: "ingen tidligere melding i året avgjør minstegrensen",
  },
  change: {
    en: "the return changes one that was delivered earlier",
    nb: "meldingen endrer en som er levert tidligere",
  },
};

/**
 * What the check took for granted, where it mattered for the return.
 * @param rested the rules that rested on each assumption
 */
export function assumptionsOf(
  checked: CheckedReturn,
  rested: ReadonlyMap<Assumption, ReadonlySet<string>>,
): readonly Text[] {
  const { category, options } = checked;
  const longAmounts = longAmountsAssumed(checked);
  return [
    ...(category === null ? [] : [dayUsed(checked)]),
    ...(longAmounts === null ? [] : [longAmounts]),
    ...(toleranceMattered(checked) ? [toleranceUsed(checked)] : []),
    ...(category === "kompensasjon" ? [regimeUsed(checked)] : []),
    ...[...rested].map(([assumption, rules]) => {
      const { en, nb } = statement(assumption, checked);
      const numbers = [...rules].sort().join(", ");
      return { en: `${numbers}: ${en}.`, nb: `${numbers}: ${nb}.` };
    }),
    ...deadlinesInVain(options),
  ];
}

/** A deadline that belongs to no period is a slip that nothing else would show. */
function deadlinesInVain({ deadlines }: ValidationOptions): readonly Text[] {
  const days = Object.keys(deadlines).filter((day) => !endsPeriod(day));
  if (days.length === 0) return [];
  const { en, nb } = anyOf(days);
  return [
    {
      en: `No period ends on ${en}, so what is given as a deadline there is never used.`,
      nb: `Ingen periode slutter ${nb}, så det som er oppgitt som frist der, blir aldri brukt.`,
    },
  ];
}

function dayUsed({ options: { today } }: CheckedReturn): Text {
  return {
    en: `The return was taken to be submitted on ${today}.`,
    nb: `Meldingen ble regnet som sendt inn ${today}.`,
  };
}

function statement(assumption: Assumption, checked: CheckedReturn): Text {
  const { options } = checked;
  switch (assumption) {
    case "firstForPeriod":
      return options.firstSubmission === true
        ? {
            en: "this was taken to be the first submission for the period",
            nb: "dette ble regnet som den første innsendingen for perioden",
          }
        : {
            en: "the period was taken to have been submitted before",
            nb: "perioden ble regnet som sendt inn tidligere",
          };
    case "nothingEarlierThisYear":
      return {
        en: "no earlier return in the year was taken to settle the minimum amount",
        nb: "det ble lagt til grunn at ingen tidligere melding i året avgjør minstegrensen",
      };
    case "change":
      return options.changeOfEarlierReturn === true
        ? {
            en: "the return was taken to change one that was delivered earlier",
            nb: "meldingen ble regnet som en endring av en tidligere levert melding",
          }
        : {
            en: "the return was taken not to change an earlier one",
            nb: "meldingen ble ikke regnet som en endring av en tidligere melding",
          };
    case "deadline": {
      const deadline = deadlineOf(checked) ?? "";
      return {
        en: `the deadline for the period was taken to be ${deadline}`,
        nb: `fristen for perioden ble satt til ${deadline}`,
      };
    }
    case "ceiling": {
      const ceiling = number(options.maximumBasis ?? zero);
      return {
        en: `the highest basis was taken to be ${ceiling.en} kroner`,
        nb: `det høyeste tillatte grunnlaget ble satt til ${ceiling.nb} kroner`,
      };
    }
  }
}

function toleranceMattered({ lines, tolerance }: CheckedReturn): boolean {
  if (sign(tolerance) === 0) return false;
  return lines.some(({ wholeVat, vat }) => {
    if (wholeVat === null || vat === null || compare(wholeVat, vat) === 0) return false;
    return compare(absolute(subtract(wholeVat, vat)), tolerance) <= 0;
  });
}

function toleranceUsed({ tolerance }: CheckedReturn): Text {
  const kroner = number(tolerance);
  return {
    en: `R019: differences of up to ${kroner.en} kroner per line from basis × rate were let pass, as the authority says in its questions and answers.`,
    nb: `R019: avvik på inntil ${kroner.nb} kroner per linje fra grunnlag × sats ble godtatt, slik Skatteetaten sier i sine spørsmål og svar.`,
  };
}

function regimeUsed({ options, rulesOf2026Hold }: CheckedReturn): Text {
  const from = options.compensationRulesOf2026From ?? defaultCompensationRulesFrom;
  return rulesOf2026Hold
    ? {
        en: `The compensation rules of 2026 (R134, R135) were taken to hold for submissions from ${from}.`,
        nb: `Kompensasjonsreglene fra 2026 (R134, R135) ble lagt til grunn for innsendinger fra ${from}.`,
      }
    : {
        en: `The compensation rules from before 2026 (R089, R096, R097, R099) were taken to hold for submissions before ${from}.`,
        nb: `Kompensasjonsreglene fra før 2026 (R089, R096, R097, R099) ble lagt til grunn for innsendinger før ${from}.`,
      };
}
