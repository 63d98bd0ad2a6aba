import { documentationUrl } from "../validation/rules/explain.ts";
import { rules } from "../validation/rules/index.ts";
import type { SarifRule } from "./report/sarifReport.ts";

/** What a SARIF log says of each published rule. */
export function sarifRules(): readonly SarifRule[] {
  return rules.map((rule) => ({
    id: rule.number,
    name: rule.identifiers[0] ?? rule.number,
    summary: rule.title,
    severity: rule.severity === "ugyldig" ? "error" : "warning",
    helpUri: documentationUrl(rule.number),
  }));
}
