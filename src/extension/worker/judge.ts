import type { Finding, Severity } from "../../validation/finding.ts";
import type { ValidationAnswer } from "../../validation/remote/answer.ts";
import { mergeAnswer } from "../../validation/remote/merge.ts";
import type { DocumentResult } from "../../validation/result.ts";
import { documentationUrl } from "../../validation/rules/explain.ts";
import { ruleByNumber } from "../../validation/rules/index.ts";
import { createJavaSchemaEngine, JavaEngineError } from "../../validation/schema/javaEngine.ts";
import { loadSchemaEngine } from "../../validation/schema/schemaEngine.ts";
import { judgeUndecodable } from "../../validation/undecodable.ts";
import { createAsyncValidator, createValidator, type Validator } from "../../validation/validator.ts";
import { decodeXml } from "../../vatReturn/encoding.ts";
import { LineIndex } from "../../vatReturn/lineIndex.ts";
import { elementByPath } from "../../vatReturn/navigate.ts";
import { parseXml } from "../../vatReturn/scanner.ts";
import type { Language, TextRange } from "../../vatReturn/text.ts";
import { maximumFindings } from "./protocol.ts";
import type {
  DocumentContent,
  JudgedDocument,
  JudgeRequest,
  PlacedFinding,
  PlacedRange,
  RemoteJudgement,
  SeverityOverrides,
} from "./protocol.ts";

/** @returns the judged document, or a sentence saying why it could not be judged. */
export type Judge = (request: JudgeRequest) => Promise<JudgedDocument | string>;

/** Both engines are made when they are first asked for. */
export function createJudge(): Judge {
  let builtin: Promise<Validator> | null = null;
  const java = createAsyncValidator(createJavaSchemaEngine());
  return async (request) => {
    const began = performance.now();
    const { text, undecodable } = readContent(request.content);
    let result: DocumentResult;
    if (undecodable !== null) {
      result = undecodable;
    } else if (request.engine === "java") {
      try {
        result = await java.validate(text, request.options);
      } catch (error) {
        if (error instanceof JavaEngineError) return error.text[request.language];
        throw error;
      }
    } else {
      builtin ??= loadSchemaEngine().then(createValidator);
      result = (await builtin).validate(text, request.options);
    }
    return place(result, text, request, began);
  };
}

function readContent(content: DocumentContent): { readonly text: string; readonly undecodable: DocumentResult | null } {
  if ("text" in content) return { text: content.text, undecodable: null };
  const decoded = decodeXml(content.bytes);
  if (decoded.kind === "decoded") return { text: decoded.text, undecodable: null };
  const { text, result } = judgeUndecodable(content.bytes, decoded.problem);
  return { text, undecodable: result };
}

function place(result: DocumentResult, text: string, request: JudgeRequest, began: number): JudgedDocument {
  const { language } = request;
  const lines = new LineIndex(text);
  const shown = withSeverities(result.findings, request.severities ?? {});
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };
  for (const { severity } of shown) counts[severity]++;
  return {
    documentType: result.documentType,
    verdict: result.verdict,
    findings: gravest(shown).map((finding) => placeFinding(finding, lines, language)),
    counts,
    turnedOff: result.findings.length - shown.length,
    notEvaluated: result.notEvaluated.map((rule) => ({
      rule,
      because: result.notEvaluatedBecause[rule] ?? "registers",
      title: ruleByNumber(rule)?.title[language] ?? "",
      documentation: documentationUrl(rule),
    })),
    assumptions: result.assumptions.map((assumption) => assumption[language]),
    summary: result.summary,
    engine: request.engine,
    remote: request.answer === undefined ? null : bringTogether(request.answer, result, text, lines, language),
    duration: performance.now() - began,
  };
}

function bringTogether(
  answer: ValidationAnswer,
  local: DocumentResult,
  text: string,
  lines: LineIndex,
  language: Language,
): RemoteJudgement {
  const document = parseXml(text);
  const { findings, disagreements } = mergeAnswer(answer, local, document);
  const onlyRemote = findings.filter(({ source }) => source === "skatteetaten");
  return {
    disagreements,
    findings: gravest(onlyRemote).map((finding) => {
      const element = finding.path === null ? null : elementByPath(document, finding.path);
      const whole = element?.range ?? { start: 0, end: text.length };
      return { ...placeFinding(finding, lines, language), element: placeRange(whole, lines) };
    }),
  };
}

/** The findings as the settings want them shown; `officialSeverity`, which the verdict rests on, stays. */
function withSeverities(findings: readonly Finding[], severities: SeverityOverrides): readonly Finding[] {
  if (Object.keys(severities).length === 0) return findings;
  return findings.flatMap((finding) => {
    const severity = severities[finding.rule ?? finding.code];
    if (severity === undefined) return [finding];
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}

/** Where there are too many findings, errors are kept before warnings and warnings before notes. */
function gravest(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= maximumFindings) return findings;
  const byGravity = (["error", "warning", "information"] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  const kept = new Set(byGravity.slice(0, maximumFindings));
  return findings.filter((finding) => kept.has(finding));
}

function placeFinding(finding: Finding, lines: LineIndex, language: Language): PlacedFinding {
  return {
    source: finding.source,
    rule: finding.rule,
    code: finding.code,
    severity: finding.severity,
    officialSeverity: finding.officialSeverity,
    message: finding.message[language],
    range: placeRange(finding.range, lines),
    related: finding.related.map(({ range, message }) => ({
      range: placeRange(range, lines),
      message: message[language],
    })),
    path: finding.path,
    specificationLine: finding.specificationLine,
    documentation: documentationUrl(finding.rule),
    data: finding.data ?? null,
  };
}

function placeRange(range: TextRange, lines: LineIndex): PlacedRange {
  const start = lines.position(range.start);
  const end = lines.position(range.end);
  return [start.line - 1, start.column - 1, end.line - 1, end.column - 1];
}
