import { dataTypes } from "../services/altinn/wire.ts";
import type { Instance } from "../services/altinn/wire.ts";
import type { Text } from "../vatReturn/text.ts";
import type { ActiveRun } from "./activeRun.ts";
import type { Intent, Journal } from "./journal.ts";
import { openInstancesOf } from "./openInstances.ts";
import { placeOf } from "./place.ts";
import { SubmissionError } from "./submissionError.ts";

/**
 * Waits until a changing call with an unknown outcome has either been seen to take effect or can no longer do so, and
 * clears the intent. Nothing is sent meanwhile.
 */
export async function settleIntent(run: ActiveRun): Promise<void> {
  const { intent } = run.journal;
  if (intent === null) return;
  const deadline = deadlineOf(run, intent);
  const look = async (): Promise<Partial<Journal> | null> => effectOf(run, intent, run.now() >= deadline);
  const effect = await look();
  if (effect !== null || run.now() >= deadline) {
    await run.writer.change({ ...effect, intent: null });
    return;
  }
  await run.visible("settle", async () => {
    for (;;) {
      await run.pause(Math.min(deadline - run.now(), run.context.pace.settlePause));
      const seen = await look();
      if (seen !== null || run.now() >= deadline) return { changes: { ...seen, intent: null } };
    }
  });
}

/** Counted from when the call was given up on; after a crash from the last moment it can have lasted. */
function deadlineOf(run: ActiveRun, intent: Intent): number {
  const { longestCall, settle } = run.context.pace;
  const end =
    intent.lostAt === null ? Date.parse(intent.at) + longestCall + settle : Date.parse(intent.lostAt) + settle;
  // A clock that was set back must not make anybody wait for ever.
  return Math.min(end, run.now() + longestCall + settle);
}

/** What a call has brought about, as changes of the journal; null while nothing is to be seen of it. */
async function effectOf(run: ActiveRun, intent: Intent, isLastLook: boolean): Promise<Partial<Journal> | null> {
  const id = run.journal.instanceId;
  if (intent.step === "createInstance") {
    if (id !== null) return {};
    const created = await findCreated(run, intent.at, isLastLook);
    return created === null ? null : { instanceId: created.id, state: "open" };
  }
  // Storing the envelope again is harmless, so nothing has to be waited for.
  if (id === null || intent.step === "storeEnvelope") return {};
  const instance = await run.altinn.instance(id, run.signal);
  return hasTakenEffect(run.journal, intent, instance) ? {} : null;
}

function hasTakenEffect(journal: Journal, intent: Intent, instance: Instance): boolean {
  const place = placeOf(instance);
  if (place === "submitted") return true;
  switch (intent.step) {
    case "completeFillingIn":
      return place !== "fillIn";
    case "submit":
      return false;
    case "storeReturn":
    case "storeAttachment":
      return place !== "fillIn" || holdsNewFile(journal, intent.step, instance);
    default:
      return true;
  }
}

/** Everything on the instance was accounted for before the call, so what is not is what the call has stored. */
function holdsNewFile(journal: Journal, step: "storeReturn" | "storeAttachment", instance: Instance): boolean {
  const known = [journal.vatReturn.dataId, ...journal.attachments.map((file) => file.dataId)];
  const dataType = step === "storeReturn" ? dataTypes.vatReturn : dataTypes.attachment;
  return instance.data.some((element) => element.dataType === dataType && !known.includes(element.id));
}

/**
 * After a lost answer to "create": the one new, empty draft that no other submission knows.
 * @throws SubmissionError `ambiguousDraft` where it can't be told which one is ours.
 */
async function findCreated(run: ActiveRun, since: string, isLastLook: boolean): Promise<Instance | null> {
  const { store, pace } = run.context;
  const earliest = Date.parse(since) - pace.clockSkew;
  const { organisationNumber, environment } = run.journal;
  const search = { organisationNumber, appUrl: environment.appUrl, journals: (await store.list()).journals };
  const open = await openInstancesOf(search, run.altinn, run.signal);
  // Looked at after the search: another submission that has made one of these says so by now, or that it was about to.
  const others = (await store.list()).journals.filter((journal) => journal.id !== run.journal.id);
  const taken = new Set(others.map((journal) => journal.instanceId));
  const candidates = open.filter(
    (instance) =>
      !taken.has(instance.id) &&
      instance.created !== null &&
      Date.parse(instance.created) >= earliest &&
      placeOf(instance) === "fillIn" &&
      instance.data.every((element) => element.dataType === dataTypes.envelope),
  );
  const [only] = candidates;
  if (only === undefined) return null;
  // Another submission of the same organisation may be waiting for the answer to its own "create".
  const contested = others.some((journal) => createsToo(journal, run.journal));
  if (candidates.length === 1 && !contested) return only;
  if (contested && !isLastLook) return null;
  throw ambiguousDraft(candidates);
}

function createsToo(other: Journal, mine: Journal): boolean {
  return (
    other.instanceId === null &&
    other.intent?.step === "createInstance" &&
    other.organisationNumber === mine.organisationNumber &&
    other.environment.appUrl === mine.environment.appUrl
  );
}

function ambiguousDraft(candidates: readonly Instance[]): SubmissionError {
  const ids = candidates.map((instance) => instance.id);
  const list = ids.join(", ");
  const text: Text = {
    en: `Altinn holds new drafts of this organisation, and it can't be told which one belongs to this submission: ${list}. Adopt one of them, or delete those that nobody needs.`,
    nb: `Altinn har nye utkast for denne organisasjonen, og det lar seg ikke avgjøre hvilket som hører til denne innsendingen: ${list}. Overta ett av dem, eller slett dem som ingen trenger.`,
  };
  return new SubmissionError("ambiguousDraft", text, ids);
}
