import * as vscode from "vscode";
import type { LiveValidation } from "./liveValidation.ts";

/** Calls back once: when a VAT return, or a document that belongs to one, is open for the first time. */
export function onFirstReturn(live: LiveValidation, act: () => void): vscode.Disposable {
  if (vscode.workspace.textDocuments.some((document) => live.stateOf(document) !== null)) {
    act();
    return new vscode.Disposable(() => undefined);
  }
  const registration = live.onDidChangeState((document) => {
    if (live.stateOf(document) === null) return;
    registration.dispose();
    act();
  });
  return registration;
}
