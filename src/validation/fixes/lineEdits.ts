import { childNamed } from "../../vatReturn/navigate.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { insertChild, replaceContent, tagged } from "./edits.ts";
import type { TextEdit } from "./fix.ts";

const names = vatReturnNames;

/** The order of a line's elements by the schema. */
const lineOrder: readonly string[] = [
  names.mvaKode,
  names.spesifikasjon,
  names.mvaKodeRegnskapsystem,
  names.grunnlag,
  names.sats,
  names.merverdiavgift,
  names.merknad,
];

/** Gives a child of a specification line a value; one that is missing is added at its place in the schema's order. */
export function setChild(text: string, line: XmlElement, name: string, value: string): TextEdit {
  const present = childNamed(line, name);
  if (present !== null) return replaceContent(text, present, value);
  return insertInOrder(text, line, name, tagged(line, name, value));
}

/** Inserts a line's child at its place in the schema's order. */
export function insertInOrder(text: string, line: XmlElement, name: string, xml: string): TextEdit {
  const place = lineOrder.indexOf(name);
  const before = line.children.find((child) => lineOrder.indexOf(child.localName) > place) ?? null;
  return insertChild(text, line, before, xml);
}

/** The values of a list in a finding's data. */
export function listed(values: string | undefined, separator = "|"): readonly string[] {
  return values === undefined || values === "" ? [] : values.split(separator);
}

/** Names as tags, for titles. */
export function tags(elements: readonly string[]): string {
  return elements.map((name) => `<${name}>`).join(", ");
}
