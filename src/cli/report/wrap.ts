import { columnsOf } from "./excerpt.ts";

/** Breaks a sentence into lines of at most `width` columns, the following ones indented. */
export function wrap(sentence: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of sentence.split(" ")) {
    if (line !== "" && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
