import * as vscode from "vscode";
import type { Environment } from "../../services/environments.ts";
import { settingsSection } from "../settings.ts";
import { t } from "../l10n.ts";

const decisionsKey = "mvaMelding.remoteValidation";

/**
 * Whether a return may leave the machine for the validation of an environment. Asked once for each environment; the
 * answer is remembered, and the setting overrides it.
 */
export class RemoteConsent {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  async mayValidate(environment: Environment): Promise<boolean> {
    const setting = vscode.workspace.getConfiguration(settingsSection).get<unknown>("validation.remote");
    if (setting === "never") return false;
    if (setting === "whenSignedIn") return true;
    const known = this.#decisions()[keyOf(environment)];
    if (typeof known === "boolean") return known;
    return this.#ask(environment);
  }

  async #ask(environment: Environment): Promise<boolean> {
    const yes = t("Validate there too");
    const no = t("Only here");
    const question = t("Let “{0}” validate the return too?", environment.name);
    const where = environment.validationUrl === null ? "" : new URL(environment.validationUrl).host;
    const detail =
      environment.name === "sandbox"
        ? t(
            "The return goes to the sandbox on this machine ({0}). Nothing is submitted. You are asked once for each environment.",
            where,
          )
        : t(
            "The return, with everything that is in it, is sent to {0}. Nothing is submitted. You are asked once for each environment.",
            where,
          );
    const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, yes, no);
    if (answer === undefined) return false;
    await this.#memory.update(decisionsKey, { ...this.#decisions(), [keyOf(environment)]: answer === yes });
    return answer === yes;
  }

  #decisions(): Readonly<Record<string, unknown>> {
    const value = this.#memory.get<unknown>(decisionsKey);
    return typeof value === "object" && value !== null ? { ...value } : {};
  }
}

/** An environment of one's own that gets another address is another place to send things to. */
function keyOf({ name, validationUrl }: Environment): string {
  return name === "sandbox" ? name : `${name} ${validationUrl ?? ""}`;
}
