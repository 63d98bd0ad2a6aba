import { isSpace } from "./characters.ts";
import { resembles } from "./resemblance.ts";
import type { Scan } from "./scan.ts";
import type { ScannedElement } from "./scannedTree.ts";
import { relatedMessages } from "./syntaxMessages.ts";
import { shorten } from "./problems.ts";

/** How many of the elements left open at the end of a document are named. */
const mostNamed = 5;

/** Puts an element whose start tag has been read into the tree, and opens it unless it is `<a/>`. */
export function openElement(scan: Scan, element: ScannedElement): void {
  const { parent } = element;
  if (parent === null) addTopLevel(scan, element);
  else parent.addChild(element);
  if (element.form === "empty") {
    element.end = element.startTagEnd;
    scan.namespaces.leave(element);
    return;
  }
  scan.open = element;
  if (scan.openCounts !== null) count(scan.openCounts, element.name, 1);
}

/** Closes the innermost open element with its own end tag. */
export function closeElement(scan: Scan, element: ScannedElement, endTagStart: number, end: number): void {
  element.endTagStart = endTagStart;
  element.end = end;
  scan.open = element.parent;
  scan.namespaces.leave(element);
  if (scan.openCounts !== null) count(scan.openCounts, element.name, -1);
}

/**
 * Acts on an end tag whose name is not that of the innermost open element: closes what is open up to the element
 * meant, takes it for a misspelt end tag, or leaves it aside as closing nothing.
 */
export function closeByName(scan: Scan, name: string, nameStart: number, endTagStart: number, end: number): void {
  const innermost = scan.open;
  const nameEnd = nameStart + name.length;
  if (innermost !== null && isOpen(scan, name)) {
    let target: ScannedElement = innermost;
    while (target.name !== name && target.parent !== null) target = target.parent;
    const related = [{ range: { start: endTagStart, end }, message: relatedMessages.closedBy(shorten(name)) }];
    for (const element of closeImplicitly(scan, target, endTagStart)) {
      if (element.form === "cut") continue;
      const { start, end: nameStop } = element.nameRange;
      scan.problems.report(
        "element-not-closed",
        start,
        nameStop,
        { name: element.name },
        scan.problems.full ? [] : related,
      );
    }
    closeElement(scan, target, endTagStart, end);
    return;
  }
  if (innermost !== null && isMisspelt(scan, innermost, name, endTagStart)) {
    const message = relatedMessages.startTag(shorten(innermost.name));
    const data = { name, expected: innermost.name };
    scan.problems.report("end-tag-mismatch", nameStart, nameEnd, data, [{ range: innermost.nameRange, message }]);
    closeElement(scan, innermost, endTagStart, end);
    return;
  }
  scan.problems.report("end-tag-without-start", nameStart, nameEnd, { name });
  scan.source.addMarkup(endTagStart, end);
}

/** Closes whatever is still open at the end of the document. @returns whether anything but half-typed tags was. */
export function closeAtEnd(scan: Scan): void {
  const left = closeImplicitly(scan, null, scan.text.length).filter((element) => element.form !== "cut");
  const innermost = left.at(-1);
  if (innermost === undefined) return;
  const named = left.slice(-mostNamed).reverse();
  const missing =
    named.map((element) => `</${shorten(element.name)}>`).join(" ") + (left.length > mostNamed ? " …" : "");
  const related = named
    .slice(1)
    .map((element) => ({ range: element.nameRange, message: relatedMessages.startTag(shorten(element.name)) }));
  const { start, end } = innermost.nameRange;
  if (left.length === 1) scan.problems.report("element-not-closed", start, end, { name: innermost.name });
  else scan.problems.report("document-ends-early", start, end, { name: innermost.name, missing }, related);
}

/**
 * Closes the open elements inside `target` (null: all) at `end`. A half-typed tag (`<mvaK`) and an unclosed element
 * that has a value before its first child (`<mvaKode>1 <grunnlag>…`) give their children to their parent, where they
 * belong. Outermost first, so that every child moves at most once.
 * @returns the closed elements, outermost first
 */
function closeImplicitly(scan: Scan, target: ScannedElement | null, end: number): readonly ScannedElement[] {
  const chain: ScannedElement[] = [];
  for (let element = scan.open; element !== null && element !== target; element = element.parent) {
    chain.push(element);
    scan.namespaces.leave(element);
    if (scan.openCounts !== null) count(scan.openCounts, element.name, -1);
  }
  chain.reverse();
  for (const element of chain) {
    const firstChild = element.children[0];
    if (element.form === "cut") element.end = element.startTagEnd;
    else if (firstChild !== undefined && hasValueBefore(scan.text, element, firstChild)) element.end = firstChild.start;
    else {
      element.end = end;
      continue;
    }
    for (const child of element.giveUpChildren()) {
      child.parent = element.parent;
      if (element.parent === null) scan.topLevel.push(child);
      else element.parent.addChild(child);
    }
  }
  scan.open = target;
  return chain;
}

function addTopLevel(scan: Scan, element: ScannedElement): void {
  const first = scan.topLevel[0];
  if (first !== undefined && scan.topLevel.length === 1) {
    const related = [{ range: first.nameRange, message: relatedMessages.firstRoot(shorten(first.name)) }];
    const { start, end } = element.nameRange;
    scan.problems.report("more-than-one-root", start, end, { name: element.name }, related);
  }
  scan.topLevel.push(element);
}

function isOpen(scan: Scan, name: string): boolean {
  if (scan.openCounts === null) {
    scan.openCounts = new Map();
    for (let element = scan.open; element !== null; element = element.parent) count(scan.openCounts, element.name, 1);
  }
  return (scan.openCounts.get(name) ?? 0) > 0;
}

/** A value's end tag is hardly meant for anything else, and nor is one that looks almost like the right one. */
function isMisspelt(scan: Scan, innermost: ScannedElement, name: string, endTagStart: number): boolean {
  if (resembles(innermost.name, name)) return true;
  return innermost.startTagEnd === scan.textStart && hasNonSpace(scan.text, scan.textStart, endTagStart);
}

function hasValueBefore(text: string, element: ScannedElement, child: ScannedElement): boolean {
  return hasNonSpace(text, element.startTagEnd, child.start);
}

function hasNonSpace(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isSpace(text.charCodeAt(i))) return true;
  return false;
}

function count(counts: Map<string, number>, name: string, change: 1 | -1): void {
  counts.set(name, (counts.get(name) ?? 0) + change);
}
