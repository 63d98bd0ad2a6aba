import { readFactsText } from "../../validation/factsText.ts";
import type { Finding } from "../../validation/finding.ts";
import { applyFix, Fixes } from "../../validation/fixes/index.ts";
import type { Fix, TextEdit } from "../../validation/fixes/index.ts";
import type { DocumentType } from "../../validation/result.ts";
import { explainRule } from "../../validation/rules/explain.ts";
import { rules } from "../../validation/rules/index.ts";
import { loadSchemaEngine } from "../../validation/schema/schemaEngine.ts";
import { readSchema } from "../../validation/schema/schemaFiles.ts";
import { readSchemaModel, type SchemaModel } from "../../validation/schema/schemaModel.ts";
import { createValidator, type Validator } from "../../validation/validator.ts";
import { LineIndex } from "../../vatReturn/lineIndex.ts";
import { parseXml } from "../../vatReturn/scanner.ts";
import type { TextRange } from "../../vatReturn/text.ts";
import { completionsAt } from "../../validation/help/completions.ts";
import { hoverAt } from "../../validation/help/hover.ts";
import type { PlacedFinding, PlacedRange } from "./protocol.ts";
import type {
  Answer,
  ExplainQuestion,
  FactsAnswer,
  FactsQuestion,
  FixAllQuestion,
  FixesQuestion,
  PlacedCompletion,
  PlacedEdit,
  PlacedFix,
  PlacedHover,
  PlaceQuestion,
  Question,
} from "./questions.ts";

/** Mechanical fixes come to rest after two or three rounds; a limit keeps a mistake from going on for ever. */
const mostRounds = 10;

/** @returns what answers the questions of the extension host; schemas are read when a question first needs them. */
export function createAnswerer(): (question: Question) => Promise<Answer> {
  const models = new Map<DocumentType, SchemaModel>();
  const modelOf = (type: DocumentType): SchemaModel => {
    const model = models.get(type) ?? readSchemaModel(readSchema(type));
    models.set(type, model);
    return model;
  };
  let validator: Promise<Validator> | null = null;
  return async (question) => {
    switch (question.kind) {
      case "fixes":
        return placedFixes(question, modelOf);
      case "fixAll":
        validator ??= loadSchemaEngine().then(createValidator);
        return allMechanical(question, await validator, modelOf);
      case "explain":
        return explanation(question);
      case "rules":
        return rules.map(({ number, title }) => ({ rule: number, title: title[question.language] }));
      case "facts":
        return factsIn(question);
      case "hover":
        return hover(question, modelOf);
      case "completions":
        return completions(question, modelOf);
    }
  };
}

type ModelOf = (type: DocumentType) => SchemaModel;

function placedFixes(
  { text, findings, chosen, language, today }: FixesQuestion,
  modelOf: ModelOf,
): readonly PlacedFix[] {
  const lines = new LineIndex(text);
  const fixes = new Fixes(parseXml(text), modelOf, today);
  const all = findings.map((finding) => unplaced(finding, lines));
  const result = new Map<string, PlacedFix>();
  const add = (fix: Fix, index: number, ofKind: boolean): void => {
    const title = fix.title[language];
    const key = JSON.stringify([title, fix.edits]);
    const known = result.get(key);
    // The schema and a rule may object to the same value, and want the same.
    result.set(key, {
      title,
      findings: [...(known?.findings ?? []), index],
      edits: fix.edits.map((edit) => placeEdit(edit, lines)),
      placeholders: placeholdersAfter(text, fix.edits),
      preferred: fix.preferred || known?.preferred === true,
      ofKind,
    });
  };
  const mended = chosen.flatMap((index) => {
    const finding = all[index];
    return finding === undefined ? [] : [{ index, finding }];
  });
  for (const { index, finding } of mended) for (const fix of fixes.of(finding)) add(fix, index, false);
  for (const { index, finding } of mended) {
    const ofKind = fixes.ofKind(finding, all);
    if (ofKind !== null) add(ofKind, index, true);
  }
  return [...result.values()];
}

