import type { XmlElement } from "../../vatReturn/xml.ts";

/**
 * What a complaint is about. `content`: which elements stand in an element. `value`: the text of an element.
 * `attribute`, `instanceAttribute`: one that is not allowed, or an `xsi:` one that does not fit. `text`: text between
 * elements. `children`: elements where only text may stand. `root`: the root element itself.
 */
export type ComplaintAbout =
  "content" | "value" | "attribute" | "instanceAttribute" | "text" | "children" | "root" | "other";

/** What a schema engine said about one element, sorted by kind; engines differ in words, not in this. */
export interface Complaint {
  readonly about: ComplaintAbout;
  readonly element: XmlElement;
  /** The attribute's name as far as the engine gives it, without namespace. */
  readonly attribute: string | null;
  /** The engine's own text. */
  readonly details: string;
}
