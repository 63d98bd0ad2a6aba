import * as vscode from "vscode";
import type { TaxpayerFacts } from "../../validation/taxpayerFacts.ts";
import { diagnosticSource, toRange } from "../editor/diagnostics.ts";
import { factsPath, messageLanguage, settingsSection } from "../settings.ts";
import { textOf } from "../textOf.ts";
import type { ValidationService } from "../worker/validationService.ts";

const filePattern = "**/{mva-facts.json,*.mva-facts.json}";
const usualName = "mva-facts.json";
/** Long enough to type a word undisturbed. */
const debounce = 300;

interface FactsFile {
  readonly uri: vscode.Uri;
  readonly facts: readonly TaxpayerFacts[];
}

/**
 * The files of taxpayer facts in the workspace: found, read, their problems shown in them, read again when they
 * change. One that is missing or broken gives no facts, and nothing else.
 */
export class TaxpayerFactsFiles implements vscode.Disposable {
  readonly #service: ValidationService;
  readonly #log: vscode.LogOutputChannel;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection(`${diagnosticSource}-facts`);
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #end = new AbortController();
  readonly #registrations: vscode.Disposable;
  #files: readonly FactsFile[] = [];
  #timer: NodeJS.Timeout | undefined;
  #run = 0;
  /** Fires when there are other facts than before. */
  readonly onDidChange = this.#changed.event;

  constructor(service: ValidationService, log: vscode.LogOutputChannel) {
    this.#service = service;
    this.#log = log;
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.json");
    const onFile = (uri: vscode.Uri): void => {
      if (this.#concerns(uri)) this.#readSoon();
    };
    this.#registrations = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(onFile),
      watcher.onDidCreate(onFile),
      watcher.onDidDelete(onFile),
      vscode.workspace.onDidChangeTextDocument(({ document }) => onFile(document.uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => onFile(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#readSoon()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        const ours = ["taxpayerFacts", "language"].map((name) => `${settingsSection}.${name}`);
        if (ours.some((name) => change.affectsConfiguration(name))) this.#readSoon();
      }),
    );
    void this.#read();
  }

  /** Facts for documents of a place: those of its workspace folder, or of all folders for what is in none. */
  factsFor(resource: vscode.Uri): readonly TaxpayerFacts[] {
    const folder = vscode.workspace.getWorkspaceFolder(resource);
    const near = this.#files.filter(
      ({ uri }) => folder === undefined || this.#belongsTo(uri, folder) || this.#isNamedBy(folder, uri),
    );
    return near.flatMap(({ facts }) => facts);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#end.abort();
    this.#registrations.dispose();
    this.#diagnostics.dispose();
    this.#changed.dispose();
  }

  #belongsTo(uri: vscode.Uri, folder: vscode.WorkspaceFolder): boolean {
    return vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.uri.toString();
  }

  #isNamedBy(folder: vscode.WorkspaceFolder, uri: vscode.Uri): boolean {
    return named(folder)?.toString() === uri.toString();
  }

  #concerns(uri: vscode.Uri): boolean {
    const known = this.#files.some((file) => file.uri.toString() === uri.toString());
    if (known || /(?:^|[/.])mva-facts\.json$/.test(uri.path)) return true;
    return (vscode.workspace.workspaceFolders ?? []).some((folder) => this.#isNamedBy(folder, uri));
  }

  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), debounce);
  }

  async #read(): Promise<void> {
    const run = ++this.#run;
    const uris = await this.#find();
    const read = await Promise.all(uris.map((uri) => this.#readFile(uri)));
    if (run !== this.#run || this.#end.signal.aborted) return;
    const found = read.filter((file) => file !== null);
    this.#diagnostics.clear();
    for (const { uri, diagnostics } of found) this.#diagnostics.set(uri, diagnostics);
    const before = this.#files;
    this.#files = found;
    // Where there are no facts and were none, nobody has to be asked to judge again.
    if (before.length + found.length > 0) this.#changed.fire();
  }

  async #find(): Promise<readonly vscode.Uri[]> {
    const found = new Map<string, vscode.Uri>();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const chosen = named(folder);
      for (const uri of chosen === null ? await inFolder(folder) : [chosen]) found.set(uri.toString(), uri);
    }
    // Where two files tell of one organisation, the first counts: always the same one, however they were found.
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async #readFile(uri: vscode.Uri): Promise<(FactsFile & { readonly diagnostics: vscode.Diagnostic[] }) | null> {
    const text = await textOf(uri);
    if (text === null) return null;
    const question = { kind: "facts", text, language: messageLanguage() } as const;
    const answer = await this.#service.ask<"facts">(question, this.#end.signal);
    if (answer === null) {
      this.#log.warn(`${uri.toString()}: the taxpayer facts could not be read.`);
      return null;
    }
    const diagnostics = answer.problems.map(({ range, message }) => {
      const diagnostic = new vscode.Diagnostic(toRange(range), message, vscode.DiagnosticSeverity.Warning);
      diagnostic.source = diagnosticSource;
      return diagnostic;
    });
    return { uri, facts: answer.facts, diagnostics };
  }
}

/** The file that the settings name for a folder, relative to it unless absolute. */
function named(folder: vscode.WorkspaceFolder): vscode.Uri | null {
  const path = factsPath(folder.uri);
  if (path === null) return null;
  const isAbsolute = path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
  return isAbsolute ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder.uri, path.replaceAll("\\", "/"));
}

/** Only places on a disk are sure to have a search; elsewhere the usual name at the top is looked for. */
async function inFolder(folder: vscode.WorkspaceFolder): Promise<readonly vscode.Uri[]> {
  if (folder.uri.scheme !== "file") return [vscode.Uri.joinPath(folder.uri, usualName)];
  const pattern = new vscode.RelativePattern(folder, filePattern);
  return vscode.workspace.findFiles(pattern, new vscode.RelativePattern(folder, "**/{.*,node_modules}/**"));
}
