import type { TextRange } from "./text.ts";

/** One attribute as it stands in a start tag, namespace declarations included. */
export interface XmlAttribute {
  /** Qualified name as written, `xmlns` and `xmlns:x` included. */
  readonly name: string;
  /** The value with character references and the five entities decoded. */
  readonly value: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** Between the quotes; empty at the name's end where no value was written. */
  readonly valueRange: TextRange;
}

/** One element. Children and text are what could be read, also of a broken document. */
export interface XmlElement {
  /** Qualified name as written. */
  readonly name: string;
  readonly localName: string;
  /** Namespace URI in force, or null for none. */
  readonly namespace: string | null;
  readonly parent: XmlElement | null;
  readonly children: readonly XmlElement[];
  readonly attributes: readonly XmlAttribute[];
  /** The element's own character data (not its children's), decoded, in document order. */
  readonly text: string;
  /** From `<` of the start tag to after `>` of the end tag (or to where the element is cut off). */
  readonly range: TextRange;
  /** The start tag, `<` to after `>`. */
  readonly startTag: TextRange;
  /** The name in the start tag. */
  readonly nameRange: TextRange;
  /** The end tag; null for `<a/>` and for an element that is never closed. */
  readonly endTag: TextRange | null;
  /** Between start tag and end tag; empty for `<a/>`. */
  readonly contentRange: TextRange;
  /** What to underline for the value: the own text without leading and trailing white space, or `contentRange`. */
  readonly valueRange: TextRange;
}
