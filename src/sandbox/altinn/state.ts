import * as v from "valibot";

const text = v.string();
/** An instant as the platform writes it. */
const stamp = v.string();
const milliseconds = v.number();

export const tasks = ["Task_1", "Task_2", "Task_3"] as const;
export type TaskId = (typeof tasks)[number];

const element = v.object({
  id: v.pipe(text, v.uuid()),
  dataType: text,
  filename: v.nullable(text),
  contentType: text,
  size: v.number(),
  sha256: text,
  locked: v.boolean(),
  isRead: v.boolean(),
  created: stamp,
  createdBy: text,
  lastChanged: stamp,
  lastChangedBy: text,
});

const event = v.object({
  id: text,
  eventType: text,
  created: stamp,
  dataId: v.nullable(text),
  /** Null where the authority acted. */
  userId: v.nullable(v.number()),
  authenticationLevel: v.number(),
  currentTask: v.nullable(text),
  additionalInfo: v.nullable(text),
});

const instance = v.object({
  guid: v.pipe(text, v.uuid()),
  partyId: v.number(),
  organisationNumber: text,
  /** Without the owner: `mva-melding-innsending-test`. */
  app: text,
  created: stamp,
  /** The same instant in milliseconds since 1970. */
  createdAt: milliseconds,
  createdBy: text,
  lastChanged: stamp,
  lastChangedBy: text,
  readStatus: v.picklist([0, 1, 2]),
  process: v.object({
    task: v.nullable(v.picklist(tasks)),
    flow: v.number(),
    started: stamp,
    taskStarted: stamp,
    ended: v.nullable(stamp),
  }),
  history: v.array(
    v.object({
      eventType: text,
      elementId: text,
      occured: v.nullable(stamp),
      started: v.nullable(stamp),
      ended: v.nullable(stamp),
    }),
  ),
  archived: v.nullable(stamp),
  softDeleted: v.nullable(stamp),
  hardDeleted: v.nullable(stamp),
  substatus: v.nullable(v.object({ label: text, description: text })),
  confirmedOn: v.nullable(stamp),
  data: v.array(element),
  events: v.array(event),
  /** What the authority will do with it, once it is submitted. Times in milliseconds since 1970; null: never. */
  submission: v.nullable(
    v.object({
      at: milliseconds,
      scenario: text,
      verdictAt: v.nullable(milliseconds),
      receiptAt: v.nullable(milliseconds),
    }),
  ),
  /** What the registers keep of the return, once it was received; amounts in whole kroner. */
  delivered: v.optional(
    v.nullable(
      v.object({
        category: text,
        period: text,
        year: v.number(),
        amount: v.nullable(v.pipe(text, v.regex(/^-?[0-9]+$/))),
        totalBasis: v.pipe(text, v.regex(/^-?[0-9]+$/)),
      }),
    ),
    null,
  ),
  /** How often `process/next` moved it. */
  steps: v.number(),
});

export const archiveSchema = v.object({ instances: v.array(instance) });

/** One file on an instance; its bytes are kept apart. */
export type StoredElement = v.InferOutput<typeof element>;
export type StoredEvent = v.InferOutput<typeof event>;
/** One instance as the sandbox keeps it. Persons stand in it by user id, never by national identity number. */
export type StoredInstance = v.InferOutput<typeof instance>;

export const dataTypeIds = {
  envelope: "no.skatteetaten.fastsetting.avgift.mva.mvameldinginnsending.v1.0",
  vatReturn: "mvamelding",
  attachment: "binaerVedlegg",
  fillingInLog: "utfyllingslogg",
  signingLog: "signeringslogg",
  paymentInformation: "betalingsinformasjon",
  validationResult: "valideringsresultat",
  receipt: "kvittering",
} as const;

/** How the authority signs what it writes on an instance: with its organisation number. */
export const authority = { organisationNumber: "974761076", org: "skd" } as const;
