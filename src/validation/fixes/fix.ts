import type { Text, TextRange } from "../../vatReturn/text.ts";

/** One replacement in a document's text; an empty range inserts. */
export interface TextEdit extends TextRange {
  readonly newText: string;
  /** Parts of `newText` that only the author can write: an editor selects them. Offsets into `newText`, in order. */
  readonly placeholders?: readonly TextRange[];
}

/** One way to mend a finding. */
export interface Fix {
  readonly title: Text;
  /** Sorted by position, never overlapping. */
  readonly edits: readonly TextEdit[];
  /** Whether this is what is meant almost certainly: such fixes may be applied to all findings of their kind at once. */
  readonly preferred: boolean;
  /** Whether it changes how something is written and not what is reported, so that it may be applied unasked on save. */
  readonly mechanical: boolean;
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

/** A fix whose edits may have been collected in any order; insertions at one place keep theirs. */
export function fix(
  title: Text,
  edits: readonly TextEdit[],
  { preferred = false, mechanical = false }: { readonly preferred?: boolean; readonly mechanical?: boolean } = {},
): Fix {
  return { title, edits: joined(edits), preferred, mechanical };
}

/** Sorted by position; insertions at one place become one. */
function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last === undefined || last.start !== edit.start || last.end !== edit.start) {
      result.push(edit);
      continue;
    }
    const moved = (edit.placeholders ?? []).map(({ start, end }) => ({
      start: start + last.newText.length,
      end: end + last.newText.length,
    }));
    const placeholders = [...(last.placeholders ?? []), ...moved];
    result[result.length - 1] = {
      start: last.start,
      end: edit.end,
      newText: last.newText + edit.newText,
      ...(placeholders.length === 0 ? {} : { placeholders }),
    };
  }
  return result;
}

// Two characters of the private use area stand around a placeholder while XML is put together.
const opening = "\uE000";
const closing = "\uE001";

/** Marks a value that the author has to look at, in XML that `placed` finishes. */
export function placeholder(value: string): string {
  return opening + value + closing;
}

/** Takes the marks of `placeholder` out of an edit, and notes where they stood. */
export function placed(edit: TextEdit): TextEdit {
  const placeholders: TextRange[] = [];
  let newText = "";
  let start = 0;
  for (const character of edit.newText) {
    if (character === opening) start = newText.length;
    else if (character === closing) placeholders.push({ start, end: newText.length });
    else newText += character;
  }
  return placeholders.length === 0 ? edit : { start: edit.start, end: edit.end, newText, placeholders };
}
