import type { Finding } from "../../validation/finding.ts";
import type { LineIndex } from "../../vatReturn/lineIndex.ts";
import type { Language } from "../../vatReturn/text.ts";
import type { JudgedDocument, Report } from "./report.ts";

/** One array with one object a document, each written as soon as it is known. */
export function createJsonReport(language: Language): Report {
  let separator = "";
  return {
    begin: () => "[",
    document(judged) {
      const piece = `${separator}\n${JSON.stringify(documentJson(judged, language))}`;
      separator = ",";
      return piece;
    },
    failure: () => "",
    end: () => `${separator === "" ? "" : "\n"}]\n`,
  };
}

function documentJson({ file, lines, result }: JudgedDocument, language: Language) {
  return {
    file,
    documentType: result.documentType,
    verdict: result.verdict,
    findings: result.findings.map((finding) => findingJson(finding, lines, language)),
    notEvaluated: result.notEvaluated,
    notEvaluatedBecause: result.notEvaluatedBecause,
    assumptions: result.assumptions.map((assumption) => assumption[language]),
  };
}

function findingJson(finding: Finding, lines: LineIndex, language: Language) {
  const start = lines.position(finding.range.start);
  const end = lines.position(finding.range.end);
  return {
    source: finding.source,
    rule: finding.rule,
    code: finding.code,
    severity: finding.severity,
    officialSeverity: finding.officialSeverity,
    message: finding.message[language],
    path: finding.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    specificationLine: finding.specificationLine,
  };
}
