import { compare, hasFraction, parseDecimal, sign } from "../../vatReturn/decimal.ts";
import { childNamed } from "../../vatReturn/navigate.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import { fitsAnotherRate, hasRateOf, sumOfComputed, vatAt } from "./amounts.ts";
import { replaceContent } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix } from "./fix.ts";
import { setChild } from "./lineEdits.ts";
import type { Place } from "./place.ts";

/** Puts the value in that follows from the rest; an element that is missing from the line is added with it. */
export function expectedValue(place: Place): readonly Fix[] {
  const { finding, data, element, line, text } = place;
  const { expected } = data;
  const swaps = finding.rule === "R122" ? swapped(place) : [];
  if (expected === undefined || (finding.rule === "R122" && !isLower(expected, data["basis"]))) return swaps;
  const name = line === null ? undefined : data["elements"];
  if (line !== null && name !== undefined && childNamed(line.element, name) === null) {
    const title = { en: `Add <${name}> with ${expected}`, nb: `Legg til <${name}> med ${expected}` };
    return [fix(title, [setChild(text, line.element, name, expected)])];
  }
  const target = line !== null && name !== undefined ? (childNamed(line.element, name) ?? element) : element;
  const title = { en: `Set <${target.localName}> to ${expected}`, nb: `Sett <${target.localName}> til ${expected}` };
  const preferred = swaps.length === 0 && isMeant(place, expected);
  const mechanical = preferred && finding.rule === null && finding.code !== "zero-vat-on-small-basis";
  return [...swaps, fix(title, [replaceContent(text, target, expected)], { preferred, mechanical })];
}

/** Whether the rest of the return leaves no doubt that it is this value which is wrong. */
function isMeant({ finding, line, vatReturn }: Place, expected: string): boolean {
  switch (finding.rule ?? finding.code) {
    case "R018":
      return vatReturn.lines.length > 0 && isWhole(expected) && !fitsBasisAndRate(vatReturn);
    case "R019":
    case "R122":
    case "R127":
    case "zero-vat-on-small-basis":
      return line !== null && onlyVatIsWrong(line, expected, vatReturn);
    // A total without lines is as likely to lack its lines as to be wrong.
    case "R084":
    case "R100":
    case "R107":
      return false;
    default:
      return true;
  }
}

/** Whether the total is the sum of what basis × rate gives: then it is the VAT on a line that is wrong. */
function fitsBasisAndRate(vatReturn: VatReturn): boolean {
  const total = vatReturn.fastsattMerverdiavgift?.value ?? null;
  const computed = parseDecimal(sumOfComputed(vatReturn) ?? "");
  return total !== null && computed !== null && compare(total, computed) === 0;
}

/**
 * Whether basis and rate can be trusted: the rate is the code's, the VAT belongs to no other rate, and signs agree. An
 * amount that would become 0 is as likely to stand on the wrong code.
 */
function onlyVatIsWrong(line: SpecificationLine, expected: string, vatReturn: VatReturn): boolean {
  const [wanted, vat] = [parseDecimal(expected), line.merverdiavgift?.value ?? null];
  if (wanted === null || vat === null || !hasRateOf(line.mvaKode?.text ?? "", line, vatReturn)) return false;
  // A claim for nothing may have its basis under the wrong sign.
  if (sign(vat) === 0) return vatReturn.meldingskategori?.text !== "kompensasjon";
  return sign(wanted) === sign(vat) && !fitsAnotherRate(line, vatReturn) && !isSwapped(line);
}

/** Lets basis and VAT change places where the VAT is the higher of the two (R122). */
function swapped({ data, line, vatReturn, text }: Place): readonly Fix[] {
  const [basis, vat] = [line?.grunnlag ?? null, line?.merverdiavgift ?? null];
  if (line === null || basis === null || vat === null || !isLower(data["basis"], data["actual"])) return [];
  const edits = [
    replaceContent(text, basis.element, vat.text.trim()),
    replaceContent(text, vat.element, basis.text.trim()),
  ];
  const preferred = isSwapped(line) && hasRateOf(line.mvaKode?.text ?? "", line, vatReturn);
  return [fix({ en: "Swap basis and VAT", nb: "La grunnlag og avgift bytte plass" }, edits, { preferred })];
}

/** Whether the basis is what the VAT would be, were it the basis. */
function isSwapped({ grunnlag, sats, merverdiavgift }: SpecificationLine): boolean {
  const [basis, vat] = [grunnlag?.value ?? null, merverdiavgift?.value ?? null];
  const computed = vat === null ? null : parseDecimal(vatAt(vat, sats?.text ?? "") ?? "");
  return basis !== null && computed !== null && compare(computed, basis) === 0;
}

function isWhole(amount: string): boolean {
  const value = parseDecimal(amount);
  return value !== null && !hasFraction(value);
}

function isLower(amount: string | undefined, limit: string | undefined): boolean {
  const [a, b] = [parseDecimal(amount ?? ""), parseDecimal(limit ?? "")];
  return a !== null && b !== null && compare(a, b) < 0;
}
