import { dataTypes } from "../services/altinn/wire.ts";
import type { Instance } from "../services/altinn/wire.ts";
import { readValidationAnswer } from "../services/skatteetaten/validationAnswer.ts";
import type { OfficialVerdict } from "../validation/remote/answer.ts";
import type { ActiveRun } from "./activeRun.ts";
import { compareWithSent } from "./compare.ts";
import { storeDownloads } from "./downloads.ts";
import type { SubmissionVerdict } from "./journal.ts";

/**
 * Follows a submitted instance to its verdict and fetches the authority's files. Polls with growing pauses; where the
 * verdict takes too long, the submission stays `waiting` and can be picked up later.
 */
export async function followToVerdict(run: ActiveRun, id: string): Promise<void> {
  if (run.journal.state !== "waiting") await run.writer.change({ state: "waiting" });
  if (run.journal.verdict === null) {
    await run.visible("awaitVerdict", async () => {
      const verdict = await awaitVerdict(run, id);
      if (verdict !== null) {
        await run.writer.change({ verdict });
        return null;
      }
      return {
        en: "No verdict yet; it can be looked for again at any time.",
        nb: "Ingen dom ennå; det kan sjekkes igjen når som helst.",
      };
    });
  }
  if (run.journal.verdict === null) return;
  await run.visible("download", async () => {
    const instance = await awaitReceipt(run, id);
    const difference = await compareWithSent(run, instance);
    await run.writer.change({ state: "finished", error: difference });
    return difference;
  });
}

/** @returns null where there is no verdict within the limit. */
async function awaitVerdict(run: ActiveRun, id: string): Promise<SubmissionVerdict | null> {
  const { pace } = run.context;
  const until = run.now() + pace.verdictLimit;
  for (let round = 0; ; round++) {
    const instance = await run.altinn.instance(id, run.signal);
    const verdict = await readVerdict(run, instance);
    // Payment information comes long before the verdict, and is worth having.
    await download(run, instance);
    if (verdict !== null || run.now() >= until) return verdict;
    await run.pause(pauseOf(run, round));
  }
}

/** The receipt may come before the verdict or after it. It decides nothing, so it is waited for only so long. */
async function awaitReceipt(run: ActiveRun, id: string): Promise<Instance> {
  const until = run.now() + run.context.pace.receiptLimit;
  for (let round = 0; ; round++) {
    const instance = await run.altinn.instance(id, run.signal);
    await download(run, instance);
    const hasReceipt = run.journal.files.some(({ dataType }) => dataType === dataTypes.receipt);
    if (hasReceipt || run.now() >= until) return instance;
    await run.pause(pauseOf(run, round));
  }
}

function pauseOf(run: ActiveRun, round: number): number {
  const { verdictPauses, settlePause } = run.context.pace;
  return verdictPauses[Math.min(round, verdictPauses.length - 1)] ?? settlePause;
}

async function download(run: ActiveRun, instance: Instance): Promise<void> {
  const files = await storeDownloads(run.journal, instance, run.altinn, run.context.store, run.signal);
  if (files.length > run.journal.files.length) await run.writer.change({ files: [...files] });
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
