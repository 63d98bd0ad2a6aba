import type { Finding, Severity } from "../../validation/finding.ts";
import type { DocumentType, OpenReason, Verdict } from "../../validation/result.ts";
import type { Language, Text, TextRange } from "../../vatReturn/text.ts";
import { excerptOf, printable } from "./excerpt.ts";
import type { JudgedDocument, Outcome, Report } from "./report.ts";
import { wrap } from "./wrap.ts";

export interface TextStyle {
  readonly language: Language;
  readonly colours: boolean;
  /** Terminal columns; lines of the document are cut to them. */
  readonly width: number;
}

const severityWords: Readonly<Record<Severity, Text>> = {
  error: { en: "error", nb: "feil" },
  warning: { en: "warning", nb: "advarsel" },
  information: { en: "note", nb: "opplysning" },
};
/** Not a severity: such a place belongs to the finding before it and is not counted. */
const relatedWord: Text = { en: "see also", nb: "se også" };
const severityColours: Readonly<Record<Severity, Colour>> = { error: "red", warning: "yellow", information: "cyan" };

const verdictWords: Readonly<Record<Verdict, Text>> = {
  valid: { en: "valid", nb: "gyldig" },
  deviating: { en: "deviating", nb: "avvikende" },
  invalid: { en: "invalid", nb: "ugyldig" },
  malformed: { en: "malformed", nb: "ikke velformet" },
  notARecognisedDocument: { en: "not a recognised document", nb: "ikke et kjent dokument" },
};
const verdictColours: Readonly<Record<Verdict, Colour>> = {
  valid: "green",
  deviating: "yellow",
  invalid: "red",
  malformed: "red",
  notARecognisedDocument: "red",
};

const documentWords: Readonly<Record<DocumentType, Text>> = {
  vatReturn: { en: "VAT return", nb: "mva-melding" },
  envelope: { en: "envelope", nb: "konvolutt" },
  validationResult: { en: "validation result", nb: "valideringsresultat" },
  paymentInformation: { en: "payment information", nb: "betalingsinformasjon" },
  submissionStatus: { en: "submission status", nb: "innsendingsstatus" },
};

const colourCodes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 };
type Colour = keyof typeof colourCodes;
const verdictOrder: readonly Verdict[] = ["valid", "deviating", "invalid", "malformed", "notARecognisedDocument"];

/** Findings as a compiler prints them: place, severity, message, the line with a mark under it; a summary at the end. */
export function createTextReport({ language, colours, width }: TextStyle): Report {
  const paint = (colour: Colour, words: string): string =>
    colours ? `\u001b[${String(colourCodes[colour])}m${words}\u001b[0m` : words;
  const verdicts = new Map<Verdict, number>();
  const severities = new Map<Severity, number>();
  const undecided = new Map<OpenReason, Set<string>>();
  const assumptions = new Set<string>();
  let unreadable = 0;

  const mark = (judged: JudgedDocument, range: TextRange, colour: Colour): string => {
    const { line } = judged.lines.position(range.start);
    const gutter = String(line).padStart(5);
    const excerpt = excerptOf(judged.text, judged.lines.line(line), range, Math.max(30, width - gutter.length - 4));
    const underline = " ".repeat(excerpt.indent) + paint(colour, "^".repeat(excerpt.width));
    const bar = paint("blue", "|");
    return `${paint("blue", gutter)} ${bar} ${excerpt.source}\n${" ".repeat(gutter.length)} ${bar} ${underline}\n`;
  };
  const place = (judged: JudgedDocument, range: TextRange): string => {
    const { line, column } = judged.lines.position(range.start);
    return paint("bold", `${nameOf(judged.file, language)}:${String(line)}:${String(column)}:`);
  };
  const describe = (judged: JudgedDocument, finding: Finding): string => {
    const colour = severityColours[finding.severity];
    const number = finding.rule ?? finding.code;
    const severity = paint(colour, `${severityWords[finding.severity][language]}[${number}]`);
    let words = `${place(judged, finding.range)} ${severity}: ${printable(finding.message[language])}\n`;
    words += mark(judged, finding.range, colour);
    for (const { range, message } of finding.related.slice(0, relatedShown))
      words += `${place(judged, range)} ${paint("cyan", relatedWord[language])}: ${printable(message[language])}\n${mark(judged, range, "cyan")}`;
    const more = finding.related.length - relatedShown;
    if (more > 0)
      words += `${" ".repeat(6)}${language === "nb" ? `… og ${more} steder til` : `… and ${more} more places`}\n`;
    return `${words}\n`;
  };

  return {
    begin: () => "",
    document(judged) {
      const { result, file } = judged;
      count(verdicts, result.verdict);
      for (const finding of result.findings) count(severities, finding.severity);
      if (result.verdict !== "malformed") collectUndecided(undecided, result);
      for (const assumption of result.assumptions) assumptions.add(assumption[language]);
      const verdict = paint(verdictColours[result.verdict], verdictWords[result.verdict][language]);
      const unchecked = result.verdict === "malformed" ? notChecked[language] : "";
      const facts = aboutDocument(judged, language);
      const findings = result.findings.map((finding) => describe(judged, finding)).join("");
      return `${findings}${nameOf(file, language)}: ${verdict}${unchecked}${facts === "" ? "" : paint("dim", ` (${facts})`)}\n`;
    },
    failure() {
      unreadable++;
      return "";
    },
    end: (outcome) => {
      const lines = [summaryLine(verdicts, severities, unreadable, outcome, language)];
      for (const reason of openReasons) {
        const rules = undecided.get(reason);
        if (rules !== undefined) lines.push(undecidedLine(reason, rules, language));
      }
      if (assumptions.size > 0) lines.push(language === "nb" ? "Forutsatt:" : "Assumed:");
      for (const assumption of assumptions) lines.push(`- ${assumption}`);
      return `\n${lines.flatMap((line) => wrap(line, width)).join("\n")}\n`;
    },
  };
}

