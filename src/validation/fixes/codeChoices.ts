import { specification as knownSpecification } from "../../codeLists/specifications.ts";
import { isReturnCategory, returnTypeOf } from "../../codeLists/returnCategories.ts";
import type { Direction } from "../../codeLists/vatCodes.ts";
import { codesWithSpecification, vatCode, vatCodesOf } from "../../codeLists/vatCodes.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import { hasRateOf } from "./amounts.ts";

/** Whether the rest of the line goes with the code: its basis and rate, and its specification. */
export function codeFits(code: string, line: SpecificationLine, vatReturn: VatReturn): boolean {
  const known = vatCode(code);
  const category = vatReturn.meldingskategori?.text ?? "";
  if (known === null || !isReturnCategory(category)) return known !== null;
  const type = returnTypeOf(category);
  const hasRate = isFilled(line.sats?.text);
  if (hasRate && vatReturn.period !== null && !hasRateOf(code, line, vatReturn)) return false;
  if (!standsOnSide(type === "ordinary" ? known.direction : "output", line.grunnlag !== null, hasRate)) return false;
  if (isFilled(line.spesifikasjon?.text)) {
    const specification = knownSpecification(line.spesifikasjon?.text ?? "");
    return specification === null || codesWithSpecification(specification.name, type).includes(code);
  }
  return type !== "reverseCharge" || !needsSpecification(code);
}

/** Of some codes, those that the return's category has; all of them where the category is not one that tells. */
export function legalCodes(codes: readonly string[], { meldingskategori }: VatReturn): readonly string[] {
  const category = meldingskategori?.text ?? "";
  if (!isReturnCategory(category)) return codes;
  const legal = new Set(vatCodesOf(returnTypeOf(category)).map(({ code }) => code));
  return codes.filter((code) => legal.has(code));
}

/** Whether a reverse-charge return has the code with the specification kompensasjonsrett only. */
export function needsSpecification(code: string): boolean {
  return vatCode(code)?.direction === "both";
}

/** Of some specifications, those that the code can have; all of them where the code is not one that tells. */
export function fittingSpecifications(
  allowed: readonly string[],
  line: SpecificationLine,
  { meldingskategori }: VatReturn,
): readonly string[] {
  const code = line.mvaKode?.text ?? "";
  const category = meldingskategori?.text ?? "";
  if (vatCode(code) === null || !isReturnCategory(category)) return allowed;
  const type = returnTypeOf(category);
  return allowed.filter((name) => {
    const specification = knownSpecification(name);
    return specification !== null && codesWithSpecification(specification.name, type).includes(code);
  });
}

/**
 * In ordinary returns, input VAT has neither basis nor rate, output VAT has both, and two-sided codes either; in other
 * returns, every line has both.
 */
function standsOnSide(direction: Direction, hasBasis: boolean, hasRate: boolean): boolean {
  if (hasBasis !== hasRate) return false;
  return direction === "both" || (direction === "output") === hasBasis;
}

function isFilled(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== "";
}
