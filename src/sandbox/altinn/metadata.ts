import { dataTypeIds, tasks } from "./state.ts";

/** A kind of file that the app takes or the authority writes. */
export interface DataType {
  readonly id: string;
  readonly allowedContentTypes: readonly string[];
  readonly task: string;
  /** Megabytes of 1,048,576 bytes; null: no limit. */
  readonly maxSize: number | null;
  readonly maxCount: number;
  readonly minCount: number;
  /** The element that the app creates itself and keeps as a model. */
  readonly appLogic: boolean;
}

const openDocument = "application/vnd.oasis.opendocument";
const openXml = "application/vnd.openxmlformats-officedocument";
const attachmentTypes = [
  "text/xml",
  "application/pdf",
  "image/jpeg",
  "image/png",
  ...["formula", "text", "spreadsheet", "presentation", "graphics"].map((kind) => `${openDocument}.${kind}`),
  ...["wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"].map(
    (kind) => `${openXml}.${kind}`,
  ),
  "application/msword",
  "application/vnd.ms-excel",
  "application/vnd.ms-powerpoint",
];
const [fillIn, confirm, feedback] = tasks;
const attest = "Task_4";
const limit = 25;

function binary(
  id: string,
  task: string,
  allowedContentTypes: readonly string[],
  maxCount = 1,
  minCount = 0,
): DataType {
  return { id, allowedContentTypes, task, maxSize: limit, maxCount, minCount, appLogic: false };
}

/** The app's data types: limits and content types as its published metadata has them (2023). */
export const dataTypes: readonly DataType[] = [
  {
    id: dataTypeIds.envelope,
    allowedContentTypes: ["application/xml"],
    task: fillIn,
    maxSize: null,
    maxCount: 1,
    minCount: 1,
    appLogic: true,
  },
  binary(dataTypeIds.vatReturn, fillIn, ["text/xml"], 1, 1),
  binary(dataTypeIds.attachment, fillIn, attachmentTypes, 57),
  binary("tidligereinnsendtvedlegg", fillIn, ["text/xml"], 57),
  binary("miljo", fillIn, ["application/json"]),
  binary(dataTypeIds.receipt, feedback, ["text/plain", "text/xml", "application/pdf"], 1, 1),
  binary(dataTypeIds.validationResult, feedback, ["text/plain", "text/xml"]),
  binary(dataTypeIds.paymentInformation, confirm, ["text/plain", "text/xml", "application/xml"]),
  binary(dataTypeIds.fillingInLog, fillIn, ["text/plain", "application/json", "application/xml"]),
  binary(dataTypeIds.signingLog, confirm, ["text/plain", "application/json"]),
  binary("godkjenningslogg", confirm, ["text/plain", "application/json", "application/xml"]),
  binary("attesteringslogg", attest, ["text/plain", "application/json", "application/xml"], 1, 1),
  binary("portalLenker", attest, ["application/json"]),
];

export function findDataType(id: string): DataType | null {
  return dataTypes.find((dataType) => dataType.id === id) ?? null;
}

export function maximumBytes({ maxSize }: DataType): number | null {
  return maxSize === null ? null : maxSize * 1024 * 1024;
}

/** What `api/v1/applicationmetadata` answers. */
export function applicationMetadata(app: string): Readonly<Record<string, unknown>> {
  return {
    id: `skd/${app}`,
    versionId: "0000000000000000000000000000000000000000",
    org: "skd",
    title: { nb: app },
    dataTypes: dataTypes.map((dataType) => ({
      id: dataType.id,
      allowedContentTypes: dataType.allowedContentTypes,
      ...(dataType.appLogic
        ? {
            appLogic: {
              autoCreate: true,
              classRef: "Altinn.App.Models.MvaMeldingInnsending",
              allowAnonymousOnStateless: false,
              autoDeleteOnProcessEnd: false,
            },
          }
        : {}),
      taskId: dataType.task,
      ...(dataType.maxSize === null ? {} : { maxSize: dataType.maxSize }),
      maxCount: dataType.maxCount,
      minCount: dataType.minCount,
      enablePdfCreation: false,
      enableFileScan: false,
      validationErrorOnPendingFileScan: false,
      enabledFileAnalysers: [],
      enabledFileValidators: [],
    })),
    partyTypesAllowed: { bankruptcyEstate: false, organisation: false, person: false, subUnit: false },
    autoDeleteOnProcessEnd: false,
    messageBoxConfig: { hideSettings: { hideAlways: true } },
  };
}

/** What a step of the process is called and what kind it is. Only the last name is documented. */
export const taskFacts = {
  Task_1: { name: "Utfylling", type: "data" },
  Task_2: { name: "Bekreftelse", type: "confirmation" },
  Task_3: { name: "Tilbakemelding", type: "feedback" },
} as const;

/** What `api/v1/meta/process` answers: the process as BPMN. */
export function processDefinition(): string {
  const flow = ["StartEvent_1", ...tasks, "EndEvent_1"];
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:altinn="http://altinn.no/process" targetNamespace="urn:mva-melding:sandbox">`,
    `  <bpmn:process id="Process_1" isExecutable="false">`,
    `    <bpmn:startEvent id="StartEvent_1"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>`,
    ...tasks.map((id, index) => {
      const { name, type } = taskFacts[id];
      const incoming = `<bpmn:incoming>Flow_${String(index + 1)}</bpmn:incoming>`;
      const outgoing = `<bpmn:outgoing>Flow_${String(index + 2)}</bpmn:outgoing>`;
      const kind = `<bpmn:extensionElements><altinn:taskExtension><altinn:taskType>${type}</altinn:taskType></altinn:taskExtension></bpmn:extensionElements>`;
      return `    <bpmn:task id="${id}" name="${name}">${kind}${incoming}${outgoing}</bpmn:task>`;
    }),
    `    <bpmn:endEvent id="EndEvent_1"><bpmn:incoming>Flow_4</bpmn:incoming></bpmn:endEvent>`,
    ...flow
      .slice(1)
      .map(
        (target, index) =>
          `    <bpmn:sequenceFlow id="Flow_${String(index + 1)}" sourceRef="${flow[index] ?? ""}" targetRef="${target}"/>`,
      ),
    `  </bpmn:process>`,
    `</bpmn:definitions>`,
    ``,
  ].join("\n");
}
