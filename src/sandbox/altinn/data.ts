import { answer, bareProblem, empty, json, plain, problem, type Answer } from "../answer.ts";
import { decodeXml } from "../../vatReturn/encoding.ts";
import type { SandboxRequest } from "../request.ts";
import { largestBody } from "../serveCall.ts";
import type { AltinnContext } from "./context.ts";
import { attachmentHeader, readContentDisposition, storedName } from "./contentDisposition.ts";
import { readEnvelopeModel, writeEnvelopeModel } from "./envelopeModel.ts";
import { addFile, removeFileOf, replaceFile } from "./instances.ts";
import { findDataType, maximumBytes, type DataType } from "./metadata.ts";
import { dataTypeIds, type StoredElement, type StoredInstance } from "./state.ts";
import type { Caller } from "./tokens.ts";
import { checkUpload, zeroBytes, type UploadHeaders } from "./uploadRules.ts";
import { appInstance, elementJson, instanceId } from "./wire.ts";

/** A call on the files of one instance, already let in. */
export interface DataCall {
  readonly context: AltinnContext;
  readonly instance: StoredInstance;
  readonly caller: Caller;
  readonly request: SandboxRequest;
  /** The app's address of the instance. */
  readonly address: string;
}

function writeConflict({ instance }: DataCall): Answer | null {
  if (instance.archived !== null || instance.softDeleted !== null) {
    return json(409, `Cannot upload data for archived or deleted instance ${instanceId(instance)}`);
  }
  if (instance.process.task === null) return problem(409, "No current task");
  return null;
}

export function uploadHeaders(request: SandboxRequest): UploadHeaders {
  return {
    contentDisposition: request.header("content-disposition"),
    contentType: request.header("content-type"),
    contentLength: request.announcedLength,
  };
}

/** `POST data?dataType=…`; the newer route with the type in its path answers differently. */
export async function addData(call: DataCall, dataTypeId: string | null, newRoute: boolean): Promise<Answer> {
  const { context, instance, caller, request, address } = call;
  const body = await request.body(largestBody);
  if (dataTypeId === null || dataTypeId === "") return json(400, "Element type must be provided.");
  const { library } = context.settings.now;
  const dataType = findInLibrary(dataTypeId, library);
  if (dataType === null)
    return json(400, `Element type ${dataTypeId} not allowed for instance ${instanceId(instance)}`);
  const conflict = writeConflict(call) ?? countConflict(instance, dataType, library);
  if (conflict !== null) return conflict;
  const checked = checkUpload(uploadHeaders(request), dataType, library);
  if (!checked.accepted) return json(400, checked.description);
  const limit = maximumBytes(dataType);
  if (body.kind === "tooLarge" || (limit !== null && body.bytes.length > limit)) {
    return problem(413, "Request too large", { detail: `The request exceeds ${String(limit)} bytes.` });
  }
  if (body.bytes.length === 0) return json(400, zeroBytes().description);
  const element = await addFile(context, instance, caller, {
    dataType: dataType.id,
    fileName: checked.fileName,
    contentType: checked.contentType,
    bytes: body.bytes,
  });
  if (!newRoute) {
    return json(201, elementJson(context, instance, element), { location: `${address}/data/${element.id}` });
  }
  return json(200, {
    newDataElementId: element.id,
    instance: appInstance(context, instance),
    validationIssues: [],
    newDataModels: [],
  });
}

/** Newer versions compare the data type's id letter by letter. */
function findInLibrary(id: string, library: "v7" | "v8"): DataType | null {
  if (library === "v8") return findDataType(id);
  const same = [dataTypeIds.vatReturn, dataTypeIds.attachment].find(
    (known) => known.toLowerCase() === id.toLowerCase(),
  );
  return findDataType(same ?? id);
}

/** Older versions count only when the task is completed. The envelope is there from the start and never added. */
function countConflict(instance: StoredInstance, dataType: DataType, library: "v7" | "v8"): Answer | null {
  const count = instance.data.filter((element) => element.dataType === dataType.id).length;
  if (count < dataType.maxCount || (library === "v7" && !dataType.appLogic)) return null;
  return problem(409, "Max Count Exceeded", {
    detail: `Cannot create more than ${String(dataType.maxCount)} data elements of type ${dataType.id}`,
  });
}

