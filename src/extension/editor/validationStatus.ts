import * as vscode from "vscode";
import { verdictIcon, verdictText, failureText } from "./statusText.ts";
import type { DocumentState, LiveValidation } from "./liveValidation.ts";

/** Matches no document: the item is hidden. */
const nowhere: vscode.DocumentSelector = [];

/**
 * Shows the state of the document in the active editor as a language status item, and tells menus whether that
 * document is a recognised one.
 */
export class ValidationStatus implements vscode.Disposable {
  readonly #live: LiveValidation;
  readonly #item: vscode.LanguageStatusItem;
  readonly #registrations: vscode.Disposable;
  #recognised: boolean | null = null;

  constructor(live: LiveValidation) {
    this.#live = live;
    this.#item = vscode.languages.createLanguageStatusItem("mvaMelding.validation", nowhere);
    this.#item.name = vscode.l10n.t("VAT return validation");
    this.#registrations = vscode.Disposable.from(
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      live.onDidChangeState((document) => {
        if (document === vscode.window.activeTextEditor?.document) this.#show();
      }),
    );
    this.#show();
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  #show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const state = document === undefined ? null : this.#live.stateOf(document);
    this.#setContext(state !== null);
    if (document === undefined || state === null) {
      this.#item.selector = nowhere;
      return;
    }
    this.#item.selector = { language: document.languageId, scheme: document.uri.scheme };
    this.#item.busy = state.busy;
    this.#describe(state);
  }

  #describe(state: DocumentState): void {
    const item = this.#item;
    item.severity = vscode.LanguageStatusSeverity.Information;
    if (state.failure !== null) {
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.text = `$(error) ${failureText(state.failure)}`;
      item.detail = vscode.l10n.t("VAT return validation");
      item.command = { command: "mvaMelding.validate", title: vscode.l10n.t("Try again") };
    } else if (state.judged === null) {
      item.text = state.busy ? vscode.l10n.t("Checking the VAT return …") : vscode.l10n.t("Not checked yet");
      item.detail = vscode.l10n.t("VAT return validation");
      item.command = { command: "mvaMelding.validate", title: vscode.l10n.t("Check now") };
    } else {
      const { judged, judgedAt } = state;
      if (judged.verdict === "deviating") item.severity = vscode.LanguageStatusSeverity.Warning;
      if (judged.verdict === "invalid" || judged.verdict === "malformed") {
        item.severity = vscode.LanguageStatusSeverity.Error;
      }
      item.text = `${verdictIcon(judged)} ${verdictText(judged)}`;
      item.detail = detailText(state, judgedAt);
      item.command =
        judged.notEvaluated.length > 0
          ? { command: "mvaMelding.showRulesNotEvaluated", title: vscode.l10n.t("Show rules left to Skatteetaten") }
          : { command: "mvaMelding.validate", title: vscode.l10n.t("Check now") };
    }
  }

  #setContext(recognised: boolean): void {
    if (recognised === this.#recognised) return;
    this.#recognised = recognised;
    void vscode.commands.executeCommand("setContext", "mvaMelding.activeDocumentRecognised", recognised);
  }
}

function detailText(state: DocumentState, judgedAt: Date | null): string {
  const { judged } = state;
  const parts: string[] = [];
  const time = judgedAt?.toLocaleTimeString(vscode.env.language, { timeStyle: "medium" }) ?? "";
  if (state.outdated && !state.busy) parts.push(vscode.l10n.t("Changed since the check at {0}", time));
  else if (judged?.engine === "java") parts.push(vscode.l10n.t("Checked with Java at {0}", time));
  else parts.push(vscode.l10n.t("Checked at {0}", time));
  const undecided = judged?.notEvaluated.length ?? 0;
  if (undecided === 1) parts.push(vscode.l10n.t("1 rule checked only by Skatteetaten"));
  else if (undecided > 1) parts.push(vscode.l10n.t("{0} rules checked only by Skatteetaten", undecided));
  return parts.join(" · ");
}
