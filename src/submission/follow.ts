import { dataTypes } from "../services/altinn/wire.ts";
import type { Instance } from "../services/altinn/wire.ts";
import { readValidationAnswer } from "../services/skatteetaten/validationAnswer.ts";
import type { OfficialVerdict } from "../validation/remote/answer.ts";
import type { Text } from "../vatReturn/text.ts";
import type { ActiveRun } from "./activeRun.ts";
import { compareWithSent } from "./compare.ts";
import { storeDownloads } from "./downloads.ts";
import type { Journal, SubmissionVerdict } from "./journal.ts";
import type { StepResult } from "./journalWriter.ts";
import { hasReceipt } from "./standing.ts";

/**
 * Follows a submitted instance to its verdict and fetches the authority's files. Polls with growing pauses; where the
 * verdict takes too long, the submission stays `waiting` and can be picked up later.
 */
export async function followToVerdict(run: ActiveRun, id: string): Promise<void> {
  if (run.journal.state !== "waiting") await run.writer.change({ state: "waiting" });
  if (run.journal.verdict === null) await run.visible("awaitVerdict", () => awaitVerdict(run, id));
  if (run.journal.verdict === null) return;
  await run.visible("download", async () => {
    const { instance, files } = await awaitReceipt(run, id);
    const difference = await compareWithSent(run, instance);
    return { message: difference, changes: { state: "finished", error: difference, files } };
  });
}

/** What had not come yet when the submission was finished: the receipt may be later than the verdict by any time. */
export async function fetchLateFiles(run: ActiveRun): Promise<boolean> {
  const id = run.journal.instanceId;
  if (id === null) return true;
  await run.visible("download", async () => {
    const { files } = await awaitReceipt(run, id);
    return { changes: { files } };
  });
  return true;
}

async function awaitVerdict(run: ActiveRun, id: string): Promise<StepResult> {
  const { pace } = run.context;
  const until = run.deadline("verdict", pace.verdictLimit);
  for (let round = 0; ; round++) {
    const instance = await run.altinn.instance(id, run.signal);
    const verdict = await readVerdict(run, instance);
    // Payment information comes long before the verdict, and is worth having.
    const files = await download(run, instance);
    if (verdict !== null) return { changes: { verdict, files } };
    if (files.length > run.journal.files.length) await run.writer.change({ files });
    if (run.now() >= until) return { message: noVerdictYet };
    await run.pause(pauseOf(run, round));
  }
}

const noVerdictYet: Text = {
  en: "no verdict yet; it can be looked for again at any time",
  nb: "ingen dom ennå; det kan sjekkes igjen når som helst",
};

/** The receipt may come before the verdict or after it. It decides nothing, so it is waited for only so long. */
async function awaitReceipt(
  run: ActiveRun,
  id: string,
): Promise<{ readonly instance: Instance; readonly files: Journal["files"] }> {
  const until = run.deadline("receipt", run.context.pace.receiptLimit);
  for (let round = 0; ; round++) {
    const instance = await run.altinn.instance(id, run.signal);
    const files = await download(run, instance);
    if (hasReceipt({ files }) || run.now() >= until) return { instance, files };
    if (files.length > run.journal.files.length) await run.writer.change({ files });
    await run.pause(pauseOf(run, round));
  }
}

function pauseOf(run: ActiveRun, round: number): number {
  const { verdictPauses, settlePause } = run.context.pace;
  return verdictPauses[Math.min(round, verdictPauses.length - 1)] ?? settlePause;
}

function download(run: ActiveRun, instance: Instance): Promise<Journal["files"]> {
  return storeDownloads(run.journal, instance, run.altinn, run.context.store, run.signal);
}

/** Only the authority's validation result says what became of a return; nothing else is ever taken for it. */
async function readVerdict(run: ActiveRun, instance: Instance): Promise<SubmissionVerdict | null> {
  const element = instance.data.find((candidate) => candidate.dataType === dataTypes.validationResult);
  if (element === undefined) return null;
  const body = await run.altinn.data(instance.id, element.id, run.signal);
  return verdictNames[readValidationAnswer(new TextDecoder().decode(body)).verdict];
}

export const verdictNames: Readonly<Record<OfficialVerdict, SubmissionVerdict>> = {
  "ingen avvik": "accepted",
  "avvikende skattemelding": "acceptedWithDeviations",
  "mangelfull skattemelding": "incomplete",
  "ugyldig skattemelding": "refused",
};
