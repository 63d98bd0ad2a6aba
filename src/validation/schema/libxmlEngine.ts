import { documentIdentities } from "../../vatReturn/documentType.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import type { DocumentType } from "../result.ts";
import type { Complaint } from "./complaint.ts";
import { matchContent, type Matching } from "./content.ts";
import { applyEdits, contentEdits, rootEdits, whiteSpaceEdits } from "./edits.ts";
import { explain } from "./findings.ts";
import { compileSchema, judge, type CompiledSchema, type Judgement } from "./libxml.ts";
import { readLibxmlMessage } from "./libxmlComplaints.ts";
import { refusal, unfitness } from "./refusals.ts";
import type { SchemaEngine } from "./schemaEngine.ts";
import { readSchemaModel, type SchemaModel } from "./schemaModel.ts";
import { overlongTexts } from "./utf16Length.ts";

/** One of our schemas, ready for use; what explains its errors is made when there is the first to explain. */
interface LoadedSchema {
  readonly rootName: string;
  readonly namespace: string;
  readonly strict: CompiledSchema;
  /** Accepts the known elements in any order and number, to see past an error in the order. */
  readonly lax: () => CompiledSchema;
  readonly model: () => SchemaModel;
}

const nothing: readonly Finding[] = [];
const everything = (): boolean => false;

/**
 * The engine on libxml2, in WebAssembly. Where libxml2 and the authority's engine (Xerces) part, this sides with
 * Xerces: white space around dates, years and the name in `xsi:type`; CDATA between elements; lengths counted in UTF-16
 * code units. What remains: libxml2 stops at 256 levels and at texts of 10 MB (either is refused by both, for different
 * reasons, except a text of 10 MB in an element without length limit), and XML 1.1 is read as XML 1.0.
 * @param readSchema the text of our schema for a document type
 */
export function createLibxmlSchemaEngine(readSchema: (type: DocumentType) => string): SchemaEngine {
  const loaded = new Map<DocumentType, LoadedSchema>();
  const schemaOf = (type: DocumentType): LoadedSchema => {
    const known = loaded.get(type);
    if (known !== undefined) return known;
    const schema = loadSchema(documentIdentities[type], readSchema(type));
    loaded.set(type, schema);
    return schema;
  };
  return {
    check: (document, type) => {
      const { root } = document;
      const unfit = unfitness(document);
      if (root === null || unfit !== null) return unfit === null ? nothing : [unfit];
      try {
        return checkDocument(schemaOf(type), document, root);
      } catch (error) {
        return [refusal(document, "engine-failed", error instanceof Error ? error.message : String(error))];
      }
    },
  };
}

function checkDocument(schema: LoadedSchema, document: XmlDocument, root: XmlElement): readonly Finding[] {
  const first = judge(
    schema.strict,
    applyEdits(document.text, rootEdits(root, schema.rootName, schema.namespace)),
    root,
    everything,
  );
  if (first.outcome === "refused") return explainRefusal(schema, document, root, first.message);
  if (first.errors.length === 0) return checkLengths(schema, document, root);
  const complaints = complaintsOf(first, root);
  const model = schema.model();
  const matching = matchContent(model, root);
  const aboutContent = complaints.filter(({ about }) => about === "content");
  const whiteSpace = whiteSpaceEdits(document, model, matching);
  if (aboutContent.length === 0 && whiteSpace.length === 0) return explain(model, matching, complaints, []);
  const second = judgeAgain(schema, document, root, matching, aboutContent.length > 0);
  const all = second === null ? complaints : [...aboutContent, ...second];
  if (all.length === 0) return checkLengths(schema, document, root);
  return explain(model, matching, all, aboutContent.length > 0 ? matching.problems : []);
}

/** The parser's limits are hit inside elements that do not belong there more often than not: without them it goes on. */
function explainRefusal(
  schema: LoadedSchema,
  document: XmlDocument,
  root: XmlElement,
  message: string,
): readonly Finding[] {
  const matching = matchContent(schema.model(), root);
  const second = matching.strangers.size === 0 ? null : judgeAgain(schema, document, root, matching, true);
  if (second === null) return [refusal(document, "refused-by-parser", message)];
  return explain(schema.model(), matching, second, matching.problems);
}

/**
 * Judges an edited copy: without the white space that only libxml2 minds and, after an error in the order of elements,
 * with everything in a shape that lets the engine go on to the values.
 */
function judgeAgain(
  schema: LoadedSchema,
  document: XmlDocument,
  root: XmlElement,
  matching: Matching,
  afterContentError: boolean,
): readonly Complaint[] | null {
  const model = schema.model();
  const edits = [
    ...rootEdits(root, schema.rootName, schema.namespace),
    ...whiteSpaceEdits(document, model, matching),
    ...(afterContentError ? contentEdits(model, matching) : []),
  ];
  const isLeftOut = (element: XmlElement): boolean => afterContentError && matching.strangers.has(element);
  const copy = judge(
    afterContentError ? schema.lax() : schema.strict,
    applyEdits(document.text, edits),
    root,
    isLeftOut,
  );
  if (copy.outcome === "refused") return null;
  return complaintsOf(copy, root).filter(({ about }) => !afterContentError || about !== "content");
}

function complaintsOf(judgement: Judgement & { readonly outcome: "judged" }, root: XmlElement): readonly Complaint[] {
  return judgement.errors.map(({ message, element }) => ({
    ...readLibxmlMessage(message),
    element: element ?? root,
    details: message,
  }));
}

/** Only texts outside the Basic Multilingual Plane have more UTF-16 code units than characters. */
function checkLengths(schema: LoadedSchema, document: XmlDocument, root: XmlElement): readonly Finding[] {
  if (!/[\ud800-\udbff]/.test(document.text)) return nothing;
  const model = schema.model();
  const matching = matchContent(model, root);
  const complaints = overlongTexts(model, matching).map((element): Complaint => ({
    about: "value",
    element,
    attribute: null,
    details: "length in UTF-16 code units",
  }));
  return complaints.length === 0 ? nothing : explain(model, matching, complaints, []);
}

function loadSchema(
  { rootName, namespace }: { readonly rootName: string; readonly namespace: string },
  text: string,
): LoadedSchema {
  let lax: CompiledSchema | null = null;
  let model: SchemaModel | null = null;
  return {
    rootName,
    namespace,
    strict: compileSchema(text),
    lax: () => (lax ??= compileSchema(inAnyOrder(text))),
    model: () => (model ??= readSchemaModel(text)),
  };
}

/** Our schemas' sequences and choices, as any number of their elements in any order. */
function inAnyOrder(schema: string): string {
  return schema
    .replace(/ (?:min|max)Occurs="[a-z0-9]+"/g, "")
    .replace(/<xsd:(?:sequence|choice)>/g, '<xsd:choice minOccurs="0" maxOccurs="unbounded">')
    .replace(/<\/xsd:(?:sequence|choice)>/g, "</xsd:choice>");
}
