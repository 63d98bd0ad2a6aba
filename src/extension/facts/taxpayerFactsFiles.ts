import * as vscode from "vscode";
import type { TaxpayerFacts } from "../../validation/taxpayerFacts.ts";
import { diagnosticSource, toRange } from "../editor/diagnostics.ts";
import { factsPath, messageLanguage, settingsSection } from "../settings.ts";
import { textOf } from "../textOf.ts";
import type { PlacedRange } from "../worker/protocol.ts";
import type { ValidationService } from "../worker/validationService.ts";
import { overlapsAmong, type OverlappingFile } from "./overlaps.ts";

const filePattern = "**/{mva-facts.json,*.mva-facts.json}";
const usualName = "mva-facts.json";
/** Long enough to type a word undisturbed. */
const debounce = 300;

interface FactsFile extends OverlappingFile {
  readonly uri: vscode.Uri;
  readonly facts: readonly TaxpayerFacts[];
  /** What the file says wrong by itself. */
  readonly problems: readonly vscode.Diagnostic[];
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
    const near = folder === undefined ? this.#files : this.#filesOf(folder);
    return near.flatMap(({ facts }) => facts);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#end.abort();
    this.#registrations.dispose();
    this.#diagnostics.dispose();
    this.#changed.dispose();
  }

  #filesOf(folder: vscode.WorkspaceFolder): readonly FactsFile[] {
    return this.#files.filter(({ uri }) => this.#belongsTo(uri, folder) || this.#isNamedBy(folder, uri));
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
    const before = this.#files;
    this.#files = found;
    const overlaps = overlapDiagnostics(
      (vscode.workspace.workspaceFolders ?? []).map((folder) => this.#filesOf(folder)),
    );
    this.#diagnostics.clear();
    for (const { uri, problems } of found) {
      this.#diagnostics.set(uri, [...problems, ...(overlaps.get(uri.toString()) ?? [])]);
    }
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

  async #readFile(uri: vscode.Uri): Promise<FactsFile | null> {
    const text = await textOf(uri);
    if (text === null) return null;
    const question = { kind: "facts", text, language: messageLanguage() } as const;
    const answer = await this.#service.ask<"facts">(question, this.#end.signal);
    if (answer === null) {
      this.#log.warn(`${uri.toString()}: the taxpayer facts could not be read.`);
      return null;
    }
    const { facts, organisations } = answer;
    const problems = answer.problems.map(({ range, message }) => warning(range, message));
    return { uri, name: vscode.workspace.asRelativePath(uri), facts, organisations, problems };
  }
}

/** By the address of the file that is overruled. @param groups files that hold for the same documents */
function overlapDiagnostics(
  groups: readonly (readonly FactsFile[])[],
): ReadonlyMap<string, readonly vscode.Diagnostic[]> {
  const found = new Map<string, Map<string, vscode.Diagnostic>>();
  for (const { file, range, counts, countsAt, message } of groups.flatMap((files) => overlapsAmong(files))) {
    const words = message[messageLanguage()];
    const diagnostic = warning(range, words);
    const place = new vscode.Location(counts.uri, toRange(countsAt));
    diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(place, counts.name)];
    const key = file.uri.toString();
    // Two folders may name the same files.
    found.set(
      key,
      (found.get(key) ?? new Map<string, vscode.Diagnostic>()).set(`${words} ${range.join()}`, diagnostic),
    );
  }
  return new Map([...found].map(([key, diagnostics]) => [key, [...diagnostics.values()]]));
}

function warning(range: PlacedRange, message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(range), message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = diagnosticSource;
  return diagnostic;
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
