import * as vscode from "vscode";
import { failureText, undecidedText, verdictText } from "./statusText.ts";
import type { DocumentState, LiveValidation } from "./liveValidation.ts";
import { t } from "../l10n.ts";

/** Matches no document: the item is hidden. */
const nowhere: vscode.DocumentSelector = [];

/**
 * Shows the state of the document in the active editor in the language status: the verdict in one item, the rules that
 * were not decided, and why, in a second one. Tells menus whether that document is a recognised one.
 */
export class ValidationStatus implements vscode.Disposable {
  readonly #live: LiveValidation;
  readonly #item: vscode.LanguageStatusItem;
  readonly #undecided: vscode.LanguageStatusItem;
  readonly #registrations: vscode.Disposable;
  #recognised: boolean | null = null;

  constructor(live: LiveValidation) {
    this.#live = live;
    this.#item = vscode.languages.createLanguageStatusItem("mvaMelding.validation", nowhere);
    this.#item.name = t("VAT return validation");
    this.#undecided = vscode.languages.createLanguageStatusItem("mvaMelding.notEvaluated", nowhere);
    this.#undecided.name = t("Rules not decided here");
    this.#undecided.command = { command: "mvaMelding.showRulesNotEvaluated", title: t("Show") };
    this.#registrations = vscode.Disposable.from(
      this.#item,
      this.#undecided,
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
      this.#undecided.selector = nowhere;
      return;
    }
    const here = { language: document.languageId, scheme: document.uri.scheme };
    const undecided = state.judged === null ? null : undecidedText(state.judged);
    this.#item.selector = here;
    this.#item.busy = state.busy;
    this.#undecided.selector = undecided === null || undecided.text === "" ? nowhere : here;
    this.#undecided.text = undecided?.text ?? "";
    this.#undecided.detail = undecided?.detail ?? "";
    this.#describe(state);
  }

  #describe(state: DocumentState): void {
    const item = this.#item;
    item.severity = vscode.LanguageStatusSeverity.Information;
    if (state.failure !== null) {
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.text = failureText(state.failure);
      item.detail = t("VAT return validation");
      item.command = { command: "mvaMelding.validate", title: t("Try again") };
    } else if (state.judged === null) {
      item.text = state.busy ? t("Checking the VAT return …") : t("Not checked yet");
      item.detail = t("VAT return validation");
      item.command = { command: "mvaMelding.validate", title: t("Check now") };
    } else {
      const { judged, judgedAt } = state;
      if (judged.verdict === "deviating") item.severity = vscode.LanguageStatusSeverity.Warning;
      if (judged.verdict === "invalid" || judged.verdict === "malformed") {
        item.severity = vscode.LanguageStatusSeverity.Error;
      }
      item.text = judged.verdict === "valid" ? `$(pass) ${verdictText(judged)}` : verdictText(judged);
      item.detail = detailText(state, judgedAt);
      item.command = { command: "mvaMelding.validate", title: t("Check now") };
    }
  }

  #setContext(recognised: boolean): void {
    if (recognised === this.#recognised) return;
    this.#recognised = recognised;
    void vscode.commands.executeCommand("setContext", "mvaMelding.activeDocumentRecognised", recognised);
  }
}

/** When the document was checked, and what was assumed that it does not tell. */
function detailText(state: DocumentState, judgedAt: Date | null): string {
  const time = judgedAt?.toLocaleTimeString(vscode.env.language, { timeStyle: "short" }) ?? "";
  if (state.outdated && !state.busy) return t("Changed since the check at {0}", time);
  const { judged } = state;
  const checked = judged?.engine === "java" ? t("Checked with Java at {0}", time) : t("Checked at {0}", time);
  if (judged?.verdict === "malformed")
    return `${checked}. ${t("Schema and rules are not checked until the XML is in order.")}`;
  const assumed = judged?.assumptions ?? [];
  return assumed.length === 0 ? checked : `${checked}. ${t("Assumed: {0}", assumed.join(" "))}`;
}
