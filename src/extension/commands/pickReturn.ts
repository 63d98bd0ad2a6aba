import * as vscode from "vscode";
import { findXmlFiles, isRecognised, readRecognised } from "../editor/documents.ts";
import { t } from "../l10n.ts";

interface ReturnItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/**
 * Offers the open and the workspace's recognised documents; the list fills while files are looked at.
 * @returns null where the user picked none or there is none.
 */
export async function pickReturn(): Promise<vscode.Uri | null> {
  const search = new vscode.CancellationTokenSource();
  const pick = vscode.window.createQuickPick<ReturnItem>();
  pick.title = t("Validate VAT return");
  pick.placeholder = t("Choose a VAT return in the workspace");
  pick.matchOnDescription = true;
  pick.busy = true;
  pick.show();
  try {
    const picked = new Promise<vscode.Uri | null>((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.uri ?? null));
      pick.onDidHide(() => resolve(null));
    });
    const empty = fill(pick, search.token).then((count) => count === 0);
    const ended = picked.then(() => false);
    if (!(await Promise.race([ended, empty]))) return await picked;
  } finally {
    search.cancel();
    search.dispose();
    pick.dispose();
  }
  await offerToOpen();
  return null;
}

/** @returns how many items there are, once every file was looked at. */
async function fill(pick: vscode.QuickPick<ReturnItem>, token: vscode.CancellationToken): Promise<number> {
  const items = vscode.workspace.textDocuments.filter(isRecognised).map((document) => toItem(document.uri));
  const listed = new Set(items.map((item) => item.uri.toString()));
  pick.items = items;
  let shown = Date.now();
  for (const uri of await findXmlFiles(token)) {
    if (token.isCancellationRequested) return items.length;
    if (listed.has(uri.toString()) || !(await isReturn(uri))) continue;
    items.push(toItem(uri));
    if (Date.now() - shown > 200) {
      pick.items = [...items];
      shown = Date.now();
    }
  }
  pick.items = items;
  pick.busy = false;
  return items.length;
}

/** A file that can't be read is not offered; validating the workspace reports it. */
async function isReturn(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await readRecognised(uri)) !== null;
  } catch {
    return false;
  }
}

function toItem(uri: vscode.Uri): ReturnItem {
  const path = vscode.workspace.asRelativePath(uri);
  const slash = path.lastIndexOf("/");
  return { uri, label: path.slice(slash + 1), description: slash < 0 ? "" : path.slice(0, slash) };
}

async function offerToOpen(): Promise<void> {
  const open = t("Open file …");
  const message = t("There is no VAT return open or in the workspace.");
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.commands.executeCommand("workbench.action.files.openFile");
  }
}
