import * as vscode from "vscode";
import { isRecognised } from "../editor/documents.ts";
import type { LiveValidation } from "../editor/liveValidation.ts";
import { showProblems } from "./showProblems.ts";
import type { CommandHandler } from "./commandTable.ts";
import { pickReturn } from "./pickReturn.ts";
import type { ValidateWorkspace } from "./validateWorkspace.ts";
import { t } from "../l10n.ts";

/**
 * MVA: Validate VAT return. Judges the given file, else the active document, else one that the user picks. Opens
 * Problems where something was found; where nothing was, the language status item says so. Then the authority is asked
 * too, where somebody is signed in and has allowed it.
 */
export function createValidateReturn(
  live: LiveValidation,
  workspace: ValidateWorkspace,
  validateRemotely: (document: vscode.TextDocument) => Promise<number | null>,
): CommandHandler {
  return async (resource, selection) => {
    const selected = Array.isArray(selection) ? selection.filter((one) => one instanceof vscode.Uri) : [];
    if (selected.length > 1) return workspace.validate(selected);
    const document = await documentToValidate(resource);
    if (document === null) return undefined;
    const outcome = await live.validateNow(document, "builtin");
    if (outcome.kind !== "judged") return undefined;
    if (outcome.document.documentType === null) {
      const name = vscode.workspace.asRelativePath(document.uri);
      void vscode.window.showInformationMessage(
        t("{0} is neither a VAT return nor a document that belongs to one.", name),
      );
    } else if (outcome.document.findings.length > 0) {
      await showProblems();
    }
    // What is no XML has nothing that the authority could say more about.
    const { documentType, verdict } = outcome.document;
    if (documentType === "vatReturn" && verdict !== "malformed") {
      const found = await validateRemotely(document);
      if (found !== null && found > 0) await showProblems();
    }
    return undefined;
  };
}

async function documentToValidate(resource: unknown): Promise<vscode.TextDocument | null> {
  const active = vscode.window.activeTextEditor?.document;
  if (resource instanceof vscode.Uri) {
    if (active?.uri.toString() === resource.toString()) return active;
    return show(resource);
  }
  if (active !== undefined && isRecognised(active)) return active;
  const picked = await pickReturn();
  return picked === null ? null : show(picked);
}

/** Not through openTextDocument, which would keep the document open for minutes after its editor is closed. */
async function show(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  await vscode.commands.executeCommand("vscode.open", uri, { preview: true });
  const shown = vscode.window.activeTextEditor?.document;
  return shown?.uri.toString() === uri.toString() ? shown : null;
}
