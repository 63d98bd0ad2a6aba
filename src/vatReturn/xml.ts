import type { Text, TextRange } from "./text.ts";

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

/** A second place that takes part in a problem, such as the start tag that an end tag does not match. */
export interface RelatedText {
  readonly range: TextRange;
  readonly message: Text;
}

/** Why a document is not well-formed XML, or holds what this product refuses (a document type declaration). */
export interface XmlProblem {
  /** In kebab-case, such as `element-not-closed`. */
  readonly code: string;
  readonly message: Text;
  /** Where to underline; inside the document, and possibly empty (at the end of a document, for instance). */
  readonly range: TextRange;
  readonly related: readonly RelatedText[];
  /** The names and characters put into the message. */
  readonly data: Readonly<Record<string, string>>;
}

/** A document's tree as far as it could be read. `problems` is empty exactly when the document is well-formed. */
export interface XmlDocument {
  readonly text: string;
  /** The first element at the top that is a real one; null where there is none. */
  readonly root: XmlElement | null;
  /** Every element at the top; a well-formed document has one. */
  readonly topLevel: readonly XmlElement[];
  /** Sorted by position; at most 100. */
  readonly problems: readonly XmlProblem[];
  /** How many problems beyond the reported ones were seen. */
  readonly omittedProblems: number;
  readonly hasDocumentType: boolean;
}
