import { bareProblem, empty, json, type Answer } from "../answer.ts";
import type { SandboxRequest } from "../request.ts";
import { catchUp } from "./feedback.ts";
import type { AltinnContext } from "./context.ts";
import { rolesOf } from "./parties.ts";
import { mayDo, minimumLevel, type PolicyAction } from "./policy.ts";
import type { StoredInstance } from "./state.ts";
import type { Caller } from "./tokens.ts";

/** Thrown inside a call to answer at once. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${String(answer.status)}`);
    this.answer = answer;
  }
}

const scopesFor = {
  read: ["altinn:instances.read", "skatteetaten:mvameldinginnsending"],
  write: ["altinn:instances.write", "skatteetaten:mvameldinginnsending"],
} as const;

/**
 * Who calls.
 * @throws Refused 401 without a living Altinn token, 403 without the scope
 */
export function callerOf(context: AltinnContext, request: SandboxRequest): Caller {
  const caller = context.tokens.read(request.header("authorization"));
  if (caller === null) throw new Refused(empty(401, { "www-authenticate": "Bearer" }));
  const needed = scopesFor[request.method === "GET" ? "read" : "write"];
  if (context.settings.now.scopesChecked && !needed.some((scope) => caller.scopes.includes(scope))) {
    throw new Refused(bareProblem(403, "Forbidden"));
  }
  return caller;
}

/**
 * Whether the policy lets the caller do this with this organisation's instances.
 * @param place the task that the instance is in; null for an instance that is yet to be made
 * @throws Refused 403; for too low a level with the list of what is not fulfilled
 */
export function authorise(
  caller: Caller,
  organisationNumber: string,
  action: PolicyAction,
  instance: StoredInstance | null,
): void {
  const place = instance === null ? null : (instance.process.task ?? "EndEvent_1");
  if (!mayDo(rolesOf(caller.user, organisationNumber), action, place)) throw new Refused(bareProblem(403, "Forbidden"));
  if (caller.level < minimumLevel) {
    throw new Refused(json(403, { "urn:altinn:minimum-authenticationlevel": String(minimumLevel) }));
  }
}

/**
 * The instance at an address, with everything written that is due by now.
 * @throws Refused 404 for one that is not there, deleted for good, another app's, or too new to be seen
 */
export async function instanceAt(
  context: AltinnContext,
  app: string | null,
  partyId: string,
  guid: string,
): Promise<StoredInstance> {
  const instance = context.archive.find(partyId, guid);
  const { freshWindow, unknownIsForbidden } = context.settings.now;
  if (instance === null || instance.hardDeleted !== null || (app !== null && instance.app !== app)) {
    throw new Refused(unknownIsForbidden ? bareProblem(403, "Forbidden") : bareProblem(404, "Not Found"));
  }
  if (app !== null && context.clock.milliseconds < instance.createdAt + freshWindow) {
    throw new Refused(bareProblem(404, "Not Found"));
  }
  await catchUp(context, instance);
  return instance;
}
