import * as vscode from "vscode";
import type { OfficialVerdict } from "../../validation/remote/answer.ts";
import { t } from "../l10n.ts";

interface Judged {
  readonly version: number;
  readonly verdict: OfficialVerdict;
  readonly environment: string;
  readonly at: Date;
}

/** Shows what the authority said of the document in the active editor in the language status, until its text changes. */
export class RemoteStatus implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem("mvaMelding.remote", []);
  readonly #judged = new WeakMap<vscode.TextDocument, Judged>();
  readonly #registrations: vscode.Disposable;

  constructor() {
    this.#item.name = t("Validation by Skatteetaten");
    this.#item.command = { command: "mvaMelding.validate", title: t("Check now") };
    this.#registrations = vscode.Disposable.from(
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.#show();
      }),
    );
  }

  set(document: vscode.TextDocument, verdict: OfficialVerdict, environment: string): void {
    this.#judged.set(document, { version: document.version, verdict, environment, at: new Date() });
    this.#show();
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  #show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const judged = document === undefined ? undefined : this.#judged.get(document);
    if (document === undefined || judged === undefined || judged.version !== document.version) {
      this.#item.selector = [];
      return;
    }
    const time = judged.at.toLocaleTimeString(vscode.env.language, { timeStyle: "short" });
    this.#item.selector = { language: document.languageId, scheme: document.uri.scheme };
    this.#item.severity = severityOf(judged.verdict);
    this.#item.text = t("Skatteetaten: {0}", officialVerdictText(judged.verdict));
    this.#item.detail = t("Validated in “{0}” at {1}", judged.environment, time);
  }
}

function severityOf(verdict: OfficialVerdict): vscode.LanguageStatusSeverity {
  if (verdict === "ingen avvik") return vscode.LanguageStatusSeverity.Information;
  return verdict === "avvikende skattemelding"
    ? vscode.LanguageStatusSeverity.Warning
    : vscode.LanguageStatusSeverity.Error;
}

/** The authority's verdict, for people. */
export function officialVerdictText(verdict: OfficialVerdict): string {
  switch (verdict) {
    case "ingen avvik":
      return t("no deviations");
    case "avvikende skattemelding":
      return t("would be accepted with deviations");
    case "mangelfull skattemelding":
      return t("incomplete");
    case "ugyldig skattemelding":
      return t("would be refused");
  }
}
