import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Matching } from "./content.ts";
import { simpleTypeOf } from "./findings.ts";
import type { SchemaModel } from "./schemaModel.ts";

/** One replacement in a document's text; offsets are those of the text before any replacement. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, text: replacement } of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(from, start), replacement);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/** Where a place in the edited text was before the edits; a place inside a replacement counts as its start. */
export function originalOffset(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    if (offset + shift <= start) break;
    if (offset + shift < start + text.length) return start;
    shift += end - start - text.length;
  }
  return offset + shift;
}

/**
 * Gives the root element the name and namespace of the schema where it has others, so that the rest can be judged: the
 * authority's own envelopes leave the namespace out, and a mistaken one is reported when the document is recognised.
 */
export function rootEdits(root: XmlElement, rootName: string, namespace: string): readonly Edit[] {
  return [
    ...(root.localName === rootName ? [] : renamingEdits(root, rootName)),
    ...(root.namespace === namespace ? [] : namespaceEdits(root, namespace)),
  ];
}

/**
 * Takes away the white space that libxml2 minds and the XSD standard does not: around dates and years (which have
 * white space collapsed) and around the name in `xsi:type`.
 */
export function whiteSpaceEdits(document: XmlDocument, model: SchemaModel, matching: Matching): readonly Edit[] {
  const edits: Edit[] = [];
  for (const element of matching.declarations.keys()) {
    for (const { name, value, valueRange } of element.attributes) {
      const isTypeName = name.endsWith(":type") && value !== value.trim();
      if (isTypeName) edits.push({ ...valueRange, text: document.text.slice(valueRange.start, valueRange.end).trim() });
    }
    if (element.children.length > 0) continue;
    const base = simpleTypeOf(model, matching, element)?.base;
    if (base !== "gYear" && base !== "date" && base !== "dateTime") continue;
    const collapsed = element.text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
    if (collapsed === element.text) continue;
    edits.push({ ...element.contentRange, text: collapsed.replaceAll("&", "&amp;").replaceAll("<", "&lt;") });
  }
  return edits;
}

/** Gives misspelt elements the name they were taken for and cuts strangers out, so that the rest can be judged. */
export function contentEdits(model: SchemaModel, matching: Matching): readonly Edit[] {
  const edits: Edit[] = [];
  for (const stranger of matching.strangers) edits.push({ ...stranger.range, text: "" });
  for (const [element, declaration] of matching.declarations) {
    const { parent } = element;
    if (parent === null) continue;
    if (element.localName !== declaration.name) edits.push(...renamingEdits(element, declaration.name));
    // An element in a foreign namespace is judged as if it stood in the schema's.
    const isForeign = element.namespace !== model.namespace && element.namespace !== parent.namespace;
    if (isForeign) edits.push(...namespaceEdits(element, model.namespace));
  }
  return edits;
}

function renamingEdits(element: XmlElement, localName: string): readonly Edit[] {
  const name = element.name.slice(0, element.name.length - element.localName.length) + localName;
  const start: Edit = { ...element.nameRange, text: name };
  if (element.endTag === null) return [start];
  const endName = element.endTag.start + "</".length;
  return [start, { start: endName, end: endName + element.name.length, text: name }];
}

/** Declares the namespace that the element's prefix, or its lack of one, stands for. */
function namespaceEdits(element: XmlElement, namespace: string): readonly Edit[] {
  const prefix = element.name === element.localName ? "" : element.name.slice(0, -element.localName.length - 1);
  const declaration = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  const own = element.attributes.find(({ name }) => name === declaration);
  if (own !== undefined) return [{ ...own.valueRange, text: namespace }];
  return [{ start: element.nameRange.end, end: element.nameRange.end, text: ` ${declaration}="${namespace}"` }];
}
