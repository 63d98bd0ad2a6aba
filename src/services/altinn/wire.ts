import * as v from "valibot";

/** Data types of the VAT return's app, as they are written on the wire (case-sensitive). */
export const dataTypes = {
  envelope: "no.skatteetaten.fastsetting.avgift.mva.mvameldinginnsending.v1.0",
  vatReturn: "mvamelding",
  attachment: "binaerVedlegg",
  paymentInformation: "betalingsinformasjon",
  receipt: "kvittering",
  validationResult: "valideringsresultat",
} as const;

/** The process's steps by element id: filling in, confirmation, feedback. */
export const tasks = { fillIn: "Task_1", confirm: "Task_2", feedback: "Task_3" } as const;

const text = v.nullish(v.string(), null);
const flag = v.nullish(v.boolean(), false);

const currentTask = v.object({ elementId: v.string(), name: text, altinnTaskType: text });

export const processState = v.object({
  started: text,
  ended: text,
  endEvent: text,
  currentTask: v.nullish(currentTask, null),
});

export const dataElement = v.object({
  id: v.string(),
  dataType: v.string(),
  filename: text,
  contentType: text,
  size: v.nullish(v.number(), 0),
  locked: flag,
  created: text,
  createdBy: text,
  lastChanged: text,
});

/** Both writers of the platform are accepted: the app writes nulls and a numeric read status, Storage neither. */
export const instance = v.object({
  /** `{partyId}/{instanceGuid}`. */
  id: v.pipe(v.string(), v.regex(/^[0-9]+\/[0-9a-fA-F-]{36}$/)),
  instanceOwner: v.object({ partyId: text, organisationNumber: text }),
  appId: text,
  process: v.nullish(processState, null),
  status: v.nullish(
    v.object({
      isArchived: flag,
      isSoftDeleted: flag,
      isHardDeleted: flag,
      substatus: v.nullish(v.object({ label: text, description: text }), null),
    }),
    null,
  ),
  data: v.nullish(v.array(dataElement), []),
  created: text,
  lastChanged: text,
});

export const activeInstances = v.array(v.object({ id: v.string(), lastChanged: text, lastChangedBy: text }));
export const instanceQuery = v.object({ instances: v.array(instance) });
export const feedbackStatus = v.object({ isFeedbackProvided: v.boolean() });
export const instanceEvents = v.object({
  instanceEvents: v.array(v.object({ created: text, eventType: text, dataId: text })),
});

/** Older versions write the severity as a word; of the numbers only 1 blocks. */
export const validationIssue = v.object({
  severity: v.pipe(
    v.union([v.number(), v.string()]),
    v.transform((severity) => severity === 1 || severity === "Error"),
  ),
  code: text,
  description: text,
  field: text,
});
export const validationIssues = v.array(validationIssue);

export const problemDetails = v.object({
  title: text,
  detail: text,
  status: v.nullish(v.number(), null),
  traceId: text,
  validationIssues: v.nullish(validationIssues, []),
});

export type Instance = v.InferOutput<typeof instance>;
export type DataElement = v.InferOutput<typeof dataElement>;
export type ProcessState = v.InferOutput<typeof processState>;
/** `severity` is true where the issue blocks. */
export type ValidationIssue = v.InferOutput<typeof validationIssue>;
