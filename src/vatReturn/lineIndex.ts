import type { TextRange } from "./text.ts";

/** A place in a text as people count: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into lines and columns and back. Lines end with `\n`, `\r\n` or a lone `\r`. */
export class LineIndex {
  private readonly text: string;
  /** The offset at which each line starts. */
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.starts = lineStarts(text);
  }

  /** At least 1: an empty text has one empty line. */
  get lineCount(): number {
    return this.starts.length;
  }

  /** The place of an offset; offsets beyond the text count as its nearest end. */
  position(offset: number): Position {
    const inside = Math.min(Math.max(offset, 0), this.text.length);
    let low = 1;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? Infinity) <= inside) low = middle + 1;
      else high = middle;
    }
    return { line: low, column: inside - (this.starts[low - 1] ?? 0) + 1 };
  }

  /** The offset of a place; a column beyond the line's end counts as that end, a line beyond the text as its end. */
  offset(position: Position): number {
    if (position.line < 1) return 0;
    if (position.line > this.starts.length) return this.text.length;
    const { start, end } = this.line(position.line);
    return Math.min(start + Math.max(position.column - 1, 0), end);
  }

  /** Where a line's text stands, its line end left out. @param line 1-based; beyond the text: an empty range */
  line(line: number): TextRange {
    const start = this.starts[line - 1];
    if (start === undefined) return { start: this.text.length, end: this.text.length };
    const next = this.starts[line];
    if (next === undefined) return { start, end: this.text.length };
    const crlf = next - start >= 2 && this.text.charAt(next - 2) === "\r" && this.text.charAt(next - 1) === "\n";
    return { start, end: next - (crlf ? 2 : 1) };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  const lineFeedsOnly = !text.includes("\r");
  if (lineFeedsOnly) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(index + 1) !== 0x0a)) starts.push(index + 1);
  }
  return starts;
}
