import * as vscode from "vscode";
import { scopesFor } from "../../services/environments.ts";
import { providerIdOf, type Environments } from "./environments.ts";
import type { Sessions } from "./sessions.ts";

/** A sign-in entry of the Accounts menu: VS Code keeps one for each provider and set of scopes. */
export interface SignInEntry {
  readonly providerId: string;
  readonly scopes: readonly string[];
}

/**
 * Puts the sign-in entry into the Accounts menu: once something of ours is in use, for the active environment only, and
 * anew whenever nobody is signed in there any more. An entry that is not to the point any more is withdrawn.
 */
export class PassiveRequest implements vscode.Disposable {
  readonly #environments: Environments;
  readonly #sessions: Sessions;
  readonly #withdraw: (entry: SignInEntry) => Promise<void>;
  readonly #log: vscode.LogOutputChannel;
  readonly #registrations: vscode.Disposable;
  #wanted = false;
  /** The entry that stands in the menu because of us. */
  #entry: SignInEntry | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    environments: Environments,
    sessions: Sessions,
    withdraw: (entry: SignInEntry) => Promise<void>,
    log: vscode.LogOutputChannel,
  ) {
    this.#environments = environments;
    this.#sessions = sessions;
    this.#withdraw = withdraw;
    this.#log = log;
    this.#registrations = vscode.Disposable.from(
      environments.onDidChange(() => this.#update()),
      sessions.onDidChange(() => this.#update()),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** A return was opened, the view shown or somebody signed out: from now on the entry is worth its place. */
  want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#update();
  }

  /** One change after the other, so that an entry is never asked for and withdrawn at the same time. */
  #update(): void {
    this.#turn = this.#turn
      .then(() => this.#settle())
      .catch((error: unknown) => {
        this.#log.debug(`No sign-in entry: ${error instanceof Error ? error.name : "unknown"}`);
      });
  }

  async #settle(): Promise<void> {
    const due = await this.#entryDue();
    const standing = this.#entry;
    if (standing !== null && (due === null || !sameEntry(standing, due))) {
      this.#entry = null;
      await this.#withdraw(standing);
    }
    if (due === null) return;
    this.#entry = due;
    // VS Code shows one entry for the same scopes, however often it is asked.
    await vscode.authentication.getSession(due.providerId, due.scopes, {});
  }

  async #entryDue(): Promise<SignInEntry | null> {
    const environment = this.#environments.active;
    if (!this.#wanted || environment === null) return null;
    // Whoever is signed in with fewer scopes is signed in all the same.
    if ((await this.#sessions.list(environment)).length > 0) return null;
    const scopes = scopesFor(environment, ["validation", "submission"]);
    return { providerId: providerIdOf(environment), scopes };
  }
}

function sameEntry(one: SignInEntry, other: SignInEntry): boolean {
  return one.providerId === other.providerId && one.scopes.join(" ") === other.scopes.join(" ");
}
