import { bareProblem, empty, json, plain, type Answer } from "../answer.ts";
import type { CallName } from "../callFaults.ts";
import type { SandboxRequest } from "../request.ts";
import { authorise, callerOf, instanceAt, Refused } from "./access.ts";
import type { RoutedCall } from "./app.ts";
import type { AltinnContext } from "./context.ts";
import { storedBytes } from "./data.ts";
import { catchUp } from "./feedback.ts";
import { organisationByNumber, rolesOf, userOfPerson } from "./parties.ts";
import { mayDo } from "./policy.ts";
import type { StoredInstance } from "./state.ts";
import { authenticationLevel, bearer } from "./tokens.ts";
import { eventsJson, storageInstance } from "./wire.ts";

/** Scopes besides Altinn's own with which a token may be exchanged. */
const partnerScopes = [
  "skatteetaten:formueinntekt/skattemelding",
  "skatteetaten:mvameldinginnsending",
  "skatteetaten:mvameldingvalidering",
];

/** What a request to the platform asks for; null for an address that it does not have. */
export function routePlatform(context: AltinnContext, request: SandboxRequest, path: string): RoutedCall | null {
  const found = find(context, request, path.replace(/\/+$/, ""));
  if (found === null) return null;
  const act = async (): Promise<Answer> => {
    try {
      return await found.act();
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  };
  return { ...found, act };
}

function find(context: AltinnContext, request: SandboxRequest, path: string): RoutedCall | null {
  const call = (name: CallName, act: RoutedCall["act"]): RoutedCall => ({ name, dataType: null, fileName: null, act });
  if (request.method !== "GET") return null;
  const provider = /^\/authentication\/api\/v1\/exchange\/([\w-]+)$/.exec(path)?.[1];
  if (provider !== undefined) return call("exchange", () => exchange(context, request, provider));
  if (path === "/authentication/api/v1/refresh") return call("refresh", () => refresh(context, request));
  if (path === "/storage/api/v1/instances") return call("openInstances", () => query(context, request));
  const match = /^\/storage\/api\/v1\/instances\/(\d+)\/([0-9a-f-]{36})(\/.*)?$/i.exec(path);
  if (match === null) return null;
  const [, partyId = "", guid = "", rest = ""] = match;
  const stored = async (): Promise<StoredInstance> => {
    const caller = callerOf(context, request);
    const instance = await instanceAt(context, null, partyId, guid);
    authorise(caller, instance.organisationNumber, "read", instance);
    return instance;
  };
  if (rest === "") return call("storedInstance", async () => json(200, storageInstance(context, await stored())));
  if (rest === "/events") return call("events", async () => json(200, eventsJson(await stored())));
  const dataId = /^\/data\/([0-9a-f-]{36})$/i.exec(rest)?.[1]?.toLowerCase();
  if (dataId === undefined) return null;
  const known = context.archive.find(partyId, guid)?.data.find(({ id }) => id === dataId);
  return {
    name: "data",
    dataType: known?.dataType ?? null,
    fileName: known?.filename ?? null,
    act: async () => readStored(context, await stored(), dataId),
  };
}

async function readStored(context: AltinnContext, instance: StoredInstance, dataId: string): Promise<Answer> {
  const element = instance.data.find(({ id }) => id === dataId);
  if (element === undefined) return bareProblem(404, "Not Found");
  return storedBytes(element, await context.archive.readBytes(dataId));
}

/** Altinn's token for ID-porten's. It lives exactly as long. */
function exchange(context: AltinnContext, request: SandboxRequest, provider: string): Answer {
  if (provider !== "id-porten")
    return plain(400, `Invalid token provider: ${provider}. Trusted token providers are id-porten.`);
  const token = bearer(request.header("authorization"));
  const claims = token === null ? null : context.verifyIdPortenToken(token);
  if (claims === null) return empty(401);
  const { pid, acr, scope, exp } = claims;
  const scopes = typeof scope === "string" ? scope.split(" ") : [];
  if (!scopes.some((each) => each.startsWith("altinn:") || partnerScopes.includes(each))) return empty(403);
  const level = authenticationLevel(acr);
  const user = typeof pid === "string" ? userOfPerson(pid) : null;
  if (level === null || user === null || typeof exp !== "number") return empty(401);
  return tokenAnswer(request, context.tokens.issue(user, level, scopes, exp));
}

function refresh(context: AltinnContext, request: SandboxRequest): Answer {
  const caller = context.tokens.read(request.header("authorization"));
  if (caller === null) return empty(401);
  const expires = Math.floor(context.clock.milliseconds / 1000) + context.settings.now.refreshLifetime;
  return tokenAnswer(request, context.tokens.issue(caller.user, caller.level, caller.scopes, expires));
}

/** Raw, or as a JSON string where JSON is what the caller takes first. */
function tokenAnswer(request: SandboxRequest, token: string): Answer {
  const [first = ""] = (request.header("accept") ?? "").split(",");
  return /json/.test(first) ? json(200, token) : plain(200, token);
}

/** Storage's search. A person must say whose instances are meant, in one way and not in two. */
async function query(context: AltinnContext, request: SandboxRequest): Promise<Answer> {
  const caller = callerOf(context, request);
  const partyId = request.query("instanceOwner.partyId");
  const header = request.header("x-ai-instanceowneridentifier");
  if (partyId !== null && header !== null) {
    return json(400, "Both InstanceOwner.PartyId and X-Ai-InstanceOwnerIdentifier cannot be present at the same time.");
  }
  const owner = partyId ?? partyOfHeader(header);
  if (owner === null) return json(400, "Either InstanceOwnerPartyId or InstanceOwnerIdentifier need to be defined.");
  const size = Number(request.query("size") ?? "100");
  if (!Number.isInteger(size) || size < 1) return json(400, "The size must be a whole number above 0.");
  const candidates = context.archive.instances.filter((instance) => String(instance.partyId) === owner).toReversed();
  for (const instance of candidates) await catchUp(context, instance);
  const readable = candidates.filter((instance) =>
    mayDo(rolesOf(caller.user, instance.organisationNumber), "read", instance.process.task),
  );
  const found = readable.filter((instance) => matches(instance, request));
  const start = Number(request.query("continuationToken") ?? "0") || 0;
  const page = found.slice(start, start + size);
  const self = `${context.origin}${request.raw.url ?? request.path}`;
  const next = start + size < found.length ? withToken(self, start + size) : null;
  return json(200, {
    count: page.length,
    self,
    ...(next === null ? {} : { next }),
    instances: page.map((instance) => storageInstance(context, instance)),
  });
}

function partyOfHeader(header: string | null): string | null {
  const number = /^Organisation:(\d{9})$/i.exec(header ?? "")?.[1];
  const organisation = number === undefined ? null : organisationByNumber(number);
  return organisation === null ? null : String(organisation.partyId);
}

function matches(instance: StoredInstance, request: SandboxRequest): boolean {
  const asks = (name: string, is: boolean): boolean => {
    const wanted = request.query(name)?.toLowerCase();
    return wanted === undefined || wanted === "" || (wanted === "true") === is;
  };
  const equals = (name: string, value: string | null): boolean => {
    const wanted = request.query(name);
    return wanted === null || wanted === "" || wanted === value;
  };
  return (
    instance.hardDeleted === null &&
    equals("appId", `skd/${instance.app}`) &&
    equals("org", "skd") &&
    equals("process.currentTask", instance.process.task) &&
    asks("process.isComplete", instance.process.ended !== null) &&
    asks("status.isArchived", instance.archived !== null) &&
    asks("status.isSoftDeleted", instance.softDeleted !== null) &&
    asks("status.isArchivedOrSoftDeleted", instance.archived !== null || instance.softDeleted !== null)
  );
}

function withToken(address: string, start: number): string {
  const url = new URL(address);
  url.searchParams.set("continuationToken", String(start));
  return url.href;
}
