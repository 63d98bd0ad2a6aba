import type { TextRange } from "../vatReturn/text.ts";
import { readJsonTree, type JsonNode } from "./jsonTree.ts";

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
  const { root } = readJsonTree(text);
  const waiting: (readonly [path: string, node: JsonNode])[] = root === null ? [] : [["", root]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, node] = next;
    places.set(path, node.range);
    node.items.forEach((item, index) => waiting.push([`${path}[${index}]`, item]));
    for (const { name, value } of node.members) {
      if (value !== null) waiting.push([path === "" ? name : `${path}.${name}`, value]);
    }
  }
  return places;
}
