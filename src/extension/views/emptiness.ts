import * as vscode from "vscode";

/**
 * Tells the welcome content of a view whether the view is known to be empty. While nothing is known yet, it says nothing.
 */
export class Emptiness {
  readonly #key: string;
  #empty: boolean | null = null;

  /** @param key of the context that `viewsWelcome` asks for */
  constructor(key: string) {
    this.#key = key;
  }

  set(empty: boolean): void {
    if (empty === this.#empty) return;
    this.#empty = empty;
    void vscode.commands.executeCommand("setContext", this.#key, empty);
  }
}
