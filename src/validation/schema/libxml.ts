import { ParseOption, XmlDocument, XsdValidator } from "libxml2-wasm";
import {
  addFunction,
  XmlErrorStruct,
  xmlCtxtSetErrorHandler,
  xmlDocGetRootElement,
  xmlFreeDoc,
  xmlFreeParserCtxt,
  xmlGetIntSubset,
  xmlNewParserCtxt,
  xmlReadMemory,
  xmlSchemaFreeValidCtxt,
  xmlSchemaNewValidCtxt,
  xmlSchemaSetValidStructuredErrors,
  xmlSchemaValidateDoc,
  XmlTreeCommonStruct,
} from "libxml2-wasm/lib/libxml2.mjs";
import type { XmlElement } from "../../vatReturn/xml.ts";

/** Two things that the package exports at run time and leaves out of its types. */
declare module "libxml2-wasm/lib/libxml2.mjs" {
  /** Makes a JavaScript function callable from WebAssembly. */
  export function addFunction(callback: (context: number, error: number) => void, signature: "vii"): number;
}
declare module "libxml2-wasm/lib/disposable.mjs" {
  interface XmlDisposable<T extends XmlDisposable<T>> {
    readonly _ptr: number;
  }
}

/**
 * Nothing is fetched, no entity is loaded, no catalog asked, and no inclusion followed; the declared encoding does not
 * count, because the text is decoded already. CDATA becomes plain text: the XSD standard sees no difference, libxml2
 * does. The limits on depth (256) and on the length of texts (10 MB) stay in force. Short texts are kept in their nodes
 * (COMPACT), which saves a tenth of the time and is allowed as long as nobody changes the tree.
 */
const parseOptions = (ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_COMPACT |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_SKIP_IDS) as ParseOption;

/** What libxml2 says of one node of a document. */
export interface SchemaError {
  readonly message: string;
  /** null where the error is not about an element of the tree that was given. */
  readonly element: XmlElement | null;
}

export type Judgement =
  | { readonly outcome: "judged"; readonly errors: readonly SchemaError[] }
  | { readonly outcome: "refused"; readonly message: string };

/** Pointers into the memory of the WebAssembly module. */
type Pointer = number;

const warningLevel = 1;
const elementNode = 1;

interface RawError {
  readonly message: string;
  readonly node: Pointer;
}

/**
 * libxml2 reports errors through one callback. Parsing and validation are synchronous, so the list it writes to is the
 * one of the document being judged. The library's own collector has a path written for every error, at 0.2 ms each;
 * the node is enough.
 */
let collected: RawError[] = [];
const collector = addFunction((_context: Pointer, error: Pointer) => {
  if (XmlErrorStruct.level(error) <= warningLevel) return;
  collected.push({ message: XmlErrorStruct.message(error).trim(), node: XmlErrorStruct.node(error) });
}, "vii");

/** A schema ready for use, with the document it was made from, which the validator goes on pointing into. */
export interface CompiledSchema {
  readonly validator: XsdValidator;
  readonly document: XmlDocument;
}

/** @throws Error where the schema is not one */
export function compileSchema(schema: string): CompiledSchema {
  // Explanations are for people; without them compiling takes a third of the time and memory.
  const bare = schema.replace(/<xsd:annotation>[^]*?<\/xsd:annotation>/g, "");
  const document = XmlDocument.fromBuffer(Buffer.from(bare), { option: parseOptions });
  return { validator: XsdValidator.fromDoc(document), document };
}

/**
 * Parses and judges one text and gives back all memory.
 * @param root the tree of the same document; `isLeftOut` names the elements that the text does not hold any more
 */
export function judge(
  schema: CompiledSchema,
  text: string,
  root: XmlElement,
  isLeftOut: (element: XmlElement) => boolean,
): Judgement {
  const { document, errors: parserErrors } = parse(text);
  if (document === 0) return { outcome: "refused", message: parserErrors.map(({ message }) => message).join("\n") };
  try {
    if (xmlGetIntSubset(document) !== 0) return { outcome: "refused", message: "Document type declaration" };
    const errors = validate(schema.validator, document);
    if (errors.length === 0) return { outcome: "judged", errors: [] };
    const elements = elementsByNode(xmlDocGetRootElement(document), root, isLeftOut);
    return {
      outcome: "judged",
      errors: errors.map(({ message, node }) => ({ message, element: elementOf(node, elements) })),
    };
  } finally {
    xmlFreeDoc(document);
  }
}

/**
 * The library's own document object is watched for garbage collection, at the price of a twentieth of the whole check
 * of a short return; a document that is freed at once needs no watching.
 * @returns the document, to be freed; 0 with the reasons where the text is refused
 */
function parse(text: string): { readonly document: Pointer; readonly errors: readonly RawError[] } {
  const context = xmlNewParserCtxt();
  collected = [];
  xmlCtxtSetErrorHandler(context, collector, 0);
  const document: Pointer = xmlReadMemory(context, Buffer.from(text), null, null, parseOptions);
  xmlFreeParserCtxt(context);
  const errors = collected;
  collected = [];
  if (document === 0 || errors.length === 0) return { document, errors };
  xmlFreeDoc(document);
  return { document: 0, errors };
}

function validate(validator: XsdValidator, document: Pointer): readonly RawError[] {
  const context = xmlSchemaNewValidCtxt(validator._ptr);
  collected = [];
  xmlSchemaSetValidStructuredErrors(context, collector, 0);
  const status: number = xmlSchemaValidateDoc(context, document);
  xmlSchemaFreeValidCtxt(context);
  const errors = collected;
  collected = [];
  if (status !== 0 && errors.length === 0) throw new Error(`The schema validator gave up with status ${status}.`);
  return status === 0 ? [] : errors;
}

/** Walks both trees side by side; both hold the same elements in the same order. */
function elementsByNode(
  rootNode: Pointer,
  root: XmlElement,
  isLeftOut: (element: XmlElement) => boolean,
): ReadonlyMap<Pointer, XmlElement> {
  const elements = new Map<Pointer, XmlElement>();
  const waiting: [Pointer, XmlElement][] = [[rootNode, root]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [node, element] = pair;
    elements.set(node, element);
    let child: Pointer = XmlTreeCommonStruct.children(node);
    for (const childElement of element.children) {
      if (isLeftOut(childElement)) continue;
      while (child !== 0 && XmlTreeCommonStruct.type(child) !== elementNode) child = XmlTreeCommonStruct.next(child);
      if (child === 0) break;
      waiting.push([child, childElement]);
      child = XmlTreeCommonStruct.next(child);
    }
  }
  return elements;
}

/** The element of a node, or of the element that an attribute or text node belongs to. */
function elementOf(node: Pointer, elements: ReadonlyMap<Pointer, XmlElement>): XmlElement | null {
  if (node === 0) return null;
  return elements.get(node) ?? elements.get(XmlTreeCommonStruct.parent(node)) ?? null;
}
