import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";

/** A day on which the samples' periods are over and their years not yet too old. */
export const today = "2026-06-01";

export function sample(name: string): string {
  return readFileSync(join(process.env["MVA_PROJECT_ROOT"] ?? "", "samples", name), "utf8");
}

/** The extension's diagnostics of a document. */
export function diagnosticsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "mva-melding");
}

export function ruleOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}

export function rulesOf(uri: vscode.Uri): readonly unknown[] {
  return diagnosticsOf(uri).map(ruleOf);
}

/** Waits until the diagnostics of a document are as wanted; mocha's timeout is the limit. */
export function diagnosticsUntil(
  uri: vscode.Uri,
  wanted: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const diagnostics = diagnosticsOf(uri);
      if (!wanted(diagnostics)) return false;
      listener.dispose();
      resolve(diagnostics);
      return true;
    };
    const listener = vscode.languages.onDidChangeDiagnostics(() => look());
    look();
  });
}

export function hasRule(rule: string): (diagnostics: readonly vscode.Diagnostic[]) => boolean {
  return (diagnostics) => diagnostics.some((diagnostic) => ruleOf(diagnostic) === rule);
}

export function none(diagnostics: readonly vscode.Diagnostic[]): boolean {
  return diagnostics.length === 0;
}

export async function showUntitled(content: string, language = "xml"): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}

/** Replaces the first place where `found` stands. */
export async function replace(document: vscode.TextDocument, found: string, replacement: string): Promise<void> {
  const offset = document.getText().indexOf(found);
  if (offset < 0) throw new Error(`${found} does not stand in ${document.uri.toString()}`);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + found.length));
  edit.replace(document.uri, range, replacement);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error("The edit was not applied.");
}

/** Opens a file as a user does; VS Code keeps what openTextDocument opens for minutes after its editor is closed. */
export async function showFile(name: string, content: string): Promise<vscode.TextDocument> {
  const uri = await writeFile(name, content);
  await vscode.commands.executeCommand("vscode.open", uri, { preview: false });
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.toString() !== uri.toString()) throw new Error(`${name} was not opened.`);
  return document;
}

/**
 * Closes all editors, and waits until the extension host has heard that untitled documents are gone: the next one gets
 * the same name, and would be taken for the old one.
 */
export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const patience = 10_000;
  const until = Date.now() + patience;
  const hasUntitled = (): boolean => vscode.workspace.textDocuments.some(({ uri }) => uri.scheme === "untitled");
  while (hasUntitled() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
}

export async function setSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("mvaMelding").update(name, value, vscode.ConfigurationTarget.Workspace);
}

export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("No folder is open.");
  return folder.uri;
}

export async function writeFile(name: string, content: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
  return uri;
}

/** Adds a figure to the title of the running test: titles are what is printed outside the extension host. */
export function tell(context: Mocha.Context, figure: string): void {
  const test = context.runnable();
  test.title += `: ${figure}`;
}
