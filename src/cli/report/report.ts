import type { DocumentResult } from "../../validation/result.ts";
import type { LineIndex } from "../../vatReturn/lineIndex.ts";
import type { InputFailure } from "../inputs.ts";

/** One document with what was found in it. */
export interface JudgedDocument {
  /** As given, with `/`; `-` for standard input. */
  readonly file: string;
  readonly text: string;
  /** Made when it is first asked for: most documents have nothing to point at. */
  readonly lines: LineIndex;
  readonly result: DocumentResult;
}

export interface Outcome {
  readonly exitCode: number;
  /** Files of folders and patterns that are none of the documents judged here. */
  readonly leftOut: number;
  /** The person stopped the run before its end. */
  readonly interrupted: boolean;
}

/** Turns results into the text of one format, piece by piece, so that nothing has to be kept. */
export interface Report {
  begin(): string;
  document(judged: JudgedDocument): string;
  /** What stands in the report itself of a file that could not be read; it is told on standard error anyway. */
  failure(failure: InputFailure): string;
  end(outcome: Outcome): string;
}
