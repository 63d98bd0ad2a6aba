import type { TextRange } from "../vatReturn/text.ts";
import { readJsonTree, type JsonNode } from "./jsonTree.ts";

interface JsonPlace {
  readonly value: TextRange;
  /** Of a member of an object; null for others. */
  readonly name: TextRange | null;
}

/** @param at whether to give the place of the value, or of the name that it stands under, where it has one */
export type JsonPlaces = (path: string, at?: "value" | "name") => TextRange;

/**
 * Where the values of a JSON text stand, by their paths (`organisations[0].deletedOn`; the whole text under the empty
 * one). A path that names a missing value is looked up by the nearest part that is there. Of several members with one
 * name the last counts, as it does for `JSON.parse`.
 */
export function jsonPlaces(text: string): JsonPlaces {
  const places = readPlaces(text);
  return (path, at = "value") => {
    for (let part = path; part !== ""; part = part.replace(/(?:^|\.)[^.[\]]*$|\[\d+\]$/, "")) {
      const place = places.get(part);
      if (place === undefined) continue;
      const { value, name } = place;
      if (part === path) return at === "name" ? (name ?? value) : value;
      return { start: value.start, end: value.start + 1 };
    }
    return { start: 0, end: Math.min(1, text.length) };
  };
}

/** A name that an object has already. */
export interface RepeatedName {
  /** Of the member, as in `organisations[0].deletedOn`. */
  readonly path: string;
  readonly name: string;
  readonly nameRange: TextRange;
}

/** Every name that an object of the text has already, in the order of the text: `JSON.parse` keeps the last one only. */
export function repeatedNames(text: string): readonly RepeatedName[] {
  const found: RepeatedName[] = [];
  for (const [path, { members }] of nodesOf(text)) {
    const seen = new Set<string>();
    for (const { name, nameRange } of members) {
      if (seen.has(name)) found.push({ path: memberPath(path, name), name, nameRange });
      seen.add(name);
    }
  }
  return found.sort((a, b) => a.nameRange.start - b.nameRange.start);
}

function readPlaces(text: string): ReadonlyMap<string, JsonPlace> {
  const places = new Map<string, JsonPlace>();
  for (const [path, node, name] of nodesOf(text)) {
    // The last member of a name comes first.
    if (!places.has(path)) places.set(path, { value: node.range, name });
  }
  return places;
}

/** Every value with its path, the last ones first, as far as the text is JSON. */
function* nodesOf(text: string): Generator<readonly [path: string, node: JsonNode, name: TextRange | null]> {
  const { root } = readJsonTree(text);
  const waiting: (readonly [string, JsonNode, TextRange | null])[] = root === null ? [] : [["", root, null]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    const [path, node] = next;
    node.items.forEach((item, index) => waiting.push([`${path}[${index}]`, item, null]));
    for (const { name, nameRange, value } of node.members) {
      if (value !== null) waiting.push([memberPath(path, name), value, nameRange]);
    }
  }
}

function memberPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
