import { categoryLabels } from "../../codeLists/returnCategories.ts";
import type { Language, Text } from "../../vatReturn/text.ts";
import type { Finding, OfficialSeverity } from "../finding.ts";
import { optionDescriptions } from "../options.ts";
import type { ValidationOptions } from "../options.ts";
import { hints } from "./hints.ts";
import { ruleByNumber, rules } from "./index.ts";
import type { CheckedCategory, Rule } from "./rule.ts";

/**
 * Where this project's rule pages are read on the web; for terminals and SARIF, the editor opens those it carries. A
 * setting of the project: whoever publishes it from another repository changes this line and no other.
 */
const documentationRoot = "https://github.com/mva-melding/mva-melding/blob/main/docs/rules";
/** Where the authority publishes its rules. */
const officialRoot = "https://skatteetaten.github.io/mva-meldingen";

/** What `mva rules --format json` says of a rule. */
export interface RuleOverview {
  readonly rule: string;
  readonly identifiers: readonly string[];
  readonly severity: OfficialSeverity;
  readonly category: string;
  readonly appliesTo: readonly string[];
  readonly needs: string;
  readonly evaluated: string;
  readonly quickFix: string | null;
}

/** Every active rule, by number. */
export function ruleOverview(): readonly RuleOverview[] {
  return rules.map(({ number, identifiers, severity, category, appliesTo, needs, evaluated, quickFix }) => ({
    rule: number,
    identifiers,
    severity,
    category,
    appliesTo,
    needs,
    evaluated,
    quickFix,
  }));
}

/** The page that a finding's link opens. @param rule null for hints that no published rule covers. */
export function documentationUrl(rule: string | null): string {
  return rule === null || ruleByNumber(rule) === null
    ? `${documentationRoot}/README.md`
    : `${documentationRoot}/${rule}.md`;
}

/** The authority's pages that print the rule, by the kind of return they are about. */
export function officialPages(
  rule: Rule,
  language: Language,
): readonly { readonly title: Text; readonly url: string }[] {
  const suffix = language === "en" ? "_eng" : "";
  return officialBooks
    .filter(({ categories }) => rule.appliesTo.some((category) => categories.includes(category)))
    .map(({ folder, title }) => ({ title, url: `${officialRoot}/${folder}${suffix}/forretningsregler/` }));
}

const officialBooks: readonly { categories: readonly CheckedCategory[]; folder: string; title: Text }[] = [
  {
    categories: ["alminnelig", "primaernaering"],
    folder: "mvameldingen",
    title: { en: "ordinary returns", nb: "ordinære meldinger" },
  },
  {
    categories: ["kompensasjon"],
    folder: "kompensasjon",
    title: { en: "compensation claims", nb: "kompensasjonskrav" },
  },
  {
    categories: ["omvendtAvgiftsplikt"],
    folder: "omvendt",
    title: { en: "reverse charge", nb: "omvendt avgiftsplikt" },
  },
];

export const severityTexts: Readonly<Record<OfficialSeverity, Text>> = {
  ugyldig: {
    en: "refused (ugyldig): the return can't be submitted until this is corrected",
    nb: "ugyldig: meldingen kan ikke sendes inn før dette er rettet",
  },
  avvikende: {
    en: "deviating (avvikende): the return is accepted with a remark, and the authority may follow it up",
    nb: "avvikende: meldingen tas imot med en anmerkning, og Skatteetaten kan følge den opp",
  },
};

/** From what the rule is decided, in words. */
export function decidedFrom(rule: Rule): Text {
  const asks = (name: keyof ValidationOptions): boolean =>
    optionDescriptions.some((option) => option.name === name && option.rules.includes(rule.number));
  const readable: Text = asks("today")
    ? { en: "the document and the date", nb: "dokumentet og datoen" }
    : { en: "the document", nb: "dokumentet" };
  const facts: Text = asks("facts") ? { en: "taxpayer facts", nb: "skattyterfakta" } : { en: "", nb: "" };
  const options = optionsOf(rule);
  switch (rule.evaluated) {
    case "always":
      return joined(" ", readable, options);
    case "withFacts":
    case "never":
      return joined(" ", facts, options);
    case "partly": {
      const running: Text = { en: "its period has ended or not begun", nb: "perioden er slutt eller ikke begynt" };
      const where = rule.clearedWhere ?? running;
      const rest = facts.en === "" ? { en: "an option", nb: "et valg" } : facts;
      return joined(
        "; ",
        joined(" ", readable, { en: `where ${where.en}`, nb: `når ${where.nb}` }),
        joined(" ", { en: "otherwise", nb: "ellers" }, rest, options),
      );
    }
  }
}

