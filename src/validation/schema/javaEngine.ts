import { documentIdentities, type DocumentType } from "../../vatReturn/documentType.ts";
import { LineIndex } from "../../vatReturn/lineIndex.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import { matchContent } from "./content.ts";
import { applyEdits, originalOffset, rootEdits, type Edit } from "./edits.ts";
import { explain, parentOf } from "./findings.ts";
import type { Complaint } from "./complaint.ts";
import { complaintOf, readJavaMessages, TagEnds, type JavaMessage } from "./javaComplaints.ts";
import { helperMissing, javaFailed } from "./javaEngineError.ts";
import { findJavaHelper, javaCommand, runJava, type JavaHelper } from "./javaProcess.ts";
import { refusal, unfitness } from "./refusals.ts";
import type { AsyncSchemaEngine } from "./schemaEngine.ts";
import { readSchema, schemaPath } from "./schemaFiles.ts";
import { readSchemaModel, type SchemaModel } from "./schemaModel.ts";

export { JavaEngineError } from "./javaEngineError.ts";

/** Java starts in a fifth of a second; a minute is for a machine that is very busy. */
const defaultTimeout = 60_000;

export interface JavaEngineOptions {
  /** The program to start; the one in JAVA_HOME or PATH by default. */
  readonly command?: string;
  /** Milliseconds until Java is stopped. */
  readonly timeout?: number;
  /** The helper class; found by itself by default. */
  readonly helper?: JavaHelper | null;
}

/**
 * The second opinion: the schema validator of the JDK (Xerces), which is the engine of the authority, judging by our
 * schemas. Each check starts Java once. Needs a JDK, and the helper class of xsd-schema-validator.
 */
export function createJavaSchemaEngine(options: JavaEngineOptions = {}): AsyncSchemaEngine {
  const models = new Map<DocumentType, SchemaModel>();
  const modelOf = (type: DocumentType): SchemaModel => {
    const model = models.get(type) ?? readSchemaModel(readSchema(type));
    models.set(type, model);
    return model;
  };
  return {
    check: async (document, type, signal) => {
      const { root } = document;
      const unfit = unfitness(document);
      if (root === null || unfit !== null) return unfit === null ? [] : [unfit];
      const helper = options.helper === undefined ? findJavaHelper() : options.helper;
      if (helper === null) throw helperMissing();
      const edits = editsFor(document, root, type);
      const { result, messages } = await runJava({
        command: options.command ?? javaCommand(process.env),
        helper,
        schemaPath: schemaPath(type),
        xml: Buffer.from(applyEdits(document.text, edits)),
        timeout: options.timeout ?? defaultTimeout,
        signal,
      });
      const read = readJavaMessages(messages).filter(({ level }) => level !== "warning");
      if (result !== "OK" && read.length === 0 && !messages.includes("[warning]")) throw javaFailed(messages);
      return findingsOf(document, root, edits, modelOf(type), read);
    },
  };
}

/** Java gets UTF-8 whatever the document declares, and the root element in its place, as the engine at home does. */
function editsFor(document: XmlDocument, root: XmlElement, type: DocumentType): readonly Edit[] {
  const { rootName, namespace } = documentIdentities[type];
  const edits = [...rootEdits(root, rootName, namespace)];
  const declaration = /^(\ufeff?)<\?xml[^?>]*?(\sencoding\s*=\s*(?:"[^"]*"|'[^']*'))/.exec(document.text);
  if (declaration?.[2] !== undefined) {
    const end = declaration[0].length;
    edits.push({ start: end - declaration[2].length, end, text: "" });
  }
  if (document.text.startsWith("\ufeff")) edits.push({ start: 0, end: 1, text: "" });
  return edits;
}

function findingsOf(
  document: XmlDocument,
  root: XmlElement,
  edits: readonly Edit[],
  model: SchemaModel,
  messages: readonly JavaMessage[],
): readonly Finding[] {
  const fatal = messages.filter(({ level }) => level === "fatal");
  const parserError = fatal.find(({ place }) => place !== null);
  if (parserError !== undefined) return [refusal(document, "refused-by-parser", parserError.text)];
  if (fatal[0] !== undefined) throw javaFailed(fatal[0].text.slice(0, 300));
  if (messages.length === 0) return [];
  const lines = new LineIndex(applyEdits(document.text, edits));
  const tags = new TagEnds(document);
  const complaints = messages.flatMap(({ text, place }) => {
    const offset = place === null ? 0 : originalOffset(edits, lines.offset(place));
    return complaintOf(text, offset, tags) ?? [];
  });
  const retyped = new Set(
    complaints.filter(({ about }) => about === "instanceAttribute").map(({ element }) => element),
  );
  const matching = matchContent(model, root);
  const parents = new Set(complaints.flatMap(parentsComplainedOf));
  return explain(
    model,
    matching,
    // Xerces goes on by the type that a wrong xsi:type names; its content has been judged by no schema of ours then.
    complaints.filter(({ about, element }) => about !== "children" || !retyped.has(element)),
    matching.problems.filter((problem) => parents.has(parentOf(problem))),
  );
}

/** A complaint about content names the element that is out of place, or the one whose content is not complete. */
function parentsComplainedOf({ about, element }: Complaint): readonly XmlElement[] {
  if (about !== "content") return [];
  return element.parent === null ? [element] : [element, element.parent];
}
