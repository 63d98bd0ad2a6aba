import { colon, isAsciiNameChar, nameCharLength, nameStartLength } from "./characters.ts";

/** A qualified name, taken apart. Shared by every place in a document where the name is written. */
export interface QualifiedName {
  readonly qualified: string;
  readonly prefix: string | null;
  readonly localName: string;
  /** Number of UTF-16 code units. */
  readonly length: number;
  /** Where in the document it stands first. */
  readonly start: number;
  /** Whether it is a name in the sense of Namespaces in XML: at most one colon, with a name on both sides. */
  readonly wellFormed: boolean;
}

const slots = 256;

/**
 * Reads names off a document and hands out one object per name. A return has some twenty names and thousands of
 * places where they stand, so a small table that forgets on collision is enough, and bounded.
 */
export class NameTable {
  private readonly text: string;
  private readonly table = new Array<QualifiedName | null>(slots).fill(null);

  constructor(text: string) {
    this.text = text;
  }

  /** The name that starts at `start`, where a name-start character must stand. */
  read(start: number): QualifiedName {
    const text = this.text;
    let end = start;
    let hash = 0;
    let code = text.charCodeAt(end);
    while (isAsciiNameChar(code)) {
      hash = (hash * 31 + code) | 0;
      code = text.charCodeAt(++end);
    }
    if (code >= 0x80) {
      for (let length = nameCharLength(text, end); length > 0; length = nameCharLength(text, end)) {
        hash = (hash * 31 + text.charCodeAt(end)) | 0;
        end += length;
      }
    }
    const slot = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (slots - 1);
    const known = this.table[slot] ?? null;
    if (known !== null && known.length === end - start && sameText(text, known.start, start, known.length))
      return known;
    const name = takeApart(text, start, end);
    this.table[slot] = name;
    return name;
  }
}

/** Whether `length` code units at `a` and at `b` are the same. */
export function sameText(text: string, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (text.charCodeAt(a + i) !== text.charCodeAt(b + i)) return false;
  return true;
}

function takeApart(text: string, start: number, end: number): QualifiedName {
  const qualified = text.slice(start, end);
  const length = end - start;
  const first = qualified.indexOf(":");
  if (first < 0) return { qualified, prefix: null, localName: qualified, length, start, wellFormed: true };
  const localName = qualified.slice(first + 1);
  const wellFormed =
    first > 0 && !localName.includes(":") && localName.charCodeAt(0) !== colon && nameStartLength(localName, 0) > 0;
  if (!wellFormed) return { qualified, prefix: null, localName: qualified, length, start, wellFormed };
  return { qualified, prefix: qualified.slice(0, first), localName, length, start, wellFormed };
}
