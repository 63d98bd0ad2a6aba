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
    "A quick fix is preferred, and may be applied to all findings of its kind at once, only where the rest of the return leaves no doubt what was meant. A basis that is worked out from its VAT is a first guess, and is left for you to look at.",
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
  "choose-value": "offers the legal values that go with the rest, the likeliest first",
  "drop-decimals": "drops the decimals",
  "remove-elements": "removes the superfluous elements",
  "add-elements": "adds the missing elements: the rate of the code, and a basis to be checked or filled in",
  "add-or-remove-elements": "adds the missing element, or removes the one that stands alone",
  "add-remark": "adds a remark: one of those that fit code, specification and sign, or free text",
  "add-counterpart-line": "adds a line for the other side of the code to each that lacks it, to be checked",
  "set-period-type": "puts in the right kind of period, with the values that overlap the one given",
};

/** What the fix of a rule does where that is not what its kind does elsewhere. */
const ownFixTexts: Readonly<Record<string, string>> = {
  R001: "offers what the schema would have: a legal value, the right name, place or namespace, the missing element",
  R003: "offers the rate of the code, or the codes that the rate belongs to where the VAT fits it",
  R018: "sets the total to the sum of the lines",
  R019: "sets the VAT to basis × rate",
  R051: "puts in the organisation number of the reporting unit",
  R084: "sets the total to 0",
  R100: "sets the total to 0",
  R107: "sets the total to 0",
  R101: "puts in the code for those outside the VAT register",
  R116: "adds the missing elements, takes the specification away, or offers the codes that have it",
  R122: "lets basis and VAT change places, or sets the VAT to basis × rate",
  R124: "adds kompensasjonsrett, or offers the code for purchases without right to compensation",
  R127: "sets the VAT to basis × rate",
};

function quickFixText(rule: Rule): string {
  if (rule.quickFix === null) return `none: ${rule.whyNoQuickFix?.en ?? ""}`;
  return ownFixTexts[rule.number] ?? quickFixTexts[rule.quickFix];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
