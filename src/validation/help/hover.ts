import { recogniseDocument } from "../../vatReturn/documentType.ts";
import { elementAt } from "../../vatReturn/navigate.ts";
import type { Text, TextRange } from "../../vatReturn/text.ts";
import { readVatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { DocumentType } from "../result.ts";
import { declarationOf, type SchemaModel } from "../schema/schemaModel.ts";
import { meaningOf } from "./values.ts";

export interface Hover {
  /** Markdown. */
  readonly text: Text;
  readonly range: TextRange;
}

/** What stands at a place: the element and, where it is pointed at, the meaning of its value. */
export function hoverAt(
  document: XmlDocument,
  offset: number,
  modelOf: (type: DocumentType) => SchemaModel,
): Hover | null {
  const { documentType } = recogniseDocument(document);
  const element = elementAt(document, offset);
  if (documentType === null || element === null || document.root === null) return null;
  const model = modelOf(documentType);
  const declaration = declarationOf(model, element);
  if (declaration === null) return null;
  const about = described(`<${element.localName}>`, declaration.documentation);
  if (isInTags(element, offset)) return { text: about, range: element.nameRange };
  const { valueRange } = element;
  const value = element.text.trim();
  if (element.children.length > 0 || value === "" || offset < valueRange.start || offset > valueRange.end) return null;
  const type = model.types.get(declaration.typeName);
  const listed = type?.kind === "simple" ? (type.values?.get(value) ?? null) : null;
  const period = documentType === "vatReturn" ? readVatReturn(document.root).period : null;
  const meaning = meaningOf(element.localName, value, period) ?? listed;
  if (meaning === null) return { text: about, range: valueRange };
  const own = described(value, meaning);
  return { text: { en: `${own.en}\n\n---\n\n${about.en}`, nb: `${own.nb}\n\n---\n\n${about.nb}` }, range: valueRange };
}

function isInTags({ startTag, endTag }: XmlElement, offset: number): boolean {
  return offset < startTag.end || (endTag !== null && offset >= endTag.start);
}

function described(name: string, text: Text): Text {
  const title = `**${name.replace(/[\\<>*_`[\]]/g, "\\$&")}**`;
  return { en: `${title}\n\n${text.en}`, nb: `${title}\n\n${text.nb}` };
}
