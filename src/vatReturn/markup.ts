import {
  closeBracket,
  colon,
  doubleQuote,
  greaterThan,
  isSpace,
  lessThan,
  nameStartLength,
  openBracket,
  question,
  singleQuote,
} from "./characters.ts";
import { sameText } from "./names.ts";
import { closeByName, closeElement } from "./openElements.ts";
import type { Scan } from "./scan.ts";

const blank = "[ \\t\\r\\n]";
const given = (values: string) => `${blank}*=${blank}*(?:"${values}"|'${values}')`;
/** XML 1.0 section 2.8. A version 1.x document is read as 1.0, as the fifth edition says. */
const xmlDeclaration = new RegExp(
  `<\\?xml${blank}+version${given("1\\.[0-9]+")}` +
    `(?:${blank}+encoding${given("[A-Za-z][A-Za-z0-9._\\-]*")})?` +
    `(?:${blank}+standalone${given("(?:yes|no)")})?${blank}*\\?>`,
  "y",
);

/** Reads the end tag at `start` (`</`). @returns where to read on */
export function scanEndTag(scan: Scan, start: number): number {
  const { text, open } = scan;
  if (open !== null) {
    const { length } = open.qualifiedName;
    const nameEnd = start + 2 + length;
    if (text.charCodeAt(nameEnd) === greaterThan && sameText(text, open.start + 1, start + 2, length)) {
      closeElement(scan, open, start, nameEnd + 1);
      return nameEnd + 1;
    }
  }
  return scanUnusualEndTag(scan, start);
}

function scanUnusualEndTag(scan: Scan, start: number): number {
  const { text, open, problems } = scan;
  const nameStart = start + 2;
  const name = nameStartLength(text, nameStart) > 0 ? scan.names.read(nameStart) : null;
  const nameEnd = nameStart + (name?.length ?? 0);
  let index = nameEnd;
  let lastInk = nameEnd;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === greaterThan || code === lessThan) break;
    if (!isSpace(code)) lastInk = index + 1;
  }
  const closed = text.charCodeAt(index) === greaterThan;
  const end = closed ? index + 1 : nameEnd;
  if (name === null) {
    problems.report("end-tag-without-name", start, end, { expected: open?.name ?? "" });
    if (open === null) scan.source.addMarkup(start, end);
    else closeElement(scan, open, start, end);
    return end;
  }
  if (!closed) problems.report("end-tag-not-closed", start, end, { name: name.qualified });
  else if (lastInk > nameEnd) problems.report("content-in-end-tag", nameEnd, lastInk, { name: name.qualified });
  if (open?.name === name.qualified) closeElement(scan, open, start, end);
  else closeByName(scan, name.qualified, nameStart, start, end);
  return end;
}

/** Reads what starts with `<!` at `start`. @returns where to read on */
export function scanDeclaration(scan: Scan, start: number): number {
  const { text } = scan;
  if (text.startsWith("<!--", start)) return scanComment(scan, start);
  if (text.startsWith("<![CDATA[", start)) return scanCdata(scan, start);
  if (text.slice(start, start + 9).toUpperCase() === "<!DOCTYPE") return scanDocumentType(scan, start);
  let end = start + 2;
  while (end < text.length && text.charCodeAt(end) !== greaterThan && text.charCodeAt(end) !== lessThan) end++;
  if (text.charCodeAt(end) === greaterThan) end++;
  scan.problems.report("unknown-declaration", start, end);
  scan.source.addMarkup(start, end);
  return end;
}

/** Reads the instruction or XML declaration (`<?`) at `start`. @returns where to read on */
export function scanInstruction(scan: Scan, start: number, documentStart: number): number {
  const { text, problems } = scan;
  const terminator = scan.find("?>", start + 2);
  const end = terminator < 0 ? unclosed(scan, start, "processing-instruction-not-closed") : terminator + 2;
  scan.source.addMarkup(start, end);
  if (terminator < 0) return end;
  scan.checkCharacters(start, end);
  const nameStart = start + 2;
  const target = nameStartLength(text, nameStart) > 0 ? scan.names.read(nameStart) : null;
  const targetEnd = nameStart + (target?.length ?? 0);
  if (target?.qualified === "xml") {
    xmlDeclaration.lastIndex = start;
    if (start !== documentStart) problems.report("misplaced-xml-declaration", start, end);
    else if (!xmlDeclaration.test(text) || xmlDeclaration.lastIndex !== end) {
      problems.report("invalid-xml-declaration", start, end);
    }
  } else if (
    target === null ||
    target.qualified.toLowerCase() === "xml" ||
    target.qualified.includes(String.fromCharCode(colon)) ||
    !(isSpace(text.charCodeAt(targetEnd)) || targetEnd === terminator)
  ) {
    problems.report("invalid-processing-instruction", start, Math.max(targetEnd, nameStart));
  }
  return end;
}

function scanComment(scan: Scan, start: number): number {
  const terminator = scan.find("-->", start + 4);
  const end = terminator < 0 ? unclosed(scan, start, "comment-not-closed") : terminator + 3;
  scan.source.addMarkup(start, end);
  if (terminator < 0) return end;
  const hyphens = scan.text.indexOf("--", start + 4);
  if (hyphens < terminator) scan.problems.report("double-hyphen-in-comment", hyphens, hyphens + 2);
  scan.checkCharacters(start, end);
  return end;
}

function scanCdata(scan: Scan, start: number): number {
  const contentStart = start + 9;
  const terminator = scan.find("]]>", contentStart);
  const end = terminator < 0 ? unclosed(scan, start, "cdata-not-closed") : terminator + 3;
  scan.source.addLiteral(start, end, contentStart, terminator < 0 ? end : terminator);
  if (scan.open === null) scan.problems.report("cdata-outside-root", start, end);
  scan.checkCharacters(contentStart, end);
  return end;
}

/** Reports a stretch without its terminator. @returns the next `<`, where reading on promises most */
function unclosed(
  scan: Scan,
  start: number,
  code: "comment-not-closed" | "cdata-not-closed" | "processing-instruction-not-closed",
): number {
  const next = scan.find("<", start + (code === "cdata-not-closed" ? 9 : 2));
  let end = next < 0 ? scan.text.length : next;
  const stretchEnd = end;
  while (end > start && isSpace(scan.text.charCodeAt(end - 1))) end--;
  scan.problems.report(code, start, end);
  return stretchEnd;
}

/** Skips a document type declaration with its internal subset; nothing in it is read or fetched. */
function scanDocumentType(scan: Scan, start: number): number {
  const end = endOfDocumentType(scan, start + 9);
  scan.hasDocumentType = true;
  scan.source.addMarkup(start, end);
  scan.problems.report("document-type-declaration", start, end);
  scan.problems.close();
  return end;
}

function endOfDocumentType(scan: Scan, from: number): number {
  const { text } = scan;
  let inSubset = false;
  let index = from;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === greaterThan && !inSubset) return index + 1;
    if (code === openBracket) inSubset = true;
    else if (code === closeBracket) inSubset = false;
    const closing = closingOf(text, index, code);
    const found = closing === null ? -1 : scan.find(closing, index + 1);
    index = found < 0 || closing === null ? index + 1 : found + closing.length;
  }
  return text.length;
}

/** What ends the literal, comment or instruction that starts here inside a document type declaration. */
function closingOf(text: string, index: number, code: number): string | null {
  if (code === doubleQuote) return '"';
  if (code === singleQuote) return "'";
  if (code !== lessThan) return null;
  if (text.startsWith("<!--", index)) return "-->";
  return text.charCodeAt(index + 1) === question ? "?>" : null;
}
