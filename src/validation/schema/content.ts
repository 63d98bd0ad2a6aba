import type { XmlElement } from "../../vatReturn/xml.ts";
import { likeliest } from "../likeness.ts";
import type { ComplexType, ElementDeclaration, SchemaModel } from "./schemaModel.ts";

/** What is wrong with which elements stand in an element, and in which order. */
export type ContentProblem =
  | {
      readonly kind: "unknown";
      readonly element: XmlElement;
      readonly likeliest: string | null;
      readonly expected: readonly string[];
    }
  | { readonly kind: "namespace"; readonly element: XmlElement; readonly expected: string }
  | { readonly kind: "repeated"; readonly element: XmlElement; readonly first: XmlElement }
  | {
      readonly kind: "oneOnly";
      readonly element: XmlElement;
      readonly first: XmlElement;
      readonly expected: readonly string[];
    }
  | {
      readonly kind: "misplaced";
      readonly element: XmlElement;
      readonly side: "before" | "after";
      readonly other: XmlElement;
    }
  | {
      readonly kind: "missing";
      readonly parent: XmlElement;
      readonly names: readonly string[];
      readonly before: XmlElement | null;
    }
  | { readonly kind: "missingChoice"; readonly parent: XmlElement; readonly names: readonly string[] };

/** A document laid against a schema: what each element was taken for, and where the two part. */
export interface Matching {
  readonly problems: readonly ContentProblem[];
  /** What each element was taken for, misspelt ones included. */
  readonly declarations: ReadonlyMap<XmlElement, ElementDeclaration>;
  /** Elements that the schema has no name for, and none that is near; nothing below them was looked at. */
  readonly strangers: ReadonlySet<XmlElement>;
}

interface Child {
  readonly element: XmlElement;
  /** Position of its declaration in the parent's type. */
  readonly position: number;
}

/**
 * Lays a document against a schema and finds every place where elements are unknown, missing, repeated or out of order.
 * Validators stop at the first such place in an element and skip what follows; this explains all of them.
 */
export function matchContent(model: SchemaModel, root: XmlElement): Matching {
  const problems: ContentProblem[] = [];
  const declarations = new Map<XmlElement, ElementDeclaration>([[root, model.root]]);
  const strangers = new Set<XmlElement>();
  // The same mistake is often made on every line; what it comes near to is worked out once.
  const likenesses = new Map<string, string | null>();
  const waiting: XmlElement[] = [root];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    const type = model.types.get(declarations.get(parent)?.typeName ?? "");
    if (type?.kind !== "complex") continue;
    const children: Child[] = [];
    for (const element of parent.children) {
      const position = recognise(type, parent, element, model.namespace, problems, likenesses);
      const declaration = type.children[position];
      if (declaration === undefined) {
        strangers.add(element);
        continue;
      }
      declarations.set(element, declaration);
      children.push({ element, position });
      waiting.push(element);
    }
    if (type.order === "choice") checkChoice(type, parent, children, problems);
    else checkSequence(type, parent, children, problems);
  }
  return { problems, declarations, strangers };
}

/** @returns the position of the declaration that the element stands for, or -1; reports a wrong name or namespace */
function recognise(
  type: ComplexType,
  parent: XmlElement,
  element: XmlElement,
  namespace: string,
  problems: ContentProblem[],
  known: Map<string, string | null>,
): number {
  const position = type.children.findIndex((child) => child.name === element.localName);
  if (position >= 0) {
    // Below an element of a wrong namespace its own children say nothing new.
    const isNew = element.namespace !== namespace && element.namespace !== parent.namespace;
    if (isNew) problems.push({ kind: "namespace", element, expected: namespace });
    return position;
  }
  const names = type.children.map((child) => child.name);
  const key = `${type.name} ${element.localName}`;
  const likest = known.has(key) ? (known.get(key) ?? null) : likeliest(element.localName, names);
  known.set(key, likest);
  const isTaken = likest !== null && type.order === "sequence" && hasOnly(type, parent, likest);
  const near = isTaken ? null : likest;
  problems.push({ kind: "unknown", element, likeliest: near, expected: names });
  return near === null ? -1 : names.indexOf(near);
}

