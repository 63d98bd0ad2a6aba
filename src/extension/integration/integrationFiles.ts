import * as vscode from "vscode";
import {
  checkText,
  syntaxCodes,
  toFinding,
  type CheckedText,
  type IntegrationFinding,
} from "../../integration/checkText.ts";
import { applicationOf, compare } from "../../integration/compare.ts";
import { isIntegrationFile, registrationForOf } from "../../integration/fileName.ts";
import type { RegistrationFor } from "../../integration/problem.ts";
import { readJsonTree } from "../../validation/jsonTree.ts";
import { dateInOslo } from "../../vatReturn/calendar.ts";
import { LineIndex } from "../../vatReturn/lineIndex.ts";
import type { TextRange } from "../../vatReturn/text.ts";
import type { Environments } from "../auth/environments.ts";
import { diagnosticSource, severities } from "../editor/diagnostics.ts";
import { messageLanguage, settingsSection } from "../settings.ts";
import { textOf } from "../textOf.ts";

/** Long enough to type a word undisturbed. */
const debounce = 300;
export const anyIntegrationFile = "**/*.idporten.json";
const leftOut = "**/{.*,node_modules}/**";

/** Where VS Code keeps other versions of files: nobody mends those. */
const versionSchemes: ReadonlySet<string> = new Set(["git", "gitfs", "vscode-local-history", "vscode-timeline"]);

/** Whether an address is that of an integration file that somebody works on. */
export function isOurs(uri: vscode.Uri): boolean {
  return isIntegrationFile(uri.path) && !versionSchemes.has(uri.scheme);
}

/** An integration file as it was read. */
export interface ReadFile extends CheckedText {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly registrationFor: RegistrationFor;
}

/**
 * The integration files of the workspace and of open editors: judged as they change, what is wrong shown in them, with
 * the ways to put it right. One that belongs to a client of the user's own settings is compared with those too.
 */
export class IntegrationFiles implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #environments: Environments;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection(`${diagnosticSource}-integration`);
  readonly #registrations: vscode.Disposable;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(environments: Environments) {
    this.#environments = environments;
    const watcher = vscode.workspace.createFileSystemWatcher(anyIntegrationFile);
    const soon = (uri: vscode.Uri): void => this.#judgeSoon(uri);
    this.#registrations = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(soon),
      watcher.onDidCreate(soon),
      watcher.onDidDelete(soon),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => soon(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document.uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => soon(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#judgeAll()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settingsSection}.language`)) void this.#judgeAll();
      }),
      environments.onDidChange(() => void this.#judgeAll()),
      vscode.languages.registerCodeActionsProvider({ pattern: anyIntegrationFile }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    void this.#judgeAll();
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#registrations.dispose();
    this.#diagnostics.dispose();
  }

  /** Integration files of the workspace and of open editors, each once. */
  async find(): Promise<readonly vscode.Uri[]> {
    const open = vscode.workspace.textDocuments.filter(({ isClosed, uri }) => !isClosed && isOurs(uri));
    const saved = await vscode.workspace.findFiles(anyIntegrationFile, leftOut);
    const all = [...open.map(({ uri }) => uri), ...saved];
    return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
  }

  /**
   * The file in the active editor, the only one there is, or the one that the user chooses.
   * @returns null where there is none, undefined where the user chose none
   */
  async choose(title: string): Promise<ReadFile | null | undefined> {
    const active = vscode.window.activeTextEditor?.document.uri;
    if (active !== undefined && isOurs(active)) return this.read(active);
    const found = await this.find();
    const [only] = found;
    if (only === undefined) return null;
    if (found.length === 1) return this.read(only);
    const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
    const chosen = await vscode.window.showQuickPick(items, { title });
    return chosen === undefined ? undefined : this.read(chosen.uri);
  }

  async read(uri: vscode.Uri): Promise<ReadFile | null> {
    const text = await textOf(uri);
    return text === null ? null : judge(uri, text);
  }

  /** What is wrong with a file by itself, and beside the environment that its client is used in. */
  findings(file: ReadFile): readonly IntegrationFinding[] {
    const { root } = readJsonTree(file.text);
    const { client_id: clientId } = file.given;
    if (root === null || clientId === undefined) return file.findings;
    const users = this.#environments.read().usable.filter((environment) => environment.clientId === clientId);
    const compared = users.flatMap((environment) =>
      compare(file.given, applicationOf(environment), file.registrationFor),
    );
    return [...file.findings, ...compared.map((problem) => toFinding(problem, file.text, root))];
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const text = document.getText();
    const lines = new LineIndex(text);
    return this.findings(judge(document.uri, text)).flatMap((finding) => {
      const place = toRange(lines, finding.range);
      if (place.intersection(range) === undefined) return [];
      const diagnostic = toDiagnostic(finding, place);
      return finding.fixes.map((fix) => {
        const action = new vscode.CodeAction(fix.title[messageLanguage()], vscode.CodeActionKind.QuickFix);
        action.diagnostics = [diagnostic];
        action.isPreferred = fix.preferred;
        action.edit = new vscode.WorkspaceEdit();
        for (const edit of fix.edits) action.edit.replace(document.uri, toRange(lines, edit), edit.newText);
        return action;
      });
    });
  }

  async #judgeAll(): Promise<void> {
    for (const uri of await this.find()) await this.#judge(uri);
  }

  #judgeSoon(uri: vscode.Uri): void {
    if (!isOurs(uri)) return;
    const key = uri.toString();
    clearTimeout(this.#waiting.get(key));
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      void this.#judge(uri);
    }, debounce);
    this.#waiting.set(key, timer);
  }

  async #judge(uri: vscode.Uri): Promise<void> {
    const file = await this.read(uri);
    if (file === null) {
      this.#diagnostics.delete(uri);
      return;
    }
    const lines = new LineIndex(file.text);
    // What is not JSON is told by VS Code's own support for it while a file is open, as it is typed.
    const told = languageOf(uri) === "json" ? syntaxCodes : new Set<string>();
    const shown = this.findings(file).filter(({ code }) => !told.has(code));
    this.#diagnostics.set(
      uri,
      shown.map((finding) => toDiagnostic(finding, toRange(lines, finding.range))),
    );
  }
}

function judge(uri: vscode.Uri, text: string): ReadFile {
  const registrationFor = registrationForOf(uri.path);
  return { uri, text, registrationFor, ...checkText(text, { today: dateInOslo(new Date()), registrationFor }) };
}

/** The language of a file that is open; null of one that is not. */
function languageOf(uri: vscode.Uri): string | null {
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
  return open?.languageId ?? null;
}

function toRange(lines: LineIndex, { start, end }: TextRange): vscode.Range {
  const from = lines.position(start);
  const to = lines.position(end);
  return new vscode.Range(from.line - 1, from.column - 1, to.line - 1, to.column - 1);
}

function toDiagnostic(finding: IntegrationFinding, range: vscode.Range): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, finding.message[messageLanguage()], severities[finding.severity]);
  diagnostic.source = diagnosticSource;
  const folder = vscode.extensions.getExtension("mva-melding.mva-melding")?.extensionUri;
  diagnostic.code =
    folder === undefined
      ? finding.code
      : { value: finding.code, target: vscode.Uri.joinPath(folder, "docs", "integration.md") };
  return diagnostic;
}
