import { decodeXml } from "../vatReturn/encoding.ts";
import type { ValidationOptions } from "../validation/options.ts";
import type { DocumentResult } from "../validation/result.ts";
import { loadSchemaEngine } from "../validation/schema/schemaEngine.ts";
import { judgeUndecodable } from "../validation/undecodable.ts";
import { createAsyncValidator, createValidator } from "../validation/validator.ts";
import type { ValidateCommand } from "./commandLine.ts";

/** A document's text, as far as it could be decoded, and what is said of it. */
export interface Judgement {
  readonly text: string;
  readonly result: DocumentResult;
}

/** @throws JavaEngineError where Java was asked for and is not there or fails */
export type Judge = (bytes: Uint8Array, signal: AbortSignal) => Promise<Judgement>;

/** Makes what judges bytes; the schema engine is loaded once. */
export async function createJudge(engine: ValidateCommand["engine"], options: ValidationOptions): Promise<Judge> {
  const validate = await validation(engine, options);
  return async (bytes, signal) => {
    const decoded = decodeXml(bytes);
    if (decoded.kind === "decoded") return { text: decoded.text, result: await validate(decoded.text, signal) };
    return judgeUndecodable(bytes, decoded.problem);
  };
}

type Validation = (text: string, signal: AbortSignal) => DocumentResult | Promise<DocumentResult>;

async function validation(engine: ValidateCommand["engine"], options: ValidationOptions): Promise<Validation> {
  if (engine === "builtin") {
    const validator = createValidator(await loadSchemaEngine());
    return (text) => validator.validate(text, options);
  }
  const { createJavaSchemaEngine } = await import("../validation/schema/javaEngine.ts");
  const validator = createAsyncValidator(createJavaSchemaEngine());
  return (text, signal) => validator.validate(text, options, signal);
}
