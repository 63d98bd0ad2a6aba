import type { DocumentType } from "../vatReturn/documentType.ts";
import type { Text } from "../vatReturn/text.ts";
import type { Finding } from "./finding.ts";

export type { DocumentType } from "../vatReturn/documentType.ts";

/** `malformed`: not well-formed, or with a document type declaration. `invalid`: something in it is refused. */
export type Verdict = "valid" | "deviating" | "invalid" | "malformed" | "notARecognisedDocument";

/**
 * Why a rule was not decided. `unreadable`: a value that it needs is missing or wrong in the document; `setting`: it
 * needs to be told something that a setting tells; `registers`: only the authority's registers, or taxpayer facts, tell.
 */
export type OpenReason = "unreadable" | "setting" | "registers";

/** Everything the offline check says of one document. */
export interface DocumentResult {
  readonly documentType: DocumentType | null;
  readonly verdict: Verdict;
  /** Sorted by position, then by rule. */
  readonly findings: readonly Finding[];
  /** Every active rule of the return's category that was not decided. Never an empty list by oversight. */
  readonly notEvaluated: readonly string[];
  /** Why, for each of them. */
  readonly notEvaluatedBecause: Readonly<Record<string, OpenReason>>;
  readonly assumptions: readonly Text[];
  /** What lists and status lines show of a return; null for other documents. */
  readonly summary: ReturnSummary | null;
}

export interface ReturnSummary {
  readonly organisationNumber: string | null;
  readonly category: string | null;
  /** Such as `mars-april 2026`. */
  readonly period: string | null;
  readonly lines: number;
}
