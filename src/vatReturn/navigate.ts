import type { XmlAttribute, XmlDocument, XmlElement } from "./xml.ts";

/** The first child of that local name in the element's own namespace, or null. */
export function childNamed(element: XmlElement, localName: string): XmlElement | null {
  const { namespace } = element;
  for (const child of element.children) {
    if (child.localName === localName && child.namespace === namespace) return child;
  }
  return null;
}

/** Every child of that local name in the element's own namespace, in document order. */
export function childrenNamed(element: XmlElement, localName: string): readonly XmlElement[] {
  const { namespace } = element;
  return element.children.filter((child) => child.localName === localName && child.namespace === namespace);
}

/** The attribute written under that qualified name, or null. */
export function attributeNamed(element: XmlElement, name: string): XmlAttribute | null {
  return element.attributes.find((attribute) => attribute.name === name) ?? null;
}

/**
 * The element's absolute path by local names, with a 1-based index on elements that have siblings of the same name:
 * `/mvaMeldingDto/skattegrunnlagOgBeregnetSkatt/mvaSpesifikasjonslinje[2]/sats`.
 */
export function pathOf(element: XmlElement): string {
  const steps: string[] = [];
  for (let current: XmlElement | null = element; current !== null; current = current.parent) {
    steps.push(stepTo(current));
  }
  return `/${steps.reverse().join("/")}`;
}

/**
 * The element at a path as `pathOf` writes it. Also understands prefixes (ignored) and `*`, whose index counts all
 * elements. A step without index means the first.
 * @returns null where the document has no such element
 */
export function elementByPath(document: XmlDocument, path: string): XmlElement | null {
  if (!path.startsWith("/")) return null;
  let candidates = document.topLevel;
  let parent: XmlElement | null = null;
  for (const step of path.slice(1).split("/")) {
    const match = /^(?:[^:[\]]+:)?([^:[\]]+)(?:\[([1-9][0-9]{0,8})\])?$/.exec(step);
    const name = match?.[1];
    if (name === undefined) return null;
    const named: readonly XmlElement[] =
      name === "*"
        ? candidates
        : parent === null
          ? candidates.filter((candidate) => candidate.localName === name)
          : (siblingsOf(parent).byName.get(name) ?? []);
    const found: XmlElement | undefined = named[Number(match?.[2] ?? 1) - 1];
    if (found === undefined) return null;
    parent = found;
    candidates = found.children;
  }
  return parent;
}

/** The innermost element at an offset; an element that is never closed is also met at its very end. */
export function elementAt(document: XmlDocument, offset: number): XmlElement | null {
  let found: XmlElement | null = null;
  let next = lastStartingAtOrBefore(document.topLevel, offset);
  while (next !== null && covers(next, offset)) {
    found = next;
    next = lastStartingAtOrBefore(next.children, offset);
  }
  return found;
}

interface Siblings {
  readonly byName: ReadonlyMap<string, readonly XmlElement[]>;
  readonly positions: ReadonlyMap<XmlElement, number>;
}

/** Worked out once for each parent that is asked about; trees do not change. */
const knownSiblings = new WeakMap<XmlElement, Siblings>();

function siblingsOf(parent: XmlElement): Siblings {
  const known = knownSiblings.get(parent);
  if (known !== undefined) return known;
  const byName = new Map<string, XmlElement[]>();
  const positions = new Map<XmlElement, number>();
  for (const child of parent.children) {
    const same = byName.get(child.localName);
    if (same === undefined) byName.set(child.localName, [child]);
    else same.push(child);
    positions.set(child, same?.length ?? 1);
  }
  const siblings = { byName, positions };
  knownSiblings.set(parent, siblings);
  return siblings;
}

function stepTo(element: XmlElement): string {
  const { parent, localName } = element;
  if (parent === null || parent.children.length === 1) return localName;
  const { byName, positions } = siblingsOf(parent);
  if (byName.get(localName)?.length === 1) return localName;
  return `${localName}[${positions.get(element) ?? 1}]`;
}

function lastStartingAtOrBefore(elements: readonly XmlElement[], offset: number): XmlElement | null {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((elements[middle]?.range.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return elements[low - 1] ?? null;
}

function covers(element: XmlElement, offset: number): boolean {
  const { end } = element.range;
  if (offset < end) return true;
  const closed = element.endTag !== null || element.startTag.end === end;
  return offset === end && (!closed || isCut(element));
}

/** Whether the start tag itself is cut off, as in `<mvaK`. */
function isCut(element: XmlElement): boolean {
  return element.endTag === null && element.contentRange.end === element.nameRange.end;
}
