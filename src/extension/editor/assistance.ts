import * as vscode from "vscode";
import type { CommandHandler } from "../commands/commandTable.ts";
import { ExplainRule, explanationScheme } from "../commands/explainRule.ts";
import { explainCommand, FindingActions, selectPlaceholders, selectPlaceholdersCommand } from "./codeActions.ts";
import { DocumentHelp } from "./help.ts";
import type { Validation } from "./validation.ts";

/** Documents are recognised by what is in them, whatever their language and place; the providers look for themselves. */
const anywhere: vscode.DocumentSelector = { pattern: "**" };
const xml: vscode.DocumentSelector = { language: "xml" };

/** Wires what helps with findings and documents: quick fixes, explanations, hovers and completions. */
export function createAssistance({ live, service, readRequest }: Validation): {
  readonly commands: Readonly<Record<string, CommandHandler>>;
  readonly disposables: readonly vscode.Disposable[];
} {
  const explainRule = new ExplainRule(service, live);
  const actions = new FindingActions({ service, live, readRequest });
  const help = new DocumentHelp(service, live);
  return {
    commands: {
      [explainCommand]: (wanted) => explainRule.explain(wanted),
      [selectPlaceholdersCommand]: selectPlaceholders,
    },
    disposables: [
      vscode.workspace.registerTextDocumentContentProvider(explanationScheme, explainRule),
      vscode.languages.registerCodeActionsProvider(anywhere, actions, {
        providedCodeActionKinds: FindingActions.kinds,
      }),
      vscode.languages.registerHoverProvider(xml, help),
      vscode.languages.registerCompletionItemProvider(xml, help, "<", ">"),
    ],
  };
}
