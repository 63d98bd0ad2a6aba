import { recogniseDocument } from "../../vatReturn/documentType.ts";
import { elementAt } from "../../vatReturn/navigate.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import type { Text, TextRange } from "../../vatReturn/text.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import { escapeText, nameLike } from "../fixes/edits.ts";
import type { DocumentType } from "../result.ts";
import { declarationOf, type ElementDeclaration, type SchemaModel } from "../schema/schemaModel.ts";
import { legalValues } from "./legalValues.ts";

export interface Completion {
  readonly label: string;
  /** A few words beside the label. */
  readonly detail: Text;
  readonly documentation: Text;
  readonly insert: string;
  readonly range: TextRange;
  readonly kind: "element" | "value";
}

const nothing: Text = { en: "", nb: "" };

/** What can stand at a place: the legal values of an element, or the elements that the schema has next. */
export function completionsAt(
  document: XmlDocument,
  offset: number,
  modelOf: (type: DocumentType) => SchemaModel,
  today: CalendarDate,
): readonly Completion[] {
  const { documentType } = recogniseDocument(document);
  const found = elementAt(document, offset);
  if (documentType === null || found === null) return [];
  const model = modelOf(documentType);
  const typed = /<[^<>/\s]*$/.exec(document.text.slice(Math.max(0, offset - 80), offset))?.[0].length ?? 0;
  const range = { start: offset - typed, end: offset };
  const element = typed > 0 && found.range.start === range.start ? found.parent : found;
  if (element === null || (typed === 0 && !isBetweenTags(element, offset))) return [];
  const declaration = declarationOf(model, element);
  const type = declaration === null ? undefined : model.types.get(declaration.typeName);
  if (type === undefined) return [];
  if (type.kind === "complex") return elementsAt(element, range, type.children, type.order === "choice");
  if (typed > 0) return [];
  const { valueRange } = element;
  const replaced = element.text.trim() === "" ? { start: offset, end: offset } : valueRange;
  return legalValues(document, documentType, element, type, today).map(({ value, meaning }) => ({
    label: value,
    detail: meaning === null ? nothing : firstLines(meaning),
    documentation: meaning ?? nothing,
    insert: escapeText(value),
    range: replaced,
    kind: "value",
  }));
}

function isBetweenTags({ startTag, endTag, range }: XmlElement, offset: number): boolean {
  return offset >= startTag.end && offset <= (endTag?.start ?? range.end);
}

/** The children that can stand there by the schema's order, those left out that stand there as often as they may. */
function elementsAt(
  parent: XmlElement,
  range: TextRange,
  children: readonly ElementDeclaration[],
  choice: boolean,
): readonly Completion[] {
  const written = parent.children.filter((child) => child.range.start !== range.start);
  if (choice && written.length > 0) return [];
  const placeOf = (child: XmlElement | undefined): number =>
    child === undefined ? -1 : children.findIndex(({ name }) => name === child.localName);
  const first = placeOf(written.findLast((child) => child.range.end <= range.start));
  const next = placeOf(written.find((child) => child.range.start >= range.start));
  const last = next < 0 ? children.length - 1 : next;
  return children
    .filter((_, place) => choice || (place >= first && place <= last))
    .filter(({ name, maximum }) => written.filter(({ localName }) => localName === name).length < maximum)
    .map(({ name, documentation }) => {
      const tag = nameLike(parent, name);
      return {
        label: name,
        detail: nothing,
        documentation,
        insert: `<${tag}></${tag}>`,
        range,
        kind: "element",
      };
    });
}

function firstLines({ en, nb }: Text): Text {
  return { en: en.split("\n")[0] ?? "", nb: nb.split("\n")[0] ?? "" };
}
