import { setTimeout as delay } from "node:timers/promises";
import type { ValidationAnswer } from "../../validation/remote/answer.ts";
import { dateInOslo } from "../../vatReturn/calendar.ts";
import { withOutcome } from "../validation/outcomes.ts";
import { validationResultXml } from "../validation/resultXml.ts";
import type { AltinnContext } from "./context.ts";
import { addFile, elementOf, note, touch } from "./instances.ts";
import { organisationByNumber } from "./parties.ts";
import { writePdf } from "./receipt.ts";
import { deliveredReturn } from "./registers.ts";
import { isScenarioName } from "./settings.ts";
import { dataTypeIds, type StoredInstance } from "./state.ts";
import { instanceId } from "./wire.ts";

/** Decides, at the moment of submission, what will become of the return and when. */
export function scheduleFeedback(context: AltinnContext, instance: StoredInstance): void {
  const { scenario, verdictDelay, receiptDelay } = context.settings.now;
  const at = context.clock.milliseconds;
  const first = at + verdictDelay;
  const second = first + receiptDelay;
  const times =
    scenario === "neverAnswered"
      ? { verdictAt: null, receiptAt: null }
      : scenario === "verdictAfterReceipt"
        ? { verdictAt: second, receiptAt: first }
        : { verdictAt: first, receiptAt: second };
  instance.submission = { at, scenario, ...times };
  context.archive.changed();
}

/** Makes everything that waits for the authority be answered now, what was never to be answered included. */
export function answerNow(context: AltinnContext, guid: string | null): number {
  const now = context.clock.milliseconds;
  let count = 0;
  for (const instance of context.archive.instances) {
    if (instance.submission === null || (guid !== null && instance.guid !== guid)) continue;
    if (isAnswered(instance)) continue;
    Object.assign(instance.submission, { verdictAt: now, receiptAt: now });
    count++;
  }
  context.archive.changed();
  return count;
}

/** Whether the process has come to its end, and with it the receipt. */
export function isFeedbackProvided(instance: StoredInstance): boolean {
  return instance.process.ended !== null;
}

function isAnswered(instance: StoredInstance): boolean {
  return isFeedbackProvided(instance) && elementOf(instance, dataTypeIds.validationResult) !== null;
}

const working = new WeakMap<StoredInstance, Promise<void>>();

/** Writes what the authority has had the time for by now. Called before an instance is looked at. */
export async function catchUp(context: AltinnContext, instance: StoredInstance): Promise<void> {
  const before = working.get(instance) ?? Promise.resolve();
  const now = before.then(() => writeWhatIsDue(context, instance));
  working.set(
    instance,
    now.catch(() => undefined),
  );
  await now;
}

async function writeWhatIsDue(context: AltinnContext, instance: StoredInstance): Promise<void> {
  const { submission } = instance;
  if (submission === null || isAnswered(instance)) return;
  const now = context.clock.milliseconds;
  const { verdictAt, receiptAt } = submission;
  const verdictIsDue = verdictAt !== null && now >= verdictAt;
  if (verdictIsDue && elementOf(instance, dataTypeIds.validationResult) === null) {
    await writeVerdict(context, instance);
  }
  if (receiptAt !== null && now >= receiptAt && !isFeedbackProvided(instance)) await end(context, instance);
}

async function judged(context: AltinnContext, instance: StoredInstance): Promise<ValidationAnswer> {
  const element = elementOf(instance, dataTypeIds.vatReturn);
  const bytes = element === null ? Buffer.alloc(0) : await context.archive.readBytes(element.id);
  const answer = await context.judge.vatReturn(bytes);
  const scenario = instance.submission?.scenario ?? "";
  if (!isScenarioName(scenario)) return answer;
  switch (scenario) {
    case "deviating":
    case "incomplete":
    case "refused":
      return withOutcome(answer, scenario);
    case "accepted":
    case "neverAnswered":
    case "verdictAfterReceipt":
      return answer;
  }
}

async function writeVerdict(context: AltinnContext, instance: StoredInstance): Promise<void> {
  const answer = await judged(context, instance);
  await addFile(context, instance, "authority", {
    dataType: dataTypeIds.validationResult,
    fileName: "valideringsresultat.xml",
    contentType: "text/xml",
    bytes: Buffer.from(validationResultXml(answer)),
    locked: true,
  });
  const isReceived = answer.verdict === "ingen avvik" || answer.verdict === "avvikende skattemelding";
  const element = elementOf(instance, dataTypeIds.vatReturn);
  if (isReceived && element !== null) {
    instance.delivered = deliveredReturn(await context.archive.readBytes(element.id));
    context.archive.changed();
  }
}

/** The receipt comes, and the process ends, whatever the verdict is. */
async function end(context: AltinnContext, instance: StoredInstance): Promise<void> {
  await addFile(context, instance, "authority", {
    dataType: dataTypeIds.receipt,
    fileName: "kvittering.pdf",
    contentType: "application/pdf",
    bytes: receipt(context, instance),
    locked: true,
  });
  const stamp = context.clock.stamp();
  const entry = instance.history.findLast(({ elementId }) => elementId === "Task_3");
  if (entry !== undefined) entry.ended = stamp;
  instance.history.push({
    eventType: "process_EndEvent",
    elementId: "EndEvent_1",
    occured: stamp,
    started: null,
    ended: null,
  });
  note(context, instance, "authority", "process_EndTask");
  Object.assign(instance.process, { task: null, ended: stamp });
  instance.archived = stamp;
  instance.substatus = { label: "Mottatt", description: "Sandkassen har mottatt mva-meldingen." };
  note(context, instance, "authority", "SubstatusUpdated");
  note(context, instance, "authority", "process_EndEvent");
  instance.confirmedOn = context.clock.stamp();
  note(context, instance, "authority", "ConfirmedComplete");
  if (instance.readStatus === 1) instance.readStatus = 2;
  touch(context, instance, "authority");
}

function receipt(context: AltinnContext, instance: StoredInstance): Buffer {
  const organisation = organisationByNumber(instance.organisationNumber);
  const files = instance.data
    .filter(({ dataType }) => dataType === dataTypeIds.vatReturn || dataType === dataTypeIds.attachment)
    .map(({ filename, size }) => `  ${filename ?? ""} (${String(size)} byte)`);
  return writePdf("SANDKASSE: kvittering for mva-melding", [
    "Dette er ingen ekte kvittering. Ingenting er sendt til Skatteetaten.",
    "This is not a real receipt. Nothing was sent to the tax authority.",
    "",
    `Organisasjon: ${organisation?.name ?? ""} (${instance.organisationNumber})`,
    `Innsendingsreferanse: ${instanceId(instance)}`,
    `Sendt inn: ${dateInOslo(new Date(instance.submission?.at ?? context.clock.milliseconds))}`,
    "",
    "Filer:",
    ...files.slice(0, 25),
    ...(files.length > 25 ? [`  og ${String(files.length - 25)} til`] : []),
    "",
    "Hva Skatteetaten mener om meldingen, står bare i valideringsresultatet.",
  ]);
}

/** How often the blocking call looks. */
const lookEvery = 50;
const longestBlock = 600_000;

/** Waits until there is feedback, or `gone` says that nobody waits for it any more. */
export async function waitForFeedback(
  context: AltinnContext,
  instance: StoredInstance,
  gone: () => boolean,
): Promise<void> {
  for (let waited = 0; waited < longestBlock && !gone(); waited += lookEvery) {
    await catchUp(context, instance);
    if (isFeedbackProvided(instance)) return;
    await delay(lookEvery, undefined, { ref: false });
  }
}
