import type { Language } from "../../vatReturn/text.ts";
import { decidedFrom, headings, officialPages, scopeOf, severityTexts } from "./explain.ts";
import { hints } from "./hints.ts";
import { rules } from "./index.ts";
import type { QuickFixKind, Rule } from "./rule.ts";

/** The pages of docs/rules by file name: one for each rule, and README.md with the table of all. */
export function rulePages(): ReadonlyMap<string, string> {
  const pages = new Map(rules.map((rule) => [`${rule.number}.md`, rulePage(rule)]));
  pages.set("README.md", overviewPage());
  return pages;
}

const languageNames: Readonly<Record<Language, string>> = { en: "English", nb: "Bokmål" };

function rulePage(rule: Rule): string {
  const facts: readonly (readonly [string, string])[] = [
    ["Severity", severityTexts[rule.severity].en],
    ["Applies to", scopeOf(rule).en],
    ["Identifier", rule.identifiers.map((identifier) => `\`${identifier}\``).join(", ")],
    ["Category", `\`${rule.category}\``],
    ["Points at", `\`${cell(rule.pointsTo)}\``],
    ["Decided from", decidedFrom(rule).en],
    ["Quick fix", quickFixText(rule)],
  ];
  return [
    `# ${rule.number}: ${rule.title.en}`,
    "",
    "| | |",
    "| --- | --- |",
    ...facts.map(([name, value]) => `| ${name} | ${value} |`),
    "",
    ...languageSection(rule, "en"),
    ...languageSection(rule, "nb"),
    "[All rules](README.md)",
    "",
  ].join("\n");
}

function languageSection(rule: Rule, language: Language): string[] {
  const links = officialPages(rule, language).map(({ title, url }) => `- [${title[language]}](${url})`);
  return [
    `## ${languageNames[language]}`,
    "",
    ...(language === "nb" ? [`**${rule.title.nb}.**`, "", `${upper(severityTexts[rule.severity].nb)}.`, ""] : []),
    `### ${headings.wants[language]}`,
    "",
    rule.wants[language],
    "",
    `### ${headings.fix[language]}`,
    "",
    rule.howToFix[language],
    "",
    ...(rule.reading === null ? [] : [`### ${headings.reading[language]}`, "", rule.reading[language], ""]),
    `### ${headings.official[language]}`,
    "",
    ...links,
    "",
  ];
}

function overviewPage(): string {
  return [
    "# Rules",
    "",
    `The ${rules.length} active rules that Skatteetaten publishes for VAT returns, as this project checks them offline.`,
    "A rule that could not be decided is listed as not evaluated, never as passed. *Taxpayer facts* is a file that you may keep with what the authority's registers hold of an organisation.",
    "",
    "| Rule | Title | Severity | Applies to | Decided from | Quick fix |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rules.map((rule) =>
      [
        "",
        ` [${rule.number}](${rule.number}.md) `,
        ` ${cell(rule.title.en)} `,
        ` ${rule.severity === "ugyldig" ? "refused" : "deviating"} `,
        ` ${cell(scopeOf(rule).en)} `,
        ` ${cell(decidedFrom(rule).en)} `,
        ` ${cell(quickFixText(rule))} `,
        "",
      ].join("|"),
    ),
    "",
    "## Hints",
    "",
    "Some findings come from no published rule. They are information only and never change the verdict.",
    "",
    "| Code | What it means | Near |",
    "| --- | --- | --- |",
    ...hints.map((hint) => `| \`${hint.code}\` | ${cell(hint.title.en)} | [${hint.near}](${hint.near}.md) |`),
    "| `period-still-open` | The period is still running, and a registered exception would decide | [R059](R059.md), [R060](R060.md), [R120](R120.md), [R135](R135.md) |",
    "",
  ].join("\n");
}

/** What each kind of quick fix does. */
const quickFixTexts: Readonly<Record<QuickFixKind, string>> = {
  "set-value": "puts in the value that follows from the rest",
  "choose-value": "offers the legal values, the likeliest first",
  "drop-decimals": "drops the decimals",
  "remove-elements": "removes the superfluous elements",
  "add-elements": "adds the missing elements, with the rate of the code and the basis that the VAT belongs to",
  "add-or-remove-elements": "adds the missing element, or removes the one that stands alone",
  "add-remark": "adds a remark: one of those that fit the line, or free text",
  "add-counterpart-line": "adds the line for the other side of the code",
  "set-period-type": "puts in the right kind of period, with the values that cover the one given",
};

function quickFixText(rule: Rule): string {
  if (rule.quickFix === null) return `none: ${rule.whyNoQuickFix?.en ?? ""}`;
  return rule.number === "R001"
    ? "offers what the schema would have: a legal value, the right name, place or namespace, the missing element"
    : quickFixTexts[rule.quickFix];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
