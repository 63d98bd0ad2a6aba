import { exclamation, isPlainText, isSpace, lessThan, nameStartLength, question, slash } from "./characters.ts";
import { scanDeclaration, scanEndTag, scanInstruction } from "./markup.ts";
import { closeAtEnd } from "./openElements.ts";
import { Scan } from "./scan.ts";
import { scanStartTag } from "./startTag.ts";
import type { XmlDocument } from "./xml.ts";

const byteOrderMark = 0xfeff;

/**
 * Reads a document in one pass, whatever it holds: never throws, does not recurse, takes time and memory in
 * proportion to the text. What is well-formed by XML 1.0 (fifth edition) and Namespaces in XML 1.0 has no problems,
 * everything else has at least one. A document type declaration is always a problem, and nothing after it is judged.
 * Entities other than the five predefined ones are reported and left as written.
 * @param text the decoded document; a byte order mark at its start is passed over (and counts in offsets)
 */
export function parseXml(text: string): XmlDocument {
  const scan = new Scan(text);
  const documentStart = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  let index = documentStart;
  while (index < text.length) {
    scan.textStart = index;
    index = scan.open === null ? skipOutside(scan, index) : scanText(scan, index);
    if (index < text.length) index = scanMarkup(scan, index, documentStart);
  }
  closeAtEnd(scan);
  const { topLevel, problems } = scan;
  const root = topLevel.find((element) => element.form !== "cut") ?? topLevel[0] ?? null;
  if (root === null) problems.report("missing-root-element", text.length, text.length);
  return {
    text,
    root,
    topLevel,
    problems: problems.sorted(),
    omittedProblems: problems.omittedCount,
    hasDocumentType: scan.hasDocumentType,
  };
}

/** Reads the markup at `start`, which `startsMarkup`. */
function scanMarkup(scan: Scan, start: number, documentStart: number): number {
  const next = scan.text.charCodeAt(start + 1);
  if (next === slash) return scanEndTag(scan, start);
  if (next === exclamation) return scanDeclaration(scan, start);
  if (next === question) return scanInstruction(scan, start, documentStart);
  return scanStartTag(scan, start);
}

/** Whether the `<` at `index` starts anything, or merely stands in the text. */
function startsMarkup(text: string, index: number): boolean {
  const next = text.charCodeAt(index + 1);
  return next === slash || next === exclamation || next === question || nameStartLength(text, index + 1) > 0;
}

/** Passes over character data inside the root element. @returns the next markup, or the document's end */
function scanText(scan: Scan, start: number): number {
  const { text } = scan;
  const { length } = text;
  let index = start;
  while (index < length) {
    const code = text.charCodeAt(index);
    if (isPlainText(code)) index++;
    else if (code === lessThan && startsMarkup(text, index)) return index;
    else index = scan.checkInText(index, code, start);
  }
  return length;
}

/** Passes over what stands outside the root element, where only white space may. */
function skipOutside(scan: Scan, start: number): number {
  const { text } = scan;
  let firstInk = -1;
  let lastInk = -1;
  let index = start;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === lessThan && startsMarkup(text, index)) break;
    if (!isSpace(code)) {
      if (firstInk < 0) firstInk = index;
      lastInk = index;
    }
    index++;
  }
  if (firstInk >= 0) scan.problems.report("text-outside-root", firstInk, lastInk + 1);
  return index;
}
