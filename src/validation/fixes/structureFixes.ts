import type { Text } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { removeElement } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix, TextEdit } from "./fix.ts";

/** Takes the element from where it stands and puts it in front of, or behind, the sibling that the schema names. */
export function moved(element: XmlElement, data: Readonly<Record<string, string>>, text: string): readonly Fix[] {
  const side = data["before"] === undefined ? "after" : "before";
  const wanted = data[side] ?? "";
  const siblings = element.parent?.children.filter((child) => child.localName === wanted && child !== element) ?? [];
  const target = side === "before" ? siblings[0] : siblings.at(-1);
  if (target === undefined) return [];
  const xml = text.slice(element.range.start, element.range.end);
  const space = text.slice(removeElement(text, target).start, target.range.start);
  const insertion: TextEdit =
    side === "before"
      ? { start: target.range.start, end: target.range.start, newText: xml + space }
      : { start: target.range.end, end: target.range.end, newText: space + xml };
  const title: Text =
    side === "before"
      ? { en: `Move in front of <${wanted}>`, nb: `Flytt foran <${wanted}>` }
      : { en: `Move behind <${wanted}>`, nb: `Flytt etter <${wanted}>` };
  return [fix(title, [insertion, removeElement(text, element)], { preferred: true, mechanical: true })];
}

/** Removes text that stands between elements; comments stay. Words may be a value that lost its element. */
export function strayText(element: XmlElement, text: string): readonly Fix[] {
  const edits: TextEdit[] = [];
  const end = element.endTag?.start ?? element.range.end;
  let from = element.startTag.end;
  for (const next of [...element.children.map(({ range }) => range), { start: end, end }]) {
    edits.push(...inkIn(text, from, next.start));
    from = next.end;
  }
  if (edits.length === 0) return [];
  const onlySigns = edits.every((edit) => !/[\p{L}\p{N}]/u.test(text.slice(edit.start, edit.end)));
  return [fix({ en: "Remove the text", nb: "Fjern teksten" }, edits, { preferred: onlySigns, mechanical: onlySigns })];
}

/** The stretches of a gap between elements that are neither white space nor markup; CDATA sections count as text. */
function inkIn(text: string, start: number, end: number): TextEdit[] {
  const edits: TextEdit[] = [];
  const gap = text.slice(start, end);
  for (const { 0: found, index } of gap.matchAll(
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|[^\s<](?:[^<]*[^\s<])?/g,
  )) {
    if (found.startsWith("<!--") || found.startsWith("<?")) continue;
    edits.push({ start: start + index, end: start + index + found.length, newText: "" });
  }
  return edits;
}
