import { ServiceError } from "../services/serviceError.ts";
import type { ActiveRun, RunContext } from "./activeRun.ts";
import type { Journal } from "./journal.ts";
import { isDeleted, placeOf } from "./place.ts";
import { followHome, mending, withRun } from "./run.ts";
import { settleIntent } from "./settle.ts";
import { SubmissionError } from "./submissionError.ts";

/**
 * Deletes the draft at Altinn for good and closes the submission; files and journal stay. A creation or submission with
 * an unknown outcome is settled first, so that neither a draft nobody knows nor a return submitted meanwhile is left
 * behind.
 * @throws SubmissionError `alreadySubmitted` where there is no draft any more; otherwise as `runSubmission`.
 */
export async function abandonSubmission(id: string, context: RunContext, signal?: AbortSignal): Promise<Journal> {
  return withRun(id, context, signal, async (run) => {
    const { state, instanceId, intent } = run.journal;
    if (state === "abandoned") return;
    if (state === "waiting" || state === "finished") throw alreadySubmitted(run.journal);
    if (instanceId !== null || intent !== null) {
      await run.visible("exchange", async () => {
        await context.ensureToken(false, signal);
        return {};
      });
      await followHome(run);
      while (!(await mending(run, () => deleteDraft(run))));
    }
    await run.writer.change({ state: "abandoned", intent: null });
  });
}

async function deleteDraft(run: ActiveRun): Promise<true> {
  try {
    // What else may be on its way comes too late for an instance that is gone.
    const step = run.journal.intent?.step;
    if (step === "createInstance" || step === "submit") await settleIntent(run);
  } catch (error) {
    // Deleted by somebody else: there is nothing left that a call could have an effect on.
    if (error instanceof SubmissionError && error.kind === "deleted") return true;
    throw error;
  }
  const id = run.journal.instanceId;
  if (id === null) return true;
  const instance = await run.altinn.instance(id, run.signal).catch(nullWhenGone(run));
  if (instance === null || isDeleted(instance)) return true;
  if (placeOf(instance) === "submitted") {
    await run.writer.change({ state: "waiting" });
    throw alreadySubmitted(run.journal);
  }
  await run.altinn.deleteInstance(id, true, run.signal).catch(nullWhenGone(run));
  return true;
}

/** An instance that has been there and is not any more; a new one may only not be visible yet. */
function nullWhenGone(run: ActiveRun): (error: unknown) => null {
  return (error) => {
    const isGone = error instanceof ServiceError && error.kind === "notFound" && !run.isNew();
    if (isGone) return null;
    throw error;
  };
}

function alreadySubmitted(journal: Journal): SubmissionError {
  const id = journal.instanceId ?? "";
  return new SubmissionError("alreadySubmitted", {
    en: `The return is submitted (instance ${id}) and can't be withdrawn. A mistake in it is put right by submitting a changed return for the same period.`,
    nb: `Meldingen er sendt inn (instans ${id}) og kan ikke trekkes tilbake. En feil i den rettes ved å sende inn en endret melding for samme periode.`,
  });
}
