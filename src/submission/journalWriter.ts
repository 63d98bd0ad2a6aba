import type { Text } from "../vatReturn/text.ts";
import type { Journal, JournalStep, StepName, StepOutcome } from "./journal.ts";
import type { SubmissionStore } from "./store.ts";

/** How often a step with an unknown outcome is gone through within one run before the user is asked. */
const attemptsPerStep = 3;

/** What came of a step that changes nothing at the other end. */
export interface StepResult {
  /** Where it is not plain from the step's name. */
  readonly message?: Text | null;
  /** What the journal is to remember. */
  readonly changes?: Partial<Journal>;
}

/** Keeps one journal and its file in step: whatever concerns the other end is on the disk before the run goes on. */
export class JournalWriter {
  #journal: Journal;
  readonly #store: Pick<SubmissionStore, "save">;
  readonly #now: () => Date;
  readonly #onProgress: (journal: Journal) => void;
  readonly #attempts = new Map<string, number>();
  /** What is on its way to the disk. */
  #saving: Promise<void> = Promise.resolve();
  /** Whether something was told that nobody has begun to write. */
  #isAhead = false;

  constructor(
    journal: Journal,
    store: Pick<SubmissionStore, "save">,
    now: () => Date,
    onProgress: (journal: Journal) => void,
  ) {
    this.#journal = journal;
    this.#store = store;
    this.#now = now;
    this.#onProgress = onProgress;
  }

  get journal(): Journal {
    return this.#journal;
  }

  /** Writes a change down; it is on the disk when the promise resolves. */
  async change(changes: Partial<Journal>): Promise<void> {
    await this.#written();
    const journal = { ...this.#journal, ...changes, updatedAt: this.#now().toISOString() };
    await this.#store.save(journal);
    this.#isAhead = false;
    this.#journal = journal;
    this.#onProgress(journal);
  }

  /** Sees to it that everything told is on the disk. */
  async flush(): Promise<void> {
    await this.#written();
    if (this.#isAhead) await this.change({});
  }

  /** Tells of a change that goes to the disk together with the next one. */
  #show(changes: Partial<Journal>): void {
    this.#journal = { ...this.#journal, ...changes, updatedAt: this.#now().toISOString() };
    this.#isAhead = true;
    this.#onProgress(this.#journal);
  }

  /**
   * Begins to write a change down, without waiting for it: for what can be found out again at the other end. Nothing is
   * sent that changes anything before it is on the disk, since an intent is written down after it.
   */
  #changeSoon(changes: Partial<Journal>): void {
    this.#show(changes);
    this.#isAhead = false;
    const journal = this.#journal;
    this.#saving = this.#saving.then(() => this.#store.save(journal));
    // Whoever waits for it next is told.
    this.#saving.catch(() => undefined);
  }

  async #written(): Promise<void> {
    const saving = this.#saving;
    this.#saving = Promise.resolve();
    await saving;
  }

  /** The steps as they are once those that a crash left open are closed. */
  withoutOpenSteps(): JournalStep[] {
    const endedAt = this.#journal.updatedAt;
    return this.#journal.steps.map((step) =>
      step.endedAt === null ? { ...step, endedAt, outcome: "interrupted" } : step,
    );
  }

  /**
   * Writes down what is about to be called.
   * @param changes what else is to be written at the same time
   * @returns the step's place in the journal
   */
  async begin(name: StepName, fileName: string | null, changes: Partial<Journal> = {}): Promise<number> {
    const step = this.#newStep(name, fileName);
    const place = this.#journal.steps.length;
    await this.change({
      ...changes,
      intent: { step: name, at: step.startedAt, lostAt: null },
      steps: [...this.#journal.steps, step],
    });
    return place;
  }

  /**
   * Begins to write down what a call has brought and that it is over.
   * @param more whether another one begins at once, and is written down together with it
   */
  complete(place: number, result: Partial<Journal>, more: boolean): void {
    const changes = { ...result, intent: null, steps: this.#withStepEnded(place, "done", null) };
    if (more) this.#show(changes);
    else this.#changeSoon(changes);
  }

  /** @param changedNothing whether the call is known to have had no effect; otherwise the intent stands. */
  async fail(place: number, outcome: StepOutcome, message: Text, changedNothing: boolean): Promise<void> {
    const steps = this.#withStepEnded(place, outcome, message);
    const { intent } = this.#journal;
    const lost = intent === null ? null : { ...intent, lostAt: this.#now().toISOString() };
    await this.change({ intent: changedNothing ? null : lost, steps });
  }

  /**
   * Makes a step visible that changes nothing at the other end; an intent that stands is left standing. Nothing has to
   * be known of it after a crash, so only one that may last for minutes is on the disk before it is over: others shall
   * see what is waited for.
   * @param describe says what a failure means, and whether the user wanted it
   */
  async visible(
    name: StepName,
    work: () => Promise<StepResult>,
    describe: (error: unknown) => { readonly text: Text; readonly cancelled: boolean },
  ): Promise<void> {
    const place = this.#journal.steps.length;
    const begun = { steps: [...this.#journal.steps, this.#newStep(name, null)] };
    if (name === "awaitVerdict" || name === "settle") this.#changeSoon(begun);
    else this.#show(begun);
    let result: StepResult;
    try {
      result = await work();
    } catch (error) {
      const { text, cancelled } = describe(error);
      await this.change({ steps: this.#withStepEnded(place, cancelled ? "cancelled" : "failed", text) });
      throw error;
    }
    const ended = { ...result.changes, steps: this.#withStepEnded(place, "done", result.message ?? null) };
    if (name === "exchange") this.#show(ended);
    else if (name === "awaitVerdict") this.#changeSoon(ended);
    else await this.change(ended);
  }

  /** Counts an attempt. @returns whether another one may follow within this run */
  mayTryAgain(step: StepName, fileName: string | null): boolean {
    const key = `${step} ${fileName ?? ""}`;
    const attempts = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempts);
    return attempts < attemptsPerStep;
  }

  #newStep(name: StepName, fileName: string | null): JournalStep {
    return { name, fileName, startedAt: this.#now().toISOString(), endedAt: null, outcome: null, message: null };
  }

  #withStepEnded(place: number, outcome: StepOutcome, message: Text | null): JournalStep[] {
    const endedAt = this.#now().toISOString();
    return this.#journal.steps.map((step, index) => (index === place ? { ...step, endedAt, outcome, message } : step));
  }
}
