import type { XmlDocument } from "../../vatReturn/xml.ts";
import type { DocumentResult, Verdict } from "../result.ts";
import type { OfficialVerdict, ValidationAnswer } from "./answer.ts";
import { mergeAnswer } from "./merge.ts";
import type { Disagreement } from "./merge.ts";

export interface CombinedResult {
  /** Findings of both sides, with the stricter verdict of the two. */
  readonly result: DocumentResult;
  readonly disagreements: readonly Disagreement[];
}

/** What the local check and the authority together say of a return. */
export function combineWithAnswer(
  answer: ValidationAnswer,
  local: DocumentResult,
  document: XmlDocument,
): CombinedResult {
  const { findings, disagreements } = mergeAnswer(answer, local, document);
  const sorted = findings.toSorted(
    (one, other) => one.range.start - other.range.start || one.range.end - other.range.end,
  );
  return { result: { ...local, findings: sorted, verdict: stricter(local.verdict, answer.verdict) }, disagreements };
}

function stricter(local: Verdict, remote: OfficialVerdict): Verdict {
  if (local === "malformed" || local === "notARecognisedDocument" || local === "invalid") return local;
  switch (remote) {
    case "ugyldig skattemelding":
    // Not received either, so nothing to pass a check with.
    case "mangelfull skattemelding":
      return "invalid";
    case "avvikende skattemelding":
      return "deviating";
    case "ingen avvik":
      return local;
  }
}
