import { isPeriodElementName, periodValues, readTaxPeriod } from "../../vatReturn/period.ts";
import type { CalendarDate, PeriodElementName, TaxPeriod } from "../../vatReturn/period.ts";
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
    const values = isItsOwn ? [written] : overlapping(name, vatReturn, registrationsIn(data["registered"]));
    return values.map((value) => {
      const title = { en: `Make it the period ${value}`, nb: `Endre til perioden ${value}` };
      return fix(title, replaced(text, element, name, value), { preferred: isItsOwn && wanted.length === 1 });
    });
  });
}

/** @param registrations empty where none are known */
function overlapping(
  name: PeriodElementName,
  { period }: VatReturn,
  registrations: readonly Registration[],
): readonly string[] {
  return periodValues[name].filter((value) => {
    if (period === null) return true;
    const candidate = readTaxPeriod(name, value, period.year);
    return (
      candidate !== null &&
      candidate.end >= period.start &&
      candidate.start <= period.end &&
      isRegistered(candidate, registrations)
    );
  });
}

/** A registered length of period, as R049 and R050 tell it. */
interface Registration {
  readonly periodType: string;
  readonly from: CalendarDate;
  /** null: still registered. */
  readonly to: CalendarDate | null;
}

function registrationsIn(text: string | undefined): readonly Registration[] {
  return listed(text).map((entry) => {
    const [periodType = "", from = "", to = ""] = entry.split(" ");
    return { periodType, from, to: to === "" ? null : to };
  });
}

/** Whether the period is of a length that is registered on its first day, or at all where none is on that day. */
function isRegistered({ elementName, start }: TaxPeriod, registrations: readonly Registration[]): boolean {
  const covering = registrations.filter(({ from, to }) => from <= start && (to === null || to >= start));
  const deciding = covering.length > 0 ? covering : registrations;
  return deciding.length === 0 || deciding.some(({ periodType }) => periodType === elementName);
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
