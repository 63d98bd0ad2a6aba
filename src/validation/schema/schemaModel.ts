import { attributeNamed, childNamed, childrenNamed } from "../../vatReturn/navigate.ts";
import { parseXml } from "../../vatReturn/scanner.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";

/** The built-in types that the five schemas build on. */
export type BuiltInType = "string" | "decimal" | "gYear" | "date" | "dateTime" | "long" | "boolean";

/** A type of plain values. */
export interface SimpleType {
  readonly kind: "simple";
  readonly name: string;
  readonly base: BuiltInType;
  /** The legal values in the schema's order, each with its explanation; null where the type lists none. */
  readonly values: ReadonlyMap<string, Text> | null;
  /** The exact number of digits, where the type is a number of fixed length. */
  readonly digits: number | null;
  /** Most UTF-16 code units, as Xerces counts. */
  readonly maximumLength: number | null;
}

/** A type of elements that hold elements: all of them in order, or one of them. */
export interface ComplexType {
  readonly kind: "complex";
  readonly name: string;
  readonly order: "sequence" | "choice";
  readonly children: readonly ElementDeclaration[];
}

export type SchemaType = SimpleType | ComplexType;

export interface ElementDeclaration {
  readonly name: string;
  readonly typeName: string;
  readonly minimum: number;
  /** Infinity for `unbounded`. */
  readonly maximum: number;
  readonly documentation: Text;
}

/** What one of our schemas says, as hovers, completions and explanations need it. */
export interface SchemaModel {
  readonly namespace: string;
  readonly root: ElementDeclaration;
  readonly types: ReadonlyMap<string, SchemaType>;
}

const builtIns: readonly string[] = ["string", "decimal", "gYear", "date", "dateTime", "long", "boolean"];

/**
 * Reads one of our own schemas, which keep to a small part of the language: one global element, named types, each a
 * sequence or a choice of elements, or a restriction by enumeration, maxLength or the pattern `[0-9]{n}`.
 * @throws Error where the schema uses anything else
 */
export function readSchemaModel(schema: string): SchemaModel {
  const { root, problems } = parseXml(schema);
  const globalElement = root === null ? null : childNamed(root, "element");
  if (root === null || globalElement === null || problems.length > 0) throw new Error("The schema is not readable.");
  const types = new Map<string, SchemaType>();
  for (const element of inOrderOfDerivation(childrenNamed(root, "simpleType"))) {
    const type = readSimpleType(element, types);
    types.set(type.name, type);
  }
  for (const element of childrenNamed(root, "complexType")) {
    const type = readComplexType(element);
    types.set(type.name, type);
  }
  return { namespace: required(root, "targetNamespace"), root: readDeclaration(globalElement), types };
}

/** What the schema declares for an element of a document, by its place in the tree; null for what it does not know. */
export function declarationOf(model: SchemaModel, element: XmlElement): ElementDeclaration | null {
  if (element.parent === null) return element.localName === model.root.name ? model.root : null;
  const parent = declarationOf(model, element.parent);
  const type = parent === null ? undefined : model.types.get(parent.typeName);
  if (type?.kind !== "complex") return null;
  return type.children.find((child) => child.name === element.localName) ?? null;
}

/** Each type after the one it restricts, which may stand anywhere in the file. */
function inOrderOfDerivation(elements: readonly XmlElement[]): readonly XmlElement[] {
  const byName = new Map(elements.map((element) => [required(element, "name"), element]));
  const ordered = new Set<XmlElement>();
  const place = (element: XmlElement): void => {
    const restriction = childNamed(element, "restriction");
    const parent = restriction === null ? undefined : byName.get(required(restriction, "base"));
    if (parent !== undefined && !ordered.has(parent)) place(parent);
    ordered.add(element);
  };
  for (const element of elements) place(element);
  return [...ordered];
}

function readSimpleType(element: XmlElement, known: ReadonlyMap<string, SchemaType>): SimpleType {
  const restriction = childNamed(element, "restriction");
  if (restriction === null) throw new Error("A simple type must be a restriction.");
  const baseName = required(restriction, "base");
  const builtIn = baseName.replace(/^xsd:/, "");
  const parent = known.get(baseName);
  const inherited = parent?.kind === "simple" ? parent : null;
  const values = childrenNamed(restriction, "enumeration").map((value): [string, Text] => [
    required(value, "value"),
    readDocumentation(value),
  ]);
  const pattern = facet(restriction, "pattern");
  const digits = pattern === null ? null : /^\[0-9\]\{([0-9]+)\}$/.exec(pattern)?.[1];
  if (digits === undefined) throw new Error(`The pattern ${pattern ?? ""} is of a kind that is not explained.`);
  const maximumLength = facet(restriction, "maxLength");
  return {
    kind: "simple",
    name: required(element, "name"),
    base: isBuiltIn(builtIn) ? builtIn : (inherited?.base ?? "string"),
    values: values.length === 0 ? (inherited?.values ?? null) : new Map(values),
    digits: digits === null ? (inherited?.digits ?? null) : Number(digits),
    maximumLength: maximumLength === null ? (inherited?.maximumLength ?? null) : Number(maximumLength),
  };
}

function readComplexType(element: XmlElement): ComplexType {
  const sequence = childNamed(element, "sequence");
  const content = sequence ?? childNamed(element, "choice");
  if (content === null) throw new Error("A complex type must be a sequence or a choice.");
  return {
    kind: "complex",
    name: required(element, "name"),
    order: sequence === null ? "choice" : "sequence",
    children: childrenNamed(content, "element").map(readDeclaration),
  };
}

function readDeclaration(element: XmlElement): ElementDeclaration {
  const maximum = attributeNamed(element, "maxOccurs")?.value ?? "1";
  return {
    name: required(element, "name"),
    typeName: required(element, "type"),
    minimum: Number(attributeNamed(element, "minOccurs")?.value ?? "1"),
    maximum: maximum === "unbounded" ? Infinity : Number(maximum),
    documentation: readDocumentation(element),
  };
}

function readDocumentation(element: XmlElement): Text {
  const annotation = childNamed(element, "annotation");
  const written = annotation === null ? [] : childrenNamed(annotation, "documentation");
  const inLanguage = (language: string): string =>
    written.find((each) => attributeNamed(each, "xml:lang")?.value === language)?.text.trim() ?? "";
  return { en: inLanguage("en"), nb: inLanguage("nb") };
}

function facet(restriction: XmlElement, name: string): string | null {
  const element = childNamed(restriction, name);
  return element === null ? null : required(element, "value");
}

function required(element: XmlElement, name: string): string {
  const value = attributeNamed(element, name)?.value;
  if (value === undefined) throw new Error(`<${element.name}> in the schema lacks ${name}.`);
  return value;
}

function isBuiltIn(name: string): name is BuiltInType {
  return builtIns.includes(name);
}
