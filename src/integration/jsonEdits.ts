import type { TextEdit } from "../validation/fixes/fix.ts";
import type { JsonMember, JsonNode } from "../validation/jsonTree.ts";
import type { TextRange } from "../vatReturn/text.ts";
import type { Change, JsonPath } from "./problem.ts";

/** What stands at a path; null where nothing does. */
export function nodeAt(root: JsonNode, path: JsonPath): JsonNode | null {
  let node: JsonNode | null = root;
  for (const step of path) {
    node = typeof step === "number" ? (node.items[step] ?? null) : (memberOf(node, step)?.value ?? null);
    if (node === null) return null;
  }
  return node;
}

/** The member of an object; of several with one name the last counts, as it does for `JSON.parse`. */
export function memberOf(node: JsonNode, name: string): JsonMember | null {
  return node.members.findLast((member) => member.name === name) ?? null;
}

/**
 * Where a path stands in the text. Of what is not there, the nearest part that is: its name where it has one, the
 * opening brace of the whole otherwise.
 */
export function rangeOf(root: JsonNode, path: JsonPath, atName: boolean): TextRange {
  const parent = nodeAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (parent === null || last === undefined) {
    return path.length > 1 ? rangeOf(root, path.slice(0, -1), false) : opening(root);
  }
  if (typeof last === "string") {
    const member = memberOf(parent, last);
    if (member !== null) return atName || member.value === null ? member.nameRange : member.value.range;
  } else {
    const item = parent.items[last];
    if (item !== undefined) return item.range;
  }
  return path.length > 1 ? rangeOf(root, path.slice(0, -1), false) : opening(root);
}

function opening({ range }: JsonNode): TextRange {
  return { start: range.start, end: Math.min(range.start + 1, range.end) };
}

/** Changes as edits of the text, laid out as the text is. Those whose place has gone are left out. */
export function editsFor(text: string, root: JsonNode, changes: readonly Change[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const added = new Map<string, unknown[]>();
  for (const change of changes) {
    const parentPath = change.path.slice(0, -1);
    const parent = nodeAt(root, parentPath);
    const last = change.path.at(-1);
    if (parent === null || last === undefined) continue;
    if (change.kind === "remove") {
      const edit = removal(text, parent, last);
      if (edit !== null) edits.push(edit);
    } else if (change.kind === "rename") {
      const member = typeof last === "string" ? memberOf(parent, last) : null;
      if (member !== null) edits.push({ ...member.nameRange, newText: JSON.stringify(change.name) });
    } else if (typeof last === "number" && last >= parent.items.length) {
      const key = JSON.stringify(parentPath);
      added.set(key, [...(added.get(key) ?? []), change.value]);
    } else {
      const here = nodeAt(root, change.path);
      const newText = written(change.value, indentAt(text, (here ?? parent).range.start), unitOf(text));
      edits.push(here === null ? newMember(text, parent, String(last), change.value) : { ...here.range, newText });
    }
  }
  for (const [key, values] of added) {
    const parent = nodeAt(root, JSON.parse(key) as JsonPath);
    if (parent !== null) edits.push(newItems(text, parent, values));
  }
  return edits.sort((one, other) => one.start - other.start);
}

function removal(text: string, parent: JsonNode, step: string | number): TextEdit | null {
  const parts = partsOf(parent);
  const index = typeof step === "number" ? step : parent.members.findLastIndex(({ name }) => name === step);
  const part = parts[index];
  if (part === undefined) return null;
  const before = parts[index - 1];
  const after = parts[index + 1];
  // With the comma behind it, or, for the last one, with the comma in front.
  if (after !== undefined) return { start: part.start, end: after.start, newText: "" };
  if (before !== undefined) return { start: before.end, end: part.end, newText: "" };
  const { start, end } = parent.range;
  return text.slice(start, end).endsWith("]") || text.slice(start, end).endsWith("}")
    ? { start: start + 1, end: end - 1, newText: "" }
    : { ...part, newText: "" };
}

/** The ranges of an object's members or a list's items, in order. */
function partsOf({ members, items }: JsonNode): readonly TextRange[] {
  return members.length > 0
    ? members.map(({ nameRange, value }) => ({ start: nameRange.start, end: value?.range.end ?? nameRange.end }))
    : items.map(({ range }) => range);
}

function newMember(text: string, object: JsonNode, name: string, value: unknown): TextEdit {
  const last = partsOf(object).at(-1);
  const unit = unitOf(text);
  const indent = last === undefined ? indentAt(text, object.range.start) + unit : indentAt(text, last.start);
  const line = `${JSON.stringify(name)}: ${written(value, indent, unit)}`;
  return addition(text, object, last, line, indent);
}

function newItems(text: string, list: JsonNode, values: readonly unknown[]): TextEdit {
  const last = list.items.at(-1)?.range;
  const unit = unitOf(text);
  const indent = indentAt(text, last?.start ?? list.range.start) + (last === undefined ? unit : "");
  const onOneLine = last === undefined || !text.slice(list.range.start, last.start).includes("\n");
  const lines = values.map((value) => written(value, indent, unit));
  if (onOneLine) {
    const newText = (last === undefined ? "" : ", ") + lines.join(", ");
    const start = last?.end ?? list.range.start + 1;
    return { start, end: last === undefined ? Math.max(start, list.range.end - 1) : start, newText };
  }
  return addition(text, list, last, lines.join(`,${lineEnd(text)}${indent}`), indent);
}

function addition(text: string, parent: JsonNode, last: TextRange | undefined, line: string, indent: string): TextEdit {
  const flat = !text.slice(parent.range.start, last?.start ?? parent.range.end).includes("\n");
  if (last !== undefined) {
    return { start: last.end, end: last.end, newText: flat ? `, ${line}` : `,${lineEnd(text)}${indent}${line}` };
  }
  const start = parent.range.start + 1;
  const newLine = lineEnd(text);
  const newText = `${newLine}${indent}${line}${newLine}${indentAt(text, parent.range.start)}`;
  return { start, end: Math.max(start, parent.range.end - 1), newText };
}

/** A value as JSON: short lists on one line, what has parts of its own on several. */
export function written(value: unknown, indent: string, unit: string): string {
  if (Array.isArray(value)) {
    const flat = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    if (flat.length <= 60 || value.length < 2) return flat;
  }
  return JSON.stringify(value, null, unit).replaceAll("\n", `\n${indent}`);
}

function indentAt(text: string, offset: number): string {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? "";
}

function lineEnd(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** By how much the text moves a level in; two spaces where it does not tell. */
function unitOf(text: string): string {
  return /^\s*\{\r?\n([ \t]+)/.exec(text)?.[1] ?? "  ";
}
