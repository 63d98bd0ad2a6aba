import { isAbsolute, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding, Severity } from "../../validation/finding.ts";
import type { LineIndex } from "../../vatReturn/lineIndex.ts";
import type { Language, Text, TextRange } from "../../vatReturn/text.ts";
import type { InputFailure } from "../inputs.ts";
import { slashed } from "../inputs.ts";
import type { JudgedDocument, Report } from "./report.ts";

/** What SARIF says of one rule. */
export interface SarifRule {
  /** Such as `R018`. */
  readonly id: string;
  /** The official identifier. */
  readonly name: string;
  readonly summary: Text;
  readonly severity: Severity;
  readonly helpUri: string;
}

export interface SarifOptions {
  readonly language: Language;
  readonly version: string;
  readonly rules: readonly SarifRule[];
  /** The folder that addresses in the report are relative to. */
  readonly workingFolder: string;
  readonly commandLine: readonly string[];
  /** Of the documents; left out: XML. */
  readonly mimeType?: string;
}

const levels = { error: "error", warning: "warning", information: "note" } as const;
const baseId = "WORKINGFOLDER";

/**
 * SARIF 2.1.0, results written as they come; what needs all of them (artifacts, the invocation) follows after.
 * Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
 */
export function createSarifReport(options: SarifOptions): Report {
  const { language } = options;
  const ruleIndex = new Map(options.rules.map((rule, index) => [rule.id, index]));
  const artifacts: object[] = [];
  const notifications: object[] = [];
  let separator = "";

  const resultOf = (finding: Finding, { file, lines, result }: JudgedDocument, artifactIndex: number) => {
    const ruleId = finding.rule ?? finding.code;
    const index = ruleIndex.get(ruleId);
    const physicalLocation = (range: TextRange) => ({
      artifactLocation: { ...artifactLocation(file, options.workingFolder), index: artifactIndex },
      region: regionOf(range, lines),
    });
    return {
      ruleId,
      ...(index === undefined ? {} : { ruleIndex: index }),
      level: levels[finding.severity],
      message: { text: finding.message[language] },
      locations: [
        {
          physicalLocation: physicalLocation(finding.range),
          ...(finding.path === null
            ? {}
            : { logicalLocations: [{ fullyQualifiedName: finding.path, kind: "element" }] }),
        },
      ],
      ...(finding.related.length === 0
        ? {}
        : {
            relatedLocations: finding.related.map(({ range, message }, id) => ({
              id,
              message: { text: message[language] },
              physicalLocation: physicalLocation(range),
            })),
          }),
      properties: {
        source: finding.source,
        code: finding.code,
        officialSeverity: finding.officialSeverity,
        specificationLine: finding.specificationLine,
        documentType: result.documentType,
      },
    };
  };

  return {
    begin: () => {
      const driver = {
        name: "mva-melding",
        semanticVersion: options.version,
        language: language === "nb" ? "nb-NO" : "en",
        rules: options.rules.map((rule) => ruleJson(rule, language)),
      };
      const head = JSON.stringify({ tool: { driver }, language: driver.language, columnKind: "utf16CodeUnits" });
      return (
        `{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json",\n` +
        `"runs":[${head.slice(0, -1)},\n"results":[`
      );
    },
    document(judged) {
      const artifactIndex = artifacts.length;
      artifacts.push(artifactJson(judged, options));
      let pieces = "";
      for (const finding of judged.result.findings) {
        pieces += `${separator}\n${JSON.stringify(resultOf(finding, judged, artifactIndex))}`;
        separator = ",";
      }
      return pieces;
    },
    failure(failure) {
      notifications.push(notificationJson(failure, options));
      return "";
    },
    end: ({ exitCode, interrupted }) => {
      const invocation = {
        commandLine: options.commandLine.join(" "),
        arguments: options.commandLine.slice(1),
        exitCode,
        executionSuccessful: exitCode < 2 && !interrupted,
        toolExecutionNotifications: notifications,
      };
      const bases = {
        [baseId]: {
          description: {
            text: language === "nb" ? "Mappen som kommandoen ble kjørt i." : "The folder that the command ran in.",
          },
        },
      };
      const tail = JSON.stringify({ artifacts, invocations: [invocation], originalUriBaseIds: bases });
      return `],\n${tail.slice(1)}]}\n`;
    },
  };
}

function ruleJson(rule: SarifRule, language: Language) {
  return {
    id: rule.id,
    name: rule.name,
    shortDescription: { text: rule.summary[language] },
    helpUri: rule.helpUri,
    defaultConfiguration: { level: levels[rule.severity] },
  };
}

function artifactJson({ file, result }: JudgedDocument, options: SarifOptions) {
  return {
    location: artifactLocation(file, options.workingFolder),
    roles: ["analysisTarget"],
    mimeType: options.mimeType ?? "application/xml",
    properties: {
      documentType: result.documentType,
      verdict: result.verdict,
      notEvaluated: result.notEvaluated,
      notEvaluatedBecause: result.notEvaluatedBecause,
      assumptions: result.assumptions.map((assumption) => assumption[options.language]),
    },
  };
}

function notificationJson({ file, message }: InputFailure, { language, workingFolder }: SarifOptions) {
  return {
    level: "error",
    message: { text: `${file}: ${message[language]}` },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(file, workingFolder) } }],
  };
}

function regionOf(range: TextRange, lines: LineIndex) {
  const start = lines.position(range.start);
  const end = lines.position(range.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Relative and percent-encoded; absolute where the file lies outside the folder; standard input has no file. */
export function artifactLocation(file: string, workingFolder: string): ArtifactLocation {
  if (file === "-") return { uri: "stdin:", description: { text: "standard input" } };
  const whole = resolve(workingFolder, file);
  const path = slashed(relative(workingFolder, whole));
  if (isAbsolute(path) || path === ".." || path.startsWith("../")) return { uri: absoluteUri(whole) };
  return { uri: path.split("/").map(encoded).join("/"), uriBaseId: baseId };
}

interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
  readonly description?: { readonly text: string };
}

function absoluteUri(path: string): string {
  return pathToFileURL(withoutHalfPairs(path)).href;
}

/** Half a surrogate pair in a file name has no percent-encoding. */
function encoded(segment: string): string {
  return encodeURIComponent(withoutHalfPairs(segment));
}

function withoutHalfPairs(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
