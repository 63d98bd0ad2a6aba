import {
  ampersand,
  doubleQuote,
  equals,
  greaterThan,
  isPlainText,
  isSpace,
  lessThan,
  lineFeed,
  nameStartLength,
  singleQuote,
  slash,
} from "./characters.ts";
import { checkNames } from "./checkNames.ts";
import { openElement } from "./openElements.ts";
import type { Scan } from "./scan.ts";
import { ScannedAttribute, ScannedElement } from "./scannedTree.ts";

/** Reads the start tag at `start` (a `<` with a name after it) and opens its element. @returns where to read on */
export function scanStartTag(scan: Scan, start: number): number {
  const name = scan.names.read(start + 1);
  const element = new ScannedElement(scan.source, scan.open, name, start);
  const nameEnd = start + 1 + name.length;
  const end = scan.text.charCodeAt(nameEnd) === greaterThan ? nameEnd + 1 : scanAttributes(scan, element, nameEnd);
  element.startTagEnd = end;
  if (name.prefix === null && element.attributes.length === 0 && name.wellFormed) {
    element.namespace = scan.namespaces.defaultNamespace;
  } else checkNames(scan, element);
  openElement(scan, element);
  return end;
}

/** Reads on from behind the name. Sets the element's form. @returns where the tag ends */
function scanAttributes(scan: Scan, element: ScannedElement, from: number): number {
  const { text, problems } = scan;
  const mark = problems.mark();
  let valueLeftOpen = false;
  let garbageSeen = false;
  let index = from;
  for (;;) {
    const blankStart = index;
    while (isSpace(text.charCodeAt(index))) index++;
    const code = text.charCodeAt(index);
    if (code === greaterThan) return index + 1;
    if (code === slash && text.charCodeAt(index + 1) === greaterThan) {
      element.form = "empty";
      return index + 2;
    }
    if (index >= text.length || code === lessThan) {
      element.form = "cut";
      if (!valueLeftOpen) {
        problems.forgetSince(mark);
        problems.report("start-tag-not-closed", element.start + 1, element.nameEnd, { name: element.name });
      }
      return blankStart;
    }
    if (nameStartLength(text, index) > 0) {
      const attribute = scanAttribute(scan, element, index);
      if (index === blankStart && !garbageSeen) {
        const { name, nameRange } = attribute;
        problems.report("missing-space-before-attribute", nameRange.start, nameRange.end, { name });
      }
      valueLeftOpen = attribute.leftOpen;
      index = attribute.end;
      continue;
    }
    const garbageStart = index;
    index = endOfGarbage(scan, index);
    if (!garbageSeen) {
      problems.report("unexpected-character-in-tag", garbageStart, index, { name: element.name });
    }
    garbageSeen = true;
  }
}

/** Skips what can't stand in a start tag: at least one character, up to something that can. */
function endOfGarbage(scan: Scan, from: number): number {
  const { text } = scan;
  let index = from + 1;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isSpace(code) || code === greaterThan || code === lessThan || code === slash) break;
    if (nameStartLength(text, index) > 0) break;
    index++;
  }
  return index;
}

class AttributeInTag extends ScannedAttribute {
  /** Whether the closing quote is missing. */
  leftOpen = false;
}

function scanAttribute(scan: Scan, element: ScannedElement, start: number): AttributeInTag {
  const { text, source } = scan;
  const name = scan.names.read(start);
  const nameEnd = start + name.length;
  let index = skipSpace(text, nameEnd);
  let attribute: AttributeInTag;
  if (text.charCodeAt(index) !== equals) {
    attribute = new AttributeInTag(source, name, start, nameEnd, nameEnd, nameEnd);
    scan.problems.report("attribute-without-value", start, nameEnd, { name: name.qualified });
  } else {
    const equalsEnd = index + 1;
    index = skipSpace(text, equalsEnd);
    const code = text.charCodeAt(index);
    if (code === doubleQuote || code === singleQuote) {
      const value = scanQuoted(scan, name.qualified, index, code);
      attribute = new AttributeInTag(source, name, start, index + 1, value.end, value.end + (value.leftOpen ? 0 : 1));
      attribute.leftOpen = value.leftOpen;
    } else {
      const end = endOfUnquoted(text, index);
      if (end === index) {
        attribute = new AttributeInTag(source, name, start, nameEnd, nameEnd, equalsEnd);
        scan.problems.report("attribute-without-value", start, equalsEnd, { name: name.qualified });
      } else {
        attribute = new AttributeInTag(source, name, start, index, end, end);
        scan.problems.report("attribute-value-not-quoted", index, end, { name: name.qualified });
      }
    }
  }
  element.addAttribute(attribute);
  return attribute;
}

/** Reads a value from its opening quote. `end` is the place of the closing quote, or where the value seems to end. */
function scanQuoted(scan: Scan, name: string, quoteStart: number, quote: number): { end: number; leftOpen: boolean } {
  const { text } = scan;
  let firstGreater = -1;
  let lessThanSeen = false;
  let index = quoteStart + 1;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === quote) return { end: index, leftOpen: false };
    if (isPlainText(code)) {
      index++;
    } else if (code === greaterThan) {
      if (firstGreater < 0) firstGreater = index;
      index++;
    } else if (code === ampersand) {
      index = scan.checkReference(index);
    } else if (code === lessThan) {
      if (!lessThanSeen && !closesOnThisLine(text, index, quote)) break;
      if (!lessThanSeen) scan.problems.report("less-than-in-attribute", index, index + 1, { name });
      lessThanSeen = true;
      index++;
    } else {
      index = scan.checkCharacter(index);
    }
  }
  let end = firstGreater >= 0 ? firstGreater : index;
  if (firstGreater >= 0 && text.charCodeAt(end - 1) === slash) end--;
  while (end > quoteStart + 1 && isSpace(text.charCodeAt(end - 1))) end--;
  const data = { name, quote: String.fromCharCode(quote) };
  scan.problems.report("attribute-value-not-closed", quoteStart, Math.max(end, quoteStart + 1), data);
  return { end: Math.max(end, quoteStart + 1), leftOpen: true };
}

/**
 * Whether a `<` in a value is part of it: the closing quote stands on the same line and looks like one. Otherwise the
 * quote is missing and the `<` starts the next tag.
 */
function closesOnThisLine(text: string, from: number, quote: number): boolean {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === lineFeed) return false;
    if (code !== quote) continue;
    const next = text.charCodeAt(index + 1);
    return isSpace(next) || next === greaterThan || next === slash;
  }
  return false;
}

function endOfUnquoted(text: string, from: number): number {
  let index = from;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isSpace(code) || code === greaterThan || code === lessThan) break;
    if (code === slash && text.charCodeAt(index + 1) === greaterThan) break;
    index++;
  }
  return index;
}

function skipSpace(text: string, from: number): number {
  let index = from;
  while (isSpace(text.charCodeAt(index))) index++;
  return index;
}
