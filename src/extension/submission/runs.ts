import { join } from "node:path";
import * as vscode from "vscode";
import { AltinnRefusal } from "../../services/altinn/refusalError.ts";
import { isSignInError, SignInError } from "../../services/idPorten/problem.ts";
import { scopesFor, type Environment } from "../../services/environments.ts";
import { ServiceError } from "../../services/serviceError.ts";
import type { IdPortenTokenSource } from "../../submission/altinnTokens.ts";
import { failureText } from "../../submission/failure.ts";
import type { Journal } from "../../submission/journal.ts";
import type { RunOptions } from "../../submission/run.ts";
import { stateFolder } from "../../submission/stateFolder.ts";
import { createSubmissionStore, type SubmissionStore } from "../../submission/store.ts";
import { SubmissionError } from "../../submission/submissionError.ts";
import { createSubmissions, type Submissions } from "../../submission/submissions.ts";
import { messageLanguage } from "../settings.ts";
import type { FeatureParts } from "./feature.ts";
import { progressText } from "./words.ts";
import { t } from "../l10n.ts";

/** An environment that submissions can go to. */
export interface SubmissionEnvironment {
  readonly name: string;
  readonly platformUrl: string;
  readonly appUrl: string;
}

/** The submissions of this machine, and those that this window works on. */
export class Runs implements vscode.Disposable {
  readonly store: SubmissionStore;
  readonly #parts: FeatureParts;
  readonly #running = new Map<string, AbortController>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  /** Where the app refuses (409): shows what it says of the return or the envelope in the document. */
  onRefusal: (journal: Journal, refusal: AltinnRefusal) => Promise<unknown> = () => Promise.resolve();
  /** Where several drafts may be a submission's own: lets the user choose. Resolves with whether that is settled. */
  onAmbiguousDraft: (journal: Journal, instanceIds: readonly string[]) => Promise<boolean> = () =>
    Promise.resolve(false);
  /** Fires when a journal has changed, by this window, another one or a terminal. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: FeatureParts) {
    this.#parts = parts;
    const home = stateFolder();
    this.store = createSubmissionStore(home);
    const pattern = new vscode.RelativePattern(vscode.Uri.file(join(home, "submissions")), "*/journal.json");
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const tell = (): void => this.#changed.fire();
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      watcher,
      watcher.onDidCreate(tell),
      watcher.onDidChange(tell),
      watcher.onDidDelete(tell),
    );
  }

  /** Runs in work are ended; their journals say how far they came. */
  dispose(): void {
    for (const running of this.#running.values()) running.abort();
    this.#registrations.dispose();
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  changed(): void {
    this.#changed.fire();
  }

  /**
   * Takes a submission as far as it goes, with progress that can be cancelled.
   * @returns the journal as it stands afterwards; null where the run failed and that has been told.
   */
  async run(journal: Journal, options: RunOptions = {}): Promise<Journal | null> {
    const title = t("VAT return {0}, {1}", journal.period, journal.organisationNumber);
    return this.#work(journal, title, (submissions, signal, onProgress) =>
      submissions.run(journal.id, { ...options, signal, onProgress }),
    );
  }

  async abandon(journal: Journal): Promise<Journal | null> {
    const title = t("Abandoning the submission of {0}", journal.period);
    return this.#work(journal, title, (submissions, signal, onProgress) =>
      submissions.abandon(journal.id, { signal, onProgress }),
    );
  }

  /** The environment of a submission with everything that it needs running. */
  async environmentOf(journal: Journal): Promise<Environment> {
    const environment = this.#parts.environments.find(journal.environment.name);
    if (environment !== null) return this.#parts.signIn.ready(environment);
    throw new Error(t("There is no environment “{0}” in the settings any more.", journal.environment.name));
  }

  /** @throws Error where the environment has no Altinn */
  submissions(environment: Environment): Submissions {
    return createSubmissions({
      environment: addressesOf(environment),
      store: this.store,
      idPortenToken: this.#tokenSource(environment),
      // Looked up at each call: VS Code puts the user's proxy and certificates into the global one.
      fetch: (input, init) => globalThis.fetch(input, init),
      log: (message) => this.#parts.log.info(message),
    });
  }

  /** Says what went wrong, with the ways on that there are. */
  async tell(error: unknown, journal: Journal | null): Promise<void> {
    const text = failureText(error);
    this.#parts.log.warn(`${journal?.id ?? "Submission"}: ${text.en}`);
    if (error instanceof SubmissionError && error.kind === "cancelled") {
      const resume = t("Resume");
      const chosen = await vscode.window.showInformationMessage(text[messageLanguage()], resume);
      if (chosen === resume) await vscode.commands.executeCommand("mvaMelding.resumeSubmission", journal?.id);
      return;
    }
    if (journal !== null && error instanceof AltinnRefusal && error.kind === "conflict") {
      await this.onRefusal(journal, error);
    }
    if (journal === null) {
      await vscode.window.showErrorMessage(text[messageLanguage()]);
      return;
    }
    const ways = this.#waysOn(error, journal);
    const chosen = await vscode.window.showErrorMessage(text[messageLanguage()], ...Object.keys(ways));
    if (chosen !== undefined) await ways[chosen]?.();
  }

  /** What may be done about a failure, by the words of its button. */
  #waysOn(error: unknown, journal: Journal): Readonly<Record<string, () => Promise<unknown>>> {
    const resume = async (): Promise<unknown> =>
      vscode.commands.executeCommand("mvaMelding.resumeSubmission", journal.id);
    const transcript = {
      [t("Open transcript")]: async () => vscode.commands.executeCommand("mvaMelding.openTranscript", journal.id),
    };
    if (error instanceof SubmissionError && error.kind === "ambiguousDraft") {
      const settle = async (): Promise<void> => {
        if (await this.onAmbiguousDraft(journal, error.instanceIds)) await resume();
      };
      return { [t("Choose the draft …")]: settle, ...transcript };
    }
    const isForbidden = error instanceof ServiceError && error.kind === "forbidden";
    const otherPerson = isForbidden ? { [t("Sign in as somebody else")]: () => this.#asSomebodyElse(journal) } : {};
    return { [t("Try again")]: resume, ...otherPerson, ...transcript };
  }

  /** Who may only fill in leaves the submitting to another person, who goes on from here. */
  async #asSomebodyElse(journal: Journal): Promise<void> {
    const environment = await this.environmentOf(journal);
    const scopes = scopesFor(environment, ["validation", "submission"]);
    try {
      await this.#parts.signIn.signIn(environment, { scopes, prompt: "login" });
    } catch (error) {
      if (error instanceof vscode.CancellationError) return;
      throw error;
    }
    await vscode.commands.executeCommand("mvaMelding.resumeSubmission", journal.id);
  }

  async #work(
    journal: Journal,
    title: string,
    work: (submissions: Submissions, signal: AbortSignal, onProgress: (journal: Journal) => void) => Promise<Journal>,
  ): Promise<Journal | null> {
    if (this.#running.has(journal.id)) {
      void vscode.window.showInformationMessage(t("This window is already at work on this submission."));
      return null;
    }
    const running = new AbortController();
    this.#running.set(journal.id, running);
    this.#changed.fire();
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    try {
      return await vscode.window.withProgress(options, async (progress, cancelled) => {
        const registration = cancelled.onCancellationRequested(() => running.abort());
        try {
          const submissions = this.submissions(await this.environmentOf(journal));
          return await work(submissions, running.signal, (now) => {
            progress.report({ message: progressText(now) });
            this.#changed.fire();
          });
        } finally {
          registration.dispose();
        }
      });
    } catch (error) {
      // Not awaited: a run is over when it has failed, not when that was read.
      void this.tell(error, journal);
      return null;
    } finally {
      this.#running.delete(journal.id);
      this.#changed.fire();
    }
  }

  /** Renews a session or signs in, whichever gives another token than the last one. */
  #tokenSource(environment: Environment): IdPortenTokenSource {
    const { sessions, signIn } = this.#parts;
    let last: string | null = null;
    const usable = async (): Promise<{ readonly value: string; readonly expiresAt: number } | null> => {
      const session = await sessions.find(environment, "submission");
      if (session === null) return null;
      try {
        const { tokens, expiresAt } = await sessions.fresh(session.id);
        return { value: tokens.access, expiresAt: Date.parse(expiresAt) };
      } catch (error) {
        if (isSignInError(error)) return null;
        throw error;
      }
    };
    return async (fresh, signal) => {
      let token = await usable();
      if (token === null || (fresh && token.value === last)) {
        await raced(signInTo(signIn, environment), signal);
        token = await usable();
      }
      if (token === null) throw new SignInError({ code: "cancelled" });
      last = token.value;
      return token;
    };
  }
}

/** A declined or failed sign-in has been told already. */
async function signInTo(signIn: FeatureParts["signIn"], environment: Environment): Promise<void> {
  try {
    await signIn.signIn(environment, { scopes: scopesFor(environment, ["validation", "submission"]) });
  } catch (error) {
    if (error instanceof vscode.CancellationError) throw new SignInError({ code: "cancelled" });
    throw error;
  }
}

async function raced<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new SignInError({ code: "cancelled" }));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener("abort", stop);
  }
}

/** @throws Error where the environment has no Altinn */
export function addressesOf({ name, altinnPlatformUrl, altinnAppUrl }: Environment): SubmissionEnvironment {
  if (altinnPlatformUrl === null || altinnAppUrl === null) {
    throw new Error(t("The environment “{0}” has no addresses at Altinn, so nothing can be submitted there.", name));
  }
  return { name, platformUrl: altinnPlatformUrl, appUrl: altinnAppUrl };
}
