import type { TextRange } from "../vatReturn/text.ts";

/** A value of a JSON text and where it stands. */
export interface JsonNode {
  readonly kind: "object" | "array" | "scalar";
  readonly range: TextRange;
  /** Of an object, in the order of the text, names that occur twice included. */
  readonly members: readonly JsonMember[];
  /** Of an array. */
  readonly items: readonly JsonNode[];
}

export interface JsonMember {
  readonly name: string;
  readonly nameRange: TextRange;
  /** null while it is being written. */
  readonly value: JsonNode | null;
}

export interface JsonTree {
  readonly root: JsonNode | null;
  /** The first place that is not JSON, or the end of a text that breaks off; null where all of it is. */
  readonly fault: TextRange | null;
}

interface OpenNode {
  readonly kind: "object" | "array";
  readonly start: number;
  readonly members: { readonly name: string; readonly nameRange: TextRange; value: JsonNode | null }[];
  readonly items: JsonNode[];
}

/** What may come next. */
type Expected = "value" | "valueOrEnd" | "nameOrEnd" | "name" | "colon" | "commaOrEnd" | "nothing";

// Of all blanks JSON knows four; a no-break space from a web page is not one of them.
const tokens = /"(?:[^"\\\n\r]|\\.)*"?|[[\]{},:]|[^ \t\n\r[\]{},:"]+/g;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Reads a JSON text with its positions, as far as it makes sense where it is broken. Never throws. */
export function readJsonTree(text: string): JsonTree {
  const open: OpenNode[] = [];
  let root: JsonNode | null = null;
  let fault: TextRange | null = null;
  let expected: Expected = "value";
  const place = (node: JsonNode): void => {
    const outer = open.at(-1);
    const member = outer?.members.at(-1);
    if (outer === undefined) root ??= node;
    else if (outer.kind === "array") outer.items.push(node);
    else if (member !== undefined) member.value ??= node;
  };
  const close = (end: number): void => {
    const closed = open.pop();
    if (closed === undefined) return;
    const { kind, start, members, items } = closed;
    place({ kind, range: { start, end }, members, items });
  };

  // A mark of byte order in front is nothing to object to.
  for (const { 0: token, index: start } of text.replace(/^\ufeff/, " ").matchAll(tokens)) {
    const range = { start, end: start + token.length };
    if (!fits(token, expected, open.at(-1)?.kind)) fault ??= range;
    const outer = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({ kind: token === "{" ? "object" : "array", start, members: [], items: [] });
      expected = token === "{" ? "nameOrEnd" : "valueOrEnd";
    } else if (token === "}" || token === "]") {
      close(range.end);
      expected = open.length === 0 ? "nothing" : "commaOrEnd";
    } else if (token === ",") expected = outer?.kind === "object" ? "name" : "value";
    else if (token === ":") expected = "value";
    else if (outer?.kind === "object" && (expected === "name" || expected === "nameOrEnd")) {
      outer.members.push({ name: unquoted(token), nameRange: range, value: null });
      expected = "colon";
    } else {
      place({ kind: "scalar", range, members: [], items: [] });
      expected = open.length === 0 ? "nothing" : "commaOrEnd";
    }
  }
  if (expected !== "nothing") fault ??= { start: Math.max(0, text.length - 1), end: text.length };
  while (open.length > 0) close(text.length);
  return { root, fault };
}

function fits(token: string, expected: Expected, outer: "object" | "array" | undefined): boolean {
  switch (expected) {
    case "value":
      return token === "{" || token === "[" || isScalar(token);
    case "valueOrEnd":
      return token === "]" || token === "{" || token === "[" || isScalar(token);
    case "nameOrEnd":
      return token === "}" || (token.startsWith('"') && isScalar(token));
    case "name":
      return token.startsWith('"') && isScalar(token);
    case "colon":
      return token === ":";
    case "commaOrEnd":
      return token === "," || token === (outer === "object" ? "}" : "]");
    case "nothing":
      return false;
  }
}

function isScalar(token: string): boolean {
  if (token === "true" || token === "false" || token === "null" || number.test(token)) return true;
  if (!token.startsWith('"')) return false;
  try {
    JSON.parse(token);
    return true;
  } catch {
    return false;
  }
}

function unquoted(token: string): string {
  try {
    const value: unknown = JSON.parse(token);
    return typeof value === "string" ? value : token;
  } catch {
    return token;
  }
}
