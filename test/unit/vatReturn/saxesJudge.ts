import { SaxesParser } from "saxes";
import type { XmlDocument, XmlElement } from "../../../src/vatReturn/xml.ts";

/** What both parsers must agree on: names, namespaces, attributes, own text, children. */
export interface PlainElement {
  readonly name: string;
  readonly namespace: string | null;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  text: string;
  readonly children: PlainElement[];
}

export interface Judgement {
  readonly wellFormed: boolean;
  readonly hasDocumentType: boolean;
  readonly root: PlainElement | null;
  readonly errors: readonly string[];
}

/** Reads a document with saxes, namespaces on, as XML 1.0 whatever version the declaration names. */
export function judge(text: string): Judgement {
  const errors: string[] = [];
  const open: PlainElement[] = [];
  let root: PlainElement | null = null;
  let hasDocumentType = false;
  const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: "1.0", forceXMLVersion: true });
  const addText = (piece: string) => {
    const innermost = open.at(-1);
    if (innermost !== undefined) innermost.text += piece;
  };
  parser.on("error", (error) => errors.push(error.message));
  parser.on("doctype", () => (hasDocumentType = true));
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("opentag", (tag) => {
    const element: PlainElement = {
      name: tag.name,
      namespace: tag.uri === "" ? null : tag.uri,
      attributes: Object.values(tag.attributes)
        .map((attribute) => [attribute.name, attribute.value] as const)
        .sort(byName),
      text: "",
      children: [],
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  try {
    parser.write(text).close();
  } catch (error) {
    errors.push(String(error));
  }
  return { wellFormed: errors.length === 0, hasDocumentType, root, errors };
}

/** The same view of a document read by the product's scanner. Recursive: not for very deep documents. */
export function plain(element: XmlElement): PlainElement {
  return {
    name: element.name,
    namespace: element.namespace,
    attributes: element.attributes.map((attribute) => [attribute.name, attribute.value] as const).toSorted(byName),
    text: element.text,
    children: element.children.map(plain),
  };
}

export function isWellFormed(document: XmlDocument): boolean {
  return document.problems.length === 0 && document.omittedProblems === 0;
}

/**
 * Whether saxes is no judge of this text. It differs from the recommendations in these points, where the product
 * follows the recommendations:
 * - document type declarations, which the product always refuses;
 * - a high surrogate without its low one, which saxes takes together with whatever follows;
 * - a local name that may not start a name (`a:1`), which saxes accepts;
 * - a question mark right behind the target of an instruction (`<?p??>`), which saxes accepts;
 * - white space around a namespace name, which saxes drops before it compares.
 */
export function beyondTheJudge(text: string): boolean {
  return (
    text.includes("<!DOCTYPE") ||
    /<\?[^\s?]+\?[^>]/.test(text) ||
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(text) ||
    /:[-.0-9\u00B7\u0300-\u036F\u203F\u2040]/u.test(text) ||
    /xmlns(?::[^\s=]+)?\s*=\s*(?:"(?:\s|[^"]*\s")|'(?:\s|[^']*\s'))/.test(text) ||
    // The same trimming, of white space written as a character reference.
    /xmlns(?::[^\s=]+)?\s*=\s*(?:"[^"]*&#[^"]*"|'[^']*&#[^']*')/.test(text)
  );
}

function byName(a: readonly [string, string], b: readonly [string, string]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
