import type { Text } from "../vatReturn/text.ts";
import type { Journal, JournalStep, StepName } from "./journal.ts";
import type { SubmissionStore } from "./store.ts";

/** How often a step with an unknown outcome is gone through within one run before the user is asked. */
const attemptsPerStep = 3;

/** Keeps one journal and its file in step: every change is on the disk before the run goes on. */
export class JournalWriter {
  #journal: Journal;
  readonly #store: SubmissionStore;
  readonly #now: () => Date;
  readonly #onProgress: (journal: Journal) => void;
  readonly #attempts = new Map<StepName, number>();

  constructor(journal: Journal, store: SubmissionStore, now: () => Date, onProgress: (journal: Journal) => void) {
    this.#journal = journal;
    this.#store = store;
    this.#now = now;
    this.#onProgress = onProgress;
  }

  get journal(): Journal {
    return this.#journal;
  }

  async change(changes: Partial<Journal>): Promise<void> {
    const journal = { ...this.#journal, ...changes, updatedAt: this.#now().toISOString() };
    await this.#store.save(journal);
    this.#journal = journal;
    this.#onProgress(journal);
  }

  /** Writes down what is about to be called. */
  async begin(name: StepName, fileName: string | null): Promise<void> {
    const step = this.#newStep(name, fileName);
    await this.change({ intent: { step: name, at: step.startedAt }, steps: [...this.#journal.steps, step] });
  }

  /** Makes a step that changes nothing at the other end visible; an intent that stands is left standing. */
  async visible(name: StepName, fileName: string | null, work: () => Promise<void>): Promise<void> {
    await this.change({ steps: [...this.#journal.steps, this.#newStep(name, fileName)] });
    try {
      await work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await this.change({ steps: this.#endStep("failed", { en: message, nb: message }) });
      throw error;
    }
    await this.change({ steps: this.#endStep("done", null) });
  }

  async complete(): Promise<void> {
    await this.change({ intent: null, steps: this.#endStep("done", null) });
  }

  /** @param how.settled whether the call is known to have changed nothing; otherwise the intent stands. */
  async fail(message: Text, how: { readonly settled: boolean; readonly cancelled: boolean }): Promise<void> {
    const steps = this.#endStep(how.cancelled ? "cancelled" : "failed", message);
    await this.change(how.settled ? { intent: null, steps } : { steps });
  }

  mayTryAgain(step: StepName): boolean {
    const attempts = (this.#attempts.get(step) ?? 0) + 1;
    this.#attempts.set(step, attempts);
    return attempts < attemptsPerStep;
  }

  #newStep(name: StepName, fileName: string | null): JournalStep {
    return { name, fileName, startedAt: this.#now().toISOString(), endedAt: null, outcome: null, message: null };
  }

  #endStep(outcome: "done" | "failed" | "cancelled", message: Text | null): JournalStep[] {
    const endedAt = this.#now().toISOString();
    return this.#journal.steps.map((step, index) =>
      index === this.#journal.steps.length - 1 ? { ...step, endedAt, outcome, message } : step,
    );
  }
}
