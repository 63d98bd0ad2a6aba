import type { Text } from "../vatReturn/text.ts";

export type SubmissionErrorKind =
  | "ambiguousDraft"
  | "foreignFiles"
  | "deleted"
  | "alreadySubmitted"
  | "unexpectedProcess"
  | "otherEnvironment"
  | "adoptedAlready"
  | "nothingToAdopt"
  | "copyDamaged"
  | "cancelled";

/** A submission that can't go on by itself; the text says what stands where and what the way out is. */
export class SubmissionError extends Error {
  override readonly name = "SubmissionError";
  readonly kind: SubmissionErrorKind;
  readonly text: Text;
  /** The instances that it is about; of an `ambiguousDraft` those among which somebody has to choose. */
  readonly instanceIds: readonly string[];
  constructor(kind: SubmissionErrorKind, text: Text, instanceIds: readonly string[] = []) {
    super(text.en);
    this.kind = kind;
    this.text = text;
    this.instanceIds = instanceIds;
  }
}
