import * as vscode from "vscode";
import { toRange } from "../editor/diagnostics.ts";
import type { LiveValidation } from "../editor/liveValidation.ts";
import { t } from "../l10n.ts";
import { messageLanguage } from "../settings.ts";
import type { PlacedFinding } from "../worker/protocol.ts";
import type { ValidationService } from "../worker/validationService.ts";

export const explanationScheme = "mva-rule";

/** What to explain: a rule, or a finding with the numbers that made it. */
interface Subject {
  readonly rule: string | null;
  readonly finding: PlacedFinding | null;
}

/**
 * MVA: Explain rule. Explains the finding under the cursor, else the rule that the user picks, on a page of its own:
 * a virtual document, shown as Markdown is.
 */
export class ExplainRule implements vscode.TextDocumentContentProvider {
  readonly #service: ValidationService;
  readonly #live: LiveValidation;
  readonly #subjects = new Map<string, Subject>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(service: ValidationService, live: LiveValidation) {
    this.#service = service;
    this.#live = live;
  }

  /** @param wanted what a code action names; else the cursor tells, or the user. */
  async explain(wanted: unknown): Promise<vscode.Uri | null> {
    const subject = isSubject(wanted) ? wanted : ((await this.#underCursor()) ?? (await this.#picked()));
    if (subject === null) return null;
    const name = subject.rule ?? subject.finding?.code ?? "";
    const uri = vscode.Uri.from({ scheme: explanationScheme, path: `/${name}.md` });
    this.#subjects.set(uri.path, subject);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    return uri;
  }

  /** A page that outlived its window explains the rule alone. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const name = uri.path.replace(/^\/|\.md$/g, "");
    const rule = /^R\d{3}$/.test(name) ? name : null;
    const { rule: number, finding } = this.#subjects.get(uri.path) ?? { rule, finding: null };
    const question = { kind: "explain", rule: number, finding, language: messageLanguage() } as const;
    return (await this.#service.ask<"explain">(question, new AbortController().signal)) ?? "";
  }

  async #underCursor(): Promise<Subject | null> {
    const editor = vscode.window.activeTextEditor;
    const state = editor === undefined ? null : this.#live.stateOf(editor.document);
    if (editor === undefined || state === null || state.judged === null || state.outdated) return null;
    const here = state.judged.findings.filter(({ range }) => toRange(range).contains(editor.selection.active));
    const [first] = here;
    if (first === undefined) return null;
    if (here.length === 1) return { rule: first.rule, finding: first };
    const items = here.map((finding) => ({ label: finding.rule ?? finding.code, detail: finding.message, finding }));
    const title = t("Which finding is to be explained?");
    const chosen = await vscode.window.showQuickPick(items, { title });
    return chosen === undefined ? null : { rule: chosen.finding.rule, finding: chosen.finding };
  }

  async #picked(): Promise<Subject | null> {
    const rules = this.#service.ask<"rules">(
      { kind: "rules", language: messageLanguage() },
      new AbortController().signal,
    );
    const items = rules.then((found) => (found ?? []).map(({ rule, title }) => ({ label: rule, detail: title })));
    const title = t("Explain rule");
    const placeHolder = t("Choose a rule by its number or its subject");
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
    return chosen === undefined ? null : { rule: chosen.label, finding: null };
  }
}

function isSubject(value: unknown): value is Subject {
  return typeof value === "object" && value !== null && "rule" in value && "finding" in value;
}
