import { isPeriodElementName, periodValues, readTaxPeriod } from "../../vatReturn/period.ts";
import type { PeriodElementName } from "../../vatReturn/period.ts";
import type { VatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { rename, replaceContent } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { listed } from "./lineEdits.ts";
import type { Place } from "./place.ts";

/**
 * The right period element. Only a value that already is one of its own was certainly meant: otherwise the amounts may
 * belong to the length that was written, and the values that overlap it are offered; all, where it can't be read.
 */
export function periodTypes({ data, vatReturn, text }: Place): readonly Fix[] {
  const element = vatReturn.periode?.children[0];
  if (element === undefined) return [];
  const wanted = data["expected"] === undefined ? listed(data["allowed"]) : [data["expected"]];
  const written = element.text.trim();
  return wanted.filter(isPeriodElementName).flatMap((name) => {
    const isItsOwn = periodValues[name].includes(written);
    const values = isItsOwn ? [written] : overlapping(name, vatReturn, data["from"]);
    return values.map((value) => {
      const title = { en: `Make it the period ${value}`, nb: `Endre til perioden ${value}` };
      return fix(title, replaced(text, element, name, value), { preferred: isItsOwn && wanted.length === 1 });
    });
  });
}

/** @param from the first day that a period may begin on; undefined where that is not known. */
function overlapping(name: PeriodElementName, { period }: VatReturn, from: string | undefined): readonly string[] {
  return periodValues[name].filter((value) => {
    if (period === null) return true;
    const candidate = readTaxPeriod(name, value, period.year);
    return (
      candidate !== null &&
      candidate.end >= period.start &&
      candidate.start <= period.end &&
      (from === undefined || candidate.start >= from)
    );
  });
}

/** Gives an element another name and another value. */
function replaced(text: string, element: XmlElement, localName: string, value: string): readonly TextEdit[] {
  const [startTag, endTag] = rename(element, localName);
  if (startTag === undefined || endTag === undefined) {
    const name = startTag?.newText ?? localName;
    return [{ ...element.range, newText: `<${name}>${value}</${name}>` }];
  }
  return [startTag, replaceContent(text, element, value), endTag];
}
