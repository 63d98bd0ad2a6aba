import * as vscode from "vscode";

/** Shows and focuses the Problems view. (The better known workbench.actions.view.problems hides it when it has the focus.) */
export async function showProblems(): Promise<void> {
  await vscode.commands.executeCommand("workbench.panel.markers.view.focus");
}
