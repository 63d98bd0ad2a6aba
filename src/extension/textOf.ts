import * as vscode from "vscode";

/** A file's text as an editor shows it at the moment, or as it stands on disk; null where it is not there. */
export async function textOf(uri: vscode.Uri): Promise<string | null> {
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
