import {
  ampersand,
  hash,
  isLegalCodePoint,
  isSpace,
  nameCharLength,
  nameStartLength,
  semicolon,
} from "./characters.ts";

/** What stands at an `&`: where it ends, and either the characters it means or what is wrong with it. */
export interface Reference {
  /** After the `;`, or after what was read of it. */
  readonly end: number;
  readonly value: string | null;
  readonly problem: "stray-ampersand" | "unknown-entity" | "invalid-character-reference" | null;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
/** No legal reference has more digits than this worth reading as a number; leading zeros are free. */
const highestCodePoint = 0x10ffff;

/** Reads the reference that starts with the `&` at `index`. Takes time in proportion to its length. */
export function readReference(text: string, index: number): Reference {
  return text.charCodeAt(index + 1) === hash ? readCharacterReference(text, index) : readEntity(text, index);
}

/**
 * Decodes character data or an attribute value as XML 1.0 sections 2.11 and 3.3.3 say: line ends become `\n`,
 * references become characters; in an attribute each white space character becomes a space. What is no valid
 * reference stays as it is written.
 */
export function decode(raw: string, inAttribute: boolean): string {
  let text = raw;
  if (text.includes("\r")) text = text.replace(/\r\n?/g, "\n");
  if (inAttribute && (text.includes("\n") || text.includes("\t"))) text = text.replace(/[\n\t]/g, " ");
  return text.includes("&") ? withReferences(text) : text;
}

function withReferences(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let index = text.indexOf("&"); index >= 0; index = text.indexOf("&", Math.max(from, index + 1))) {
    const reference = readReference(text, index);
    if (reference.value === null) continue;
    parts.push(text.slice(from, index), reference.value);
    from = reference.end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

function readEntity(text: string, index: number): Reference {
  const start = index + 1;
  let end = start + nameStartLength(text, start);
  if (end === start) return { end: start, value: null, problem: "stray-ampersand" };
  for (let length = nameCharLength(text, end); length > 0; length = nameCharLength(text, end)) end += length;
  if (text.charCodeAt(end) !== semicolon) return { end: start, value: null, problem: "stray-ampersand" };
  const name = text.slice(start, end);
  const value = Object.hasOwn(entities, name) ? entities[name] : undefined;
  return { end: end + 1, value: value ?? null, problem: value === undefined ? "unknown-entity" : null };
}

function readCharacterReference(text: string, index: number): Reference {
  const hexadecimal = text.charAt(index + 2) === "x";
  const base = hexadecimal ? 16 : 10;
  const start = index + (hexadecimal ? 3 : 2);
  let end = start;
  let code = 0;
  for (let digit = digitAt(text, end, base); digit >= 0; digit = digitAt(text, end, base)) {
    code = Math.min(code * base + digit, highestCodePoint + 1);
    end++;
  }
  if (text.charCodeAt(end) !== semicolon) end = endOfUnfinished(text, end);
  else if (end > start && isLegalCodePoint(code)) {
    return { end: end + 1, value: String.fromCodePoint(code), problem: null };
  } else end++;
  return { end, value: null, problem: "invalid-character-reference" };
}

/** Where a reference that does not run up to its `;` may be taken to end: `&#12a;` is one mistake, `&#12 a;` as well. */
function endOfUnfinished(text: string, from: number): number {
  let end = from;
  const limit = Math.min(text.length, from + 10);
  while (end < limit) {
    const code = text.charCodeAt(end);
    if (code === semicolon) return end + 1;
    if (isSpace(code) || code === ampersand || nameCharLength(text, end) !== 1) return from;
    end++;
  }
  return from;
}

function digitAt(text: string, index: number, base: number): number {
  const code = text.charCodeAt(index);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (base === 10) return -1;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}
