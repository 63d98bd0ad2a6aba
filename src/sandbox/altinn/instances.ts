import { randomUUID } from "node:crypto";
import { sha256 } from "./archive.ts";
import type { AltinnContext } from "./context.ts";
import { emptyModel, writeEnvelopeModel } from "./envelopeModel.ts";
import type { AltinnOrganisation } from "./parties.ts";
import { authority, dataTypeIds, type StoredElement, type StoredInstance } from "./state.ts";
import type { Caller } from "./tokens.ts";

/** Who does something: a caller, or the authority itself. */
export type Actor = Caller | "authority";

export function actorId(actor: Actor): string {
  return actor === "authority" ? authority.organisationNumber : String(actor.user.userId);
}

export interface NewFile {
  readonly dataType: string;
  readonly fileName: string | null;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly locked?: boolean;
}

/** A new instance in its first task, with the envelope's element in it. */
export async function createInstance(
  context: AltinnContext,
  app: string,
  organisation: AltinnOrganisation,
  caller: Caller,
): Promise<StoredInstance> {
  const { clock, archive } = context;
  const createdAt = clock.milliseconds;
  const created = clock.stamp(createdAt);
  const instance: StoredInstance = {
    guid: randomUUID(),
    partyId: organisation.partyId,
    organisationNumber: organisation.organisationNumber,
    app,
    created,
    createdAt,
    createdBy: actorId(caller),
    lastChanged: created,
    lastChangedBy: actorId(caller),
    readStatus: 1,
    process: { task: "Task_1", flow: 2, started: created, taskStarted: created, ended: null },
    history: [
      { eventType: "process_StartEvent", elementId: "StartEvent_1", occured: created, started: null, ended: null },
      { eventType: "process_StartTask", elementId: "Task_1", occured: null, started: created, ended: null },
    ],
    archived: null,
    softDeleted: null,
    hardDeleted: null,
    substatus: null,
    confirmedOn: null,
    data: [],
    events: [],
    submission: null,
    delivered: null,
    steps: 0,
  };
  note(context, instance, caller, "Created");
  note(context, instance, caller, "process_StartEvent");
  note(context, instance, caller, "process_StartTask");
  await addFile(context, instance, caller, {
    dataType: dataTypeIds.envelope,
    fileName: null,
    contentType: "application/xml",
    bytes: Buffer.from(writeEnvelopeModel(emptyModel)),
  });
  archive.add(instance);
  return instance;
}

/** Stores a file on an instance: its bytes first, then its entry. */
export async function addFile(
  context: AltinnContext,
  instance: StoredInstance,
  actor: Actor,
  file: NewFile,
): Promise<StoredElement> {
  const id = randomUUID();
  await context.archive.writeBytes(id, file.bytes);
  const stamp = context.clock.stamp();
  const element: StoredElement = {
    id,
    dataType: file.dataType,
    filename: file.fileName,
    contentType: file.contentType,
    size: file.bytes.length,
    sha256: sha256(file.bytes),
    locked: file.locked ?? false,
    isRead: actor !== "authority",
    created: stamp,
    createdBy: actorId(actor),
    lastChanged: stamp,
    lastChangedBy: actorId(actor),
  };
  instance.data.push(element);
  touch(context, instance, actor);
  note(context, instance, actor, "Created", element.id);
  return element;
}

/** Puts other bytes in the place of an element's. */
export async function replaceFile(
  context: AltinnContext,
  instance: StoredInstance,
  actor: Actor,
  element: StoredElement,
  file: Pick<NewFile, "bytes" | "fileName" | "contentType">,
): Promise<void> {
  await context.archive.writeBytes(element.id, file.bytes);
  Object.assign(element, {
    filename: file.fileName,
    contentType: file.contentType,
    size: file.bytes.length,
    sha256: sha256(file.bytes),
    lastChanged: context.clock.stamp(),
    lastChangedBy: actorId(actor),
  });
  touch(context, instance, actor);
  note(context, instance, actor, "Saved", element.id);
}

export async function removeFileOf(
  context: AltinnContext,
  instance: StoredInstance,
  actor: Actor,
  element: StoredElement,
): Promise<void> {
  instance.data.splice(instance.data.indexOf(element), 1);
  touch(context, instance, actor);
  note(context, instance, actor, "Deleted", element.id);
  await context.archive.removeBytes(element.id);
}

export function touch(context: AltinnContext, instance: StoredInstance, actor: Actor): void {
  instance.lastChanged = context.clock.stamp();
  instance.lastChangedBy = actorId(actor);
  context.archive.changed();
}

/** Adds to the instance's events. `eventType` in Storage's spelling, "Submited" included. */
export function note(
  context: AltinnContext,
  instance: StoredInstance,
  actor: Actor,
  eventType: string,
  dataId: string | null = null,
): void {
  instance.events.push({
    id: randomUUID(),
    eventType,
    created: context.clock.stamp(),
    dataId,
    userId: actor === "authority" ? null : actor.user.userId,
    authenticationLevel: actor === "authority" ? 0 : actor.level,
    currentTask: instance.process.task,
    additionalInfo: null,
  });
}

/** The element of a data type that stands once. */
export function elementOf(instance: StoredInstance, dataType: string): StoredElement | null {
  return instance.data.find((element) => element.dataType === dataType) ?? null;
}
