import type { Decimal } from "../../vatReturn/decimal.ts";
import { formatDecimal } from "../../vatReturn/decimal.ts";
import type { Text, TextRange } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import type { RelatedPlace } from "../finding.ts";
import type { Line } from "./line.ts";

const longestQuote = 60;
const mostRelated = 50;

/** A number as each language writes it: `3535.25`, `3535,25`. */
export function number(value: Decimal): Text {
  const plain = formatDecimal(value);
  return { en: plain, nb: plain.replace(".", ",") };
}

/** A text from the document in quotation marks, shortened where it is long. */
export function quoted(value: string): Text {
  const short =
    value.length <= longestQuote ? value : `${value.slice(0, longestQuote - 1).replace(/[\ud800-\udbff]$/, "")}…`;
  return { en: `“${short}”`, nb: `«${short}»` };
}

/** `1, 11 or 13` and `1, 11 eller 13`. */
export function anyOf(values: readonly string[]): Text {
  return { en: joined(values, "or"), nb: joined(values, "eller") };
}

/** `1, 11 and 13` and `1, 11 og 13`. */
export function allOf(values: readonly string[]): Text {
  return { en: joined(values, "and"), nb: joined(values, "og") };
}

/** The text as the beginning of a sentence. */
export function sentence({ en, nb }: Text): Text {
  return { en: en.charAt(0).toUpperCase() + en.slice(1), nb: nb.charAt(0).toUpperCase() + nb.slice(1) };
}

/** Lines that take part in a finding on another place, at most 50 of them. */
export function relatedLines(
  lines: readonly Line[],
  part: (line: Line) => XmlElement | null | undefined,
  message: (line: Line) => Text,
): RelatedPlace[] {
  return lines.slice(0, mostRelated).map((line) => {
    const element = part(line) ?? null;
    return { range: rangeOf(element ?? line.element, element === null), message: message(line) };
  });
}

/** The value where there is one to underline, otherwise the element's name. */
export function rangeOf(element: XmlElement, atName: boolean): TextRange {
  const { valueRange } = element;
  return atName || valueRange.end <= valueRange.start || element.children.length > 0 ? element.nameRange : valueRange;
}

/** `line 3` and `linje 3`, counted from 1 as people do. */
export function lineNumber(line: Line): Text {
  return { en: `line ${String(line.index + 1)}`, nb: `linje ${String(line.index + 1)}` };
}

function joined(values: readonly string[], conjunction: string): string {
  const last = values.at(-1) ?? "";
  return values.length < 2 ? last : `${values.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
