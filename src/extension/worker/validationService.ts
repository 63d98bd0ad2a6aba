import { Worker } from "node:worker_threads";
import type { JudgeRequest, JudgedDocument, WorkerReply, WorkerRequest } from "./protocol.ts";
import type { Answer, Question, QuestionKind, Questions } from "./questions.ts";

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
  /** @returns the answer; null where the question was aborted or could not be answered. Never rejects. */
  ask<Kind extends QuestionKind>(
    question: Questions[Kind]["question"] & { readonly kind: Kind },
    signal: AbortSignal,
  ): Promise<Questions[Kind]["answer"] | null>;
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

type Outcome = JudgeOutcome | { readonly kind: "answered"; readonly answer: Answer };

interface Job {
  readonly id: number;
  readonly request: JudgeRequest | Question;
  readonly answer: (outcome: Outcome) => void;
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

  async judge(request: JudgeRequest, priority: Priority, signal: AbortSignal): Promise<JudgeOutcome> {
    const outcome = await this.#enqueue(request, priority, signal);
    if (outcome.kind === "answered") throw new Error("The worker took a document for a question.");
    return outcome;
  }

  async ask<Kind extends QuestionKind>(
    question: Questions[Kind]["question"] & { readonly kind: Kind },
    signal: AbortSignal,
  ): Promise<Questions[Kind]["answer"] | null> {
    const outcome = await this.#enqueue(question, "interactive", signal);
    return outcome.kind === "answered" ? outcome.answer : null;
  }

  #enqueue(request: JudgeRequest | Question, priority: Priority, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted || this.#disposed) return Promise.resolve({ kind: "cancelled" });
    if (this.#failures >= failuresInARow) return Promise.resolve({ kind: "stopped" });
    return new Promise((resolve) => {
      const queue = this.#waiting[priority];
      const answer = (outcome: Outcome): void => {
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
      job.answer(outcomeOf(reply));
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

function outcomeOf(reply: Exclude<WorkerReply, { kind: "ready" }>): Outcome {
  switch (reply.kind) {
    case "judged":
      return { kind: "judged", document: reply.document };
    case "answered":
      return { kind: "answered", answer: reply.answer };
    case "refused":
      return { kind: "refused", reason: reply.message };
  }
}
