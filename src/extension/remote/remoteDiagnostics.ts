import * as vscode from "vscode";
import type { RemoteFinding } from "../worker/protocol.ts";
import { toRange } from "../editor/diagnostics.ts";
import { rulePage } from "../editor/rulePages.ts";

/** Constant, like the one of the local check. */
export const remoteSource = "skatteetaten";

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

interface Shown {
  readonly element: vscode.Range;
  readonly diagnostic: vscode.Diagnostic;
}

/**
 * What only the authority has found in open documents. Each diagnostic moves with its element, and goes as soon as
 * anything in that element changes: then nobody knows what the authority would say.
 */
export class RemoteDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection(remoteSource);
  readonly #shown = new Map<string, readonly Shown[]>();
  readonly #registrations: vscode.Disposable;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      this.#collection,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#follow(document.uri, contentChanges);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.clear(uri)),
    );
  }

  set(uri: vscode.Uri, findings: readonly RemoteFinding[]): void {
    this.#publish(
      uri,
      findings.map((finding) => ({ element: toRange(finding.element), diagnostic: toDiagnostic(finding) })),
    );
  }

  clear(uri: vscode.Uri): void {
    this.#shown.delete(uri.toString());
    this.#collection.delete(uri);
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  #publish(uri: vscode.Uri, shown: readonly Shown[]): void {
    this.#shown.set(uri.toString(), shown);
    this.#collection.set(
      uri,
      shown.map(({ diagnostic }) => diagnostic),
    );
  }

  #follow(uri: vscode.Uri, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const before = this.#shown.get(uri.toString());
    if (before === undefined || before.length === 0) return;
    // Ranges are those of the text before; from the end to the beginning, no change moves the place of the next.
    const fromTheEnd = changes.toSorted((one, other) => other.rangeOffset - one.rangeOffset);
    const after = before.flatMap(({ element, diagnostic }) => {
      let moved: Shown = { element, diagnostic };
      for (const change of fromTheEnd) {
        if (change.range.intersection(moved.element) !== undefined) return [];
        moved = move(moved, change);
      }
      return [moved];
    });
    this.#publish(uri, after);
  }
}

function move({ element, diagnostic }: Shown, change: vscode.TextDocumentContentChangeEvent): Shown {
  const copy = new vscode.Diagnostic(moveRange(diagnostic.range, change), diagnostic.message, diagnostic.severity);
  copy.source = remoteSource;
  if (diagnostic.code !== undefined) copy.code = diagnostic.code;
  return { element: moveRange(element, change), diagnostic: copy };
}

function moveRange(range: vscode.Range, change: vscode.TextDocumentContentChangeEvent): vscode.Range {
  return new vscode.Range(movePosition(range.start, change), movePosition(range.end, change));
}

/** Where a position stands after a change that does not touch it. */
function movePosition(position: vscode.Position, change: vscode.TextDocumentContentChangeEvent): vscode.Position {
  const { start, end } = change.range;
  if (position.isBefore(end)) return position;
  const lines = change.text.split(/\r\n|\r|\n/);
  const line = position.line + lines.length - 1 - (end.line - start.line);
  if (position.line !== end.line) return new vscode.Position(line, position.character);
  const before = lines.length === 1 ? start.character : 0;
  return new vscode.Position(line, position.character - end.character + before + (lines.at(-1)?.length ?? 0));
}

function toDiagnostic(finding: RemoteFinding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(finding.range), finding.message, severities[finding.severity]);
  diagnostic.source = remoteSource;
  diagnostic.code = { value: finding.rule ?? finding.code, target: rulePage(finding.documentation) };
  return diagnostic;
}
