import type { Text } from "./text.ts";

export type EncodingProblemCode =
  "unknown-encoding" | "unsupported-encoding" | "encoding-mismatch" | "invalid-bytes" | "truncated-bytes";

/** Why bytes could not be made into text. Nothing is replaced silently. */
export interface EncodingProblem {
  readonly code: EncodingProblemCode;
  readonly message: Text;
  /** 0-based place of the first byte that does not fit; 0 where the document as a whole is concerned. */
  readonly byteOffset: number;
  /** The encoding's name as declared, or as recognised. */
  readonly encoding: string;
}

export type DecodedXml =
  | { readonly kind: "decoded"; readonly text: string; readonly encoding: string }
  | { readonly kind: "problem"; readonly problem: EncodingProblem };

type Encoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | "ISO-8859-1" | "windows-1252" | "US-ASCII";

const knownNames: ReadonlyMap<string, Encoding | "UTF-16"> = new Map([
  ["utf-8", "UTF-8"],
  ["utf8", "UTF-8"],
  ["utf-16", "UTF-16"],
  ["utf-16le", "UTF-16LE"],
  ["utf-16be", "UTF-16BE"],
  ["iso-8859-1", "ISO-8859-1"],
  ["iso_8859-1", "ISO-8859-1"],
  ["iso8859_1", "ISO-8859-1"],
  ["latin1", "ISO-8859-1"],
  ["windows-1252", "windows-1252"],
  ["cp1252", "windows-1252"],
  ["us-ascii", "US-ASCII"],
  ["ascii", "US-ASCII"],
] as const);

/** How far an XML declaration is looked for. */
const longestDeclaration = 1024;
const declaredEncoding = /^<\?xml[ \t\r\n][^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*(?:"([^"<>]*)"|'([^'<>]*)')/;
const chunk = 8192;

/**
 * Makes text of an XML document's bytes as XML 1.0 appendix F says: a byte order mark counts first, then the encoding
 * in the XML declaration, then UTF-8. UTF-8 and UTF-16 (with and without byte order mark), ISO-8859-1, windows-1252
 * and US-ASCII are read. The byte order mark is not part of the text, so that columns on the first line are right.
 */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  const detected = detect(bytes);
  if (detected.family === "UTF-32") return failure("unsupported-encoding", 0, "UTF-32");
  const wide = detected.family !== "8-bit";
  const head = declarationOf(bytes.subarray(detected.skip, detected.skip + longestDeclaration * (wide ? 2 : 1)));
  const declared = readDeclared(wide ? utf16(head.subarray(0, head.length & ~1), detected.family) : latin1(head));
  const known = declared === null ? null : (knownNames.get(declared.toLowerCase()) ?? null);
  if (declared !== null && known === null) return failure("unknown-encoding", 0, declared);
  const body = bytes.subarray(detected.skip);
  if (detected.family === "8-bit") {
    if (known === "UTF-16" || known === "UTF-16LE" || known === "UTF-16BE") {
      return failure("encoding-mismatch", 0, declared ?? "", "8-bit");
    }
    if (detected.skip > 0 && known !== null && known !== "UTF-8") {
      return failure("encoding-mismatch", 0, declared ?? "", "UTF-8");
    }
    return decodeNarrow(body, known ?? "UTF-8", detected.skip);
  }
  if (known !== null && known !== "UTF-16" && known !== detected.family) {
    return failure("encoding-mismatch", 0, declared ?? "", detected.family);
  }
  return decodeWide(body, detected.family, detected.skip);
}

/** Up to the first `>`: no declaration goes on after it, and documents are judged by the thousand. */
function declarationOf(head: Uint8Array): Uint8Array {
  const end = head.indexOf(0x3e);
  // In UTF-16 the byte belongs to a pair, and which half it is does not matter here.
  return end < 0 ? head : head.subarray(0, Math.min(head.length, end + 2));
}

interface Detected {
  readonly family: "8-bit" | "UTF-16LE" | "UTF-16BE" | "UTF-32";
  /** Length of the byte order mark. */
  readonly skip: number;
}

function detect(bytes: Uint8Array): Detected {
  const [a = -1, b = -1, c = -1, d = -1] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { family: "8-bit", skip: 3 };
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d === 0x3c)))
    return { family: "UTF-32", skip: 0 };
  if (b === 0 && c === 0 && d === 0 && a === 0x3c) return { family: "UTF-32", skip: 0 };
  if (a === 0xff && b === 0xfe) {
    return c === 0 && d === 0 ? { family: "UTF-32", skip: 0 } : { family: "UTF-16LE", skip: 2 };
  }
  if (a === 0xfe && b === 0xff) return { family: "UTF-16BE", skip: 2 };
  if (a === 0x3c && b === 0) return { family: "UTF-16LE", skip: 0 };
  if (a === 0 && b === 0x3c) return { family: "UTF-16BE", skip: 0 };
  return { family: "8-bit", skip: 0 };
}

function readDeclared(head: string): string | null {
  const match = declaredEncoding.exec(head);
  return match === null ? null : (match[1] ?? match[2] ?? "");
}

