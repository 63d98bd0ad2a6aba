import * as vscode from "vscode";
import type { LiveValidation } from "../editor/liveValidation.ts";
import { showProblems } from "./showProblems.ts";
import type { CommandHandler } from "./commandTable.ts";
import { t } from "../l10n.ts";

/**
 * MVA: Validate with Java. The second opinion: the schema judged by the JDK's own engine, which is the authority's
 * too. Its diagnostics stand until the document changes.
 */
export function createValidateWithJava(live: LiveValidation): CommandHandler {
  return async () => {
    if (!vscode.workspace.isTrusted) {
      throw new Error(t("Java is only started in a workspace that you trust."));
    }
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) throw new Error(t("Open a VAT return first."));
    const before = live.stateOf(document);
    const outcome = await live.validateNow(document, "java");
    if (outcome.kind !== "judged") return;
    const builtin = before === null || before.outdated || before.judged?.engine !== "builtin" ? null : before.judged;
    const agreed = builtin === null || builtin.verdict === outcome.document.verdict;
    void vscode.window.setStatusBarMessage(
      agreed
        ? t("$(coffee) Java comes to the same verdict")
        : t("$(coffee) Java comes to another verdict: see Problems"),
      15_000,
    );
    if (outcome.document.findings.length > 0) {
      await showProblems();
    }
  };
}
