import { ServiceError } from "../services/serviceError.ts";
import type { AltinnClient } from "../services/altinn/client.ts";
import { changedNothing, failureText } from "./failure.ts";
import type { SubmissionEnvironment } from "./home.ts";
import type { Journal, StepName } from "./journal.ts";
import type { JournalWriter, StepResult } from "./journalWriter.ts";
import type { Pace } from "./pace.ts";
import { standingOf } from "./standing.ts";
import type { KeptContent, SubmissionStore } from "./store.ts";
import { SubmissionError } from "./submissionError.ts";

/** Everything that a run needs and does not own. */
export interface RunContext {
  /** The one that the client calls. */
  readonly environment: SubmissionEnvironment;
  readonly store: SubmissionStore;
  readonly altinn: AltinnClient;
  /**
   * Sees to it that the client's token source gives a valid Altinn token: the exchange, and a sign-in where need be.
   * `fresh` asks for a new one after a 401. Rejects where that is impossible or the user declines.
   */
  readonly ensureToken: (fresh: boolean, signal: AbortSignal | undefined) => Promise<void>;
  readonly now: () => Date;
  /** Rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly pace: Pace;
  /** Called after every change of the journal. What it gets is on the disk, or will be with the next change. Must not throw. */
  readonly onProgress: (journal: Journal) => void;
}

/** One run at work: what its parts share. */
export class ActiveRun {
  readonly context: RunContext;
  readonly writer: JournalWriter;
  readonly content: KeptContent;
  readonly signal: AbortSignal | undefined;
  /** The calls that were refused (401), and the token renewed for, since a changing call or a round of waiting succeeded. */
  readonly refusedCalls = new Set<string>();

  /** Until when is waited for what, in milliseconds since 1970. */
  readonly #deadlines = new Map<string, number>();
  /** What was done with success and may not show yet. */
  readonly #done = new Set<string>();

  constructor(context: RunContext, writer: JournalWriter, signal: AbortSignal | undefined) {
    this.context = context;
    this.writer = writer;
    this.content = context.store.content(writer.journal);
    this.signal = signal;
  }

  get journal(): Journal {
    return this.writer.journal;
  }

  get altinn(): AltinnClient {
    return this.context.altinn;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.context.now().getTime();
  }

  isCancelled(): boolean {
    return this.signal?.aborted === true;
  }

  /** Waits. Whatever the round before it has called went well with the token there is. */
  async pause(milliseconds: number): Promise<void> {
    this.refusedCalls.clear();
    await this.context.sleep(milliseconds, this.signal);
  }

  /**
   * When waiting for something ends. Counted from when it began in this run: that a token is renewed meanwhile, and the
   * waiting taken up again, gives it no more time.
   * @param limit milliseconds
   */
  deadline(awaited: string, limit: number): number {
    const deadline = this.#deadlines.get(awaited) ?? this.now() + limit;
    this.#deadlines.set(awaited, deadline);
    return deadline;
  }

  /**
   * Makes a change that is made once in a run: what was read may be older than it, and then only time passes.
   * @param name tells it from other changes
   * @throws SubmissionError `unexpectedProcess` where it has not shown after a while
   */
  async once(name: string, change: () => Promise<"done" | "unknown">): Promise<void> {
    if (!this.#done.has(name)) {
      if ((await change()) === "done") this.#done.add(name);
      return;
    }
    const { settle, settlePause } = this.context.pace;
    if (this.now() > this.deadline(name, settle)) {
      throw new SubmissionError("unexpectedProcess", {
        en: "Altinn has confirmed a step, and the instance still stands where it stood before. The step is not taken a second time. Resume later.",
        nb: "Altinn har bekreftet et steg, men instansen står fortsatt der den sto. Steget tas ikke en gang til. Fortsett senere.",
      });
    }
    await this.pause(settlePause);
  }

  /**
   * Makes a changing call between two entries in the journal.
   * @param call gives what the journal is to remember of the answer
   * @param before what the journal is to remember already when the call is made
   * @param more whether another changing call follows at once: then one entry says of both
   * @returns `unknown` where no usable answer came: then the next round looks, and goes on from what it finds
   */
  async change(
    step: StepName,
    fileName: string | null,
    call: () => Promise<Partial<Journal>>,
    before: Partial<Journal> = {},
    more = false,
  ): Promise<"done" | "unknown"> {
    if (this.isCancelled()) throw this.cancellation();
    const place = await this.writer.begin(step, fileName, before);
    let result: Partial<Journal>;
    try {
      result = await call();
    } catch (error) {
      const known = changedNothing(error);
      const outcome = this.isCancelled() ? "cancelled" : known ? "failed" : "unknown";
      await this.writer.fail(place, outcome, failureText(error), known);
      const mayGoOn = error instanceof ServiceError && !this.isCancelled();
      if (!known && mayGoOn && this.writer.mayTryAgain(step, fileName)) return "unknown";
      throw error;
    }
    this.refusedCalls.clear();
    this.writer.complete(place, result, more);
    return "done";
  }

  /** A step that changes nothing at the other end. */
  async visible(step: StepName, work: () => Promise<StepResult>): Promise<void> {
    await this.writer.visible(step, work, (error) => ({ text: failureText(error), cancelled: this.isCancelled() }));
  }

  /** Whether the instance was created so lately that Altinn may not show it everywhere yet. */
  isNew(): boolean {
    const created = this.journal.steps.findLast((step) => step.name === "createInstance")?.startedAt;
    if (created === undefined || this.journal.instanceId === null) return false;
    return this.now() < Date.parse(created) + this.context.pace.freshInstance;
  }

  cancellation(): SubmissionError {
    const standing = standingOf(this.journal);
    return new SubmissionError("cancelled", { en: `Cancelled. ${standing.en}`, nb: `Avbrutt. ${standing.nb}` });
  }
}
