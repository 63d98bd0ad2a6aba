import { attributeNamed, childNamed, elementByPath } from "../../vatReturn/navigate.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import { declarationOf } from "../schema/schemaModel.ts";
import type { SchemaModel } from "../schema/schemaModel.ts";
import { insertChild, nameLike, removeElement, rename, replaceContent } from "./edits.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { byLikeness } from "./likeness.ts";
import { skeleton } from "./skeleton.ts";

/** What the fixes of schema findings need beside the finding. */
export interface SchemaFixContext {
  readonly document: XmlDocument;
  /** The schema of the document's type; null where it is not known. */
  readonly model: SchemaModel | null;
  readonly today: CalendarDate;
}

/** Ways to mend what the schema refuses, and what keeps a document from being recognised for what it is. */
export function schemaFixes(finding: Finding, context: SchemaFixContext): readonly Fix[] {
  const data = finding.data ?? {};
  const element = finding.path === null ? null : elementByPath(context.document, finding.path);
  if (element === null) return [];
  switch (data["kind"]) {
    case "illegal-value":
      return byLikeness(data["found"] ?? "", words(data["allowed"], "|")).map((value, index) =>
        setValue(element, value, index === 0 && value === data["nearest"]),
      );
    case "wrong-type":
    case "wrong-digits":
      return data["nearest"] === undefined ? [] : [setValue(element, data["nearest"], true)];
    case "unexpected-element":
      return unexpectedElement(finding, element, context);
    case "missing-element":
      return missingElement(data, element, context);
    case "unexpected-attribute":
      return unexpectedAttribute(element, data["found"] ?? "", context.document.text);
    case "missing-namespace":
    case "wrong-namespace":
    case "other-namespace-version":
      return [setNamespace(element, data["expectedNamespace"] ?? data["expected"] ?? "")];
    case "wrong-root-element":
      return [renameFix(element, data["expectedRoot"] ?? "", true)];
    default:
      return [];
  }
}

export function setValue(element: XmlElement, value: string, preferred: boolean): Fix {
  return {
    title: { en: `Replace by “${value}”`, nb: `Erstatt med «${value}»` },
    edits: [replaceContent(element, value)],
    preferred,
  };
}

function unexpectedElement(finding: Finding, element: XmlElement, context: SchemaFixContext): readonly Fix[] {
  const data = finding.data ?? {};
  switch (data["reason"]) {
    case "unknown": {
      const nearest = data["nearest"];
      const others = words(data["expected"], " ").filter((name) => name !== nearest && isFree(element, name));
      const renames = nearest === undefined ? [] : [renameFix(element, nearest, true)];
      return [
        ...renames,
        ...byLikeness(element.localName, others).map((name) => renameFix(element, name, false)),
        removal(element, context.document.text, false),
      ];
    }
    case "order":
      return [...moved(element, data, context.document.text)];
    default:
      return [removal(element, context.document.text, data["reason"] === "repeated")];
  }
}

function isFree(element: XmlElement, name: string): boolean {
  return element.parent !== null && childNamed(element.parent, name) === null;
}

function renameFix(element: XmlElement, name: string, preferred: boolean): Fix {
  return {
    title: { en: `Rename to <${name}>`, nb: `Gi nytt navn: <${name}>` },
    edits: rename(element, name),
    preferred,
  };
}

function removal(element: XmlElement, text: string, preferred: boolean): Fix {
  return {
    title: { en: `Remove <${element.localName}>`, nb: `Fjern <${element.localName}>` },
    edits: [removeElement(text, element)],
    preferred,
  };
}

/** Takes the element from where it stands and puts it in front of, or behind, the sibling that the schema names. */
function moved(element: XmlElement, data: Readonly<Record<string, string>>, text: string): readonly Fix[] {
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
  const edits = [insertion, removeElement(text, element)].sort((a, b) => a.start - b.start);
  const title: Text =
    side === "before"
      ? { en: `Move in front of <${wanted}>`, nb: `Flytt foran <${wanted}>` }
      : { en: `Move behind <${wanted}>`, nb: `Flytt etter <${wanted}>` };
  return [{ title, edits, preferred: true }];
}

function missingElement(
  data: Readonly<Record<string, string>>,
  element: XmlElement,
  { document, model, today }: SchemaFixContext,
): readonly Fix[] {
  if (model === null) return [];
  const before = data["before"] === undefined ? null : element;
  const parent = before === null ? element : element.parent;
  if (parent === null) return [];
  const names = words(data["expected"], " ");
  const content = (name: string): string | null => {
    const type = model.types.get(declarationOf(model, parent)?.typeName ?? "");
    const child = type?.kind === "complex" ? type.children.find((candidate) => candidate.name === name) : undefined;
    return child === undefined ? null : skeleton(child, model, (local) => nameLike(parent, local), today);
  };
  if (data["reason"] === "choice") {
    return names.flatMap((name) => {
      const xml = content(name);
      return xml === null ? [] : [addition([name], insertChild(document.text, parent, before, xml), false)];
    });
  }
  const parts = names.map(content);
  if (parts.length === 0 || parts.includes(null)) return [];
  return [addition(names, insertChild(document.text, parent, before, parts.join("\n")), true)];
}

function addition(names: readonly string[], edit: TextEdit, preferred: boolean): Fix {
  const list = names.map((name) => `<${name}>`).join(", ");
  return { title: { en: `Add ${list}`, nb: `Legg til ${list}` }, edits: [edit], preferred };
}

function unexpectedAttribute(element: XmlElement, name: string, text: string): readonly Fix[] {
  const attribute = attributeNamed(element, name);
  if (attribute === null) return [];
  let start = attribute.range.start;
  while (/[ \t\r\n]/.test(text.charAt(start - 1))) start--;
  return [
    {
      title: { en: `Remove the attribute ${name}`, nb: `Fjern attributtet ${name}` },
      edits: [{ start, end: attribute.range.end, newText: "" }],
      preferred: true,
    },
  ];
}

/** Sets the namespace where it is declared for the element, or declares it on the element. */
function setNamespace(element: XmlElement, namespace: string): Fix {
  const colon = element.name.indexOf(":");
  const declaration = colon < 0 ? "xmlns" : `xmlns:${element.name.slice(0, colon)}`;
  const attribute = attributeNamed(element, declaration);
  const edit: TextEdit =
    attribute === null
      ? { start: element.nameRange.end, end: element.nameRange.end, newText: ` ${declaration}="${namespace}"` }
      : { ...attribute.valueRange, newText: namespace };
  return {
    title: { en: "Set the right namespace", nb: "Sett riktig navnerom" },
    edits: [edit],
    preferred: true,
  };
}

function words(list: string | undefined, separator: string): readonly string[] {
  return list === undefined || list === "" ? [] : list.split(separator);
}
