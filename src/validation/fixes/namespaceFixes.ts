import { attributeNamed } from "../../vatReturn/navigate.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { nameLike, renameTo } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix, TextEdit } from "./fix.ts";

/**
 * Brings an element into its namespace: where it declares one itself, the declaration is put right; below an element
 * that has it, the name is written as there; else the namespace is declared on the element.
 */
export function setNamespace(element: XmlElement, namespace: string, kind: string): readonly Fix[] {
  if (namespace === "") return [];
  const title = { en: "Set the right namespace", nb: "Rett navnerommet" };
  // The envelope is judged as it stands; nothing says that the authority minds.
  const preferred = kind !== "envelope-namespace-assumed";
  // Another namespace than the right one says that another document was meant; none says nothing.
  return [fix(title, namespaceEdits(element, namespace), { preferred, mechanical: kind === "missing-namespace" })];
}

function namespaceEdits(element: XmlElement, namespace: string): readonly TextEdit[] {
  const colon = element.name.indexOf(":");
  const declaration = colon < 0 ? "xmlns" : `xmlns:${element.name.slice(0, colon)}`;
  const attribute = attributeNamed(element, declaration);
  if (attribute !== null) {
    const { start, end } = attribute.valueRange;
    return [{ start, end, newText: namespace }];
  }
  const { parent } = element;
  if (parent?.namespace === namespace) return renameTo(element, nameLike(parent, element.localName));
  const { end } = element.nameRange;
  return [{ start: end, end, newText: ` ${declaration}="${namespace}"` }];
}

export function attributeRemoval(element: XmlElement, name: string, text: string): readonly Fix[] {
  const attribute = attributeNamed(element, name);
  if (attribute === null) return [];
  let { start } = attribute.range;
  while (/[ \t\r\n]/.test(text.charAt(start - 1))) start--;
  const title = { en: `Remove the attribute ${name}`, nb: `Fjern attributtet ${name}` };
  return [fix(title, [{ start, end: attribute.range.end, newText: "" }], { preferred: true, mechanical: true })];
}
