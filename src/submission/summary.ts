import type { Language } from "../vatReturn/text.ts";
import type { Journal, StepName, SubmissionState, SubmissionVerdict } from "./journal.ts";

/** A submission as programs get it: the JSON of the terminal. */
export interface SubmissionSummary {
  readonly id: string;
  readonly instanceId: string | null;
  readonly organisationNumber: string;
  readonly period: string;
  readonly state: SubmissionState;
  /** The last step that was begun. */
  readonly step: StepName | null;
  readonly verdict: SubmissionVerdict | "waiting" | null;
  readonly files: readonly { readonly dataType: string; readonly path: string }[];
  readonly error: string | null;
}

export function summarise(journal: Journal, language: Language): SubmissionSummary {
  const { id, instanceId, organisationNumber, period, state, files } = journal;
  return {
    id,
    instanceId,
    organisationNumber,
    period,
    state,
    step: journal.steps.at(-1)?.name ?? null,
    verdict: journal.verdict ?? (state === "waiting" ? "waiting" : null),
    files,
    error: journal.error?.[language] ?? null,
  };
}
