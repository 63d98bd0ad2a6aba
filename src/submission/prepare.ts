import type { AltinnAddresses } from "../services/altinn/client.ts";
import type { VatReturn } from "../vatReturn/vatReturn.ts";
import type { CheckedAttachment } from "./attachments.ts";
import { buildEnvelope } from "./envelope.ts";
import type { Journal } from "./journal.ts";
import { newSubmissionId, sha256 } from "./store.ts";
import type { SubmissionContent, SubmissionStore } from "./store.ts";

/** What a submission is made of, all of it checked before. */
export interface SubmissionInput {
  readonly environment: AltinnAddresses & { readonly name: string };
  /** The return as it stands on the disk: these bytes are sent. */
  readonly bytes: Uint8Array;
  readonly vatReturn: VatReturn;
  readonly sourcePath: string;
  readonly fileName: string;
  readonly attachments: readonly CheckedAttachment[];
  /** The user's own envelope; null to have one written. */
  readonly envelope: string | null;
  /** For a written envelope: who submits. */
  readonly createdBy: string;
  readonly goal: Journal["goal"];
  /** Where downloads go; empty for the run's own folder. */
  readonly outFolder: string;
}

/** The return lacks what a submission needs; its findings say more. */
export class IncompleteReturnError extends Error {
  override readonly name = "IncompleteReturnError";
}

/**
 * Writes a new submission into the store; nothing is sent.
 * @throws IncompleteReturnError where the return has no organisation number, period or category.
 */
export async function prepareSubmission(input: SubmissionInput, store: SubmissionStore, now: Date): Promise<Journal> {
  const { journal, content } = newJournal(input, now);
  await store.create(journal, content);
  return journal;
}

/** @throws IncompleteReturnError */
export function newJournal(
  input: SubmissionInput,
  now: Date,
): { readonly journal: Journal; readonly content: SubmissionContent } {
  const { vatReturn } = input;
  const organisationNumber = vatReturn.organisasjonsnummer?.value.trim() ?? "";
  const category = vatReturn.meldingskategori?.value.trim() ?? "";
  const period = vatReturn.period;
  if (!/^[0-9]{9}$/.test(organisationNumber) || period === null || category === "") {
    throw new IncompleteReturnError("organisation number, period and category are needed");
  }
  const createdAt = now.toISOString();
  const envelope =
    input.envelope ??
    buildEnvelope({
      organisationNumber,
      period,
      category,
      createdBy: input.createdBy,
      createdAt: `${createdAt.slice(0, 19)}Z`,
      returnFileName: input.fileName,
      attachmentNames: input.attachments.map((attachment) => attachment.fileName),
    });
  const journal: Journal = {
    version: 1,
    id: newSubmissionId(now),
    environment: {
      name: input.environment.name,
      platformUrl: input.environment.platformUrl,
      appUrl: input.environment.appUrl,
    },
    organisationNumber,
    period: `${period.value} ${period.year}`,
    category,
    createdAt,
    updatedAt: createdAt,
    goal: input.goal,
    vatReturn: {
      sourcePath: input.sourcePath,
      fileName: input.fileName,
      sha256: sha256(input.bytes),
      size: input.bytes.byteLength,
      dataId: null,
    },
    envelope: { own: input.envelope !== null, sha256: sha256(envelope), stored: false },
    attachments: input.attachments.map((attachment) => ({
      fileName: attachment.fileName,
      contentType: attachment.contentType,
      sha256: sha256(attachment.bytes),
      size: attachment.bytes.byteLength,
      dataId: null,
    })),
    instanceId: null,
    intent: null,
    steps: [],
    state: "prepared",
    verdict: null,
    files: [],
    outFolder: input.outFolder,
    error: null,
  };
  const content: SubmissionContent = {
    vatReturn: input.bytes,
    envelope,
    attachments: input.attachments.map((attachment) => attachment.bytes),
  };
  return { journal, content };
}

/** Earlier runs for the same organisation, period and category that reached the authority: this one is a change. */
export function earlierSubmissions(journals: readonly Journal[], of: Journal | SubmissionKey): readonly Journal[] {
  return journals.filter(
    (journal) =>
      journal.organisationNumber === of.organisationNumber &&
      journal.period === of.period &&
      journal.category === of.category &&
      journal.environment.appUrl === of.environment.appUrl &&
      (journal.state === "waiting" || journal.state === "finished") &&
      journal.verdict !== "refused",
  );
}

export interface SubmissionKey {
  readonly organisationNumber: string;
  readonly period: string;
  readonly category: string;
  readonly environment: { readonly appUrl: string };
}
