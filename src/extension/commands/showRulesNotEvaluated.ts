import * as vscode from "vscode";
import type { LiveValidation } from "../editor/liveValidation.ts";
import type { UndecidedRule } from "../worker/protocol.ts";
import type { CommandHandler } from "./commandTable.ts";
import { t } from "../l10n.ts";

interface RuleItem extends vscode.QuickPickItem {
  readonly documentation: string;
}

/** MVA: Show rules not evaluated. Lists what only the authority decides of the active document; a choice opens its page. */
export function createShowRulesNotEvaluated(live: LiveValidation): CommandHandler {
  return async () => {
    const document = vscode.window.activeTextEditor?.document;
    const judged = document === undefined ? null : (live.stateOf(document)?.judged ?? null);
    if (judged === null) {
      void vscode.window.showInformationMessage(t("Open and validate a VAT return first."));
      return;
    }
    const picked = await vscode.window.showQuickPick(judged.notEvaluated.map(toItem), {
      title: t("Rules checked only by Skatteetaten"),
      matchOnDetail: true,
      placeHolder: t("These rules were not decided here. Choose one to read about it."),
    });
    if (picked !== undefined) await vscode.env.openExternal(vscode.Uri.parse(picked.documentation));
  };
}

function toItem({ rule, title, documentation }: UndecidedRule): RuleItem {
  return { label: rule, detail: title, documentation };
}
