import * as vscode from "vscode";
import type { JudgeOutcome, ValidationService } from "../worker/validationService.ts";
import { toDiagnostics } from "./diagnostics.ts";
import { readRecognised } from "./documents.ts";
import type { LiveValidation, RequestReader } from "./liveValidation.ts";

/** How many files are read at once. They are judged one after the other; more would only fill memory. */
const filesAtOnce = 8;

export interface FileValidationParts {
  readonly service: ValidationService;
  readonly diagnostics: vscode.DiagnosticCollection;
  readonly live: LiveValidation;
  readonly readRequest: RequestReader;
}

/** The outcome for one file; `unrecognised` where it is no document of ours. */
export type FileOutcome =
  JudgeOutcome | { readonly kind: "unrecognised" } | { readonly kind: "unreadable"; readonly reason: string };

/**
 * Judges files that need not be open. Their diagnostics stay true to the disk from then on: a file that changes is
 * judged again, one that is deleted loses its diagnostics, and closing an editor brings back those of the file.
 */
export class FileValidation implements vscode.Disposable {
  readonly #parts: FileValidationParts;
  readonly #published = new Map<string, vscode.Uri>();
  readonly #end = new AbortController();
  #watcher: vscode.FileSystemWatcher | null = null;

  constructor(parts: FileValidationParts) {
    this.#parts = parts;
  }

  /**
   * @param report called once for each file, in the order in which they are done.
   * @param signal stops the run; files in work are dropped.
   */
  async validateFiles(
    uris: readonly vscode.Uri[],
    signal: AbortSignal,
    report: (uri: vscode.Uri, outcome: FileOutcome) => void,
  ): Promise<void> {
    this.#watch();
    const remaining = uris.values();
    const takeNext = async (): Promise<void> => {
      for (const uri of remaining) {
        if (signal.aborted) return;
        report(uri, await this.#validateFile(uri, signal));
      }
    };
    await Promise.all(Array.from({ length: filesAtOnce }, takeNext));
  }

  /** To be called when the editor of a document is closed. */
  afterClose(uri: vscode.Uri): void {
    if (this.#published.has(uri.toString())) void this.#validateFile(uri, this.#end.signal);
  }

  /** Judges the files that were judged before anew, as after a change of settings or taxpayer facts. */
  considerAll(): void {
    for (const uri of this.#published.values()) {
      if (openDocument(uri) === undefined) void this.#validateFile(uri, this.#end.signal);
    }
  }

  dispose(): void {
    this.#end.abort();
    this.#watcher?.dispose();
  }

  async #validateFile(uri: vscode.Uri, signal: AbortSignal): Promise<FileOutcome> {
    const open = openDocument(uri);
    if (open !== undefined && this.#parts.live.stateOf(open) !== null) {
      this.#published.set(uri.toString(), uri);
      return this.#parts.live.validateNow(open, "builtin");
    }
    try {
      const bytes = await readRecognised(uri);
      if (bytes === null) {
        this.#withdraw(uri);
        return { kind: "unrecognised" };
      }
      const { readRequest, service } = this.#parts;
      const request = { ...readRequest(uri), content: { bytes }, engine: "builtin" } as const;
      const outcome = await service.judge(request, "batch", signal);
      if (outcome.kind === "judged") this.#publish(uri, outcome);
      return outcome;
    } catch (error) {
      this.#withdraw(uri);
      return { kind: "unreadable", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #publish(uri: vscode.Uri, { document }: Extract<JudgeOutcome, { kind: "judged" }>): void {
    this.#published.set(uri.toString(), uri);
    // Opened while it was judged: the editor's text is what counts now.
    if (openDocument(uri) === undefined) this.#parts.diagnostics.set(uri, toDiagnostics(document, uri));
  }

  #withdraw(uri: vscode.Uri): void {
    this.#published.delete(uri.toString());
    if (openDocument(uri) === undefined) this.#parts.diagnostics.delete(uri);
  }

  #watch(): void {
    if (this.#watcher !== null) return;
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.xml");
    const judgeAgain = (uri: vscode.Uri): void => {
      if (this.#published.has(uri.toString()) && openDocument(uri) === undefined) {
        void this.#validateFile(uri, this.#end.signal);
      }
    };
    watcher.onDidChange(judgeAgain);
    watcher.onDidCreate(judgeAgain);
    watcher.onDidDelete((uri) => {
      if (openDocument(uri) === undefined) this.#parts.diagnostics.delete(uri);
    });
    this.#watcher = watcher;
  }
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
}
