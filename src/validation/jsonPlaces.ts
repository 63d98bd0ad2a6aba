import type { TextRange } from "../vatReturn/text.ts";

/**
 * Where the values of a JSON text stand, by their paths (`organisations[0].deletedOn`; the whole text under the empty
 * one). A path that names a missing value is looked up by the nearest part that is there.
 */
export function jsonPlace(text: string, path: string): TextRange {
  const places = readPlaces(text);
  for (let part = path; part !== ""; part = part.replace(/(?:^|\.)[^.[\]]*$|\[\d+\]$/, "")) {
    const place = places.get(part);
    if (place !== undefined) return part === path ? place : { start: place.start, end: place.start + 1 };
  }
  return { start: 0, end: Math.min(1, text.length) };
}

/** Reads as far as the text is JSON; never throws. */
function readPlaces(text: string): ReadonlyMap<string, TextRange> {
  const places = new Map<string, TextRange>();
  const open: { path: string; index: number; start: number; key: string | null }[] = [];
  const pathHere = (): string => {
    const inner = open.at(-1);
    if (inner === undefined) return "";
    if (inner.key === null) return `${inner.path}[${inner.index}]`;
    return inner.path === "" ? inner.key : `${inner.path}.${inner.key}`;
  };
  let expectsKey = false;
  for (const { 0: token, index: start } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    const end = start + token.length;
    const inner = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({ path: pathHere(), index: 0, start, key: token === "{" ? "" : null });
      expectsKey = token === "{";
    } else if (token === "}" || token === "]") {
      const closed = open.pop();
      if (closed !== undefined) places.set(closed.path, { start: closed.start, end });
      expectsKey = false;
    } else if (token === ",") {
      if (inner !== undefined) inner.index++;
      expectsKey = inner !== undefined && inner.key !== null;
    } else if (token === ":") expectsKey = false;
    else if (expectsKey && inner !== undefined) inner.key = unquoted(token);
    else places.set(pathHere(), { start, end });
  }
  return places;
}

function unquoted(token: string): string {
  try {
    const value: unknown = JSON.parse(token);
    return typeof value === "string" ? value : token;
  } catch {
    return token;
  }
}
