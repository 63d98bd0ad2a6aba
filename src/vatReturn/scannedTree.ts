import { isSpace } from "./characters.ts";
import type { QualifiedName } from "./names.ts";
import { decode } from "./references.ts";
import type { TextRange } from "./text.ts";
import type { XmlAttribute, XmlElement } from "./xml.ts";

/** How an element's start tag ends: properly, with `/>`, or not at all (half-typed, the next `<` cuts it off). */
export type TagForm = "open" | "empty" | "cut";

const noElements: ScannedElement[] = [];
const noAttributes: ScannedAttribute[] = [];

/**
 * The text of one document and the stretches of it that are neither elements nor character data: comments, processing
 * instructions, CDATA markers, end tags that close nothing. Kept apart so that elements stay small.
 */
export class DocumentSource {
  readonly text: string;
  /** Whether any character data holds an `&` or a `\r`; without, it means what it says. */
  needsDecoding = false;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  /** For CDATA what stands between the markers; empty for everything else. */
  private readonly literalStarts: number[] = [];
  private readonly literalEnds: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Notes a stretch that is no character data. Stretches come in document order and do not overlap. */
  addMarkup(start: number, end: number): void {
    this.addLiteral(start, end, end, end);
  }

  /** Notes a CDATA section with the place of its content. */
  addLiteral(start: number, end: number, literalStart: number, literalEnd: number): void {
    this.starts.push(start);
    this.ends.push(end);
    this.literalStarts.push(literalStart);
    this.literalEnds.push(literalEnd);
  }

  /** Calls `take` for every run of character data in `start`..`end` (an element's gap between two children). */
  eachRun(start: number, end: number, take: (start: number, end: number, literal: boolean) => void): void {
    let from = start;
    for (let i = this.firstMarkupFrom(start); i < this.starts.length; i++) {
      const markupStart = this.starts[i] ?? end;
      if (markupStart >= end) break;
      if (markupStart > from) take(from, markupStart, false);
      const literalStart = this.literalStarts[i] ?? end;
      const literalEnd = this.literalEnds[i] ?? end;
      if (literalEnd > literalStart) take(literalStart, literalEnd, true);
      from = this.ends[i] ?? end;
    }
    if (end > from) take(from, end, false);
  }

  hasMarkup(start: number, end: number): boolean {
    return this.starts.length > 0 && (this.starts[this.firstMarkupFrom(start)] ?? end) < end;
  }

  private firstMarkupFrom(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** An element as offsets into the document; texts and ranges are made when they are asked for. */
export class ScannedElement implements XmlElement {
  readonly source: DocumentSource;
  readonly qualifiedName: QualifiedName;
  readonly start: number;
  parent: ScannedElement | null;
  namespace: string | null = null;
  children: ScannedElement[] = noElements;
  attributes: ScannedAttribute[] = noAttributes;
  form: TagForm = "open";
  startTagEnd = 0;
  /** -1 where there is no end tag. */
  endTagStart = -1;
  end = 0;

  constructor(source: DocumentSource, parent: ScannedElement | null, name: QualifiedName, start: number) {
    this.source = source;
    this.parent = parent;
    this.qualifiedName = name;
    this.start = start;
  }

  get name(): string {
    return this.qualifiedName.qualified;
  }

  get localName(): string {
    return this.qualifiedName.localName;
  }

  get nameEnd(): number {
    return this.start + 1 + this.qualifiedName.length;
  }

  get contentEnd(): number {
    return this.endTagStart < 0 ? this.end : this.endTagStart;
  }

  get text(): string {
    const { source, startTagEnd, contentEnd } = this;
    if (this.children.length === 0 && !source.hasMarkup(startTagEnd, contentEnd)) {
      const raw = source.text.slice(startTagEnd, contentEnd);
      return source.needsDecoding ? decode(raw, false) : raw;
    }
    const parts: string[] = [];
    this.eachTextRun((start, end, literal) => {
      const raw = source.text.slice(start, end);
      parts.push(literal ? raw.replace(/\r\n?/g, "\n") : decode(raw, false));
    });
    return parts.join("");
  }

  get range(): TextRange {
    return { start: this.start, end: this.end };
  }

  get startTag(): TextRange {
    return { start: this.start, end: this.startTagEnd };
  }

  get nameRange(): TextRange {
    return { start: this.start + 1, end: this.nameEnd };
  }

  get endTag(): TextRange | null {
    return this.endTagStart < 0 ? null : { start: this.endTagStart, end: this.end };
  }

  get contentRange(): TextRange {
    return { start: this.startTagEnd, end: this.contentEnd };
  }

  get valueRange(): TextRange {
    const { text } = this.source;
    let first = -1;
    let last = -1;
    this.eachTextRun((runStart, runEnd) => {
      let start = runStart;
      let end = runEnd;
      while (start < end && isSpace(text.charCodeAt(start))) start++;
      if (start === end) return;
      while (isSpace(text.charCodeAt(end - 1))) end--;
      if (first < 0) first = start;
      last = end;
    });
    return first < 0 ? this.contentRange : { start: first, end: last };
  }

  /** Calls `take` for every run of the element's own character data, in document order. */
  eachTextRun(take: (start: number, end: number, literal: boolean) => void): void {
    let from = this.startTagEnd;
    for (const child of this.children) {
      if (child.start > from) this.source.eachRun(from, child.start, take);
      from = child.end;
    }
    if (this.contentEnd > from) this.source.eachRun(from, this.contentEnd, take);
  }

  addChild(child: ScannedElement): void {
    if (this.children === noElements) this.children = [child];
    else this.children.push(child);
  }

  /** Leaves the element without children and returns those it had. */
  giveUpChildren(): readonly ScannedElement[] {
    const given = this.children;
    this.children = noElements;
    return given;
  }

  addAttribute(attribute: ScannedAttribute): void {
    if (this.attributes === noAttributes) this.attributes = [attribute];
    else this.attributes.push(attribute);
  }
}

/** An attribute as offsets into the document. */
export class ScannedAttribute implements XmlAttribute {
  readonly source: DocumentSource;
  readonly qualifiedName: QualifiedName;
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;

  constructor(
    source: DocumentSource,
    name: QualifiedName,
    start: number,
    valueStart: number,
    valueEnd: number,
    end: number,
  ) {
    this.source = source;
    this.qualifiedName = name;
    this.start = start;
    this.valueStart = valueStart;
    this.valueEnd = valueEnd;
    this.end = end;
  }

  get name(): string {
    return this.qualifiedName.qualified;
  }

  get value(): string {
    return decode(this.source.text.slice(this.valueStart, this.valueEnd), true);
  }

  get range(): TextRange {
    return { start: this.start, end: this.end };
  }

  get nameRange(): TextRange {
    return { start: this.start, end: this.start + this.qualifiedName.length };
  }

  get valueRange(): TextRange {
    return { start: this.valueStart, end: this.valueEnd };
  }
}
