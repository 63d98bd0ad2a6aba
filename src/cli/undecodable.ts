import type { Finding } from "../validation/finding.ts";
import { schemaErrorCode } from "../validation/schema/findings.ts";
import type { EncodingProblem } from "../vatReturn/encoding.ts";
import type { TextRange } from "../vatReturn/text.ts";

/** As much text as can be made of bytes that are not in the encoding they should be in, with the finding about it. */
export interface Undecodable {
  readonly text: string;
  readonly finding: Finding;
}

/** Bytes that are no text are not well-formed XML; the finding stands where they begin not to be. */
export function describeUndecodable(bytes: Uint8Array, problem: EncodingProblem): Undecodable {
  const decoder = new TextDecoder(/^UTF-16(?:LE|BE)$/.test(problem.encoding) ? problem.encoding : "utf-8");
  const text = decoder.decode(bytes);
  const start = Math.min(decoder.decode(bytes.subarray(0, problem.byteOffset)).length, Math.max(0, text.length - 1));
  return {
    text,
    finding: {
      source: "syntax",
      rule: "R001",
      code: schemaErrorCode,
      severity: "error",
      officialSeverity: "ugyldig",
      message: problem.message,
      range: problem.byteOffset === 0 ? declarationRange(text) : { start, end: Math.min(start + 1, text.length) },
      path: null,
      specificationLine: null,
      related: [],
      data: { kind: problem.code },
    },
  };
}

function declarationRange(text: string): TextRange {
  return { start: 0, end: /^<\?xml[^>]{0,200}>/.exec(text)?.[0].length ?? 0 };
}
