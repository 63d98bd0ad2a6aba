import * as vscode from "vscode";
import type { JudgedDocument, JudgeRequest, SchemaEngineName } from "../worker/protocol.ts";
import type { JudgeFailure, JudgeOutcome, ValidationService } from "../worker/validationService.ts";
import type { ValidationRun } from "../settings.ts";
import { isJudgedPlace, isRecognised } from "./documents.ts";
import { toDiagnostics } from "./diagnostics.ts";

/** What is known of an open, recognised document. */
export interface DocumentState {
  readonly judged: JudgedDocument | null;
  /** When `judged` was published. */
  readonly judgedAt: Date | null;
  /** Whether the text has changed since `judged`. */
  readonly outdated: boolean;
  readonly busy: boolean;
  /** Why the last check gave no verdict; null where it did. */
  readonly failure: JudgeFailure | null;
}

/** What settings and taxpayer facts say of how to judge documents of a place. */
export type RequestReader = (resource: vscode.Uri) => Pick<JudgeRequest, "options" | "language" | "severities">;

export interface LiveValidationParts {
  readonly services: Readonly<Record<SchemaEngineName, ValidationService>>;
  readonly diagnostics: vscode.DiagnosticCollection;
  readonly readRequest: RequestReader;
  readonly readRun: (resource: vscode.Uri) => ValidationRun;
  /** Milliseconds without a keystroke before a changed document is judged. */
  readonly debounce: number;
  /** Called once for each check that ended without a verdict for another reason than being superseded. */
  readonly reportFailure: (document: vscode.TextDocument, failure: JudgeFailure) => void;
  /** Called when a document is closed, after its diagnostics are gone. */
  readonly afterClose: (uri: vscode.Uri) => void;
}

interface Tracked {
  readonly document: vscode.TextDocument;
  timer: NodeJS.Timeout | undefined;
  run: AbortController | null;
  judged: JudgedDocument | null;
  judgedAt: Date | null;
  judgedVersion: number;
  failure: JudgeFailure | null;
}

type Occasion = "open" | "type" | "save";

/**
 * Keeps the diagnostics of open documents true: judged on open, while typing and on save (as the settings say),
 * published only for the version they were computed on, gone when the document is closed or stops being recognised.
 */
export class LiveValidation implements vscode.Disposable {
  readonly #parts: LiveValidationParts;
  readonly #tracked = new Map<vscode.TextDocument, Tracked>();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #registrations: vscode.Disposable;
  /** Fires when `stateOf` a document gives something new. */
  readonly onDidChangeState = this.#changed.event;

  constructor(parts: LiveValidationParts) {
    this.#parts = parts;
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#consider(document, "open")),
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.contentChanges.length > 0) this.#consider(change.document, "type");
      }),
      vscode.workspace.onDidSaveTextDocument((document) => this.#consider(document, "save")),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#forget(document);
        this.#parts.afterClose(document.uri);
      }),
    );
    this.considerAll();
  }

  /** Judges every open document anew, as after a changed setting. */
  considerAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#consider(document, "open");
  }

  /** @returns null for a document that is not recognised. */
  stateOf(document: vscode.TextDocument): DocumentState | null {
    const tracked = this.#tracked.get(document);
    if (tracked === undefined) return null;
    const { judged, judgedAt, failure } = tracked;
    const outdated = judged !== null && tracked.judgedVersion !== document.version;
    return { judged, judgedAt, outdated, busy: tracked.run !== null, failure };
  }

  /** Judges the document now, whatever the settings say, and publishes the outcome. */
  async validateNow(document: vscode.TextDocument, engine: SchemaEngineName): Promise<JudgeOutcome> {
    this.#parts.services[engine].restart();
    return this.#judge(this.#track(document), engine);
  }

  dispose(): void {
    this.#registrations.dispose();
    for (const tracked of [...this.#tracked.values()]) this.#forget(tracked.document);
    this.#changed.dispose();
  }

  #consider(document: vscode.TextDocument, occasion: Occasion): void {
    if (!isJudgedPlace(document.uri)) return;
    const known = this.#tracked.get(document);
    // A document that was recognised is judged again even if its first lines are broken at the moment.
    const wasRecognised = known?.judged?.documentType !== undefined && known.judged.documentType !== null;
    if (!wasRecognised && !isRecognised(document)) {
      if (known !== undefined) this.#forget(document);
      return;
    }
    const tracked = this.#track(document);
    // What is being computed is of a text that stands no more.
    if (occasion === "type") stop(tracked);
    if (this.#isDue(tracked, occasion)) {
      clearTimeout(tracked.timer);
      const delay = occasion === "type" ? this.#parts.debounce : 0;
      tracked.timer = setTimeout(() => void this.#judge(tracked, "builtin"), delay);
    }
    this.#changed.fire(document);
  }

  #isDue(tracked: Tracked, occasion: Occasion): boolean {
    const run = this.#parts.readRun(tracked.document.uri);
    if (run === "manual") return false;
    if (occasion === "type") {
      // A text that broke the validator is not tried again with every keystroke.
      const broke = tracked.failure !== null && tracked.failure.kind !== "refused";
      return run === "onType" && !broke;
    }
    return occasion === "open" || tracked.judgedVersion !== tracked.document.version;
  }

  async #judge(tracked: Tracked, engine: SchemaEngineName): Promise<JudgeOutcome> {
    stop(tracked);
    const { document } = tracked;
    const run = new AbortController();
    tracked.run = run;
    this.#changed.fire(document);
    const version = document.version;
    const outcome = await this.#parts.services[engine].judge(
      {
        content: { text: document.getText() },
        ...this.#parts.readRequest(document.uri),
        engine,
      },
      "interactive",
      run.signal,
    );
    if (tracked.run !== run) return { kind: "cancelled" };
    tracked.run = null;
    if (document.isClosed) return { kind: "cancelled" };
    // Changed without an event that would have started a new check, as by other line ends.
    if (document.version !== version) return this.#judge(tracked, engine);
    this.#take(tracked, outcome);
    this.#changed.fire(document);
    return outcome;
  }

  #take(tracked: Tracked, outcome: JudgeOutcome): void {
    const { document } = tracked;
    if (outcome.kind === "cancelled") return;
    if (outcome.kind !== "judged") {
      tracked.failure = outcome;
      this.#parts.reportFailure(document, outcome);
      return;
    }
    if (outcome.document.documentType === null) {
      this.#forget(document);
      return;
    }
    tracked.failure = null;
    tracked.judged = outcome.document;
    tracked.judgedAt = new Date();
    tracked.judgedVersion = document.version;
    this.#parts.diagnostics.set(document.uri, toDiagnostics(outcome.document, document.uri));
  }

  #track(document: vscode.TextDocument): Tracked {
    const known = this.#tracked.get(document);
    if (known !== undefined) return known;
    const tracked: Tracked = {
      document,
      timer: undefined,
      run: null,
      judged: null,
      judgedAt: null,
      judgedVersion: -1,
      failure: null,
    };
    this.#tracked.set(document, tracked);
    return tracked;
  }

  #forget(document: vscode.TextDocument): void {
    const tracked = this.#tracked.get(document);
    if (tracked === undefined) return;
    stop(tracked);
    this.#tracked.delete(document);
    this.#parts.diagnostics.delete(document.uri);
    this.#changed.fire(document);
  }
}

function stop(tracked: Tracked): void {
  clearTimeout(tracked.timer);
  tracked.run?.abort();
  tracked.run = null;
}
