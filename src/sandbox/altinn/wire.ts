import { createHash } from "node:crypto";
import { appPath, type AltinnContext } from "./context.ts";
import { taskFacts } from "./metadata.ts";
import { organisationByNumber, partyUuid, rolesOf, userById, userDisplayName } from "./parties.ts";
import { mayDo } from "./policy.ts";
import { authority, tasks, type StoredElement, type StoredInstance, type TaskId } from "./state.ts";
import type { Caller } from "./tokens.ts";

type Json = Readonly<Record<string, unknown>>;

export function instanceId(instance: StoredInstance): string {
  return `${String(instance.partyId)}/${instance.guid}`;
}

function selfLinks(context: AltinnContext, instance: StoredInstance, rest: string): Json {
  const app = context.settings.now.selfLinksApp ?? instance.app;
  const id = `${instanceId(instance)}${rest}`;
  return {
    apps: `${context.origin}${appPath(app)}/instances/${id}`,
    platform: `${context.platformUrl}/storage/api/v1/instances/${id}`,
  };
}

/** A file as both APIs describe it. */
export function elementJson(context: AltinnContext, instance: StoredInstance, element: StoredElement): Json {
  return {
    id: element.id,
    instanceGuid: instance.guid,
    dataType: element.dataType,
    filename: element.filename,
    contentType: element.contentType,
    blobStoragePath: `skd/${instance.app}/${instance.guid}/data/${element.id}`,
    selfLinks: selfLinks(context, instance, `/data/${element.id}`),
    size: element.size,
    locked: element.locked,
    refs: [],
    isRead: element.isRead,
    created: element.created,
    createdBy: element.createdBy,
    lastChanged: element.lastChanged,
    lastChangedBy: element.lastChangedBy,
    ...(context.settings.now.library === "v8"
      ? {
          contentHash: createHash("md5").update(element.sha256).digest("base64"),
          tags: [],
          userDefinedMetadata: null,
          metadata: null,
          deleteStatus: null,
          fileScanResult: "NotApplicable",
          references: null,
        }
      : {}),
  };
}

const readStatusNames = ["Unread", "Read", "UpdatedSinceLastReview"] as const;

function ownerJson(context: AltinnContext, instance: StoredInstance): Json {
  const organisation = organisationByNumber(instance.organisationNumber);
  return {
    partyId: String(instance.partyId),
    personNumber: null,
    organisationNumber: instance.organisationNumber,
    ...(context.settings.now.library === "v8"
      ? {
          username: null,
          party: {
            partyId: instance.partyId,
            partyUuid: partyUuid(instance.partyId),
            partyTypeName: 2,
            orgNumber: instance.organisationNumber,
            ssn: null,
            unitType: null,
            name: organisation?.name ?? null,
            isDeleted: false,
          },
        }
      : {}),
  };
}

function currentTaskJson({ process }: StoredInstance, task: TaskId): Json {
  return {
    flow: process.flow,
    started: process.taskStarted,
    elementId: task,
    name: taskFacts[task].name,
    altinnTaskType: taskFacts[task].type,
    ended: null,
    validated: null,
    flowType: "CompleteCurrentMoveToNext",
  };
}

/** The instance as the app writes it: explicit nulls, numbers for enumerations. */
export function appInstance(context: AltinnContext, instance: StoredInstance): Json {
  const { process } = instance;
  return {
    id: instanceId(instance),
    instanceOwner: ownerJson(context, instance),
    appId: `${authority.org}/${instance.app}`,
    org: authority.org,
    selfLinks: selfLinks(context, instance, ""),
    dueBefore: null,
    visibleAfter: instance.created,
    process: {
      started: process.started,
      startEvent: "StartEvent_1",
      currentTask: process.task === null ? null : currentTaskJson(instance, process.task),
      ended: process.ended,
      endEvent: process.ended === null ? null : "EndEvent_1",
    },
    status: {
      isArchived: instance.archived !== null,
      archived: instance.archived,
      isSoftDeleted: instance.softDeleted !== null,
      softDeleted: instance.softDeleted,
      isHardDeleted: instance.hardDeleted !== null,
      hardDeleted: instance.hardDeleted,
      readStatus: instance.readStatus,
      substatus: instance.substatus,
    },
    completeConfirmations:
      instance.confirmedOn === null ? null : [{ stakeholderId: authority.org, confirmedOn: instance.confirmedOn }],
    data: instance.data.map((element) => elementJson(context, instance, element)),
    presentationTexts: null,
    dataValues: null,
    created: instance.created,
    createdBy: instance.createdBy,
    lastChanged: instance.lastChanged,
    lastChangedBy: instance.lastChangedBy,
  };
}

/** The same as Storage writes it: nulls left out, enumerations as words. */
export function storageInstance(context: AltinnContext, instance: StoredInstance): Json {
  const json = appInstance(context, instance);
  const status = { ...(json["status"] as Json), readStatus: readStatusNames[instance.readStatus] };
  return withoutNulls({ ...json, status }) as Json;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => (part === null ? [] : [[name, withoutNulls(part)]])),
  );
}

/** What `process` and `process/next` answer: the state of the process with what the caller may do, not the instance. */
export function processJson(instance: StoredInstance, caller: Caller): Json {
  const { process } = instance;
  const roles = rolesOf(caller.user, instance.organisationNumber);
  const may = (action: "read" | "write" | "confirm"): boolean => mayDo(roles, action, process.task);
  const task =
    process.task === null
      ? null
      : {
          ...currentTaskJson(instance, process.task),
          actions: process.task === "Task_2" ? { confirm: may("confirm") } : {},
          userActions:
            process.task === "Task_2" ? [{ id: "confirm", authorized: may("confirm"), type: "ProcessAction" }] : [],
          read: may("read"),
          write: may("write"),
          elementType: "Task",
        };
  return {
    currentTask: task,
    processTasks: tasks.map((id) => ({ altinnTaskType: taskFacts[id].type, elementId: id, elementType: "Task" })),
    started: process.started,
    startEvent: "StartEvent_1",
    ended: process.ended,
    endEvent: process.ended === null ? null : "EndEvent_1",
  };
}

/** The short form of the list of unfinished instances: a name instead of an id. */
export function activeJson(instance: StoredInstance): Json {
  const user = userById(Number(instance.lastChangedBy));
  return {
    id: instanceId(instance),
    presentationTexts: null,
    dueBefore: null,
    lastChanged: instance.lastChanged,
    lastChangedBy: user === null ? "Skatteetaten" : userDisplayName(user.userId),
  };
}

/** Storage's events; here, and only here, persons appear with their national identity number. */
export function eventsJson(instance: StoredInstance): Json {
  return {
    instanceEvents: instance.events.map((event) => ({
      id: event.id,
      instanceId: instanceId(instance),
      dataId: event.dataId,
      created: event.created,
      eventType: event.eventType,
      instanceOwnerPartyId: String(instance.partyId),
      user: {
        userId: event.userId,
        orgId: event.userId === null ? authority.org : null,
        authenticationLevel: event.authenticationLevel,
        endUserSystemId: null,
        nationalIdentityNumber:
          event.userId === null ? null : (userById(event.userId)?.person.nationalIdentityNumber ?? null),
        systemUserId: null,
        systemUserOwnerOrgNo: null,
        systemUserName: null,
      },
      relatedUser: null,
      processInfo:
        event.currentTask === null
          ? null
          : {
              currentTask: { elementId: event.currentTask },
            },
      additionalInfo: event.additionalInfo,
    })),
  };
}