/** Behind the verdict of a document that only its XML was looked at. */
const notChecked: Text = { en: ", schema and rules not checked", nb: ", skjema og regler ikke kontrollert" };

/** Related places beyond these are counted only: a sum may have ten thousand lines. */
const relatedShown = 3;

function nameOf(file: string, language: Language): string {
  return file === "-" ? (language === "nb" ? "<standard inndata>" : "<standard input>") : printable(file);
}

function aboutDocument({ result }: JudgedDocument, language: Language): string {
  const parts: string[] = [];
  if (result.documentType !== null) parts.push(documentWords[result.documentType][language]);
  const { summary } = result;
  if (summary !== null) {
    const { category, period, organisationNumber, lines } = summary;
    for (const part of [category, period, organisationNumber]) if (part !== null) parts.push(printable(part));
    parts.push(numbered(lines, language, { en: ["line", "lines"], nb: ["linje", "linjer"] }));
  }
  return parts.join(", ");
}

function summaryLine(
  verdicts: ReadonlyMap<Verdict, number>,
  severities: ReadonlyMap<Severity, number>,
  unreadable: number,
  { leftOut, interrupted }: Outcome,
  language: Language,
): string {
  const judged = [...verdicts.values()].reduce((sum, number) => sum + number, 0);
  const byVerdict = verdictOrder.flatMap((verdict) => {
    const number = verdicts.get(verdict);
    return number === undefined ? [] : [`${number} ${verdictWords[verdict][language]}`];
  });
  const parts = [
    numbered(judged, language, { en: ["document", "documents"], nb: ["dokument", "dokumenter"] }) +
      (byVerdict.length === 0 ? "" : `: ${byVerdict.join(", ")}`),
    [
      numbered(severities.get("error") ?? 0, language, { en: ["error", "errors"], nb: ["feil", "feil"] }),
      numbered(severities.get("warning") ?? 0, language, {
        en: ["warning", "warnings"],
        nb: ["advarsel", "advarsler"],
      }),
      numbered(severities.get("information") ?? 0, language, {
        en: ["note", "notes"],
        nb: ["opplysning", "opplysninger"],
      }),
    ].join(", "),
  ];
  if (unreadable > 0)
    parts.push(language === "nb" ? `${unreadable} kunne ikke leses` : `${unreadable} could not be read`);
  if (leftOut > 0)
    parts.push(
      language === "nb"
        ? `utelatt: ${numbered(leftOut, language, { en: ["", ""], nb: ["annen fil", "andre filer"] })}`
        : `left out: ${numbered(leftOut, language, { en: ["other file", "other files"], nb: ["", ""] })}`,
    );
  if (interrupted) parts.push(language === "nb" ? "avbrutt" : "interrupted");
  return `${parts.join("; ")}.`;
}

const openReasons: readonly OpenReason[] = ["registers", "setting", "unreadable"];

function collectUndecided(
  undecided: Map<OpenReason, Set<string>>,
  { notEvaluated, notEvaluatedBecause }: JudgedDocument["result"],
): void {
  for (const rule of notEvaluated) {
    const reason = notEvaluatedBecause[rule] ?? "registers";
    undecided.set(reason, (undecided.get(reason) ?? new Set()).add(rule));
  }
}

function undecidedLine(reason: OpenReason, undecided: ReadonlySet<string>, language: Language): string {
  const rules = numbered(undecided.size, language, { en: ["rule", "rules"], nb: ["regel", "regler"] });
  const list = [...undecided].sort().join(", ");
  switch (reason) {
    case "registers":
      return language === "nb"
        ? `${rules} ble ikke avgjort her og kontrolleres av Skatteetaten: ${list}.`
        : `${rules} not decided here, left to Skatteetaten: ${list}.`;
    case "setting":
      return language === "nb"
        ? `${rules} ble ikke avgjort fordi et valg mangler (se mva validate --help): ${list}.`
        : `${rules} not decided for want of an option (see mva validate --help): ${list}.`;
    case "unreadable":
      return language === "nb"
        ? `${rules} kunne ikke avgjøres fordi verdier mangler eller ikke kan leses: ${list}.`
        : `${rules} not decided because values are missing or can't be read: ${list}.`;
  }
}

function numbered(number: number, language: Language, words: Record<Language, readonly [string, string]>): string {
  return `${number} ${words[language][number === 1 ? 0 : 1]}`;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
