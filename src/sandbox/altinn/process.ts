import { json, problem, bareProblem, empty, type Answer } from "../answer.ts";
import { countIssues, duplicateNames, fillingInConflict, issuesProblem } from "./checks.ts";
import type { AltinnContext } from "./context.ts";
import { scheduleFeedback } from "./feedback.ts";
import { addFile, elementOf, note, touch, type Actor } from "./instances.ts";
import { dataTypes } from "./metadata.ts";
import { rolesOf } from "./parties.ts";
import { storePaymentInformation } from "./payment.ts";
import { mayDo } from "./policy.ts";
import { dataTypeIds, type StoredInstance, type TaskId } from "./state.ts";
import type { Caller } from "./tokens.ts";
import { processJson } from "./wire.ts";

/**
 * `process/next`: moves the instance one step on from where it stood when the call came. As in the app there is no lock
 * and no memory of earlier calls: the same call again takes the next step.
 */
export async function moveOn(context: AltinnContext, instance: StoredInstance, caller: Caller): Promise<Answer> {
  const from = instance.process.task;
  if (from === null) return problem(409, "Not allowed.", { detail: "Process is ended." });
  const action = from === "Task_2" ? "confirm" : "write";
  if (!mayDo(rolesOf(caller.user, instance.organisationNumber), action, from)) {
    if (context.settings.now.library === "v7") return empty(403);
    return problem(403, "Unauthorized", {
      detail: `User is not authorized to perform process next. Task ID: ${from}`,
    });
  }
  if (instance.softDeleted !== null) return bareProblem(409, "Conflict");
  const issues = countIssues(instance, from);
  if (issues.length > 0) return issuesProblem(from, issues);
  const conflict = await conflictOf(context, instance, from);
  if (conflict !== null) return conflict;
  if (from === "Task_1") await completeFillingIn(context, instance, caller);
  else await submit(context, instance, caller);
  return json(200, processJson(instance, caller));
}

async function conflictOf(context: AltinnContext, instance: StoredInstance, from: TaskId): Promise<Answer | null> {
  if (from === "Task_1") return fillingInConflict(context, instance);
  const duplicate = duplicateNames(instance);
  return duplicate === null ? null : json(409, duplicate);
}

async function completeFillingIn(context: AltinnContext, instance: StoredInstance, caller: Caller): Promise<void> {
  lockFiles(instance, "Task_1");
  await addLog(context, instance, caller, dataTypeIds.fillingInLog);
  enter(context, instance, caller, "Task_1", "Task_2");
}

async function submit(context: AltinnContext, instance: StoredInstance, caller: Caller): Promise<void> {
  await addLog(context, instance, caller, dataTypeIds.signingLog);
  if (elementOf(instance, dataTypeIds.paymentInformation) === null) await storePaymentInformation(context, instance);
  note(context, instance, caller, "Submited");
  enter(context, instance, caller, "Task_2", "Task_3");
  scheduleFeedback(context, instance);
}

/** Written once: a step that is taken twice at the same time writes it over, as it were, with the same. */
async function addLog(
  context: AltinnContext,
  instance: StoredInstance,
  caller: Caller,
  dataType: string,
): Promise<void> {
  if (elementOf(instance, dataType) !== null) return;
  const content = { brukerId: caller.user.userId, tidspunkt: context.clock.stamp(), sandkasse: true };
  await addFile(context, instance, caller, {
    dataType,
    fileName: `${dataType}.json`,
    contentType: "application/json",
    bytes: Buffer.from(JSON.stringify(content)),
  });
}

function lockFiles(instance: StoredInstance, task: TaskId): void {
  const ofTask = new Set(dataTypes.filter((dataType) => dataType.task === task).map(({ id }) => id));
  for (const element of instance.data) if (ofTask.has(element.dataType)) element.locked = true;
}

/** Ends one task and begins another, in the process's state, its history and the events. */
function enter(context: AltinnContext, instance: StoredInstance, actor: Actor, from: TaskId, to: TaskId): void {
  const stamp = context.clock.stamp();
  endTask(instance, from, stamp);
  note(context, instance, actor, "process_EndTask");
  instance.history.push({ eventType: "process_StartTask", elementId: to, occured: null, started: stamp, ended: null });
  Object.assign(instance.process, {
    task: to,
    flow: to === "Task_2" ? 3 : 4,
    taskStarted: stamp,
  });
  instance.steps++;
  note(context, instance, actor, "process_StartTask");
  touch(context, instance, actor);
}

export function endTask(instance: StoredInstance, task: TaskId, stamp: string): void {
  const entry = instance.history.findLast((candidate) => candidate.elementId === task);
  if (entry !== undefined) entry.ended = stamp;
}
