import * as vscode from "vscode";
import type { Severity } from "../../validation/finding.ts";
import type { JudgedDocument, PlacedFinding, PlacedRange } from "../worker/protocol.ts";
import { t } from "../l10n.ts";
import { rulePage } from "./rulePages.ts";

/** Constant, so that filters in the Problems panel and quick fixes can rely on it. */
export const diagnosticSource = "mva-melding";

export const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** All diagnostics of one judged document; where findings were left out, one says how many. */
export function toDiagnostics(document: JudgedDocument, uri: vscode.Uri): vscode.Diagnostic[] {
  const diagnostics = document.findings.map((finding) => toDiagnostic(finding, uri));
  const all = document.counts.error + document.counts.warning + document.counts.information;
  const leftOut = all - document.findings.length;
  if (leftOut > 0) diagnostics.push(leftOutDiagnostic(leftOut));
  return diagnostics;
}

export function toRange(range: PlacedRange): vscode.Range {
  return new vscode.Range(...range);
}

export function toDiagnostic(finding: PlacedFinding, uri: vscode.Uri): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(finding.range), finding.message, severities[finding.severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: finding.rule ?? finding.code, target: rulePage(finding.documentation) };
  if (finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(
      (place) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, toRange(place.range)), place.message),
    );
  }
  return diagnostic;
}

function leftOutDiagnostic(count: number): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(0, 0, 0, 0),
    t("{0} more findings are not listed. They appear as those listed are put right.", count),
    vscode.DiagnosticSeverity.Information,
  );
  diagnostic.source = diagnosticSource;
  return diagnostic;
}
