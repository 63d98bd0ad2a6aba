import type { XmlElement } from "../../vatReturn/xml.ts";
import type { TextEdit } from "./fix.ts";

/** Text as it has to be written between two tags. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A child's qualified name in the way its neighbour is written: with the same prefix, or none. */
export function nameLike(neighbour: XmlElement, localName: string): string {
  const colon = neighbour.name.indexOf(":");
  return colon < 0 ? localName : `${neighbour.name.slice(0, colon)}:${localName}`;
}

/** An element with a plain value, named in the way its neighbour is. */
export function tagged(neighbour: XmlElement, localName: string, value: string): string {
  const tag = nameLike(neighbour, localName);
  return `<${tag}>${escapeText(value)}</${tag}>`;
}

/** Replaces the text between the tags, comments apart; `<a/>` becomes `<a>…</a>`. */
export function replaceContent(text: string, element: XmlElement, value: string): TextEdit {
  const newText = escapeText(value);
  if (element.endTag === null) return { ...element.range, newText: `<${element.name}>${newText}</${element.name}>` };
  const { start, end } = element.contentRange;
  const content = text.slice(start, end);
  if (!content.includes("<!--") || content.includes("<![CDATA[")) return { start, end, newText };
  const place = element.valueRange.start - start;
  let before = "";
  let after = "";
  for (const { 0: comment, index } of content.matchAll(/<!--[\s\S]*?-->/g)) {
    if (index < place) before += comment;
    else after += comment;
  }
  return { start, end, newText: before + newText + after };
}

/** Renames start tag and end tag; the prefix stays. */
export function rename(element: XmlElement, localName: string): readonly TextEdit[] {
  return renameTo(element, nameLike(element, localName));
}

/** Renames start tag and end tag. @param name a qualified name */
export function renameTo(element: XmlElement, name: string): readonly TextEdit[] {
  const start: TextEdit = { ...element.nameRange, newText: name };
  if (element.endTag === null) return [start];
  const nameStart = element.endTag.start + "</".length;
  const nameEnd = Math.min(nameStart + element.name.length, element.endTag.end);
  return [start, { start: nameStart, end: nameEnd, newText: name }];
}

/** Removes an element together with the white space in front of it. */
export function removeElement(text: string, element: XmlElement): TextEdit {
  return { start: spaceBefore(text, element.range.start), end: element.range.end, newText: "" };
}

/** Removes the tags of an element and leaves what stands between them. */
export function unwrap(element: XmlElement): readonly TextEdit[] {
  if (element.endTag === null) return [{ ...element.range, newText: "" }];
  return [
    { ...element.startTag, newText: "" },
    { ...element.endTag, newText: "" },
  ];
}

/**
 * Inserts XML as a child: in front of a child, or as the last one. Its lines, two spaces a level, get the indent of
 * the place.
 */
export function insertChild(text: string, parent: XmlElement, before: XmlElement | null, xml: string): TextEdit {
  if (before !== null) {
    const space = text.slice(spaceBefore(text, before.range.start), before.range.start);
    const { start } = before.range;
    return { start, end: start, newText: indented(xml, space, unitAt(text, before)) + space };
  }
  const last = parent.children.at(-1);
  if (last !== undefined) return insertAfter(text, last, xml);
  return insertInEmpty(text, parent, xml);
}

/** Inserts XML behind a sibling, laid out as the sibling is. */
export function insertAfter(text: string, sibling: XmlElement, xml: string): TextEdit {
  const space = text.slice(spaceBefore(text, sibling.range.start), sibling.range.start);
  const { end } = sibling.range;
  return { start: end, end, newText: space + indented(xml, space, unitAt(text, sibling)) };
}

function insertInEmpty(text: string, parent: XmlElement, xml: string): TextEdit {
  const outer = text.slice(spaceBefore(text, parent.range.start), parent.range.start);
  const unit = unitAt(text, parent);
  const space = outer.includes("\n") ? outer.slice(outer.lastIndexOf("\n") - (outer.includes("\r\n") ? 1 : 0)) : "";
  const inner = space === "" ? "" : space + unit;
  const body = inner + indented(xml, inner, unit) + space;
  if (parent.endTag === null) return { ...parent.range, newText: `<${parent.name}>${body}</${parent.name}>` };
  const { start, end } = parent.contentRange;
  if (text.slice(start, end).trim() === "") return { start, end, newText: body };
  return { start: end, end, newText: indented(xml, "", unit) };
}

/** Lines of `xml` behind the first, moved in as far as the space in front of a neighbour goes. */
function indented(xml: string, space: string, unit: string): string {
  if (!space.includes("\n")) return xml.replace(/\n\s*/g, "");
  const indent = space.slice(space.lastIndexOf("\n") + 1);
  const lineEnd = space.includes("\r\n") ? "\r\n" : "\n";
  return xml.replace(/\n((?: {2})*)/g, (_, levels: string) => lineEnd + indent + unit.repeat(levels.length / 2));
}

/** By how much the document moves a level in, read off an element and its parent; two spaces where that tells nothing. */
function unitAt(text: string, element: XmlElement): string {
  if (element.parent === null) return "  ";
  const [inner, outer] = [indentOf(text, element), indentOf(text, element.parent)];
  return inner !== null && outer !== null && inner.startsWith(outer) && inner.length > outer.length
    ? inner.slice(outer.length)
    : "  ";
}

/** The white space that an element's line begins with; null where something else stands in front of it. */
function indentOf(text: string, element: XmlElement): string | null {
  const { start } = element.range;
  const space = text.slice(spaceBefore(text, start), start);
  if (space.includes("\n")) return space.slice(space.lastIndexOf("\n") + 1);
  return space.length === start ? space : null;
}

function spaceBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /[ \t\r\n]/.test(text.charAt(start - 1))) start--;
  return start;
}
