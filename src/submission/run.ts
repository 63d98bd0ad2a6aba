import { ServiceError } from "../services/serviceError.ts";
import { ActiveRun } from "./activeRun.ts";
import type { RunContext } from "./activeRun.ts";
import { failureText } from "./failure.ts";
import { fillIn } from "./fillIn.ts";
import { fetchLateFiles, followToVerdict } from "./follow.ts";
import { elsewhere, moveHome } from "./home.ts";
import type { Journal } from "./journal.ts";
import { JournalWriter } from "./journalWriter.ts";
import { LockedError } from "./lock.ts";
import type { StepResult } from "./journalWriter.ts";
import { placeOf } from "./place.ts";
import { settleIntent } from "./settle.ts";
import { hasReceipt } from "./standing.ts";

export type { RunContext } from "./activeRun.ts";

export interface RunOptions {
  /** What this run is to reach; without it, what the one before wanted. Somebody who signs says `submit`. */
  readonly goal?: Journal["goal"];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes a submission as far as it can go, from wherever it stands: the same function starts, goes on after a crash
 * and looks for the verdict. Before every changing call the intent is written down; after one with an unknown outcome
 * the state at Altinn is read, and nothing is repeated before that call can no longer take effect.
 * @returns the journal as it stands on the disk.
 * @throws LockedError, ServiceError, SignInError, SubmissionError; the journal then says where it stopped and why.
 */
export async function runSubmission(id: string, context: RunContext, options: RunOptions = {}): Promise<Journal> {
  return withRun(id, context, options.signal, async (run) => {
    const { journal } = run;
    if (journal.state === "abandoned" || (journal.state === "finished" && hasReceipt(journal))) return;
    if (options.goal !== undefined && options.goal !== journal.goal) await run.writer.change({ goal: options.goal });
    await run.visible("exchange", () => ensureToken(run, false));
    await followHome(run);
    const work = journal.state === "finished" ? fetchLateFiles : advance;
    while (!(await mending(run, () => work(run))));
  });
}

/**
 * Does something to a submission under its lock. What goes wrong is written into its journal before it is thrown on;
 * steps that an earlier process has left open are closed first.
 */
export async function withRun(
  id: string,
  context: RunContext,
  signal: AbortSignal | undefined,
  work: (run: ActiveRun) => Promise<void>,
): Promise<Journal> {
  const lock = await context.store.lock(id);
  try {
    const journal = await context.store.load(id);
    // Who has lost the lock in their sleep must not write over the journal of whoever has it now, nor send anything:
    // before every changing call the journal is written.
    const save = (changed: Journal): Promise<void> => context.store.save(changed, () => lock.assertHeld());
    const writer = new JournalWriter(journal, { save }, context.now, context.onProgress);
    const run = new ActiveRun(context, writer, signal);
    if (journal.error !== null || journal.steps.some((step) => step.endedAt === null)) {
      const keepsError = journal.state === "finished";
      await writer.change({ steps: writer.withoutOpenSteps(), ...(keepsError ? {} : { error: null }) });
    }
    try {
      await work(run);
      await writer.flush();
    } catch (error) {
      if (error instanceof LockedError) throw error;
      const failure = run.isCancelled() ? run.cancellation() : error;
      await writer.change({ error: failureText(failure) });
      throw failure;
    }
    return writer.journal;
  } finally {
    await lock.release();
  }
}

/**
 * Does one thing, and mends what mends itself: an expired token, an instance too new to be seen.
 * @returns false where it has to be done again
 */
export async function mending(run: ActiveRun, work: () => Promise<boolean>): Promise<boolean> {
  try {
    const done = await work();
    run.refusedCalls.clear();
    return done;
  } catch (error) {
    if (run.isCancelled() || !(error instanceof ServiceError) || error.service !== "altinn") throw error;
    // A second 401 to the same call in a row has another reason than the token's age.
    if (error.kind === "unauthorised" && !run.refusedCalls.has(error.call)) {
      run.refusedCalls.add(error.call);
      await run.visible("exchange", () => ensureToken(run, true));
      return false;
    }
    if (isTooNew(run, error)) {
      await run.pause(run.context.pace.settlePause);
      return false;
    }
    throw error;
  }
}

/**
 * Writes down that the environment has moved, once the instance has been seen there: another sandbox may have the same
 * name, and the journal alone knows where the instance is.
 * @throws SubmissionError `otherEnvironment` where it is not there
 */
export async function followHome(run: ActiveRun): Promise<void> {
  const moved = moveHome(run.journal, run.context.environment);
  if (moved === null) return;
  const id = run.journal.instanceId;
  const look = async (): Promise<true> => {
    if (id !== null) await run.altinn.instance(id, run.signal);
    return true;
  };
  try {
    while (!(await mending(run, look)));
  } catch (error) {
    const isUnknown = error instanceof ServiceError && error.kind === "notFound";
    throw isUnknown ? elsewhere(run.journal, run.context.environment) : error;
  }
  await run.writer.change(moved);
}

async function ensureToken(run: ActiveRun, fresh: boolean): Promise<StepResult> {
  await run.context.ensureToken(fresh, run.signal);
  return {};
}

/**
 * A new instance may answer 404 for a while, or 403 where the storage does not tell "unknown" from "not yours"; whoever
 * has created it may read it. One that was created long ago may not.
 */
function isTooNew(run: ActiveRun, error: ServiceError): boolean {
  const unseen = error.kind === "notFound" || (error.kind === "forbidden" && error.call === "instance");
  return unseen && run.isNew();
}

/** One step from what is true now. @returns whether there is nothing more to do for the time being. */
async function advance(run: ActiveRun): Promise<boolean> {
  await settleIntent(run);
  const id = run.journal.instanceId;
  if (id === null) {
    await run.change("createInstance", null, async () => {
      const created = await run.altinn.createInstance(run.journal.organisationNumber, run.signal);
      return { instanceId: created.id, state: "open" };
    });
    return false;
  }
  const instance = await run.altinn.instance(id, run.signal);
  switch (placeOf(instance)) {
    case "fillIn":
      await fillIn(run, instance);
      return false;
    case "confirm":
      return confirm(run, id);
    case "submitted":
      await followToVerdict(run, id);
      return true;
  }
}

/** Submits, unless that is left to somebody else. Who has no right to sign leaves it so, too. */
async function confirm(run: ActiveRun, id: string): Promise<boolean> {
  if (run.journal.goal === "fillIn") {
    if (run.journal.state !== "readyToSign") await run.writer.change({ state: "readyToSign" });
    return true;
  }
  const submit = async (): Promise<Partial<Journal>> => {
    await run.altinn.next(id, "submit", run.signal);
    return { state: "waiting" };
  };
  await run.once("submit", () => run.change("submit", null, submit, { state: "readyToSign" }));
  return false;
}
