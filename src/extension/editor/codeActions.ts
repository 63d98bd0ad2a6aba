import * as vscode from "vscode";
import { dateInOslo } from "../../vatReturn/calendar.ts";
import { t } from "../l10n.ts";
import { messageLanguage } from "../settings.ts";
import type { JudgedDocument } from "../worker/protocol.ts";
import type { PlacedFix } from "../worker/questions.ts";
import type { ValidationService } from "../worker/validationService.ts";
import { toDiagnostic, toRange } from "./diagnostics.ts";
import type { LiveValidation, RequestReader } from "./liveValidation.ts";

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("mvaMelding");

/** Selects what only the author knows in a fix that was just applied; for code actions alone. */
export const selectPlaceholdersCommand = "mvaMelding.selectPlaceholders";
export const explainCommand = "mvaMelding.explainRule";

export interface CodeActionParts {
  readonly service: ValidationService;
  readonly live: LiveValidation;
  readonly readRequest: RequestReader;
}

/** Quick fixes and explanations of findings, worked out by the worker for the document as it stands. */
export class FindingActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, fixAllKind];
  readonly #parts: CodeActionParts;

  constructor(parts: CodeActionParts) {
    this.#parts = parts;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const state = this.#parts.live.stateOf(document);
    if (state === null || state.judged === null || state.outdated) return [];
    const { only } = context;
    const version = document.version;
    const signal = signalOf(token);
    const actions: vscode.CodeAction[] = [];
    if (only === undefined || only.intersects(vscode.CodeActionKind.QuickFix)) {
      actions.push(...(await this.#quickFixes(document, range, state.judged, signal)));
    }
    if (only?.intersects(fixAllKind) === true) actions.push(...(await this.#fixAll(document, signal)));
    // What was worked out belongs to a text that stands no more.
    return document.version === version ? actions : [];
  }

  async #quickFixes(
    document: vscode.TextDocument,
    range: vscode.Range,
    judged: JudgedDocument,
    signal: AbortSignal,
  ): Promise<vscode.CodeAction[]> {
    const { findings } = judged;
    const chosen = findings.flatMap((finding, index) => (toRange(finding.range).intersection(range) ? [index] : []));
    if (chosen.length === 0) return [];
    const language = messageLanguage();
    const fixes = await this.#parts.service.ask<"fixes">(
      { kind: "fixes", text: document.getText(), findings, chosen, language, today: dateInOslo(new Date()) },
      signal,
    );
    const actions = (fixes ?? []).map((fix) => toAction(fix, judged, document));
    // Where two findings meet, neither has the last word.
    const preferred = actions.filter(({ isPreferred }) => isPreferred === true);
    if (preferred.length > 1) for (const action of preferred) action.isPreferred = false;
    const explained = new Set<string>();
    for (const index of chosen) {
      const finding = findings[index];
      if (finding === undefined || explained.has(`${finding.rule ?? finding.code} ${finding.message}`)) continue;
      explained.add(`${finding.rule ?? finding.code} ${finding.message}`);
      const title = finding.rule === null ? t("Explain this finding") : t("Explain {0}", finding.rule);
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [toDiagnostic(finding, document.uri)];
      action.command = { command: explainCommand, title, arguments: [{ rule: finding.rule, finding }] };
      actions.push(action);
    }
    return actions;
  }

  async #fixAll(document: vscode.TextDocument, signal: AbortSignal): Promise<vscode.CodeAction[]> {
    const { options, language } = this.#parts.readRequest(document.uri);
    const edits = await this.#parts.service.ask<"fixAll">(
      { kind: "fixAll", text: document.getText(), options, language },
      signal,
    );
    if (edits === null || edits.length === 0) return [];
    const action = new vscode.CodeAction(t("Fix what is only written wrong in the VAT return"), fixAllKind);
    action.edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of edits) action.edit.replace(document.uri, toRange(range), newText);
    return [action];
  }
}

/** Puts the caret on what a fix left for the author, if the document is still the one in front. */
export function selectPlaceholders(uri: unknown, ranges: unknown): void {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.uri.toString() !== uri || !Array.isArray(ranges)) return;
  const selections = ranges
    .filter((range) => range instanceof vscode.Range)
    .map(({ start, end }) => new vscode.Selection(start, end));
  const [first] = selections;
  if (first === undefined) return;
  editor.selections = selections;
  editor.revealRange(first);
}

function toAction(fix: PlacedFix, judged: JudgedDocument, document: vscode.TextDocument): vscode.CodeAction {
  const { uri } = document;
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.isPreferred = fix.preferred;
  action.diagnostics = fix.findings.flatMap((index) => {
    const finding = judged.findings[index];
    return finding === undefined ? [] : [toDiagnostic(finding, uri)];
  });
  action.edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of fix.edits) action.edit.replace(uri, toRange(range), newText);
  if (fix.placeholders.length > 0) {
    const places = fix.placeholders.map(toRange);
    action.command = { command: selectPlaceholdersCommand, title: fix.title, arguments: [uri.toString(), places] };
  }
  return action;
}

export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
