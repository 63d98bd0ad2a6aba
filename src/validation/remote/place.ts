import type { LineIndex } from "../../vatReturn/lineIndex.ts";
import { childNamed, elementAt, elementByPath } from "../../vatReturn/navigate.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Deviation } from "./answer.ts";

/**
 * The element that a deviation speaks of. Paths have been seen absolute, with and without index, and as `//name`; the
 * VAT code then tells which line is meant, and line and column serve where the path leads nowhere.
 * @returns the root where nothing leads further; null for an empty document.
 */
export function placeOfDeviation(deviation: Deviation, document: XmlDocument, lines: LineIndex): XmlElement | null {
  const byPath = deviation.path === null ? null : byAnyPath(document, deviation.path);
  const byCode = deviation.vatCode === null ? null : lineWithCode(document, deviation.vatCode);
  if (byPath !== null && byCode !== null) return withinLine(byPath, byCode);
  return byPath ?? byPosition(deviation, document, lines) ?? byCode ?? document.root;
}

/** Once the line is known by its code, the same element of that line is meant. */
function withinLine(byPath: XmlElement, line: XmlElement): XmlElement {
  for (let element: XmlElement | null = byPath; element !== null; element = element.parent) {
    if (element === line) return byPath;
    if (element.parent?.localName === vatReturnNames.mvaSpesifikasjonslinje)
      return childNamed(line, element.localName) ?? line;
    if (element.localName === vatReturnNames.mvaSpesifikasjonslinje) return line;
  }
  return byPath;
}

function byAnyPath(document: XmlDocument, path: string): XmlElement | null {
  if (!path.startsWith("//")) return elementByPath(document, path.startsWith("/") ? path : `/${path}`);
  const [first, ...rest] = path.slice(2).split("/");
  const start = first === undefined || document.root === null ? null : firstNamed(document.root, nameOf(first));
  return rest.reduce<XmlElement | null>(
    (element, step) => (element === null ? null : childNamed(element, nameOf(step))),
    start,
  );
}

/** A step without its prefix and index. */
function nameOf(step: string): string {
  return step.replace(/^[^:]*:/, "").replace(/\[.*$/, "");
}

function firstNamed(element: XmlElement, name: string): XmlElement | null {
  const open = [element];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (current.localName === name) return current;
    open.push(...current.children.toReversed());
  }
  return null;
}

function lineWithCode(document: XmlDocument, vatCode: string): XmlElement | null {
  const parent =
    document.root === null ? null : childNamed(document.root, vatReturnNames.skattegrunnlagOgBeregnetSkatt);
  return (
    parent?.children.find(
      (line) =>
        line.localName === vatReturnNames.mvaSpesifikasjonslinje &&
        childNamed(line, vatReturnNames.mvaKode)?.text === vatCode,
    ) ?? null
  );
}

function byPosition(deviation: Deviation, document: XmlDocument, lines: LineIndex): XmlElement | null {
  if (deviation.line === null || deviation.line < 1 || deviation.line > lines.lineCount) return null;
  return elementAt(document, lines.offset({ line: deviation.line, column: deviation.column ?? 1 }));
}