function decodeNarrow(bytes: Uint8Array, encoding: Encoding, skipped: number): DecodedXml {
  if (encoding === "UTF-8") {
    const text = strictly("utf-8", bytes);
    if (text !== null) return { kind: "decoded", text, encoding };
    return failure("invalid-bytes", skipped + firstInvalidUtf8(bytes), encoding);
  }
  if (encoding === "US-ASCII") {
    const offset = bytes.findIndex((byte) => byte >= 0x80);
    if (offset >= 0) return failure("invalid-bytes", skipped + offset, encoding);
  }
  if (encoding === "windows-1252") {
    const offset = bytes.findIndex((byte) => unassignedIn1252.has(byte));
    if (offset >= 0) return failure("invalid-bytes", skipped + offset, encoding);
    return { kind: "decoded", text: latin1(bytes).replace(/[\x80-\x9f]/g, from1252), encoding };
  }
  return { kind: "decoded", text: latin1(bytes), encoding };
}

/**
 * What windows-1252 has from 0x80 to 0x9F; elsewhere it is ISO-8859-1. By table, because some versions of Node decode
 * it as ISO-8859-1 throughout.
 */
const upper1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const unassignedIn1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function from1252(character: string): string {
  return upper1252.charAt(character.charCodeAt(0) - 0x80);
}

function decodeWide(bytes: Uint8Array, encoding: "UTF-16LE" | "UTF-16BE", skipped: number): DecodedXml {
  if (bytes.length % 2 === 1) return failure("truncated-bytes", skipped + bytes.length - 1, encoding);
  const text = utf16(bytes, encoding);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0xd800 || code > 0xdfff) continue;
    const low = text.charCodeAt(index + 1);
    if (code > 0xdbff || !(low >= 0xdc00 && low <= 0xdfff)) {
      return failure("invalid-bytes", skipped + 2 * index, encoding);
    }
    index++;
  }
  return { kind: "decoded", text, encoding };
}

/** Text of UTF-16 bytes of even number, code unit for code unit. */
function utf16(bytes: Uint8Array, encoding: Detected["family"]): string {
  const [first, second] = encoding === "UTF-16BE" ? [8, 0] : [0, 8];
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += 2 * chunk) {
    const units: number[] = [];
    const end = Math.min(from + 2 * chunk, bytes.length);
    for (let i = from; i < end; i += 2) units.push(((bytes[i] ?? 0) << first) | ((bytes[i + 1] ?? 0) << second));
    parts.push(String.fromCharCode(...units));
  }
  return parts.join("");
}

/** True ISO-8859-1: each byte is its code point (the web's decoder of that name means windows-1252). */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += chunk) {
    parts.push(String.fromCharCode(...bytes.subarray(from, from + chunk)));
  }
  return parts.join("");
}

function strictly(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The place of the first byte that starts no UTF-8 sequence (RFC 3629, section 4). */
function firstInvalidUtf8(bytes: Uint8Array): number {
  let index = 0;
  while (index < bytes.length) {
    const length = utf8Length(bytes, index);
    if (length === 0) return index;
    index += length;
  }
  return index;
}

function utf8Length(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >> 4 === 0xe ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  for (let i = 1; i < length; i++) if ((bytes[index + i] ?? 0) >> 6 !== 2) return 0;
  const second = bytes[index + 1] ?? 0;
  const overlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const beyond = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  return overlong || beyond ? 0 : length;
}

function failure(code: EncodingProblemCode, byteOffset: number, encoding: string, found = ""): DecodedXml {
  const name = encoding.length > 40 ? `${encoding.slice(0, 39)}…` : encoding;
  return {
    kind: "problem",
    problem: { code, message: messages[code](name, byteOffset, found), byteOffset, encoding: name },
  };
}

const messages: Readonly<Record<EncodingProblemCode, (encoding: string, byteOffset: number, found: string) => Text>> = {
  "unknown-encoding": (encoding) => ({
    en: `The XML declaration names the encoding “${encoding}”, which is not known. UTF-8 is the usual one.`,
    nb: `XML-deklarasjonen oppgir tegnkodingen «${encoding}», som er ukjent. UTF-8 er den vanlige.`,
  }),
  "unsupported-encoding": (encoding) => ({
    en: `The document is written in ${encoding}, which is not supported. Save it as UTF-8.`,
    nb: `Dokumentet er skrevet i ${encoding}, som ikke støttes. Lagre det som UTF-8.`,
  }),
  "encoding-mismatch": (encoding, _, found) => ({
    en:
      found === "8-bit"
        ? `The XML declaration says ${encoding}, but the document is not written in UTF-16. Say encoding="UTF-8" if it is UTF-8.`
        : `The XML declaration says ${encoding}, but the document is written in ${found}.`,
    nb:
      found === "8-bit"
        ? `XML-deklarasjonen sier ${encoding}, men dokumentet er ikke skrevet i UTF-16. Skriv encoding="UTF-8" hvis det er UTF-8.`
        : `XML-deklarasjonen sier ${encoding}, men dokumentet er skrevet i ${found}.`,
  }),
  "invalid-bytes": (encoding, byteOffset) => ({
    en: `Byte ${byteOffset + 1} is not valid ${encoding}. The file may be saved in another encoding than it claims.`,
    nb: `Byte ${byteOffset + 1} er ikke gyldig ${encoding}. Filen kan være lagret i en annen tegnkoding enn den oppgir.`,
  }),
  "truncated-bytes": (encoding, byteOffset) => ({
    en: `The file ends in the middle of a ${encoding} character (byte ${byteOffset + 1}).`,
    nb: `Filen slutter midt i et ${encoding}-tegn (byte ${byteOffset + 1}).`,
  }),
};