/** `PUT data/{id}`: the envelope as a model, anything else as bytes. */
export async function putData(call: DataCall, element: StoredElement): Promise<Answer> {
  const { request } = call;
  const body = await request.body(largestBody);
  const conflict = writeConflict(call);
  if (conflict !== null) return conflict;
  if (body.kind === "tooLarge") return problem(413, "Request too large");
  return element.dataType === dataTypeIds.envelope
    ? putEnvelope(call, element, body.bytes)
    : putBinary(call, element, body.bytes);
}

async function putEnvelope(call: DataCall, element: StoredElement, bytes: Buffer): Promise<Answer> {
  const { context, instance, caller, request, address } = call;
  const contentType = request.header("content-type") ?? "";
  if (!/^(application|text)\/xml\b/.test(contentType)) {
    return problem(415, "Unsupported content type", { detail: `Content type ${contentType} is not XML.` });
  }
  const decoded = decodeXml(bytes);
  const model = decoded.kind === "problem" ? null : readEnvelopeModel(decoded.text);
  if (model === null) {
    return problem(400, "Failed to deserialize XML", { detail: "There is an error in the XML document." });
  }
  if (element.locked) return bareProblem(409, "Conflict");
  const file = { bytes: Buffer.from(writeEnvelopeModel(model)), fileName: null, contentType: "application/xml" };
  await replaceFile(context, instance, caller, element, file);
  const { envelopeStatus } = context.settings.now;
  const location = { location: `${address}/data/${element.id}` };
  if (envelopeStatus === 201) return json(201, elementJson(context, instance, element), location);
  return json(
    envelopeStatus,
    { changedFields: { instansstatus: "utfylling" } },
    envelopeStatus === 303 ? location : {},
  );
}

async function putBinary(call: DataCall, element: StoredElement, bytes: Buffer): Promise<Answer> {
  const { context, instance, caller, request, address } = call;
  const dataType = findDataType(element.dataType);
  if (dataType === null) return json(400, `Element type ${element.dataType} not allowed`);
  const headers = uploadHeaders(request);
  const checked = checkUpload(headers, dataType, context.settings.now.library);
  if (!checked.accepted) return json(400, checked.description);
  if (bytes.length === 0) return json(400, zeroBytes().description);
  if (element.locked) return bareProblem(409, "Conflict");
  // This call knows `filename` only.
  const plainName = readContentDisposition(headers.contentDisposition ?? "")?.fileName ?? checked.fileName;
  const file = { bytes, fileName: storedName(plainName), contentType: checked.contentType };
  await replaceFile(context, instance, caller, element, file);
  return json(201, elementJson(context, instance, element), { location: `${address}/data/${element.id}` });
}

/** `GET data/{id}`: the stored bytes; the envelope written anew, as JSON unless XML is asked for. */
export async function readData(call: DataCall, element: StoredElement): Promise<Answer> {
  const { context, request } = call;
  const bytes = await context.archive.readBytes(element.id);
  if (element.dataType === dataTypeIds.envelope) {
    if (/\b(application|text)\/xml\b/.test(request.header("accept") ?? "")) {
      return answer(200, bytes, "application/xml; charset=utf-8");
    }
    return json(200, readEnvelopeModel(bytes.toString("utf8")));
  }
  return storedBytes(element, bytes);
}

export function storedBytes(element: StoredElement, bytes: Buffer): Answer {
  return answer(
    200,
    bytes,
    element.contentType,
    element.filename === null ? {} : { "content-disposition": attachmentHeader(element.filename) },
  );
}

/** `DELETE data/{id}`: no lock is looked at, only whether the instance lives. */
export async function deleteData(call: DataCall, element: StoredElement): Promise<Answer> {
  const { context, instance, caller } = call;
  if (element.dataType === dataTypeIds.envelope) {
    return plain(400, "Cannot delete the only data element of a class with app logic");
  }
  if (instance.archived !== null || instance.softDeleted !== null) {
    return json(409, `Cannot delete data for archived or deleted instance ${instanceId(instance)}`);
  }
  await removeFileOf(context, instance, caller, element);
  if (context.settings.now.library === "v7") return empty(200);
  return json(200, { instance: appInstance(context, instance), validationIssues: [], newDataModels: [] });
}
