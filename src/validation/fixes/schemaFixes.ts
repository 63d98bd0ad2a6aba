import { childNamed, elementByPath } from "../../vatReturn/navigate.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import type { VatReturn } from "../../vatReturn/vatReturn.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import { declarationOf } from "../schema/schemaModel.ts";
import type { SchemaModel } from "../schema/schemaModel.ts";
import { sumOfLines, vatOf } from "./amounts.ts";
import { removeElement, rename, replaceContent, unwrap } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix } from "./fix.ts";
import { couldBe } from "./elementNames.ts";
import { byLikeness } from "../likeness.ts";
import { listed } from "./lineEdits.ts";
import { missingElement } from "./missingElement.ts";
import { attributeRemoval, setNamespace } from "./namespaceFixes.ts";
import { moved, strayText } from "./structureFixes.ts";
import { removal, setValue } from "./valueFixes.ts";

/** What the fixes of schema findings need beside the finding. */
export interface SchemaFixContext {
  readonly document: XmlDocument;
  /** The schema of the document's type; null where it is not known. */
  readonly model: SchemaModel | null;
  /** null where the document is no return. */
  readonly vatReturn: VatReturn | null;
  readonly today: CalendarDate;
}

/** Ways to mend what the schema refuses, and what keeps a document from being recognised for what it is. */
export function schemaFixes(finding: Finding, context: SchemaFixContext): readonly Fix[] {
  const data = finding.data ?? {};
  const { text } = context.document;
  const element = finding.path === null ? null : elementByPath(context.document, finding.path);
  if (element === null) return [];
  switch (data["kind"]) {
    case "illegal-value":
      return legalValues(data, element, text);
    case "wrong-type":
    case "wrong-digits":
      return rightValue(data, element, context);
    case "too-long":
      return [shortened(data, element, text)];
    case "unexpected-element":
      return unexpectedElement(data, element, context);
    case "missing-element":
      return missingElement(data, element, context);
    case "unexpected-attribute":
      return attributeRemoval(element, data["found"] ?? "", text);
    case "unexpected-text":
      return strayText(element, text);
    case "missing-namespace":
    case "wrong-namespace":
    case "other-namespace-version":
    case "envelope-namespace-assumed":
      return setNamespace(element, data["expectedNamespace"] ?? data["expected"] ?? "", data["kind"]);
    case "wrong-root":
    case "wrong-root-element":
      return [renaming(element, data["expectedRoot"] ?? data["expected"] ?? "", true)];
    default:
      return [];
  }
}

function legalValues(data: Readonly<Record<string, string>>, element: XmlElement, text: string): readonly Fix[] {
  const { nearest } = data;
  const others = byLikeness(data["found"] ?? "", listed(data["allowed"])).filter((value) => value !== nearest);
  return [
    ...(nearest === undefined ? [] : [setValue(text, element, nearest, true)]),
    ...others.map((value) => setValue(text, element, value, false)),
  ];
}

/** The value that was meant; for an amount that can be computed, the computed one. */
function rightValue(
  data: Readonly<Record<string, string>>,
  element: XmlElement,
  { document, vatReturn }: SchemaFixContext,
): readonly Fix[] {
  const { text } = document;
  const { nearest } = data;
  const computed = vatReturn === null ? null : computedAmount(element, vatReturn);
  return [
    ...(nearest === undefined ? [] : [setValue(text, element, nearest, true)]),
    ...(computed === null || computed === nearest ? [] : [setValue(text, element, computed, false)]),
  ];
}

function computedAmount(element: XmlElement, vatReturn: VatReturn): string | null {
  if (element === vatReturn.fastsattMerverdiavgift?.element) return sumOfLines(vatReturn);
  if (element.localName !== vatReturnNames.merverdiavgift) return null;
  const line = vatReturn.lines.find((candidate) => candidate.merverdiavgift?.element === element);
  return line === undefined ? null : vatOf(line);
}

/** Cuts a text to the length that the schema allows, counted as it counts, and never through a character. */
function shortened(data: Readonly<Record<string, string>>, element: XmlElement, text: string): Fix {
  const { limit = "0" } = data;
  let kept = element.text.slice(0, Number(limit));
  if (/[\uD800-\uDBFF]$/.test(kept)) kept = kept.slice(0, -1);
  const title = { en: `Cut to ${limit} characters`, nb: `Kort ned til ${limit} tegn` };
  return fix(title, [replaceContent(text, element, kept)]);
}

function unexpectedElement(
  data: Readonly<Record<string, string>>,
  element: XmlElement,
  { document: { text }, model }: SchemaFixContext,
): readonly Fix[] {
  const { nearest } = data;
  switch (data["reason"]) {
    case "unknown": {
      const others = listed(data["expected"], " ").filter(
        (name) => name !== nearest && model !== null && couldBe(element, name, model),
      );
      return [
        ...(nearest === undefined
          ? []
          : [renaming(element, nearest, model !== null && couldBe(element, nearest, model))]),
        ...byLikeness(element.localName, others).map((name) => renaming(element, name, false)),
        removal(text, element, false),
      ];
    }
    case "order":
      // One that stands twice is one too many before it is out of order.
      return isRepeated(element, model) ? [] : moved(element, data, text);
    case "text-only": {
      const title = { en: `Remove the tags <${element.localName}>`, nb: `Fjern taggene <${element.localName}>` };
      const unwrapped = element.children.length > 0 ? [] : [fix(title, unwrap(element), { preferred: true })];
      return [...unwrapped, removal(text, element, false)];
    }
    default:
      return oneTooMany(element, text);
  }
}

function isRepeated(element: XmlElement, model: SchemaModel | null): boolean {
  const twins = element.parent?.children.filter(({ localName }) => localName === element.localName) ?? [];
  return twins.length > 1 && (model === null || declarationOf(model, element)?.maximum === 1);
}

/** An element that stands twice, or beside the one that was chosen: either goes. */
function oneTooMany(element: XmlElement, text: string): readonly Fix[] {
  const first = element.parent?.children.find((sibling) => sibling !== element) ?? null;
  const twin = element.parent === null ? null : childNamed(element.parent, element.localName);
  const other = twin === null || twin === element ? first : twin;
  const same = twin !== null && twin !== element && sourceOf(twin, text) === sourceOf(element, text);
  if (other === null || other === element) return [removal(text, element, false)];
  const title =
    other.localName === element.localName
      ? { en: `Remove the first <${other.localName}>`, nb: `Fjern den første <${other.localName}>` }
      : { en: `Remove <${other.localName}>`, nb: `Fjern <${other.localName}>` };
  return [
    fix(
      { en: `Remove this <${element.localName}>`, nb: `Fjern denne <${element.localName}>` },
      [removeElement(text, element)],
      { preferred: same, mechanical: same },
    ),
    ...(same ? [] : [fix(title, [removeElement(text, other)])]),
  ];
}

function sourceOf(element: XmlElement, text: string): string {
  return text.slice(element.range.start, element.range.end);
}

function renaming(element: XmlElement, name: string, meant: boolean): Fix {
  return fix({ en: `Rename to <${name}>`, nb: `Gi nytt navn: <${name}>` }, rename(element, name), { preferred: meant });
}
