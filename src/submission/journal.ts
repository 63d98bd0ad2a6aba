import * as v from "valibot";

/**
 * The visible steps of a submission, in the order in which they happen; `settle` wherever a call was lost: whether it
 * took effect is waited for and found out before anything else is done.
 */
export const steps = [
  "exchange",
  "createInstance",
  "storeEnvelope",
  "storeReturn",
  "storeAttachment",
  "completeFillingIn",
  "submit",
  "awaitVerdict",
  "download",
  "settle",
] as const;
export type StepName = (typeof steps)[number];

/**
 * Where a submission stands. `prepared`: nothing sent. `open`: an instance exists and is being filled in. `readyToSign`:
 * filled in, and somebody else has to submit. `waiting`: submitted, no verdict yet. `finished`: there is a verdict.
 */
export const states = ["prepared", "open", "readyToSign", "waiting", "finished", "abandoned"] as const;
export type SubmissionState = (typeof states)[number];

export const verdicts = ["accepted", "acceptedWithDeviations", "incomplete", "refused"] as const;
export type SubmissionVerdict = (typeof verdicts)[number];

const text = v.object({ en: v.string(), nb: v.string() });
const instant = v.pipe(v.string(), v.isoTimestamp());
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const dataId = v.nullable(v.string());
const size = v.pipe(v.number(), v.integer(), v.minValue(0));

const step = v.object({
  name: v.picklist(steps),
  /** The attachment's file name, where the step concerns one. */
  fileName: v.nullable(v.string()),
  startedAt: instant,
  endedAt: v.nullable(instant),
  /** `interrupted`: the process ended in the middle of it. `unknown`: no usable answer came. */
  outcome: v.nullable(v.picklist(["done", "failed", "unknown", "cancelled", "interrupted"])),
  message: v.nullable(text),
});

export const journalSchema = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[0-9]{8}-[0-9]{6}-[0-9a-f]{8}$/)),
  environment: v.object({ name: v.string(), platformUrl: v.string(), appUrl: v.string() }),
  organisationNumber: v.pipe(v.string(), v.regex(/^[0-9]{9}$/)),
  /** Such as `mars-april 2026`. */
  period: v.string(),
  category: v.string(),
  createdAt: instant,
  updatedAt: instant,
  /** Whether the person who started it means to submit, or only to fill in for somebody who signs. */
  goal: v.picklist(["submit", "fillIn"]),
  vatReturn: v.object({ sourcePath: v.string(), fileName: v.string(), sha256, size, dataId }),
  envelope: v.object({ own: v.boolean(), sha256, stored: v.boolean() }),
  attachments: v.array(v.object({ fileName: v.string(), contentType: v.string(), sha256, size, dataId })),
  instanceId: v.nullable(v.string()),
  /**
   * A changing call that was begun and whose outcome is not known: written before it, cleared after it. `lostAt` is
   * when it was given up on; null while it runs, and after a crash.
   */
  intent: v.nullable(v.object({ step: v.picklist(steps), at: instant, lostAt: v.nullable(instant) })),
  steps: v.array(step),
  state: v.picklist(states),
  verdict: v.nullable(v.picklist(verdicts)),
  files: v.array(v.object({ dataType: v.string(), path: v.string() })),
  outFolder: v.string(),
  /** The last failure, for lists; null once the run goes on. */
  error: v.nullable(text),
});

/** Everything that is known of one submission; holds no token and no personal number. */
export type Journal = v.InferOutput<typeof journalSchema>;
export type JournalStep = v.InferOutput<typeof step>;
export type StepOutcome = NonNullable<JournalStep["outcome"]>;
export type Intent = NonNullable<Journal["intent"]>;

/** A journal that can't be read as one. The file is left alone. */
export class UnreadableJournalError extends Error {
  override readonly name = "UnreadableJournalError";
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
  }
}

/** @throws UnreadableJournalError naming the file and the first place that is wrong. */
export function readJournal(path: string, content: string): Journal {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new UnreadableJournalError(path, error instanceof Error ? error.message : String(error));
  }
  const parsed = v.safeParse(journalSchema, json);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new UnreadableJournalError(path, `${v.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
