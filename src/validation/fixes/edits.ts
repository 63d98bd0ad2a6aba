import type { XmlElement } from "../../vatReturn/xml.ts";
import type { TextEdit } from "./fix.ts";

/** Text as it has to be written between two tags. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A child's qualified name in the way its parent is written: with the same prefix, or none. */
export function nameLike(sibling: XmlElement, localName: string): string {
  const colon = sibling.name.indexOf(":");
  return colon < 0 ? localName : `${sibling.name.slice(0, colon)}:${localName}`;
}

/** Replaces everything between the tags; `<a/>` becomes `<a>…</a>`. */
export function replaceContent(element: XmlElement, value: string): TextEdit {
  if (element.endTag !== null) return { ...element.contentRange, newText: escapeText(value) };
  return { ...element.range, newText: `<${element.name}>${escapeText(value)}</${element.name}>` };
}

/** Renames start tag and end tag; the prefix stays. */
export function rename(element: XmlElement, localName: string): readonly TextEdit[] {
  const newText = nameLike(element, localName);
  const start: TextEdit = { ...element.nameRange, newText };
  if (element.endTag === null) return [start];
  const nameStart = element.endTag.start + "</".length;
  return [start, { start: nameStart, end: nameStart + element.name.length, newText }];
}

/** Removes an element together with the white space in front of it. */
export function removeElement(text: string, element: XmlElement): TextEdit {
  return { start: spaceBefore(text, element.range.start), end: element.range.end, newText: "" };
}

/** Inserts XML as a child: in front of a child, or as the last one. The XML's further lines get the child's indent. */
export function insertChild(text: string, parent: XmlElement, before: XmlElement | null, xml: string): TextEdit {
  if (before !== null) {
    const space = text.slice(spaceBefore(text, before.range.start), before.range.start);
    return { start: before.range.start, end: before.range.start, newText: indented(xml, space) + space };
  }
  const last = parent.children.at(-1);
  if (last !== undefined) return insertAfter(text, last, xml);
  if (parent.endTag !== null) return { start: parent.contentRange.end, end: parent.contentRange.end, newText: xml };
  return { ...parent.range, newText: `<${parent.name}>${xml}</${parent.name}>` };
}

/** Inserts XML behind a sibling, laid out as the sibling is. */
export function insertAfter(text: string, sibling: XmlElement, xml: string): TextEdit {
  const space = text.slice(spaceBefore(text, sibling.range.start), sibling.range.start);
  return { start: sibling.range.end, end: sibling.range.end, newText: space + indented(xml, space) };
}

/** Lines of `xml` behind the first, moved in as far as the space in front of a neighbour goes. */
function indented(xml: string, space: string): string {
  const indent = space.slice(space.lastIndexOf("\n") + 1);
  const lineEnd = space.includes("\r\n") ? "\r\n" : "\n";
  return space.includes("\n") ? xml.replaceAll("\n", lineEnd + indent) : xml.replace(/\n\s*/g, "");
}

function spaceBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /[ \t\r\n]/.test(text.charAt(start - 1))) start--;
  return start;
}