function placeholdersAfter(text: string, edits: readonly TextEdit[]): readonly PlacedRange[] {
  if (edits.every(({ placeholders }) => placeholders === undefined)) return [];
  const lines = new LineIndex(applyFix(text, edits));
  let shift = 0;
  const found: PlacedRange[] = [];
  for (const { start, end, newText, placeholders = [] } of edits) {
    for (const place of placeholders) {
      found.push(placeRange({ start: start + shift + place.start, end: start + shift + place.end }, lines));
    }
    shift += newText.length - (end - start);
  }
  return found;
}

function allMechanical(
  { text, options }: FixAllQuestion,
  validator: Validator,
  modelOf: ModelOf,
): readonly PlacedEdit[] {
  let mended = text;
  for (let round = 0; round < mostRounds; round++) {
    const { findings } = validator.validate(mended, options);
    const fix = new Fixes(parseXml(mended), modelOf, options.today).mechanical(findings);
    if (fix === null) break;
    mended = applyFix(mended, fix.edits);
  }
  return mended === text ? [] : [placeEdit(difference(text, mended), new LineIndex(text))];
}

/** The one stretch in which two texts differ. */
function difference(from: string, to: string): TextEdit {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from.charCodeAt(start) === to.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && from.charCodeAt(from.length - 1 - same) === to.charCodeAt(to.length - 1 - same)) {
    same++;
  }
  return { start, end: from.length - same, newText: to.slice(start, to.length - same) };
}

function explanation({ rule, finding, language }: ExplainQuestion): string {
  return finding === null ? explainRule(rule, language) : explainRule(rule, language, unplaced(finding, null));
}

function factsIn({ text, language }: FactsQuestion): FactsAnswer {
  const lines = new LineIndex(text);
  const { facts, organisations, problems, warnings } = readFactsText(text);
  return {
    facts,
    organisations: organisations.map(({ organisationNumber, range }) => ({
      organisationNumber,
      range: placeRange(range, lines),
    })),
    problems: [...problems, ...warnings].map(({ range, message }) => ({
      range: placeRange(range, lines),
      message: message[language],
    })),
  };
}

function hover({ text, position, language }: PlaceQuestion<"hover">, modelOf: ModelOf): PlacedHover | null {
  const lines = new LineIndex(text);
  const found = hoverAt(parseXml(text), offsetOf(position, lines), modelOf);
  return found === null ? null : { markdown: found.text[language], range: placeRange(found.range, lines) };
}

function completions(
  { text, position, language, today }: PlaceQuestion<"completions">,
  modelOf: ModelOf,
): readonly PlacedCompletion[] {
  const lines = new LineIndex(text);
  return completionsAt(parseXml(text), offsetOf(position, lines), modelOf, today).map((item) => ({
    label: item.label,
    detail: item.detail[language],
    documentation: item.documentation[language],
    insert: item.insert,
    range: placeRange(item.range, lines),
    kind: item.kind,
  }));
}

function offsetOf([line, character]: readonly [number, number], lines: LineIndex): number {
  return lines.offset({ line: line + 1, column: character + 1 });
}

/** A finding as the core knows it. @param lines null where its place is of no interest */
function unplaced(finding: PlacedFinding, lines: LineIndex | null): Finding {
  const [startLine, startCharacter, endLine, endCharacter] = finding.range;
  const { source, rule, code, severity, officialSeverity, message, path, specificationLine, data } = finding;
  const range =
    lines === null
      ? { start: 0, end: 0 }
      : { start: offsetOf([startLine, startCharacter], lines), end: offsetOf([endLine, endCharacter], lines) };
  return {
    source,
    rule,
    code,
    severity,
    officialSeverity,
    message: { en: message, nb: message },
    range,
    path,
    specificationLine,
    related: [],
    ...(data === null ? {} : { data }),
  };
}

function placeEdit(edit: TextEdit, lines: LineIndex): PlacedEdit {
  return { range: placeRange(edit, lines), newText: edit.newText };
}

function placeRange(range: TextRange, lines: LineIndex): PlacedRange {
  const start = lines.position(range.start);
  const end = lines.position(range.end);
  return [start.line - 1, start.column - 1, end.line - 1, end.column - 1];
}
