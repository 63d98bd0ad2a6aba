import { asciiFileName } from "../services/altinn/contentDisposition.ts";
import { dataTypes } from "../services/altinn/wire.ts";
import type { DataElement, Instance } from "../services/altinn/wire.ts";
import type { ActiveRun } from "./activeRun.ts";
import type { Journal } from "./journal.ts";
import { unexpectedProcess } from "./place.ts";
import { sha256 } from "./store.ts";
import { SubmissionError } from "./submissionError.ts";

/** A file that belongs on the instance. */
interface WantedFile {
  readonly dataType: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly sha256: string;
  readonly size: number;
  readonly dataId: string | null;
  readonly bytes: () => Promise<Uint8Array>;
  /** What the journal is to remember once the file has this id. */
  readonly remember: (journal: Journal, dataId: string) => Partial<Journal>;
}

/**
 * Stores what the instance lacks, one file at a time, and removes copies left by lost answers. The filling in is
 * completed only when the instance, as it was read just now, holds everything and nothing else: so whatever was
 * stored is looked at again first.
 */
export async function fillIn(run: ActiveRun, instance: Instance): Promise<void> {
  if (!run.journal.envelope.stored) {
    await storeEnvelope(run, instance);
    return;
  }
  const unclaimed = instance.data.filter(
    ({ dataType }) => dataType === dataTypes.vatReturn || dataType === dataTypes.attachment,
  );
  const missing: WantedFile[] = [];
  for (const file of wantedFiles(run)) {
    const claimed =
      takeFirst(unclaimed, (element) => element.id === file.dataId) ??
      (await findStored(run, instance, unclaimed, file));
    if (claimed === null) missing.push(file);
    else if (claimed.id !== file.dataId) await run.writer.change(file.remember(run.journal, claimed.id));
  }
  if (unclaimed.length > 0) {
    await removeSurplus(run, instance, unclaimed);
    return;
  }
  for (const file of missing) {
    const step = file.dataType === dataTypes.vatReturn ? "storeReturn" : "storeAttachment";
    const bytes = await file.bytes();
    const store = async (): Promise<Partial<Journal>> => {
      const stored = await run.altinn.addData(instance.id, { ...file, bytes }, run.signal);
      return file.remember(run.journal, stored.id);
    };
    const outcome = await run.change(step, file.fileName, store, {}, file !== missing.at(-1));
    // With the outcome of one file unknown, the instance is read anew before anything else is sent.
    if (outcome === "unknown") return;
  }
  if (missing.length > 0) return;
  const complete = async (): Promise<Partial<Journal>> => {
    await run.altinn.next(instance.id, "fillIn", run.signal);
    return {};
  };
  // A second one would submit.
  await run.once("completeFillingIn", () => run.change("completeFillingIn", null, complete));
}

async function storeEnvelope(run: ActiveRun, instance: Instance): Promise<void> {
  const element = instance.data.find(({ dataType }) => dataType === dataTypes.envelope);
  if (element === undefined) {
    await discardUnfinished(run, instance);
    return;
  }
  const envelope = await run.content.envelope();
  await run.change("storeEnvelope", null, async () => {
    await run.altinn.putEnvelope(instance.id, element.id, envelope, run.signal);
    return { envelope: { ...run.journal.envelope, stored: true } };
  });
}

/**
 * Altinn makes the envelope together with the instance. Where that failed half-way, the instance is of no use, and holds
 * nothing: another one takes its place.
 */
async function discardUnfinished(run: ActiveRun, instance: Instance): Promise<void> {
  const isUseless = instance.data.length === 0 && run.writer.mayTryAgain("createInstance", null);
  if (!isUseless) throw unexpectedProcess("it has no envelope", "den har ingen konvolutt");
  await run.writer.change({ instanceId: null, state: "prepared" });
  await run.altinn.deleteInstance(instance.id, true, run.signal);
}

function wantedFiles(run: ActiveRun): readonly WantedFile[] {
  const { vatReturn, attachments } = run.journal;
  return [
    {
      ...vatReturn,
      dataType: dataTypes.vatReturn,
      contentType: "text/xml",
      bytes: () => run.content.vatReturn(),
      remember: (journal, dataId) => ({ vatReturn: { ...journal.vatReturn, dataId } }),
    },
    ...attachments.map((attachment, index): WantedFile => ({
      ...attachment,
      dataType: dataTypes.attachment,
      bytes: () => run.content.attachment(index),
      remember: (journal, dataId) => ({
        attachments: journal.attachments.map((file, position) => (position === index ? { ...file, dataId } : file)),
      }),
    })),
  ];
}

/** Looks for a file that a lost answer or another run has stored already: same kind, name and bytes. */
async function findStored(
  run: ActiveRun,
  instance: Instance,
  unclaimed: DataElement[],
  file: WantedFile,
): Promise<DataElement | null> {
  for (const element of [...unclaimed]) {
    if (element.dataType !== file.dataType || !isCalled(element, file.fileName) || !mayHold(element, file)) continue;
    const stored = await run.altinn.data(instance.id, element.id, run.signal);
    if (sha256(stored) === file.sha256) return takeFirst(unclaimed, (other) => other.id === element.id);
  }
  return null;
}

/** Two attachments may have the same bytes; their names tell them apart. Some versions keep the ASCII form only. */
function isCalled(element: DataElement, fileName: string): boolean {
  if (element.dataType === dataTypes.vatReturn || element.filename === null) return true;
  const stored = element.filename.normalize("NFC");
  return stored === fileName.normalize("NFC") || stored === asciiFileName(fileName);
}

function mayHold(element: DataElement, file: { readonly size: number }): boolean {
  return element.size === file.size || element.size === 0;
}

/**
 * What nobody claims is a copy that a lost answer has left, or another version of the return: it must not go along.
 * A file that is none of ours is not touched.
 */
async function removeSurplus(run: ActiveRun, instance: Instance, unclaimed: readonly DataElement[]): Promise<void> {
  const foreign: DataElement[] = [];
  const ours = new Set(run.journal.attachments.map((attachment) => attachment.sha256));
  for (const element of unclaimed) {
    if (element.dataType === dataTypes.vatReturn) continue;
    const mayBeOurs = run.journal.attachments.some((attachment) => mayHold(element, attachment));
    const bytes = mayBeOurs ? await run.altinn.data(instance.id, element.id, run.signal) : null;
    if (bytes === null || !ours.has(sha256(bytes))) foreign.push(element);
  }
  if (foreign.length > 0) {
    const names = foreign.map((element) => element.filename ?? element.id).join(", ");
    throw new SubmissionError("foreignFiles", {
      en: `The instance holds files that are not part of this submission: ${names}. Nothing is submitted. Abandon the draft and submit anew.`,
      nb: `Instansen inneholder filer som ikke hører til denne innsendingen: ${names}. Ingenting er sendt inn. Forkast utkastet og send inn på nytt.`,
    });
  }
  for (const { id } of unclaimed) {
    await run.once(`delete ${id}`, async () => {
      await run.altinn.deleteData(instance.id, id, run.signal);
      return "done";
    });
  }
}

function takeFirst<T>(items: T[], wanted: (item: T) => boolean): T | null {
  const index = items.findIndex(wanted);
  return index < 0 ? null : (items.splice(index, 1)[0] ?? null);
}
