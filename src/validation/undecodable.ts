import type { EncodingProblem } from "../vatReturn/encoding.ts";
import type { TextRange } from "../vatReturn/text.ts";
import type { DocumentResult } from "./result.ts";
import { findingByR001 } from "./schema/findings.ts";
import { unjudgedResult } from "./validator.ts";

/** What is said of bytes that are no text in their encoding, and the text that its ranges stand in. */
export interface UndecodableDocument {
  /** As much text as can be made of the bytes; what is no text is replaced by U+FFFD. */
  readonly text: string;
  readonly result: DocumentResult;
}

/**
 * Bytes that are no text are not well-formed XML: `malformed`, one finding where they begin not to be, and no rule
 * decided, since a replaced character may stand anywhere.
 * @param problem from `decodeXml`, about the same bytes
 */
export function judgeUndecodable(bytes: Uint8Array, problem: EncodingProblem): UndecodableDocument {
  const decoder = new TextDecoder(/^UTF-16(?:LE|BE)$/.test(problem.encoding) ? problem.encoding : "utf-8");
  const text = decoder.decode(bytes);
  const start = Math.min(decoder.decode(bytes.subarray(0, problem.byteOffset)).length, Math.max(0, text.length - 1));
  const range = problem.byteOffset === 0 ? declarationRange(text) : { start, end: Math.min(start + 1, text.length) };
  const finding = { ...findingByR001("syntax", problem.message, range), data: { kind: problem.code } };
  return { text, result: { ...unjudgedResult(text), verdict: "malformed", findings: [finding] } };
}

function declarationRange(text: string): TextRange {
  return { start: 0, end: /^<\?xml[^>]{0,200}>/.exec(text)?.[0].length ?? 0 };
}
