import * as vscode from "vscode";
import { scopesFor } from "../../services/environments.ts";
import { providerIdOf, type Environments } from "./environments.ts";
import type { Sessions } from "./sessions.ts";

/**
 * Puts the sign-in entry into the Accounts menu: once something of ours is in use, for the active environment only, and
 * anew whenever nobody is signed in there any more.
 */
export class PassiveRequest implements vscode.Disposable {
  readonly #environments: Environments;
  readonly #sessions: Sessions;
  readonly #log: vscode.LogOutputChannel;
  readonly #registrations: vscode.Disposable;
  #wanted = false;

  constructor(environments: Environments, sessions: Sessions, log: vscode.LogOutputChannel) {
    this.#environments = environments;
    this.#sessions = sessions;
    this.#log = log;
    this.#registrations = vscode.Disposable.from(
      environments.onDidChange(() => void this.#request()),
      sessions.onDidChange((change) => {
        if (change.removed.length > 0) void this.#request();
      }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** A return was opened, or the view shown: from now on the entry is worth its place. */
  want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.#request();
  }

  async #request(): Promise<void> {
    const environment = this.#environments.active;
    if (!this.#wanted || environment === null) return;
    try {
      // Whoever is signed in with fewer scopes is signed in all the same.
      if ((await this.#sessions.list(environment)).length > 0) return;
      const scopes = scopesFor(environment, ["validation", "submission"]);
      // VS Code shows one entry for the same scopes, however often it is asked.
      await vscode.authentication.getSession(providerIdOf(environment), scopes, {});
    } catch (error) {
      this.#log.debug(`No sign-in entry: ${error instanceof Error ? error.name : "unknown"}`);
    }
  }
}
