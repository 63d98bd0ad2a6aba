import assert from "node:assert/strict";
import type { TextRange } from "../../../src/vatReturn/text.ts";
import type { XmlDocument, XmlElement } from "../../../src/vatReturn/xml.ts";

/**
 * Checks every position of a document, well-formed or not: ranges lie inside the document and inside their parent's,
 * follow one another, and hold what they are said to hold. Does not recurse.
 */
export function checkPositions(document: XmlDocument): void {
  const { text } = document;
  const whole = { start: 0, end: text.length };
  checkSequence(document.topLevel, whole, null);
  const waiting = [...document.topLevel];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    checkElement(text, element);
    checkSequence(element.children, element.contentRange, element);
    for (const child of element.children) waiting.push(child);
  }
  for (const problem of document.problems) {
    checkInside(problem.range, whole);
    for (const related of problem.related) checkInside(related.range, whole);
  }
  if (document.root !== null) assert.ok(document.topLevel.includes(document.root));
}

function checkElement(text: string, element: XmlElement): void {
  const { range, startTag, nameRange, endTag, contentRange, valueRange } = element;
  assert.equal(slice(text, nameRange), element.name);
  assert.equal(element.localName, element.localName === element.name ? element.name : element.name.split(":")[1]);
  assert.equal(text[startTag.start], "<");
  assert.equal(startTag.start, range.start);
  checkInside(startTag, range);
  checkInside(nameRange, startTag);
  checkInside(contentRange, range);
  checkInside(valueRange, contentRange);
  assert.ok(contentRange.start >= startTag.end);
  if (endTag === null) assert.equal(contentRange.end, range.end);
  else {
    assert.ok(text.startsWith("</", endTag.start));
    assert.equal(endTag.end, range.end);
    assert.equal(contentRange.end, endTag.start);
  }
  const value = slice(text, valueRange);
  if (!/[&<\r]/.test(slice(text, contentRange))) assert.equal(element.text.includes(value), true);
  let from = nameRange.end;
  for (const attribute of element.attributes) {
    assert.equal(slice(text, attribute.nameRange), attribute.name);
    checkInside(attribute.range, { start: from, end: startTag.end });
    checkInside(attribute.nameRange, attribute.range);
    checkInside(attribute.valueRange, attribute.range);
    const written = slice(text, attribute.valueRange);
    if (!/[&\s]/.test(written)) assert.equal(attribute.value, written);
    from = attribute.range.end;
  }
}

function checkSequence(elements: readonly XmlElement[], inside: TextRange, parent: XmlElement | null): void {
  let from = inside.start;
  for (const element of elements) {
    assert.equal(element.parent, parent);
    checkInside(element.range, { start: from, end: inside.end });
    from = element.range.end;
  }
}

function checkInside(inner: TextRange, outer: TextRange): void {
  assert.ok(
    inner.start <= inner.end && outer.start <= inner.start && inner.end <= outer.end,
    `${inner.start}..${inner.end} is not inside ${outer.start}..${outer.end}`,
  );
}

function slice(text: string, range: TextRange): string {
  return text.slice(range.start, range.end);
}
