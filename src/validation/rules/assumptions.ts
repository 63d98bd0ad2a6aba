import { absolute, compare, sign, subtract, truncate } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { exactVat } from "./totals.ts";
import { number } from "./wording.ts";

/** What the check took for granted, where it mattered for the return. */
export function assumptionsOf(checked: CheckedReturn): Text[] {
  const assumptions: Text[] = [];
  if (toleranceMattered(checked)) {
    const kroner = number(checked.tolerance);
    assumptions.push({
      en: `R019: differences of up to ${kroner.en} kroner per line from basis × rate were let pass, as the authority says in its questions and answers.`,
      nb: `R019: avvik på inntil ${kroner.nb} kroner per linje fra grunnlag × sats ble godtatt, slik Skatteetaten sier i sine spørsmål og svar.`,
    });
  }
  return assumptions;
}

function toleranceMattered({ lines, tolerance }: CheckedReturn): boolean {
  if (sign(tolerance) === 0) return false;
  return lines.some((line) => {
    const product = exactVat(line);
    if (product === null || line.vat === null) return false;
    const difference = absolute(subtract(truncate(product), line.vat));
    return sign(difference) !== 0 && compare(difference, tolerance) <= 0;
  });
}
