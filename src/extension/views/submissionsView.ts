import * as path from "node:path";
import * as vscode from "vscode";
import type { Journal, JournalStep } from "../../submission/journal.ts";
import { outcomeWords } from "../../submission/words.ts";
import { messageLanguage } from "../settings.ts";
import { Emptiness } from "./emptiness.ts";
import { paymentOf } from "../../submission/payment.ts";
import { paymentText } from "../submission/outcome.ts";
import type { Runs } from "../submission/runs.ts";
import { mayAbandon, mayCheck, mayDelete, mayResume } from "../submission/standing.ts";
import { fileText, standingText, stepText } from "../submission/words.ts";
import { t } from "../l10n.ts";

interface SubmissionNode {
  readonly kind: "submission";
  readonly journal: Journal;
}

interface LineNode {
  readonly kind: "line";
  readonly item: vscode.TreeItem;
}

type Node = SubmissionNode | LineNode;

/** The submissions of this machine, newest first, as their journals tell them; those of the terminal too. */
export class SubmissionsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #runs: Runs;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #registration: vscode.Disposable;
  #known: Node[] = [];
  readonly #emptiness = new Emptiness("mvaMelding.noSubmissions");
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#registration = runs.onDidChange(() => this.refresh());
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === "line") return [];
    if (node?.kind === "submission") return linesOf(node.journal);
    try {
      const { journals, unreadable } = await this.#runs.store.list();
      const broken = unreadable.map((error) => brokenLine(error.path, error.message));
      this.#known = [...journals.map((journal): Node => ({ kind: "submission", journal })), ...broken];
      this.#emptiness.set(this.#known.length === 0);
    } catch (error) {
      // What was known stays; a folder that can't be read at the moment empties nothing.
      if (this.#known.length === 0) throw error;
    }
    return this.#known;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === "line" ? node.item : submissionItem(node.journal, this.#runs.isRunning(node.journal.id));
  }
}

function submissionItem(journal: Journal, running: boolean): vscode.TreeItem {
  const label = `${journal.period}, ${journal.organisationNumber}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  const standing = running ? t("At work …") : standingText(journal);
  const created = new Date(journal.createdAt).toLocaleString(vscode.env.language, {
    dateStyle: "short",
    timeStyle: "short",
  });
  item.id = journal.id;
  item.description = `${standing} · ${journal.environment.name} · ${created}`;
  item.iconPath = running ? new vscode.ThemeIcon("sync~spin") : stateIcon(journal);
  item.contextValue = contextOf(journal, running);
  item.tooltip = [
    journal.vatReturn.fileName,
    standing,
    journal.instanceId === null ? "" : t("Instance {0}", journal.instanceId),
    journal.error?.[messageLanguage()] ?? "",
  ]
    .filter((line) => line !== "")
    .join("\n");
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

/** What menus go by, each word once. */
function contextOf(journal: Journal, running: boolean): string {
  if (running) return "submission running";
  return [
    "submission",
    ...(mayCheck(journal) ? ["checkable"] : mayResume(journal) ? ["resumable"] : []),
    ...(mayAbandon(journal) ? ["abandonable"] : []),
    ...(mayDelete(journal) ? ["deletable"] : []),
    ...(journal.verdict === null ? [] : ["decided"]),
  ].join(" ");
}

function stateIcon({ state, verdict, error, steps }: Journal): vscode.ThemeIcon {
  if (verdict === "accepted") return new vscode.ThemeIcon("pass-filled", new vscode.ThemeColor("testing.iconPassed"));
  if (verdict === "acceptedWithDeviations") {
    return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  }
  // Whoever cancelled knows of it; nothing has gone wrong.
  const isCancelled = steps.at(-1)?.outcome === "cancelled";
  if (verdict !== null || (error !== null && !isCancelled)) {
    return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  }
  switch (state) {
    case "prepared":
    case "open":
      return new vscode.ThemeIcon("edit");
    case "readyToSign":
      return new vscode.ThemeIcon("person");
    case "waiting":
    case "finished":
      return new vscode.ThemeIcon("watch");
    case "abandoned":
      return new vscode.ThemeIcon("trash");
  }
}

async function linesOf(journal: Journal): Promise<Node[]> {
  const lines: vscode.TreeItem[] = [];
  if (journal.error !== null) {
    const error = new vscode.TreeItem(journal.error[messageLanguage()]);
    error.tooltip = journal.error[messageLanguage()];
    error.iconPath = new vscode.ThemeIcon("error");
    lines.push(error);
  }
  const payment = await paymentOf(journal);
  if (payment !== null) {
    const pay = new vscode.TreeItem(paymentText(payment));
    pay.tooltip = paymentText(payment);
    pay.iconPath = new vscode.ThemeIcon("credit-card");
    lines.push(pay);
  }
  lines.push(...journal.files.map(fileItem), ...journal.steps.map(stepItem));
  return lines.map((item) => ({ kind: "line", item }));
}

function fileItem({ dataType, path: file }: Journal["files"][number]): vscode.TreeItem {
  const item = new vscode.TreeItem(fileText(dataType));
  const uri = vscode.Uri.file(file);
  item.description = path.basename(file);
  item.tooltip = `${file}\n${t("Keep these files out of version control.")}`;
  item.iconPath = new vscode.ThemeIcon(file.endsWith(".pdf") ? "file-pdf" : "file-code");
  item.contextValue = "submissionFile";
  item.command = { command: "mvaMelding.openSubmissionFile", title: t("Open"), arguments: [uri] };
  item.accessibilityInformation = { label: `${fileText(dataType)}, ${path.basename(file)}` };
  return item;
}

function stepItem(step: JournalStep): vscode.TreeItem {
  const item = new vscode.TreeItem(stepText(step));
  const outcome = step.outcome === null ? "…" : outcomeWords[step.outcome][messageLanguage()];
  const message = step.message?.[messageLanguage()] ?? "";
  const duration =
    step.endedAt === null ? "" : `${Math.max(0, Date.parse(step.endedAt) - Date.parse(step.startedAt))} ms`;
  item.description = [outcome, duration].filter((part) => part !== "").join(" · ");
  item.tooltip = message === "" ? `${stepText(step)}: ${outcome}` : message;
  item.iconPath = new vscode.ThemeIcon(stepIcon(step));
  item.accessibilityInformation = { label: `${stepText(step)}, ${item.description}. ${message}` };
  return item;
}

function stepIcon({ outcome }: JournalStep): string {
  switch (outcome) {
    case null:
      return "sync~spin";
    case "done":
      return "check";
    case "failed":
      return "error";
    case "unknown":
      return "question";
    case "cancelled":
    case "interrupted":
      return "circle-slash";
  }
}

function brokenLine(file: string, reason: string): LineNode {
  const item = new vscode.TreeItem(t("A journal that can't be read"));
  item.description = reason;
  item.tooltip = reason;
  item.iconPath = new vscode.ThemeIcon("warning");
  item.command = { command: "vscode.open", title: t("Open"), arguments: [vscode.Uri.file(file)] };
  return { kind: "line", item };
}
