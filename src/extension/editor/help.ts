import * as vscode from "vscode";
import { dateInOslo } from "../../vatReturn/calendar.ts";
import { messageLanguage } from "../settings.ts";
import type { ValidationService } from "../worker/validationService.ts";
import { signalOf } from "./codeActions.ts";
import { toRange } from "./diagnostics.ts";
import type { LiveValidation } from "./liveValidation.ts";

/** What elements and their values mean, and what can stand where, in the documents that are judged. */
export class DocumentHelp implements vscode.HoverProvider, vscode.CompletionItemProvider {
  readonly #service: ValidationService;
  readonly #live: LiveValidation;

  constructor(service: ValidationService, live: LiveValidation) {
    this.#service = service;
    this.#live = live;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | null> {
    if (this.#live.stateOf(document) === null) return null;
    const hover = await this.#service.ask<"hover">({ kind: "hover", ...place(document, position) }, signalOf(token));
    return hover === null ? null : new vscode.Hover(new vscode.MarkdownString(hover.markdown), toRange(hover.range));
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    if (this.#live.stateOf(document) === null) return [];
    const question = { kind: "completions", ...place(document, position) } as const;
    const found = (await this.#service.ask<"completions">(question, signalOf(token))) ?? [];
    return found.map((completion, index) => {
      const { label, detail, documentation, insert, range, kind } = completion;
      const isElement = kind === "element";
      const item = new vscode.CompletionItem(
        isElement ? label : { label, description: detail },
        isElement ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.EnumMember,
      );
      item.documentation = new vscode.MarkdownString(documentation);
      item.range = toRange(range);
      item.filterText = isElement ? document.getText(item.range) + label : label;
      // The caret goes between the tags.
      item.insertText = isElement ? new vscode.SnippetString(insert.replace("></", ">$0</")) : insert;
      item.sortText = String(index).padStart(4, "0");
      return item;
    });
  }
}

function place(document: vscode.TextDocument, { line, character }: vscode.Position) {
  return {
    text: document.getText(),
    position: [line, character],
    language: messageLanguage(),
    today: dateInOslo(new Date()),
  } as const;
}
