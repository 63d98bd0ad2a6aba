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

/** Puts a root element without namespace into the schema's: the authority's own envelopes leave it out. */
export function namespaceEdits(root: XmlElement, namespace: string): readonly Edit[] {
  if (root.namespace !== null || root.name !== root.localName) return [];
  const empty = root.attributes.find(({ name }) => name === "xmlns");
  if (empty !== undefined) return [{ ...empty.valueRange, text: namespace }];
  return [{ start: root.nameRange.end, end: root.nameRange.end, text: ` xmlns="${namespace}"` }];
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
    if (element.localName !== declaration.name) {
      const name = element.name.slice(0, element.name.length - element.localName.length) + declaration.name;
      edits.push({ ...element.nameRange, text: name });
      if (element.endTag !== null) {
        edits.push({
          start: element.endTag.start + 2,
          end: element.endTag.start + 2 + element.name.length,
          text: name,
        });
      }
    }
    // An element in a foreign namespace is judged as if it stood in the schema's.
    const { parent } = element;
    if (parent !== null && element.namespace !== model.namespace && element.namespace !== parent.namespace) {
      edits.push(...foreignNamespaceEdits(element, model.namespace));
    }
  }
  return edits;
}

function foreignNamespaceEdits(element: XmlElement, namespace: string): readonly Edit[] {
  const prefix = element.name === element.localName ? "" : element.name.slice(0, -element.localName.length - 1);
  const declaration = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  const own = element.attributes.find(({ name }) => name === declaration);
  if (own !== undefined) return [{ ...own.valueRange, text: namespace }];
  return [{ start: element.nameRange.end, end: element.nameRange.end, text: ` ${declaration}="${namespace}"` }];
}
