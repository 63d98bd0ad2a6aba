import type { ReturnType } from "../../codeLists/returnCategories.ts";
import { remarkGroup } from "../../codeLists/remarkSigns.ts";
import type { RemarkGroup, Sign } from "../../codeLists/remarkSigns.ts";
import type { Line } from "./line.ts";
import { signOf } from "./line.ts";

/** What decides which remarks fit a line: what the list has for its kind, and the sign of its amount. */
export interface RemarkPlace {
  /** null where the list has nothing for the code with that specification. */
  readonly group: RemarkGroup | null;
  readonly sign: Sign;
  /** The sign that such a line normally has. */
  readonly expectedSign: Sign;
  /** Whether basis and VAT don't have the same sign, so that it depends on the amount that it is read off. */
  readonly isDoubtful: boolean;
}

/**
 * The sign is read off the basis, or off the VAT where there is no basis and in claims; where that is 0, off the other
 * one; where both are, it is the expected one.
 */
export function remarkPlace(line: Line, returnType: ReturnType): RemarkPlace {
  const { code, knownCode, specification, hasBasis, basis, vat } = line;
  const deduction = returnType === "ordinary" && knownCode?.direction === "both" && !hasBasis && specification === null;
  const group = code === null ? null : remarkGroup(returnType, code, specification, deduction);
  const expectedSign = group?.expectedSign ?? (knownCode?.direction === "input" ? "-" : "+");
  const [first, second] = basis === null || returnType === "compensation" ? [vat, basis] : [basis, vat];
  const [firstSign, secondSign] = [first && signOf(first), second && signOf(second)];
  const isZero = first !== null && firstSign === null;
  const isDivided = firstSign !== null && secondSign !== null && firstSign !== secondSign;
  return { group, sign: firstSign ?? secondSign ?? expectedSign, expectedSign, isDoubtful: isZero || isDivided };
}
