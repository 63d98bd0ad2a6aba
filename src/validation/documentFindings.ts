import type { RecognitionProblem } from "../vatReturn/documentType.ts";
import { elementAt, pathOf } from "../vatReturn/navigate.ts";
import type { XmlDocument, XmlProblem } from "../vatReturn/xml.ts";
import type { Finding } from "./finding.ts";
import { findingByR001, schemaErrorCode } from "./schema/findings.ts";

/** Why the document is not well-formed, one finding for each problem; the last says how many more there are. */
export function syntaxFindings(document: XmlDocument): readonly Finding[] {
  const findings = document.problems.map((problem) => syntaxFinding(document, problem));
  const { omittedProblems } = document;
  const last = document.problems.at(-1);
  if (omittedProblems === 0 || last === undefined) return findings;
  const more: Finding = {
    ...syntaxFinding(document, last),
    rule: null,
    code: "further-syntax-errors",
    severity: "information",
    officialSeverity: null,
    message: {
      en: `${omittedProblems} more syntax errors are not listed.`,
      nb: `Ytterligere ${omittedProblems} syntaksfeil er ikke tatt med.`,
    },
    related: [],
    data: { kind: "further-syntax-errors", count: String(omittedProblems) },
  };
  return [...findings, more];
}

/** A root element or namespace that is not quite the one of the document it seems to be. */
export function recognitionFinding(problem: RecognitionProblem): Finding {
  const isError = problem.severity === "error";
  return {
    source: "schema",
    rule: isError ? "R001" : null,
    code: isError ? schemaErrorCode : problem.code,
    severity: problem.severity,
    officialSeverity: isError ? "ugyldig" : null,
    message: problem.message,
    range: problem.range,
    path: pathOf(problem.element),
    specificationLine: null,
    related: problem.related,
    data: { kind: problem.code, ...problem.data },
  };
}

function syntaxFinding(document: XmlDocument, problem: XmlProblem): Finding {
  const element = elementAt(document, problem.range.start);
  return {
    ...findingByR001("syntax", problem.message, problem.range),
    path: element === null ? null : pathOf(element),
    specificationLine: null,
    related: problem.related,
    data: { kind: problem.code, ...problem.data },
  };
}
