import type { AltinnAddresses, AltinnClient } from "../services/altinn/client.ts";
import { dataTypes } from "../services/altinn/wire.ts";
import type { DataElement } from "../services/altinn/wire.ts";
import { decodeXml } from "../vatReturn/encoding.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import { readVatReturn } from "../vatReturn/vatReturn.ts";
import type { ActiveRun, RunContext } from "./activeRun.ts";
import { moveHome } from "./home.ts";
import type { Journal } from "./journal.ts";
import { placeOf, stateAt } from "./place.ts";
import { IncompleteReturnError, newJournal } from "./prepare.ts";
import { withRun } from "./run.ts";
import { sha256 } from "./store.ts";
import type { SubmissionStore } from "./store.ts";
import { SubmissionError } from "./submissionError.ts";
import { adoptedAlready, assertUnknown } from "./unknownInstances.ts";

/** What an instance can't say of itself. */
export interface AdoptionInput {
  readonly environment: AltinnAddresses & { readonly name: string };
  readonly goal: Journal["goal"];
  readonly outFolder: string;
}

/**
 * Makes an instance that no journal knows into a submission of this machine, with what the instance holds as the copies
 * of what was sent. Resuming it then goes on from where the instance stands.
 * @throws SubmissionError `adoptedAlready`, `nothingToAdopt` where it holds no readable return, `deleted`.
 */
export async function adoptInstance(
  instanceId: string,
  input: AdoptionInput,
  altinn: AltinnClient,
  store: SubmissionStore,
  now: Date,
  signal?: AbortSignal,
): Promise<Journal> {
  const lock = await store.lockInstance(instanceId);
  try {
    await assertUnknown(instanceId, store);
    return await adoptUnknown(instanceId, input, altinn, store, now, signal);
  } finally {
    await lock.release();
  }
}

async function adoptUnknown(
  instanceId: string,
  input: AdoptionInput,
  altinn: AltinnClient,
  store: SubmissionStore,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<Journal> {
  const instance = await altinn.instance(instanceId, signal);
  const place = placeOf(instance);
  const fetched = async (element: DataElement): Promise<{ element: DataElement; bytes: Uint8Array }> => ({
    element,
    bytes: await altinn.data(instanceId, element.id, signal),
  });
  const vatReturn = instance.data.find(({ dataType }) => dataType === dataTypes.vatReturn);
  const envelope = instance.data.find(({ dataType }) => dataType === dataTypes.envelope);
  if (vatReturn === undefined || envelope === undefined) throw nothingToAdopt(instanceId);
  const { bytes } = await fetched(vatReturn);
  const decoded = decodeXml(bytes);
  const root = decoded.kind === "decoded" ? parseXml(decoded.text).root : null;
  if (root === null) throw nothingToAdopt(instanceId);
  const attachments: Awaited<ReturnType<typeof fetched>>[] = [];
  for (const element of instance.data) {
    if (element.dataType === dataTypes.attachment) attachments.push(await fetched(element));
  }
  const fileName = vatReturn.filename ?? "mva-melding.xml";
  const { journal, content } = prepared(instanceId, () =>
    newJournal(
      {
        ...input,
        bytes,
        vatReturn: readVatReturn(root),
        sourcePath: "",
        fileName,
        attachments: attachments.map(({ element, bytes: attached }) => ({
          fileName: element.filename ?? element.id,
          contentType: element.contentType ?? "application/octet-stream",
          bytes: attached,
        })),
        envelope: "",
        createdBy: "",
      },
      now,
    ),
  );
  const stored = new TextDecoder().decode((await fetched(envelope)).bytes);
  const adopted: Journal = {
    ...journal,
    instanceId,
    state: stateAt(place),
    vatReturn: { ...journal.vatReturn, dataId: vatReturn.id },
    envelope: { own: true, sha256: sha256(stored), stored: true },
    attachments: journal.attachments.map((file, index) => ({
      ...file,
      dataId: attachments[index]?.element.id ?? null,
    })),
  };
  await store.create(adopted, { ...content, envelope: stored });
  return adopted;
}

/**
 * Settles by hand which draft a lost "create" has made, where several are possible.
 * @throws SubmissionError `adoptedAlready` where another submission has it, or this one has an instance.
 */
export async function adoptDraft(id: string, instanceId: string, context: RunContext): Promise<Journal> {
  return withRun(id, context, undefined, async (run) => {
    const lock = await context.store.lockInstance(instanceId);
    try {
      await adoptDraftOf(run, instanceId);
    } finally {
      await lock.release();
    }
  });
}

async function adoptDraftOf(run: ActiveRun, instanceId: string): Promise<void> {
  const { context } = run;
  await assertUnknown(instanceId, context.store);
  if (run.journal.instanceId !== null) throw adoptedAlready(run.journal.instanceId);
  await context.ensureToken(false, undefined);
  const instance = await run.altinn.instance(instanceId);
  if (placeOf(instance) !== "fillIn" || instance.instanceOwner.organisationNumber !== run.journal.organisationNumber) {
    throw nothingToAdopt(instanceId);
  }
  const moved = moveHome(run.journal, context.environment);
  await run.writer.change({ ...moved, instanceId, intent: null, state: "open" });
}

function prepared<Result>(instanceId: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof IncompleteReturnError) throw nothingToAdopt(instanceId);
    throw error;
  }
}

function nothingToAdopt(instanceId: string): SubmissionError {
  return new SubmissionError("nothingToAdopt", {
    en: `The instance ${instanceId} holds no return that could be gone on with. Delete it there, and submit anew.`,
    nb: `Instansen ${instanceId} inneholder ingen melding å gå videre med. Slett den der, og send inn på nytt.`,
  });
}
