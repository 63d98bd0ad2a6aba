import type { XmlDocument } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import type { DocumentType } from "../result.ts";

/** Judges documents by our schemas, in process. */
export interface SchemaEngine {
  /**
   * @param document a well-formed document without document type declaration, of the given type; an envelope without
   *   namespace is judged as if it had it
   * @returns one finding for each problem, sorted by position; none exactly when the document is schema-valid. Never
   *   throws: what the engine cannot take is a finding too.
   */
  check(document: XmlDocument, type: DocumentType): readonly Finding[];
}

/** The same, by an engine outside this process. */
export interface AsyncSchemaEngine {
  /** @throws JavaEngineError where the engine is not there or fails */
  check(document: XmlDocument, type: DocumentType, signal?: AbortSignal): Promise<readonly Finding[]>;
}

/**
 * Loads libxml2, a megabyte of WebAssembly, and makes the engine on it; schemas are compiled when they are first
 * needed. Once per process is enough.
 */
export async function loadSchemaEngine(): Promise<SchemaEngine> {
  const [{ createLibxmlSchemaEngine }, { readSchema }] = await Promise.all([
    import("./libxmlEngine.ts"),
    import("./schemaFiles.ts"),
  ]);
  return createLibxmlSchemaEngine(readSchema);
}
