import { LineIndex } from "../../vatReturn/lineIndex.ts";
import { childrenNamed, pathOf } from "../../vatReturn/navigate.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Finding, OfficialSeverity, Severity } from "../finding.ts";
import type { DocumentResult } from "../result.ts";
import { rules } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import type { DeviationReason, OfficialVerdict, ValidationAnswer } from "./answer.ts";
import { placeOfDeviation } from "./place.ts";

/** A rule that we decide ourselves and on which the authority says something else. */
export interface Disagreement {
  /** Such as `R018`. */
  readonly rule: string;
  readonly identifier: string;
  /** What the local check said: violated or not. The authority says the opposite. */
  readonly local: "violated" | "passed";
}

export interface MergedFindings {
  /** Local findings, those that the authority shares with its words in `details`; then what only it has found. */
  readonly findings: readonly Finding[];
  readonly disagreements: readonly Disagreement[];
}

/**
 * Brings the authority's answer and the local result of the same text together. A rule that both report at the same
 * place is one finding, the local one: it has the smaller range, the numbers and the fix.
 */
export function mergeAnswer(answer: ValidationAnswer, local: DocumentResult, document: XmlDocument): MergedFindings {
  const remote = findingsOf(answer, document);
  const shared = new Map<Finding, Finding>();
  const onlyRemote = remote.filter((finding) => {
    const twin = local.findings.find(
      (candidate) => candidate.officialSeverity !== null && isSameMatter(candidate, finding) && !shared.has(candidate),
    );
    if (twin !== undefined) shared.set(twin, finding);
    return twin === undefined;
  });
  const findings = local.findings.map((finding) => {
    const twin = shared.get(finding);
    return twin === undefined ? finding : { ...finding, details: joined(finding.details, twin.message.nb) };
  });
  return { findings: [...findings, ...onlyRemote], disagreements: disagreementsOf(local, remote) };
}

/** Every reason of every deviation as a finding of source `skatteetaten`. */
export function findingsOf(answer: ValidationAnswer, document: XmlDocument): readonly Finding[] {
  const lines = new LineIndex(document.text);
  return answer.deviations.flatMap((deviation) => {
    const element = placeOfDeviation(deviation, document, lines);
    return deviation.reasons.map((reason) => findingOf(reason, element, deviation.path));
  });
}

function findingOf(reason: DeviationReason, element: XmlElement | null, path: string | null): Finding {
  const rule = ruleByIdentifier(reason.code);
  const { severity, officialSeverity } = severityOf(reason.severity);
  const words = reason.reason === "" ? (reason.ruleDefinition ?? reason.code) : reason.reason;
  const details = [reason.details, path].filter((part) => part !== null).join("\n");
  return {
    source: "skatteetaten",
    rule: rule?.number ?? null,
    code: reason.code,
    severity,
    officialSeverity,
    message: {
      en: rule === null ? words : `${rule.title.en.replace(/\.?$/, ".")} Skatteetaten says: ${words}`,
      nb: words,
    },
    range:
      element === null ? { start: 0, end: 0 } : element.children.length > 0 ? element.nameRange : element.valueRange,
    path: element === null ? null : pathOf(element),
    specificationLine: element === null ? null : lineIndexOf(element),
    related: [],
    ...(details === "" ? {} : { details }),
  };
}

function severityOf(verdict: OfficialVerdict): {
  readonly severity: Severity;
  readonly officialSeverity: OfficialSeverity | null;
} {
  switch (verdict) {
    case "ugyldig skattemelding":
      return { severity: "error", officialSeverity: "ugyldig" };
    // "mangelfull" is never counted as accepted.
    case "mangelfull skattemelding":
      return { severity: "error", officialSeverity: null };
    case "avvikende skattemelding":
      return { severity: "warning", officialSeverity: "avvikende" };
    case "ingen avvik":
      return { severity: "information", officialSeverity: null };
  }
}

/** Some answers spell Æ, Ø and Å as AE, OE and AA. */
function identifierKey(identifier: string): string {
  return identifier.normalize("NFC").toUpperCase().replaceAll("Æ", "AE").replaceAll("Ø", "OE").replaceAll("Å", "AA");
}

const rulesByIdentifier = new Map<string, Rule>(
  rules.flatMap((rule) => rule.identifiers.map((identifier) => [identifierKey(identifier), rule] as const)),
);

function ruleByIdentifier(identifier: string): Rule | null {
  return rulesByIdentifier.get(identifierKey(identifier)) ?? null;
}

function isSameMatter(local: Finding, remote: Finding): boolean {
  if (local.rule === null || local.rule !== remote.rule) return false;
  return local.specificationLine === remote.specificationLine || remote.specificationLine === null;
}

/** The rule that the document follows its schema. */
const schemaRule = "R001";

function disagreementsOf(local: DocumentResult, remote: readonly Finding[]): readonly Disagreement[] {
  const violatedHere = new Set(local.findings.filter((f) => f.officialSeverity !== null).map((f) => f.rule));
  const violatedThere = new Set(remote.map((finding) => finding.rule));
  const open = new Set(local.notEvaluated);
  // Who stops at the schema has decided nothing on any other rule.
  const stopsAtSchema = violatedHere.has(schemaRule) || violatedThere.has(schemaRule);
  return rules.flatMap((rule): Disagreement[] => {
    if (stopsAtSchema && rule.number !== schemaRule) return [];
    const here = violatedHere.has(rule.number);
    const there = violatedThere.has(rule.number);
    if (here === there || open.has(rule.number)) return [];
    return [{ rule: rule.number, identifier: rule.identifiers[0] ?? "", local: here ? "violated" : "passed" }];
  });
}

function lineIndexOf(element: XmlElement): number | null {
  const name = vatReturnNames.mvaSpesifikasjonslinje;
  for (let current: XmlElement | null = element; current !== null; current = current.parent) {
    if (current.localName !== name) continue;
    return current.parent === null ? null : childrenNamed(current.parent, name).indexOf(current);
  }
  return null;
}

function joined(details: string | undefined, said: string): string {
  return details === undefined ? `Skatteetaten: ${said}` : `${details}\nSkatteetaten: ${said}`;
}
