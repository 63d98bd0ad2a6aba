import { sign } from "../../vatReturn/decimal.ts";
import { childNamed } from "../../vatReturn/navigate.ts";
import type { Text } from "../../vatReturn/text.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine } from "../../vatReturn/vatReturn.ts";
import { byLikeness } from "../likeness.ts";
import { basisFor, fitsRate, ratesOf, ratesOfCode } from "./amounts.ts";
import { codeFits, legalCodes } from "./codeChoices.ts";
import { removeElement } from "./edits.ts";
import { fix, placed, placeholder } from "./fix.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { listed, setChild, tags } from "./lineEdits.ts";
import type { Place } from "./place.ts";
import { withoutSpecification } from "./specificationFixes.ts";

const names = vatReturnNames;

/**
 * Removes basis and rate from input VAT (R065). A positive amount may as well be a sale on the wrong code, and a remark
 * may have been chosen for the sign of the basis.
 */
export function withoutElements({ data, text }: Place, line: SpecificationLine): readonly Fix[] {
  const vat = line.merverdiavgift?.value ?? null;
  const isDeduction = vat !== null && sign(vat) <= 0 && (line.merknad?.utvalgtMerknad ?? null) === null;
  return [removed(listed(data["elements"]), line, text, isDeduction)];
}

/** Adds what a two-sided code lacks, or removes what stands alone (R081). */
export function addedOrRemoved(place: Place, line: SpecificationLine): readonly Fix[] {
  const { data, text } = place;
  return [...added(place, line), removed(listed(data["partner"]), line, text, false)];
}

/** Adds basis and rate; on a line whose specification is on the wrong code (R116), the code is put right with them. */
export function addedOrSpecified(place: Place, line: SpecificationLine): readonly Fix[] {
  const { data, vatReturn, text } = place;
  const elements = listed(data["elements"]);
  const codes = listed(data["allowed"]);
  const code = line.mvaKode?.text ?? "";
  if (codes.length === 0) return added(place, line);
  if (codes.includes(code)) return [...added(place, line), ...withoutSpecification(place)];
  const choices = byLikeness(code, legalCodes(codes, vatReturn)).flatMap((candidate) => {
    const [rate] = ratesOfCode(candidate, vatReturn.period);
    const isWhole = elements.length === 0 ? codeFits(candidate, line, vatReturn) : rate !== undefined;
    if (!isWhole) return [];
    const title = { en: `Make it code ${candidate}`, nb: `Endre til kode ${candidate}` };
    return [fix(title, [setChild(text, line.element, names.mvaKode, candidate), ...parts(place, line, rate ?? "")])];
  });
  return [...withoutSpecification(place), ...choices];
}

/** Adds basis and rate: the rate of the code in the period, and a basis to look at, which the VAT may come from. */
function added(place: Place, line: SpecificationLine): readonly Fix[] {
  const { data, vatReturn } = place;
  const elements = listed(data["elements"]);
  const rates = ratesOf(line, vatReturn);
  return rates.map((rate) => {
    const what = elements.map((name) => (name === names.sats ? same(`<sats> ${rate}`) : basisText(line, rate)));
    const all = { en: what.map(({ en }) => en).join(", "), nb: what.map(({ nb }) => nb).join(", ") };
    const onlyRate = rates.length === 1 && !elements.includes(names.grunnlag);
    const preferred = onlyRate && fitsRate(line.grunnlag?.value ?? null, line.merverdiavgift?.value ?? null, rate);
    return fix({ en: `Add ${all.en}`, nb: `Legg til ${all.nb}` }, parts(place, line, rate), { preferred });
  });
}

/** The missing elements. No amount of VAT tells its basis to the krone, so that one is left for the author to look at. */
function parts({ data, text }: Place, line: SpecificationLine, rate: string): readonly TextEdit[] {
  return listed(data["elements"]).map((name) => {
    const value = name === names.sats ? rate : placeholder(basis(line, rate) ?? "0");
    return placed(setChild(text, line.element, name, value));
  });
}

function basisText(line: SpecificationLine, rate: string): Text {
  const found = basis(line, rate);
  return found === null
    ? { en: "<grunnlag> (to be filled in)", nb: "<grunnlag> (fylles ut)" }
    : { en: `<grunnlag> ${found} (to be checked)`, nb: `<grunnlag> ${found} (må kontrolleres)` };
}

function basis({ merverdiavgift }: SpecificationLine, rate: string): string | null {
  return basisFor(merverdiavgift?.value ?? null, rate);
}

function same(text: string): Text {
  return { en: text, nb: text };
}

function removed(elements: readonly string[], line: SpecificationLine, text: string, preferred: boolean): Fix {
  const title = { en: `Remove ${tags(elements)}`, nb: `Fjern ${tags(elements)}` };
  const found = elements.flatMap((name) => childNamed(line.element, name) ?? []);
  return fix(
    title,
    found.map((element) => removeElement(text, element)),
    { preferred },
  );
}
