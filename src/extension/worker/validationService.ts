import { Worker } from "node:worker_threads";
import type { JudgeRequest, JudgedDocument, WorkerReply, WorkerRequest } from "./protocol.ts";

/** Why a document got no verdict. `cancelled` is the caller's own wish; the others are told to the user. */
export type JudgeFailure =
  | { readonly kind: "cancelled" }
  | { readonly kind: "timedOut"; readonly limit: number }
  | { readonly kind: "crashed"; readonly reason: string }
  /** The validator failed too often in a row and waits for `restart`. */
  | { readonly kind: "stopped" }
  | { readonly kind: "refused"; readonly reason: string };

export type JudgeOutcome = { readonly kind: "judged"; readonly document: JudgedDocument } | JudgeFailure;

/** `interactive` goes before `batch`: somebody is looking at the document. */
export type Priority = "interactive" | "batch";

/** Judges documents away from the caller's thread, one at a time. */
export interface ValidationService {
  /** @returns the outcome; never rejects. An aborted request is answered at once with `cancelled`. */
  judge(request: JudgeRequest, priority: Priority, signal: AbortSignal): Promise<JudgeOutcome>;
  /** Takes up work again after too many failures in a row. */
  restart(): void;
  dispose(): void;
}

export interface ValidationServiceSettings {
  /** The worker's bundle, an absolute path. */
  readonly workerFile: string;
  /** Milliseconds that one document may take. */
  readonly documentLimit: number;
  /** Milliseconds that the worker may take to load. */
  readonly startLimit: number;
  readonly log: (message: string) => void;
}

/** After so many failures without a success in between, the validator waits to be asked by a person. */
const failuresInARow = 3;

interface Job {
  readonly id: number;
  readonly request: JudgeRequest;
  readonly answer: (outcome: JudgeOutcome) => void;
}

/**
 * Starts the worker with the first request, replaces it after a crash or a document that takes too long, and never
 * keeps restarting by itself. Aborted requests that still wait are dropped; the one in work runs to its end unheard.
 */
export function createValidationService(settings: ValidationServiceSettings): ValidationService {
  return new WorkerValidationService(settings);
}

class WorkerValidationService implements ValidationService {
  readonly #settings: ValidationServiceSettings;
  readonly #waiting: Record<Priority, Job[]> = { interactive: [], batch: [] };
  #worker: Worker | null = null;
  #ready = false;
  #running: Job | null = null;
  #timer: NodeJS.Timeout | undefined;
  #lastId = 0;
  #failures = 0;
  #disposed = false;

  constructor(settings: ValidationServiceSettings) {
    this.#settings = settings;
  }

  judge(request: JudgeRequest, priority: Priority, signal: AbortSignal): Promise<JudgeOutcome> {
    if (signal.aborted || this.#disposed) return Promise.resolve({ kind: "cancelled" });
    if (this.#failures >= failuresInARow) return Promise.resolve({ kind: "stopped" });
    return new Promise((resolve) => {
      const queue = this.#waiting[priority];
      const answer = (outcome: JudgeOutcome): void => {
        signal.removeEventListener("abort", cancel);
        resolve(outcome);
      };
      const job: Job = { id: ++this.#lastId, request, answer };
      const cancel = (): void => {
        const position = queue.indexOf(job);
        if (position >= 0) queue.splice(position, 1);
        answer({ kind: "cancelled" });
      };
      signal.addEventListener("abort", cancel, { once: true });
      queue.push(job);
      this.#next();
    });
  }

  restart(): void {
    this.#failures = 0;
  }

  dispose(): void {
    this.#disposed = true;
    this.#endWorker();
    this.#running?.answer({ kind: "cancelled" });
    this.#running = null;
    this.#answerWaiting({ kind: "cancelled" });
  }

  #next(): void {
    if (this.#running !== null || this.#disposed) return;
    if (this.#waiting.interactive.length + this.#waiting.batch.length === 0) return;
    if (this.#worker === null) this.#worker = this.#start();
    if (!this.#ready) return;
    const job = this.#waiting.interactive.shift() ?? this.#waiting.batch.shift();
    if (job === undefined) return;
    this.#running = job;
    const message: WorkerRequest = { id: job.id, request: job.request };
    const limit = this.#settings.documentLimit;
    this.#timer = setTimeout(() => this.#fail({ kind: "timedOut", limit }), limit);
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    // Without execArgv of its own the worker would inherit the host's, an open debugger port among them.
    const worker = new Worker(this.#settings.workerFile, { name: "mva-melding validator", execArgv: [] });
    const limit = this.#settings.startLimit;
    this.#ready = false;
    this.#timer = setTimeout(() => this.#fail({ kind: "timedOut", limit }), limit);
    worker.on("message", (reply: WorkerReply) => {
      if (worker === this.#worker) this.#receive(reply);
    });
    worker.on("error", (error) => {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (worker === this.#worker) this.#fail({ kind: "crashed", reason });
    });
    worker.on("exit", (code) => {
      if (worker === this.#worker) this.#fail({ kind: "crashed", reason: `exit code ${code}` });
    });
    return worker;
  }

  #receive(reply: WorkerReply): void {
    if (reply.kind === "ready") {
      clearTimeout(this.#timer);
      this.#ready = true;
    } else if (reply.id === this.#running?.id) {
      clearTimeout(this.#timer);
      this.#failures = 0;
      const job = this.#running;
      this.#running = null;
      job.answer(
        reply.kind === "judged"
          ? { kind: "judged", document: reply.document }
          : { kind: "refused", reason: reply.message },
      );
    }
    this.#next();
  }

  #fail(failure: JudgeFailure): void {
    this.#settings.log(`The validator's worker was ended: ${JSON.stringify(failure)}`);
    this.#endWorker();
    this.#failures++;
    const job = this.#running;
    this.#running = null;
    if (job !== null) job.answer(failure);
    // A worker that fails before it takes a document would fail the same way for each of them.
    else this.#answerWaiting(failure);
    if (this.#failures >= failuresInARow) this.#answerWaiting({ kind: "stopped" });
    this.#next();
  }

  #endWorker(): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = null;
    this.#ready = false;
    // The outcome is of no interest: a terminated worker answers nothing any more.
    void worker?.terminate();
  }

  #answerWaiting(outcome: JudgeOutcome): void {
    for (const queue of [this.#waiting.interactive, this.#waiting.batch]) {
      for (const job of queue.splice(0)) job.answer(outcome);
    }
  }
}
