import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine } from "../../vatReturn/vatReturn.ts";
import { needsSpecification } from "./codeChoices.ts";
import { removeElement } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix } from "./fix.ts";
import { setChild } from "./lineEdits.ts";
import type { Place } from "./place.ts";
import { removal } from "./valueFixes.ts";

const names = vatReturnNames;

/** Removes the line's specification, unless its code can't be without one. */
export function withoutSpecification({ line, vatReturn, text }: Place): readonly Fix[] {
  const specification = line?.spesifikasjon ?? null;
  const isNeeded =
    vatReturn.meldingskategori?.text === "omvendtAvgiftsplikt" && needsSpecification(line?.mvaKode?.text ?? "");
  return specification === null || isNeeded ? [] : [removal(text, specification.element, false)];
}

/** Codes of reverse charge with right to compensation, and their twins without. */
const withoutCompensation: Readonly<Record<string, string>> = { "86": "87", "88": "89", "91": "92" };

/** With right to compensation or without: the purchase decides, not the document (R124). */
export function compensationOrNot({ data, text }: Place, line: SpecificationLine): readonly Fix[] {
  const wanted = data["expected"] ?? "kompensasjonsrett";
  const code = withoutCompensation[line.mvaKode?.text ?? ""];
  const specified = fix(
    {
      en: `With right to compensation: set <${names.spesifikasjon}> to ${wanted}`,
      nb: `Med kompensasjonsrett: sett <${names.spesifikasjon}> til ${wanted}`,
    },
    [setChild(text, line.element, names.spesifikasjon, wanted)],
  );
  if (code === undefined) return [specified];
  const superfluous = line.spesifikasjon === null ? [] : [removeElement(text, line.spesifikasjon.element)];
  const otherCode = fix({ en: `Without: make it code ${code}`, nb: `Uten: endre til kode ${code}` }, [
    setChild(text, line.element, names.mvaKode, code),
    ...superfluous,
  ]);
  return [specified, otherCode];
}
