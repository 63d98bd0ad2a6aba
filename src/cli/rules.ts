import type { Language, Text } from "../vatReturn/text.ts";
import { ruleOverview } from "../validation/rules/explain.ts";
import { rules } from "../validation/rules/index.ts";
import type { Rule, RuleEvaluation } from "../validation/rules/rule.ts";
import { write } from "./output.ts";

const evaluationWords: Readonly<Record<RuleEvaluation, Text>> = {
  always: { en: "decided", nb: "avgjøres" },
  partly: { en: "partly", nb: "delvis" },
  withFacts: { en: "with facts", nb: "med fakta" },
  never: { en: "not here", nb: "ikke her" },
};

/** `mva rules`: every active rule and how far it is decided here. */
export async function listRules(format: "text" | "json", language: Language): Promise<number> {
  await write(format === "json" ? `${JSON.stringify(ruleOverview(), null, 2)}\n` : ruleTable(rules, language));
  return 0;
}

function ruleTable(listed: readonly Rule[], language: Language): string {
  const rows = listed.map((rule) => [
    rule.number,
    rule.severity,
    evaluationWords[rule.evaluated][language],
    rule.title[language],
  ]);
  const head = language === "nb" ? ["Regel", "Alvor", "Her", "Hva"] : ["Rule", "Severity", "Here", "What"];
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const count = language === "nb" ? `${listed.length} regler.` : `${listed.length} rules.`;
  return `${lines.join("\n")}\n\n${count}\n`;
}
