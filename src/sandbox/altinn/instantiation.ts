import * as v from "valibot";
import { json, type Answer } from "../answer.ts";
import type { SandboxRequest } from "../request.ts";
import { authorise, Refused } from "./access.ts";
import { appPath, type AltinnContext } from "./context.ts";
import { readEnvelopeModel, writeEnvelopeModel } from "./envelopeModel.ts";
import { addFile, createInstance, elementOf, replaceFile } from "./instances.ts";
import { findDataType } from "./metadata.ts";
import { organisationByNumber, organisationByParty, type AltinnOrganisation } from "./parties.ts";
import { nameOfPart, readMultipart } from "./multipart.ts";
import { dataTypeIds, type StoredInstance } from "./state.ts";
import type { Caller } from "./tokens.ts";
import { checkUpload } from "./uploadRules.ts";
import { appInstance, instanceId } from "./wire.ts";

/** What the app reads of a whole submission in one request, files included. */
const largestRequest = 64 * 1024 * 1024;

const ownerSchema = v.looseObject({
  partyId: v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
  organisationNumber: v.nullish(v.string()),
  personNumber: v.nullish(v.string()),
});
const templateSchema = v.looseObject({ instanceOwner: v.nullish(ownerSchema), appId: v.nullish(v.string()) });
type Template = v.InferOutput<typeof templateSchema>;

interface Part {
  readonly name: string;
  readonly contentDisposition: string | null;
  readonly contentType: string | null;
  readonly bytes: Buffer;
}

const refuse = (text: string): Refused => new Refused(json(400, text));

/** `POST instances` in its forms: JSON, several parts, a party in the query, and the short `instances/create`. */
export async function instantiate(
  context: AltinnContext,
  app: string,
  request: SandboxRequest,
  caller: Caller,
): Promise<Answer> {
  const body = await request.body(largestRequest);
  const bytes = body.kind === "bytes" ? body.bytes : Buffer.alloc(0);
  const contentType = request.header("content-type") ?? "";
  const parts = contentType.startsWith("multipart/") ? readParts(bytes, contentType) : null;
  const template = parts === null ? readTemplate(bytes) : readTemplate(takeTemplate(parts));
  const organisation = ownerOf(template, request.query("instanceOwnerPartyId"));
  if (typeof template?.appId === "string" && template.appId !== `skd/${app}`) {
    throw refuse(`AppId in template is ${template.appId}, but this is skd/${app}.`);
  }
  authorise(caller, organisation.organisationNumber, "instantiate", null);
  const files = (parts ?? []).slice(1).map((part) => checkPart(part, context.settings.now.library));
  const instance = await createInstance(context, app, organisation, caller);
  for (const part of files) await storePart(context, instance, caller, part);
  const address = `${context.origin}${appPath(app)}/instances/${instanceId(instance)}`;
  return json(201, appInstance(context, instance), { location: address });
}

function readTemplate(bytes: Buffer): Template | null {
  if (bytes.length === 0) return null;
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw refuse("The instance template is not JSON.");
  }
  const read = v.safeParse(templateSchema, content);
  if (!read.success) throw refuse("The instance template has the wrong form.");
  return read.output;
}

function ownerOf(template: Template | null, partyId: string | null): AltinnOrganisation {
  if (template !== null && partyId !== null) {
    throw refuse("You cannot provide an instance owner in the query and a template in the body at the same time.");
  }
  const owner = template?.instanceOwner;
  const party = partyId ?? owner?.partyId ?? null;
  if (party !== null) {
    const organisation = organisationByParty(Number(party));
    if (organisation === null) throw notFound(`partyId: ${party}`);
    return organisation;
  }
  const number = owner?.organisationNumber ?? null;
  if (number === null) {
    const person = owner?.personNumber ?? null;
    if (person !== null) throw notFound("personNumber");
    throw refuse(
      "Cannot create an instance without an instanceOwner.partyId. Give the party in the query or the instance owner in the body.",
    );
  }
  const organisation = organisationByNumber(number);
  if (organisation === null) throw notFound(`organisationNumber: ${number}`);
  return organisation;
}

function notFound(by: string): Refused {
  return new Refused(
    json(404, `Cannot lookup party: Failed to lookup party by ${by}. The exception was: 404 - Not Found - `),
  );
}

function readParts(bytes: Buffer, contentType: string): readonly Part[] {
  const parts = readMultipart(bytes, contentType);
  if (parts === null) throw refuse("The request's parts can't be read.");
  return parts.map((part) => ({
    name: nameOfPart(part),
    contentDisposition: part.headers.get("content-disposition") ?? null,
    contentType: part.headers.get("content-type") ?? null,
    bytes: part.bytes,
  }));
}

function takeTemplate(parts: readonly Part[]): Buffer {
  const [first] = parts;
  if (first?.name !== "instance") throw refuse("The first part must be the instance template, named instance.");
  return first.bytes;
}

/** A part that may be stored. */
interface CheckedPart {
  readonly dataType: string;
  /** Null for the envelope. */
  readonly fileName: string | null;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** @throws Refused before anything is made: what fails here leaves no instance behind */
function checkPart({ name, contentDisposition, contentType, bytes }: Part, library: "v7" | "v8"): CheckedPart {
  const dataType = findDataType(name);
  if (dataType === null) throw refuse(`Multipart section named, '${name}' does not correspond to an element type`);
  if (dataType.appLogic) {
    const model = readEnvelopeModel(bytes.toString("utf8"));
    if (model === null) throw refuse("Failed to deserialize XML");
    const content = Buffer.from(writeEnvelopeModel(model));
    return { dataType: name, fileName: null, contentType: "application/xml", bytes: content };
  }
  const checked = checkUpload({ contentDisposition, contentType, contentLength: bytes.length }, dataType, library);
  if (!checked.accepted) throw refuse(checked.description);
  return { dataType: name, fileName: checked.fileName, contentType: checked.contentType, bytes };
}

async function storePart(
  context: AltinnContext,
  instance: StoredInstance,
  caller: Caller,
  part: CheckedPart,
): Promise<void> {
  const envelope = part.dataType === dataTypeIds.envelope ? elementOf(instance, part.dataType) : null;
  if (envelope === null) await addFile(context, instance, caller, part);
  else await replaceFile(context, instance, caller, envelope, part);
}
