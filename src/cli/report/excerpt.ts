import type { TextRange } from "../../vatReturn/text.ts";

/** A source line made fit for a terminal, and where in it the range stands, both in terminal columns. */
export interface Excerpt {
  readonly source: string;
  /** Terminal columns before the mark. */
  readonly indent: number;
  /** Terminal columns to mark, at least 1. */
  readonly width: number;
}

const tabWidth = 4;
const ellipsis = "…";

/**
 * The line on which a range begins, cut to `room` terminal columns around the range.
 * @param line where the line begins and ends in the text, line break excluded
 */
export function excerptOf(text: string, line: TextRange, range: TextRange, room: number): Excerpt {
  const start = Math.min(Math.max(range.start, line.start), line.end);
  const end = Math.min(Math.max(range.end, start), line.end);
  const markFits = end - line.start <= room && columnsOf(printable(text.slice(line.start, end))) < room;
  const from = markFits ? line.start : before(text, start, line.start, Math.floor(room / 3));
  const to = Math.min(line.end, from + room);
  const left = (from > line.start ? ellipsis : "") + printable(text.slice(from, start));
  const marked = printable(text.slice(start, Math.min(end, to)));
  const whole = left + marked + printable(text.slice(Math.min(end, to), to));
  const cut = cutTo(whole, room - 1);
  const indent = columnsOf(left);
  return {
    source: to < line.end || cut.length < whole.length - 1 ? cut + ellipsis : whole,
    indent,
    width: Math.max(1, Math.min(columnsOf(marked), room - indent)),
  };
}

/** The offset at most `room` terminal columns before `start`, not within a surrogate pair. */
function before(text: string, start: number, lineStart: number, room: number): number {
  let from = start;
  while (from > lineStart && columnsOf(printable(text.slice(from - 1, start))) <= room) from--;
  return from < start && isLowSurrogate(text, from) ? from + 1 : from;
}

/**
 * Text that moves no cursor, changes no colour and turns no writing direction: tabs become blanks, other control
 * characters their pictures.
 */
export function printable(text: string): string {
  return text
    .replaceAll("\t", " ".repeat(tabWidth))
    .replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu, "\ufffd");
}

const zeroWidth = /\p{Mark}|[\u200b-\u200d\u2060]/u;
const doubleWidth =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

/** How many columns of a terminal a printable text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

function widthOf(character: string): number {
  if (character === "\t") return tabWidth;
  if (character >= " " && character <= "~") return 1;
  return zeroWidth.test(character) ? 0 : doubleWidth.test(character) ? 2 : 1;
}

function cutTo(text: string, room: number): string {
  let columns = 0;
  let length = 0;
  for (const character of text) {
    columns += widthOf(character);
    if (columns > room) break;
    length += character.length;
  }
  return text.slice(0, length);
}

function isLowSurrogate(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
