import * as vscode from "vscode";

/**
 * Opens a downloaded file. On the user's own machine a PDF goes to the program for it, since the editor by itself shows
 * none; elsewhere to whatever the editor has for PDFs.
 */
export async function openFile(uri: vscode.Uri): Promise<void> {
  const isPdf = uri.path.toLowerCase().endsWith(".pdf");
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  if (isPdf && isHere && (await vscode.env.openExternal(uri))) return;
  await vscode.commands.executeCommand("vscode.open", uri);
}
