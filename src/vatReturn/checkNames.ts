import type { QualifiedName } from "./names.ts";
import { xmlNamespace, xmlnsNamespace } from "./namespaces.ts";
import { shorten } from "./problems.ts";
import type { Scan } from "./scan.ts";
import type { ScannedAttribute, ScannedElement } from "./scannedTree.ts";
import { relatedMessages } from "./syntaxMessages.ts";

/** Up to this many attributes are compared pairwise; beyond, a set is built. */
const fewAttributes = 8;

/**
 * Applies Namespaces in XML 1.0 to a start tag: takes in its declarations, gives the element its namespace, and
 * reports names, prefixes and double attributes that break the rules.
 */
export function checkNames(scan: Scan, element: ScannedElement): void {
  for (const attribute of element.attributes) declare(scan, element, attribute);
  const { qualifiedName: name } = element;
  checkName(scan, name, element.start + 1);
  if (name.prefix === null) {
    element.namespace = name.wellFormed ? scan.namespaces.defaultNamespace : null;
  } else if (name.prefix === "xmlns") {
    scan.problems.report("reserved-namespace", element.start + 1, element.nameEnd);
  } else {
    element.namespace = resolve(scan, name.prefix, element.start + 1);
  }
  if (element.attributes.length === 0) return;
  for (const attribute of element.attributes) checkName(scan, attribute.qualifiedName, attribute.start);
  checkDuplicates(scan, element.attributes);
  checkExpandedNames(scan, element.attributes);
}

function declare(scan: Scan, element: ScannedElement, attribute: ScannedAttribute): void {
  const { prefix, localName, qualified } = attribute.qualifiedName;
  const isDefault = qualified === "xmlns";
  if (!isDefault && prefix !== "xmlns") return;
  const namespace = attribute.value;
  const declared = isDefault ? "" : localName;
  const { start, end } = attribute.range;
  if (declared === "xmlns" || namespace === xmlnsNamespace || (declared === "xml") !== (namespace === xmlNamespace)) {
    scan.problems.report("reserved-namespace", start, end);
  } else if (namespace === "" && !isDefault) {
    scan.problems.report("empty-prefix-binding", start, end, { prefix: declared });
  } else scan.namespaces.declare(element, declared, namespace);
}

function checkName(scan: Scan, name: QualifiedName, start: number): void {
  if (!name.wellFormed) scan.problems.report("malformed-name", start, start + name.length, { name: name.qualified });
}

function resolve(scan: Scan, prefix: string, start: number): string | null {
  const namespace = scan.namespaces.resolve(prefix);
  if (namespace === null) scan.problems.report("undeclared-prefix", start, start + prefix.length, { prefix });
  return namespace;
}

function checkDuplicates(scan: Scan, attributes: readonly ScannedAttribute[]): void {
  if (attributes.length <= fewAttributes) {
    for (let i = 1; i < attributes.length; i++) {
      const attribute = attributes[i];
      const first = attributes.findIndex((other) => other.name === attribute?.name);
      if (attribute !== undefined && first < i) reportDuplicate(scan, attribute, attributes[first]);
    }
    return;
  }
  const seen = new Map<string, ScannedAttribute>();
  for (const attribute of attributes) {
    const first = seen.get(attribute.name);
    if (first === undefined) seen.set(attribute.name, attribute);
    else reportDuplicate(scan, attribute, first);
  }
}

/** Two prefixes may stand for one namespace: then `a:x` and `b:x` are the same attribute. */
function checkExpandedNames(scan: Scan, attributes: readonly ScannedAttribute[]): void {
  let seen: Map<string, ScannedAttribute> | null = null;
  for (const attribute of attributes) {
    const { prefix, localName } = attribute.qualifiedName;
    if (prefix === null || prefix === "xmlns") continue;
    const namespace = resolve(scan, prefix, attribute.start);
    if (namespace === null) continue;
    seen ??= new Map();
    const expanded = `${namespace} ${localName}`;
    const first = seen.get(expanded);
    if (first === undefined) seen.set(expanded, attribute);
    else if (first.name !== attribute.name) reportDuplicate(scan, attribute, first);
  }
}

function reportDuplicate(scan: Scan, attribute: ScannedAttribute, first: ScannedAttribute | undefined): void {
  const name = shorten(attribute.name);
  const related =
    first === undefined || scan.problems.full
      ? []
      : [{ range: first.range, message: relatedMessages.firstAttribute(name) }];
  const { start, end } = attribute.nameRange;
  scan.problems.report("duplicate-attribute", start, end, { name }, related);
}
