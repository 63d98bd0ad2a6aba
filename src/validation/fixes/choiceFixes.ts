import { isReturnCategory, returnTypeOf } from "../../codeLists/returnCategories.ts";
import { remarksFor } from "../../codeLists/remarkSigns.ts";
import { selectableRemark } from "../../codeLists/remarks.ts";
import { specification as knownSpecification } from "../../codeLists/specifications.ts";
import { unreportableSaftCodes, vatCode, vatCodesOf } from "../../codeLists/vatCodes.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import { compare } from "../../vatReturn/decimal.ts";
import { byLikeness, likeliest } from "../likeness.ts";
import { checkedLine } from "../rules/line.ts";
import { remarkPlace } from "../rules/remarkPlace.ts";
import { fitsRate, hasRateOf, ratesOfCode, readRate } from "./amounts.ts";
import { codeFits, fittingSpecifications } from "./codeChoices.ts";
import { removeElement } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix } from "./fix.ts";
import { listed, setChild } from "./lineEdits.ts";
import type { Place } from "./place.ts";
import { withoutSpecification } from "./specificationFixes.ts";
import { freeTextInstead } from "./remarkFixes.ts";
import { setValue } from "./valueFixes.ts";

const names = vatReturnNames;

/** Offers the legal values, the likeliest first. */
export function chosenValues(place: Place): readonly Fix[] {
  const { data, element, line, text } = place;
  const value = data["value"] ?? element.text;
  const allowed = allowedOn(place);
  const likely = meantValue(place, value, allowed);
  const offered = byLikeness(value, allowed);
  const first = data["expected"] ?? likely;
  const ordered = first === null ? offered : [first, ...offered.filter((candidate) => candidate !== first)];
  const choices = ordered.map((candidate) => setValue(text, element, candidate, candidate === likely));
  if (line === null && element.localName !== names.utvalgtMerknad) return choices;
  switch (element.localName) {
    case names.mvaKode:
      return [
        ...choices,
        ...(data["specification"] === undefined ? [] : withoutSpecification(place)),
        ...withoutLine(value, line, text),
      ];
    case names.sats:
      return [...choices, ...codesOfRate(place)];
    case names.spesifikasjon:
      return [...choices, ...withoutSpecification(place)];
    case names.utvalgtMerknad:
      return [...choices, freeTextInstead(element)];
    default:
      return choices;
  }
}

/** The legal values that also go with the rest of the line. */
function allowedOn({ data, element, line, vatReturn }: Place): readonly string[] {
  const allowed = listed(data["allowed"]);
  if (line === null) return allowed;
  switch (element.localName) {
    case names.mvaKode: {
      const fitting = allowed.filter((code) => codeFits(code, line, vatReturn));
      // A code that is none has to be replaced, whatever else the line lacks then.
      return fitting.length > 0 || vatCode(element.text) !== null ? fitting : allowed;
    }
    case names.spesifikasjon:
      return fittingSpecifications(allowed, line, vatReturn);
    case names.utvalgtMerknad:
      return fittingRemarks(allowed, line, vatReturn);
    default:
      return allowed;
  }
}

/** Those that fit code, specification and sign; all of them where the code is not one that tells. */
function fittingRemarks(
  allowed: readonly string[],
  line: SpecificationLine,
  { meldingskategori }: VatReturn,
): readonly string[] {
  const category = meldingskategori?.text ?? "";
  if (!isReturnCategory(category) || vatCode(line.mvaKode?.text ?? "") === null) return allowed;
  const { group, sign } = remarkPlace(checkedLine(line), returnTypeOf(category));
  const fitting = group === null ? [] : remarksFor(group, sign);
  return allowed.filter((remark) => fitting.includes(remark));
}

/** The value that was meant, or null where that is anybody's guess. */
function meantValue({ data, element, line }: Place, value: string, allowed: readonly string[]): string | null {
  const { expected } = data;
  switch (element.localName) {
    case names.organisasjonsnummer:
      // The amounts may be those of the one that was written.
      return null;
    case names.mvaKode:
      // Two codes that look alike have nothing else in common.
      return expected ?? null;
    case names.sats:
      return expected !== undefined && line !== null && isMeantRate(expected, value, line) ? expected : null;
    default:
      // A name from the list was chosen, though it does not fit: that is no slip of the pen.
      return isListed(value) ? null : (expected ?? likeliest(value, allowed));
  }
}

/** Whether the rate is the one that was written, spelled in another way, or the one that the VAT was computed with. */
function isMeantRate(rate: string, written: string, { grunnlag, merverdiavgift }: SpecificationLine): boolean {
  const [wanted, found] = [readRate(rate), readRate(written.replace(/[\s%]/g, ""))];
  if (wanted !== null && found !== null && compare(wanted, found) === 0) return true;
  const [basis, vat] = [grunnlag?.value ?? null, merverdiavgift?.value ?? null];
  return fitsRate(basis, vat, rate) && !fitsRate(basis, vat, written);
}

function isListed(value: string): boolean {
  return (
    selectableRemark(value, "line") !== null ||
    selectableRemark(value, "return") !== null ||
    knownSpecification(value) !== null
  );
}

/** The codes that the rate belongs to, where the VAT was computed with it: then the code may be what is wrong. */
function codesOfRate({ line, vatReturn, text }: Place): readonly Fix[] {
  const category = vatReturn.meldingskategori?.text ?? "";
  const own = line?.mvaKode?.text ?? "";
  if (line === null || !isReturnCategory(category) || hasRateOf(own, line, vatReturn)) return [];
  const { grunnlag, sats, merverdiavgift } = line;
  if (!fitsRate(grunnlag?.value ?? null, merverdiavgift?.value ?? null, sats?.text ?? "")) return [];
  const codes = vatCodesOf(returnTypeOf(category)).map(({ code }) => code);
  const fitting = codes.filter(
    (code) => ratesOfCode(code, vatReturn.period).includes(sats?.text ?? "") && codeFits(code, line, vatReturn),
  );
  return byLikeness(own, fitting).map((code) =>
    fix({ en: `Make it code ${code}`, nb: `Endre til kode ${code}` }, [
      setChild(text, line.element, names.mvaKode, code),
    ]),
  );
}

/** Amounts on some of SAF-T's codes are not reported at all. */
function withoutLine(code: string, line: SpecificationLine | null, text: string): readonly Fix[] {
  if (line === null || !unreportableSaftCodes.has(code)) return [];
  return [fix({ en: "Leave the line out", nb: "Utelat linjen" }, [removeElement(text, line.element)])];
}
