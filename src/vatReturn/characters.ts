/** Code units and character classes of XML 1.0 (fifth edition), as the scanner needs them. */

const tab = 0x09;
export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const space = 0x20;
export const exclamation = 0x21;
export const doubleQuote = 0x22;
export const hash = 0x23;
export const ampersand = 0x26;
export const singleQuote = 0x27;
export const hyphen = 0x2d;
export const slash = 0x2f;
export const colon = 0x3a;
export const semicolon = 0x3b;
export const lessThan = 0x3c;
export const equals = 0x3d;
export const greaterThan = 0x3e;
export const question = 0x3f;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;
export const firstSurrogate = 0xd800;

const nameStart = 1;
const nameOther = 2;

/** For code units below 128: 1 may start a name, 2 may only continue one, 0 neither. */
const asciiNames = new Uint8Array(128);
/** For code units below 128: 1 where text runs on without further thought. */
const asciiText = new Uint8Array(128).fill(1);

for (const [characters, kind] of [
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:", nameStart],
  ["0123456789-.", nameOther],
] as const) {
  for (const character of characters) asciiNames[character.charCodeAt(0)] = kind;
}
for (let code = 0; code < space; code++) asciiText[code] = code === tab || code === lineFeed ? 1 : 0;
for (const code of [carriageReturn, ampersand, lessThan, greaterThan]) asciiText[code] = 0;

/** NameStartChar beyond ASCII, as pairs of first and last code point. */
const nameStartRanges = [
  0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f, 0x2c00, 0x2fef,
  0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd, 0x10000, 0xeffff,
];
/** What NameChar adds to that. */
const nameOtherRanges = [0xb7, 0xb7, 0x300, 0x36f, 0x203f, 0x2040];

export function isSpace(code: number): boolean {
  return code === space || code === lineFeed || code === tab || code === carriageReturn;
}

/** Whether the code unit is plain text: legal, no `\r`, and nothing the scanner must look at (`&`, `<`, `>`). */
export function isPlainText(code: number): boolean {
  return code < 0x80 ? asciiText[code] === 1 : code < firstSurrogate;
}

/** Number of code units (0, 1 or 2) of the name-start character at `index`; 0 where there is none. */
export function nameStartLength(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0x80) return asciiNames[code] === nameStart ? 1 : 0;
  return wideNameLength(text, index, nameStartRanges);
}

/** Number of code units (0, 1 or 2) of the name character at `index`; 0 where there is none. */
export function nameCharLength(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0x80) return asciiNames[code] === 0 ? 0 : 1;
  return wideNameLength(text, index, nameStartRanges) || wideNameLength(text, index, nameOtherRanges);
}

/** Whether the code unit is an ASCII name character; the scanner's quick way through names. */
export function isAsciiNameChar(code: number): boolean {
  return code < 0x80 && asciiNames[code] !== 0;
}

/** Number of code units (1 or 2) of the legal XML character at `index`; 0 for an illegal one or a lone surrogate. */
export function legalLength(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < space) return code === tab || code === lineFeed || code === carriageReturn ? 1 : 0;
  if (code < firstSurrogate) return 1;
  if (code >= 0xe000) return code < 0xfffe ? 1 : 0;
  if (code >= 0xdc00) return 0;
  const low = text.charCodeAt(index + 1);
  return low >= 0xdc00 && low <= 0xdfff ? 2 : 0;
}

/** Whether a character reference may stand for this code point. */
export function isLegalCodePoint(code: number): boolean {
  if (code < space) return code === tab || code === lineFeed || code === carriageReturn;
  return code < firstSurrogate || (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code <= 0x10ffff);
}

function wideNameLength(text: string, index: number, ranges: readonly number[]): number {
  const code = text.codePointAt(index);
  if (code === undefined) return 0;
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    if (code >= (ranges[i] ?? Infinity) && code <= (ranges[i + 1] ?? -1)) return code > 0xffff ? 2 : 1;
  }
  return 0;
}