/** The options that a rule asks, in brackets, and what their defaults do. */
function optionsOf({ number }: Rule): Text {
  const elsewhere: readonly string[] = ["today", "facts", "tolerance"];
  const names = optionDescriptions
    .filter(({ name, rules: decided }) => !elsewhere.includes(name) && decided.includes(number))
    .map(({ name }) => name);
  if (names.length === 0) return { en: "", nb: "" };
  const list = names.map((name) => `\`${name}\``).join(", ");
  return names.includes("firstSubmission")
    ? {
        en: `(options: ${list}; where a default decides, the finding and the assumptions say so)`,
        nb: `(valg: ${list}; der en standard avgjør, sier funnet og forutsetningene det)`,
      }
    : { en: `(options: ${list})`, nb: `(valg: ${list})` };
}

function joined(separator: string, ...parts: readonly Text[]): Text {
  const words = (language: Language): string =>
    parts
      .map((part) => part[language])
      .filter((part) => part !== "")
      .join(separator);
  return { en: words("en"), nb: words("nb") };
}

/** For whom the rule holds, in words. */
export function scopeOf(rule: Rule): Text {
  const labels = rule.appliesTo.map((category) => categoryLabels[category]);
  return { en: labels.map(({ en }) => en).join(", "), nb: labels.map(({ nb }) => nb).join(", ") };
}

/** Headings and phrases of explanations and pages. */
export const headings = {
  here: { en: "Why it speaks here", nb: "Hvorfor den slår til her" },
  wants: { en: "What the rule wants", nb: "Hva regelen krever" },
  fix: { en: "How to fix it", nb: "Slik retter du" },
  consequence: { en: "Consequence", nb: "Konsekvens" },
  reading: { en: "The reading taken here", nb: "Tolkningen som er lagt til grunn" },
  official: { en: "The authority's own rules", nb: "Skatteetatens egne regler" },
  unknown: { en: "There is no active rule", nb: "Det finnes ingen aktiv regel" },
  hint: {
    en: "This is a hint: no published rule covers it, and it does not change the verdict.",
    nb: "Dette er et tips: Ingen publisert regel dekker det, og det påvirker ikke resultatet.",
  },
  open: {
    en: "The rule could not be decided from what is known here.",
    nb: "Regelen kunne ikke avgjøres ut fra det som er kjent her.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/**
 * Explains a rule as Markdown: what it wants, how to fix it, severity and consequence, the reading taken, and where
 * the authority prints it; with a finding, also why it speaks there, with the numbers put in.
 * @param number such as `R018`; null for a hint
 */
export function explainRule(number: string | null, language: Language, finding?: Finding): string {
  const rule = number === null ? null : ruleByNumber(number);
  if (rule === null) return explainWithoutRule(number, language, finding);
  const section = (heading: Text, body: string): string => `## ${heading[language]}\n\n${body}\n`;
  const links = officialPages(rule, language).map(({ title, url }) => `- [${title[language]}](${url})`);
  return [
    `# ${rule.number} · ${rule.title[language]}\n`,
    ...(finding === undefined ? [] : [section(headings.here, whyHere(finding, language))]),
    section(headings.wants, rule.wants[language]),
    section(headings.fix, rule.howToFix[language]),
    section(headings.consequence, capitalised(severityTexts[rule.severity][language]) + "."),
    ...(rule.reading === null ? [] : [section(headings.reading, rule.reading[language])]),
    section(headings.official, links.join("\n")),
    `\`${rule.identifiers.join("`, `")}\`\n`,
  ].join("\n");
}

function explainWithoutRule(number: string | null, language: Language, finding: Finding | undefined): string {
  if (finding === undefined) {
    return number === null ? `${headings.hint[language]}\n` : `${headings.unknown[language]} ${number}.\n`;
  }
  const hint = hints.find(({ code }) => code === finding.code);
  const near = hint === undefined ? null : ruleByNumber(hint.near);
  return [
    `# ${hint?.title[language] ?? finding.code}\n`,
    `${whyHere(finding, language)}\n`,
    ...(finding.source === "rule" ? [`${headings.hint[language]}\n`] : []),
    ...(near === null ? [] : [`## ${near.number} · ${near.title[language]}\n\n${near.wants[language]}\n`]),
  ].join("\n");
}

function whyHere(finding: Finding, language: Language): string {
  const open = finding.rule !== null && finding.source === "rule" && finding.officialSeverity === null;
  return [
    finding.message[language],
    ...(open ? [headings.open[language]] : []),
    ...(finding.path === null ? [] : [`\`${finding.path}\``]),
  ].join("\n\n");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
