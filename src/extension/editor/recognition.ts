import { documentIdentities } from "../../vatReturn/documentType.ts";

/*
 * Tells, from the first characters of a file, whether it is worth the validator's time. Only the root element's start
 * tag is looked at; the validator itself decides what the document is.
 */

/** Local names of the root elements that belong to a VAT return and its submission. */
const rootNames: ReadonlySet<string> = new Set(Object.values(documentIdentities).map(({ rootName }) => rootName));
/** How all their namespaces begin: a root element in one of them is meant to be one of theirs. */
const namespaceStart = "no:skatteetaten:fastsetting:avgift:mva:";

/** `incomplete`: what was given ends before the root element's name does. */
export type Recognition = "recognised" | "other" | "incomplete";

const tagName = /<([^\s<>/]*)([\s<>/])?/y;
const space = /\s*/y;

/**
 * Steps over byte order mark, declaration, comments, processing instructions and a document type declaration.
 * @param text the document, or as much of its beginning as is at hand.
 */
export function recogniseStart(text: string): Recognition {
  let position = text.startsWith("\uFEFF") ? 1 : 0;
  for (;;) {
    space.lastIndex = position;
    position += space.exec(text)?.[0].length ?? 0;
    if (position >= text.length) return "incomplete";
    const end = endOfProlog(text, position);
    if (end === "incomplete") return "incomplete";
    if (end === null) break;
    position = end;
  }
  tagName.lastIndex = position;
  const root = tagName.exec(text);
  if (root === null) return "other";
  if (root[2] === undefined) return "incomplete";
  const name = root[1] ?? "";
  if (rootNames.has(name.slice(name.indexOf(":") + 1))) return "recognised";
  const end = text.indexOf(">", position);
  if (end < 0) return "incomplete";
  return text.slice(position, end).includes(namespaceStart) ? "recognised" : "other";
}

/**
 * Looks at a file's bytes. Names of elements are ASCII in every encoding that XML is written in here, so that
 * dropping the zero bytes of UTF-16 is decoding enough.
 */
export function recogniseBytes(bytes: Uint8Array): Recognition {
  for (let length = 4096; ; length *= 8) {
    const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.byteLength));
    const text = start.toString("latin1").replace(/^(?:\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)/, "");
    const recognition = recogniseStart(text.replaceAll("\0", ""));
    if (recognition !== "incomplete" || length >= bytes.byteLength) return recognition;
  }
}

/** Where the comment, instruction or document type declaration at `position` ends; null where none stands. */
function endOfProlog(text: string, position: number): number | "incomplete" | null {
  if (text.startsWith("<?", position)) return after(text, "?>", position);
  if (text.startsWith("<!--", position)) return after(text, "-->", position + 4);
  if (text.startsWith("<!", position)) return afterDoctype(text, position);
  return null;
}

function after(text: string, delimiter: string, from: number): number | "incomplete" {
  const found = text.indexOf(delimiter, from);
  return found < 0 ? "incomplete" : found + delimiter.length;
}

function afterDoctype(text: string, position: number): number | "incomplete" {
  let depth = 0;
  for (let at = position; at < text.length; at++) {
    const character = text[at];
    if (character === "[") depth++;
    else if (character === "]") depth--;
    else if (character === '"' || character === "'") {
      const closing = text.indexOf(character, at + 1);
      if (closing < 0) return "incomplete";
      at = closing;
    } else if (character === ">" && depth <= 0) return at + 1;
  }
  return "incomplete";
}
