import type { Text, TextRange } from "../../vatReturn/text.ts";

/** One replacement in a document's text; an empty range inserts. */
export interface TextEdit extends TextRange {
  readonly newText: string;
}

/** One way to mend a finding. */
export interface Fix {
  readonly title: Text;
  /** Sorted by position, never overlapping. */
  readonly edits: readonly TextEdit[];
  /** Whether this is what is meant almost certainly: such fixes may be applied to all findings of their kind at once. */
  readonly preferred: boolean;
}

/** The document after some edits, applied together. */
export function applyFix(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let position = 0;
  for (const edit of edits) {
    result += text.slice(position, edit.start) + edit.newText;
    position = edit.end;
  }
  return result + text.slice(position);
}
