import { absolute, compare, sign, subtract, truncate } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import { defaultCompensationRulesFrom } from "../options.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { earlierVersion } from "./knownFacts.ts";
import { exactVat } from "./calculation.ts";
import { longAmountsAssumed } from "./longAmounts.ts";
import { number } from "./wording.ts";

/** What the check took for granted, where it mattered for the return. */
export function assumptionsOf(checked: CheckedReturn): Text[] {
  const { category } = checked;
  const assumptions: Text[] = [];
  const longAmounts = longAmountsAssumed(checked);
  if (longAmounts !== null) assumptions.push(longAmounts);
  if (toleranceMattered(checked)) assumptions.push(toleranceUsed(checked));
  if (category === "kompensasjon") assumptions.push(regimeUsed(checked));
  if (category === "kompensasjon" || category === "omvendtAvgiftsplikt")
    assumptions.push(...submissionsAssumed(checked));
  if (category === "alminnelig" || category === "primaernaering") assumptions.push(...changeAssumed(checked));
  return assumptions;
}

function toleranceMattered({ lines, tolerance }: CheckedReturn): boolean {
  if (sign(tolerance) === 0) return false;
  return lines.some((line) => {
    const product = exactVat(line);
    if (product === null || line.vat === null) return false;
    const expected = truncate(product);
    if (compare(expected, line.vat) === 0) return false;
    return compare(absolute(subtract(expected, line.vat)), tolerance) <= 0;
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
        nb: `Kompensasjonsreglene av 2026 (R134, R135) ble regnet å gjelde for innsendinger fra ${from}.`,
      }
    : {
        en: `The compensation rules from before 2026 (R089, R096, R097, R099) were taken to hold for submissions before ${from}.`,
        nb: `Kompensasjonsreglene fra før 2026 (R089, R096, R097, R099) ble regnet å gjelde for innsendinger før ${from}.`,
      };
}

/** Only where the taxpayer facts don't settle it. */
function submissionsAssumed(checked: CheckedReturn): Text[] {
  const { options, category } = checked;
  if (options.firstSubmission === null || earlierVersion(checked) !== undefined) return [];
  const rules = category === "kompensasjon" ? "R096, R098, R099, R134" : "R117, R118, R119";
  return options.firstSubmission
    ? [
        {
          en: `${rules}: this was taken to be the first submission for the period, with no earlier return in the year that settles a minimum amount.`,
          nb: `${rules}: dette ble regnet som den første innsendingen for perioden, uten en tidligere melding i året som avgjør en minstegrense.`,
        },
      ]
    : [
        {
          en: `${rules}: the period was taken to have been submitted before.`,
          nb: `${rules}: perioden ble regnet som sendt inn tidligere.`,
        },
      ];
}

function changeAssumed(checked: CheckedReturn): Text[] {
  const { changeOfEarlierReturn } = checked.options;
  if (changeOfEarlierReturn === null || earlierVersion(checked) !== undefined) return [];
  return changeOfEarlierReturn
    ? [
        {
          en: "R132, R133: the return was taken to change one that was delivered earlier.",
          nb: "R132, R133: meldingen ble regnet å endre en som er levert tidligere.",
        },
      ]
    : [
        {
          en: "R132, R133: the return was taken not to change an earlier one.",
          nb: "R132, R133: meldingen ble regnet som ikke å endre en tidligere.",
        },
      ];
}
