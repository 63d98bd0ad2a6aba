import type { ValidationOptions } from "./options.ts";
import type { DocumentResult } from "./result.ts";

/** Checks whole documents offline: syntax, schema and rules. One serves any number of documents. */
export interface Validator {
  /** @param text the decoded document; never throws, whatever it holds. */
  validate(text: string, options: ValidationOptions): DocumentResult;
}
