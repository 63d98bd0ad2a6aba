import type { LiveStep } from "../services/idPorten/liveCheck.ts";
import type { Severity } from "../validation/finding.ts";
import type { IntegrationFinding } from "./checkText.ts";

const severities: Readonly<Record<LiveStep["outcome"], Severity>> = {
  ok: "information",
  unknown: "information",
  warning: "warning",
  failed: "error",
};

/** What came of a live check, among the findings of a file. It stands at no place in it. */
export function liveFinding({ step, outcome, text, problem }: LiveStep): IntegrationFinding {
  return {
    source: "integration",
    rule: null,
    code: problem === null ? `live-${step}-${outcome}` : `live-${kebab(problem.code)}`,
    severity: severities[outcome],
    officialSeverity: null,
    message: text,
    range: { start: 0, end: 0 },
    path: null,
    specificationLine: null,
    related: [],
    fixes: [],
  };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
