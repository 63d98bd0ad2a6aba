import * as path from "node:path";
import * as vscode from "vscode";
import { toRange } from "../editor/diagnostics.ts";
import { findXmlFiles, readRecognised } from "../editor/documents.ts";
import { verdictText } from "../editor/statusText.ts";
import { Emptiness } from "./emptiness.ts";
import { periodOrder } from "./periodOrder.ts";
import type { FeatureParts } from "../submission/feature.ts";
import type { JudgedDocument, PlacedFinding } from "../worker/protocol.ts";
import { t } from "../l10n.ts";

interface OrganisationNode {
  readonly kind: "organisation";
  readonly organisationNumber: string;
}

interface ReturnNode {
  readonly kind: "return";
  readonly uri: vscode.Uri;
  readonly judged: JudgedDocument;
}

interface FindingNode {
  readonly kind: "finding";
  readonly uri: vscode.Uri;
  readonly finding: PlacedFinding;
  readonly index: number;
}

type Node = OrganisationNode | ReturnNode | FindingNode;

/** Many quick changes, as of a switched branch, are looked at together. */
const settleMilliseconds = 300;

/** The workspace's VAT returns by organisation and period, each with its verdict and its findings. */
export class ReturnsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #parts: FeatureParts;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #returns = new Map<string, ReturnNode>();
  readonly #registrations: vscode.Disposable;
  readonly #waiting = new Map<string, vscode.Uri>();
  readonly #end = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #search: Promise<void> | null = null;
  readonly #emptiness = new Emptiness("mvaMelding.noReturns");
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: FeatureParts) {
    this.#parts = parts;
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.[xX][mM][lL]");
    const later = (uri: vscode.Uri): void => this.#lookLater(uri);
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      watcher,
      watcher.onDidCreate(later),
      watcher.onDidChange(later),
      watcher.onDidDelete((uri) => {
        if (this.#returns.delete(uri.toString())) this.#changed.fire(undefined);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
      parts.live.onDidChangeState((document) => this.#takeOpen(document)),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#end.abort();
    this.#registrations.dispose();
  }

  /** Looks at everything anew; what is known stays until something else is. */
  refresh(): void {
    this.#search = this.#searchWorkspace();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) {
      this.#search ??= this.#searchWorkspace();
      if (this.#returns.size === 0) await this.#search;
      this.#emptiness.set(this.#returns.size === 0);
      const numbers = new Set([...this.#returns.values()].map(organisationOf));
      return [...numbers].sort().map((organisationNumber) => ({ kind: "organisation", organisationNumber }));
    }
    switch (node.kind) {
      case "organisation":
        return [...this.#returns.values()]
          .filter((one) => organisationOf(one) === node.organisationNumber)
          .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
      case "return":
        return node.judged.findings.map((finding, index) => ({ kind: "finding", uri: node.uri, finding, index }));
      case "finding":
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "organisation":
        return organisationItem(node);
      case "return":
        return returnItem(node);
      case "finding":
        return findingItem(node);
    }
  }

  async #searchWorkspace(): Promise<void> {
    const search = new vscode.CancellationTokenSource();
    const found = new Set<string>();
    try {
      for (const uri of await findXmlFiles(search.token)) {
        if (this.#end.signal.aborted) return;
        if (await this.#look(uri)) found.add(uri.toString());
      }
      for (const key of this.#returns.keys()) if (!found.has(key)) this.#returns.delete(key);
    } finally {
      search.dispose();
    }
    this.#changed.fire(undefined);
  }

  /** @returns whether the file is a return */
  async #look(uri: vscode.Uri): Promise<boolean> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const live = open === undefined ? null : (this.#parts.live.stateOf(open)?.judged ?? null);
    const judged = live ?? (await this.#judge(uri));
    if (judged === null || judged.documentType !== "vatReturn") {
      this.#returns.delete(uri.toString());
      return false;
    }
    this.#returns.set(uri.toString(), { kind: "return", uri, judged });
    return true;
  }

  async #judge(uri: vscode.Uri): Promise<JudgedDocument | null> {
    try {
      const bytes = await readRecognised(uri);
      if (bytes === null) return null;
      const outcome = await this.#parts.service.judge(
        { content: { bytes }, ...this.#parts.readRequest(uri), engine: "builtin" },
        "batch",
        this.#end.signal,
      );
      return outcome.kind === "judged" ? outcome.document : null;
    } catch (error) {
      this.#parts.log.debug(`${uri.toString()} could not be read for the view: ${String(error)}`);
      return null;
    }
  }

  #lookLater(uri: vscode.Uri): void {
    this.#waiting.set(uri.toString(), uri);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const uris = [...this.#waiting.values()];
      this.#waiting.clear();
      void Promise.all(uris.map((one) => this.#look(one))).then(() => this.#changed.fire(undefined));
    }, settleMilliseconds);
  }

  #takeOpen(document: vscode.TextDocument): void {
    const judged = this.#parts.live.stateOf(document)?.judged ?? null;
    const known = this.#returns.get(document.uri.toString());
    if (judged === null || judged === known?.judged || judged.documentType !== "vatReturn") return;
    const isInWorkspace = vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
    if (known === undefined && !isInWorkspace) return;
    this.#returns.set(document.uri.toString(), { kind: "return", uri: document.uri, judged });
    this.#changed.fire(undefined);
  }
}

function organisationOf({ judged }: ReturnNode): string {
  return judged.summary?.organisationNumber ?? "";
}

function sortKey({ judged, uri }: ReturnNode): string {
  return `${periodOrder(judged.summary?.period ?? null)} ${uri.path}`;
}

function organisationItem({ organisationNumber }: OrganisationNode): vscode.TreeItem {
  const label = organisationNumber === "" ? t("Without organisation number") : organisationNumber;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `organisation ${organisationNumber}`;
  item.iconPath = new vscode.ThemeIcon("organization");
  item.accessibilityInformation = { label: t("Organisation {0}", label) };
  return item;
}

function returnItem({ uri, judged }: ReturnNode): vscode.TreeItem {
  const period = judged.summary?.period ?? t("Without period");
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(period, judged.findings.length > 0 ? Collapsed : None);
  item.id = uri.toString();
  item.description = path.posix.basename(uri.path);
  item.tooltip = `${vscode.workspace.asRelativePath(uri)}\n${verdictText(judged)}`;
  item.iconPath = verdictIcon(judged.verdict);
  item.contextValue = "return";
  item.command = { command: "vscode.open", title: t("Open"), arguments: [uri] };
  item.accessibilityInformation = { label: `${period}, ${item.description}, ${verdictText(judged)}` };
  return item;
}

function verdictIcon(verdict: JudgedDocument["verdict"]): vscode.ThemeIcon {
  switch (verdict) {
    case "valid":
      return new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"));
    case "deviating":
      return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
    case "invalid":
    case "malformed":
    case "notARecognisedDocument":
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  }
}

function findingItem({ uri, finding, index }: FindingNode): vscode.TreeItem {
  const item = new vscode.TreeItem(finding.message);
  const range = toRange(finding.range);
  item.id = `${uri.toString()} ${index}`;
  item.description = `${finding.rule ?? finding.code} · ${t("line {0}", range.start.line + 1)}`;
  item.tooltip = finding.message;
  item.iconPath = new vscode.ThemeIcon(finding.severity === "information" ? "info" : finding.severity);
  item.contextValue = "finding";
  item.command = { command: "vscode.open", title: t("Go to"), arguments: [uri, { selection: range }] };
  item.accessibilityInformation = { label: `${finding.message} ${item.description}` };
  return item;
}
