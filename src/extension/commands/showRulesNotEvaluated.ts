import * as vscode from "vscode";
import type { LiveValidation } from "../editor/liveValidation.ts";
import type { OpenReason } from "../../validation/result.ts";
import type { UndecidedRule } from "../worker/protocol.ts";
import type { CommandHandler } from "./commandTable.ts";
import { t } from "../l10n.ts";

interface RuleItem extends vscode.QuickPickItem {
  readonly documentation: string;
}

/**
 * MVA: Show rules not evaluated. Lists the rules that were not decided for the active document, by the reason why; a
 * choice opens the rule's page.
 */
export function createShowRulesNotEvaluated(live: LiveValidation): CommandHandler {
  return async () => {
    const document = vscode.window.activeTextEditor?.document;
    const judged = document === undefined ? null : (live.stateOf(document)?.judged ?? null);
    if (judged === null) {
      void vscode.window.showInformationMessage(t("Open and validate a VAT return first."));
      return;
    }
    const picked = await vscode.window.showQuickPick(byReason(judged.notEvaluated), {
      title: t("Rules not decided here"),
      matchOnDetail: true,
      placeHolder: t("Choose a rule to read about it"),
    });
    if (picked !== undefined && "documentation" in picked)
      await vscode.env.openExternal(vscode.Uri.parse(picked.documentation));
  };
}

/** The rules under a heading for each reason. */
function byReason(rules: readonly UndecidedRule[]): (RuleItem | vscode.QuickPickItem)[] {
  const headings: readonly (readonly [OpenReason, string])[] = [
    ["unreadable", t("Not decided: values of the return are missing or can't be read")],
    ["setting", t("Decided once a setting or taxpayer facts say more")],
    ["registers", t("Checked only by Skatteetaten, unless taxpayer facts say what its registers hold")],
  ];
  return headings.flatMap(([reason, label]) => {
    const items = rules.filter(({ because }) => because === reason).map(toItem);
    return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
  });
}

function toItem({ rule, title, documentation }: UndecidedRule): RuleItem {
  return { label: rule, detail: title, documentation };
}