/** Whether the parent has the one element of that name that it may have: then no other was meant to be it. */
function hasOnly(type: ComplexType, parent: XmlElement, name: string): boolean {
  const maximum = type.children.find((child) => child.name === name)?.maximum ?? 1;
  return maximum === 1 && parent.children.some((child) => child.localName === name);
}

function checkChoice(
  type: ComplexType,
  parent: XmlElement,
  children: readonly Child[],
  problems: ContentProblem[],
): void {
  const expected = type.children.map((child) => child.name);
  const [first, ...others] = children;
  if (first === undefined) problems.push({ kind: "missingChoice", parent, names: expected });
  for (const other of others) {
    if (first === undefined || isMisspelt(type, other)) continue;
    problems.push({ kind: "oneOnly", element: other.element, first: first.element, expected });
  }
}

function checkSequence(
  type: ComplexType,
  parent: XmlElement,
  children: readonly Child[],
  problems: ContentProblem[],
): void {
  const firsts = new Map<number, XmlElement>();
  const single: Child[] = [];
  for (const child of children) {
    const first = firsts.get(child.position);
    if (first !== undefined && type.children[child.position]?.maximum === 1) {
      if (!isMisspelt(type, child)) problems.push({ kind: "repeated", element: child.element, first });
      continue;
    }
    if (first === undefined) firsts.set(child.position, child.element);
    single.push(child);
  }
  const kept = longestInOrder(single);
  for (const child of single) {
    if (!kept.has(child) && !isMisspelt(type, child)) problems.push(misplaced(child, single, kept));
  }
  reportMissing(
    type,
    parent,
    firsts,
    single.filter((child) => kept.has(child)),
    problems,
  );
}

/** Of a misspelt element the spelling has been reported; where it may stand shows when that is right. */
function isMisspelt(type: ComplexType, { element, position }: Child): boolean {
  return type.children[position]?.name !== element.localName;
}

/** Says of an element out of order which neighbour it must stand after or before. */
function misplaced(child: Child, all: readonly Child[], kept: ReadonlySet<Child>): ContentProblem {
  const { element, position } = child;
  const own = all.indexOf(child);
  const predecessor = all.findLast((other, index) => index > own && kept.has(other) && other.position < position);
  if (predecessor !== undefined) return { kind: "misplaced", element, side: "after", other: predecessor.element };
  const successor = all.find((other) => kept.has(other) && other.position > position);
  return { kind: "misplaced", element, side: "before", other: successor?.element ?? element };
}

function reportMissing(
  type: ComplexType,
  parent: XmlElement,
  present: ReadonlyMap<number, XmlElement>,
  kept: readonly Child[],
  problems: ContentProblem[],
): void {
  let names: string[] = [];
  let before: XmlElement | null = null;
  const flush = (): void => {
    if (names.length > 0) problems.push({ kind: "missing", parent, names, before });
    names = [];
  };
  type.children.forEach(({ name, minimum }, position) => {
    if (minimum === 0 || present.has(position)) return;
    const next = kept.find((child) => child.position > position)?.element ?? null;
    if (next !== before) flush();
    before = next;
    names.push(name);
  });
  flush();
}

/** The largest set of children whose positions never go down: what is left out is what has to move. */
function longestInOrder(children: readonly Child[]): ReadonlySet<Child> {
  const previous: number[] = [];
  // For each length the child that ends such a run with the lowest position.
  const ends: number[] = [];
  children.forEach(({ position }, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((children[ends[middle] ?? 0]?.position ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  });
  const kept = new Set<Child>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const child = children[index];
    if (child !== undefined) kept.add(child);
  }
  return kept;
}
