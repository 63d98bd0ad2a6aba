import { answer, bareProblem, empty, json, problem, type Answer } from "../answer.ts";
import type { SandboxRequest } from "../request.ts";
import { callerOf } from "./access.ts";
import { countIssues, type Issue } from "./checks.ts";
import type { AltinnContext } from "./context.ts";
import { catchUp, isFeedbackProvided, waitForFeedback } from "./feedback.ts";
import { note, touch } from "./instances.ts";
import { partyUuid, rolesOf } from "./parties.ts";
import { mayDo } from "./policy.ts";
import type { StoredInstance } from "./state.ts";
import type { Caller } from "./tokens.ts";
import { activeJson, appInstance } from "./wire.ts";

/** Reading marks the instance as read. */
export function readInstance(context: AltinnContext, instance: StoredInstance): Answer {
  if (instance.readStatus !== 1) {
    instance.readStatus = 1;
    context.archive.changed();
  }
  return json(200, appInstance(context, instance));
}

/** What is neither archived nor deleted, with nothing about the period. */
export async function activeInstances(
  context: AltinnContext,
  app: string,
  request: SandboxRequest,
  partyId: string,
): Promise<Answer> {
  const caller = callerOf(context, request);
  const found = context.archive.instances.filter(
    (instance) => instance.app === app && String(instance.partyId) === partyId && instance.hardDeleted === null,
  );
  for (const instance of found) await catchUp(context, instance);
  const visible = found.filter(
    (instance) =>
      instance.archived === null &&
      instance.softDeleted === null &&
      mayDo(rolesOf(caller.user, instance.organisationNumber), "read", instance.process.task),
  );
  return json(200, visible.map(activeJson));
}

/** Into the bin, or for good; there is no way back in either case. */
export async function deleteInstance(
  context: AltinnContext,
  request: SandboxRequest,
  instance: StoredInstance,
  caller: Caller,
): Promise<Answer> {
  const hard = request.query("hard")?.toLowerCase() === "true";
  const stamp = context.clock.stamp();
  instance.softDeleted ??= stamp;
  if (hard) instance.hardDeleted = stamp;
  note(context, instance, caller, "Deleted");
  touch(context, instance, caller);
  const given = json(200, appInstance(context, instance));
  if (hard) for (const element of instance.data.splice(0)) await context.archive.removeBytes(element.id);
  return given;
}

/** The app's own counts; whether the real one also asks the authority here is not known, so this does not. */
export function listIssues(context: AltinnContext, instance: StoredInstance): Answer {
  const { task } = instance.process;
  if (task === null) {
    return context.settings.now.library === "v7"
      ? bareProblem(500, "An error occurred while processing your request.")
      : problem(409, "Validation error", { detail: "Unable to validate instance without a started process." });
  }
  const issues = countIssues(instance, task);
  return json(200, context.settings.now.library === "v7" ? issues.map(olderIssue) : issues);
}

/** Whether the authority is done with it. */
export function feedbackStatus(context: AltinnContext, instance: StoredInstance): Answer {
  if (context.settings.now.feedback === "missing") return empty(404);
  return json(200, { isFeedbackProvided: isFeedbackProvided(instance) });
}

/** The instance once the authority is done; what comes before that depends on the settings. */
export async function feedback(
  context: AltinnContext,
  request: SandboxRequest,
  instance: StoredInstance,
): Promise<Answer> {
  const mode = context.settings.now.feedback;
  if (mode === "missing") return empty(404);
  if (mode === "blocking") {
    await waitForFeedback(context, instance, () => request.raw.socket.destroyed);
  }
  if (isFeedbackProvided(instance)) return json(200, appInstance(context, instance));
  return answer(409, "has not yet received feedback. Try again later.", "text/plain; charset=utf-8");
}

/** Who has signed in, in the platform's own numbers. */
export function profile(caller: Caller): Answer {
  const { user } = caller;
  const { givenName, familyName, nationalIdentityNumber } = user.person;
  const name = `${givenName} ${familyName}`;
  return json(200, {
    userId: user.userId,
    userUuid: partyUuid(user.partyId),
    userName: user.userName,
    externalIdentity: "",
    isReserved: false,
    phoneNumber: null,
    email: null,
    partyId: user.partyId,
    party: {
      partyId: user.partyId,
      partyUuid: partyUuid(user.partyId),
      partyTypeName: 1,
      orgNumber: null,
      ssn: nationalIdentityNumber,
      unitType: null,
      name,
      isDeleted: false,
      onlyHierarchyElementWithNoAccess: false,
      person: { ssn: nationalIdentityNumber, name, firstName: givenName, middleName: null, lastName: familyName },
      organization: null,
      childParties: null,
    },
    userType: 1,
    profileSettingPreference: { language: "nb", preSelectedPartyId: 0, doNotPromptForParty: false },
  });
}

/** The older form of an issue: the severity is a word. */
function olderIssue({ field, code, description }: Issue): Readonly<Record<string, unknown>> {
  return { severity: "Error", instanceId: null, dataElementId: null, field, code, description, scope: "INSTANCE" };
}
