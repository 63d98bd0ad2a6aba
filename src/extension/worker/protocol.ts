import type { Finding, OfficialSeverity, Severity } from "../../validation/finding.ts";
import type { ValidationOptions } from "../../validation/options.ts";
import type { ValidationAnswer } from "../../validation/remote/answer.ts";
import type { Disagreement } from "../../validation/remote/merge.ts";
import type { DocumentType, OpenReason, ReturnSummary, Verdict } from "../../validation/result.ts";
import type { Language } from "../../vatReturn/text.ts";
import type { Answer, Question } from "./questions.ts";

/**
 * What goes between the extension host and the validator's worker thread. Everything the host would otherwise have
 * to work out (decoding, line and column, the language of messages) is done before it is sent.
 */

/** A document as the editor holds it, or as it stands on disk. */
export type DocumentContent = { readonly text: string } | { readonly bytes: Uint8Array };

/** A severity to show findings with, or `off` to leave them out, by rule number (`R033`) or by a hint's code. */
export type SeverityOverrides = Readonly<Record<string, Severity | "off">>;

export type SchemaEngineName = "builtin" | "java";

export interface JudgeRequest {
  readonly content: DocumentContent;
  readonly options: ValidationOptions;
  /** The language that messages come back in. */
  readonly language: Language;
  readonly engine: SchemaEngineName;
  /** How findings are shown, by rule number or code; the verdict stays what it is. */
  readonly severities?: SeverityOverrides;
  /** What the authority said of the same text, to be brought together with the local result. */
  readonly answer?: ValidationAnswer;
}

/** What only the authority has found. */
export interface RemoteFinding extends PlacedFinding {
  /** The whole element that the finding speaks of: once anything in it changes, the finding says nothing any more. */
  readonly element: PlacedRange;
}

/** The authority's answer beside the local result of the same text. */
export interface RemoteJudgement {
  /** Those that the local check does not have already. */
  readonly findings: readonly RemoteFinding[];
  readonly disagreements: readonly Disagreement[];
}

/** 0-based line and UTF-16 column of start and end: `[startLine, startCharacter, endLine, endCharacter]`. */
export type PlacedRange = readonly [number, number, number, number];

/** A finding with its place as an editor counts and its words in one language. */
export interface PlacedFinding {
  readonly source: Finding["source"];
  readonly rule: string | null;
  readonly code: string;
  readonly severity: Severity;
  readonly officialSeverity: OfficialSeverity | null;
  readonly message: string;
  readonly range: PlacedRange;
  readonly related: readonly { readonly range: PlacedRange; readonly message: string }[];
  readonly path: string | null;
  readonly specificationLine: number | null;
  /** Address of the page that explains the rule. */
  readonly documentation: string;
  readonly data: Readonly<Record<string, string>> | null;
}

/** A rule that was not decided for this document. */
export interface UndecidedRule {
  readonly rule: string;
  readonly because: OpenReason;
  /** What the rule is about, in a few words. */
  readonly title: string;
  readonly documentation: string;
}

export interface JudgedDocument {
  readonly documentType: DocumentType | null;
  readonly verdict: Verdict;
  /** At most `maximumFindings`, the gravest first chosen, in document order. */
  readonly findings: readonly PlacedFinding[];
  /** All findings by the severity they are shown with, those left out for their number included. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** How many findings the settings turn off. */
  readonly turnedOff: number;
  readonly notEvaluated: readonly UndecidedRule[];
  readonly assumptions: readonly string[];
  readonly summary: ReturnSummary | null;
  readonly engine: SchemaEngineName;
  /** null where no answer of the authority was given. */
  readonly remote: RemoteJudgement | null;
  /** Time spent judging, in milliseconds. */
  readonly duration: number;
}

/** More diagnostics than this per file help nobody and cost the editor time. */
export const maximumFindings = 1000;

export interface WorkerRequest {
  readonly id: number;
  readonly request: JudgeRequest | Question;
}

export type WorkerReply =
  | { readonly kind: "ready" }
  | { readonly kind: "judged"; readonly id: number; readonly document: JudgedDocument }
  | { readonly kind: "answered"; readonly id: number; readonly answer: Answer }
  /** The document could not be judged, for a reason told in words (no JDK, say). The worker itself is well. */
  | { readonly kind: "refused"; readonly id: number; readonly message: string };
