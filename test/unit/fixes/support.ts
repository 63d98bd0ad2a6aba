import assert from "node:assert/strict";
import type { Finding } from "../../../src/validation/finding.ts";
import type { Fix } from "../../../src/validation/fixes/index.ts";
import { applyFix, Fixes } from "../../../src/validation/fixes/index.ts";
import type { ValidationOptions } from "../../../src/validation/options.ts";
import type { DocumentResult, DocumentType } from "../../../src/validation/result.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { readSchema } from "../../../src/validation/schema/schemaFiles.ts";
import { readSchemaModel, type SchemaModel } from "../../../src/validation/schema/schemaModel.ts";
import { createValidator, type Validator } from "../../../src/validation/validator.ts";
import { formatDecimal, parseDecimal } from "../../../src/vatReturn/decimal.ts";
import { elementByPath } from "../../../src/vatReturn/navigate.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import type { XmlElement } from "../../../src/vatReturn/xml.ts";
import { isConsequence, kindOf } from "./consequences.ts";

export const today = "2026-06-15";

const models = new Map<DocumentType, SchemaModel>();

export function modelOf(type: DocumentType): SchemaModel {
  const model = models.get(type) ?? readSchemaModel(readSchema(type));
  models.set(type, model);
  return model;
}

export async function loadValidator(): Promise<Validator> {
  return createValidator(await loadSchemaEngine());
}

export function fixesFor(text: string): Fixes {
  return new Fixes(parseXml(text), modelOf, today);
}

/** Edits are in order, inside the document and apart, and placeholders lie in the new text. */
export function assertWellMade(fix: Fix, text: string, what: string): void {
  assert.notEqual(fix.edits.length, 0, `${what}: "${fix.title.en}" changes nothing`);
  assert.ok(fix.title.en !== "" && fix.title.nb !== "");
  // A document may hold those words itself.
  const isStrange = /undefined|NaN|<>/.exec(fix.title.en + fix.title.nb)?.[0];
  assert.ok(isStrange === undefined || text.includes(isStrange), `${what}: "${fix.title.en}"`);
  let end = 0;
  for (const [index, edit] of fix.edits.entries()) {
    const apart = index === 0 || edit.start >= end;
    assert.ok(apart && edit.start <= edit.end && edit.end <= text.length, `${what}: "${fix.title.en}"`);
    assert.doesNotMatch(edit.newText, /[\uE000\uE001]/);
    for (const place of edit.placeholders ?? []) {
      assert.ok(place.start <= place.end && place.end <= edit.newText.length);
    }
    ({ end } = edit);
  }
  assert.notEqual(applyFix(text, fix.edits), text, `${what}: "${fix.title.en}" leaves the text as it is`);
}

/** What makes two findings the same complaint, wherever a fix has moved it. */
export function complaint({ source, rule, code, data, path }: Finding): string {
  const kind = `${data?.["kind"] ?? ""} ${data?.["reason"] ?? ""}`;
  const name = (path ?? "").replace(/\[\d+\]/g, "");
  return `${source} ${rule ?? ""} ${code} ${source === "rule" ? "" : kind} ${name}`;
}

/** The same, wherever on its line a rule points. */
function complaintOnLine(finding: Finding): string {
  const { source, rule, specificationLine } = finding;
  return source === "rule" && specificationLine !== null ? `${rule ?? ""} on a line` : complaint(finding);
}

function count(complaints: readonly string[], wanted: string): number {
  return complaints.filter((each) => each === wanted).length;
}

/**
 * After the fix the complaint is heard once less often, nothing outside its place has changed, and nothing is newly
 * complained of: by the schema, or by a rule that had been evaluated before, but for the named consequences.
 */
export function assertMends(
  validator: Validator,
  text: string,
  finding: Finding,
  fix: Fix,
  options: ValidationOptions,
  before: DocumentResult,
): string {
  const mended = applyFix(text, fix.edits);
  const after = validator.validate(mended, options).findings;
  const what = describe(finding, fix, text, mended);
  const wanted = complaint(finding);
  const [had, has] = [before.findings.map(complaint), after.map(complaint)];
  assert.ok(count(has, wanted) < count(had, wanted), `The finding is still there after ${what}`);
  assertOnlyThere(text, finding, fix, what);
  for (const each of unexpected(finding, fix, options, before, after))
    assert.fail(`${kindOf(each)} is new after ${what}`);
  return mended;
}

/** The new findings that are none of the named consequences of a fix. */
export function unexpected(
  finding: Finding,
  fix: Fix,
  options: ValidationOptions,
  before: DocumentResult,
  after: readonly Finding[],
): readonly Finding[] {
  const circumstances = { isStrict: options.tolerance === "strict", isOnlyTrouble: isOnlyTrouble(finding, before) };
  return newFindings(before, after).filter((each) => !isConsequence(each, finding, fix, circumstances));
}

/** Whether no other rule has anything against the line. */
function isOnlyTrouble(finding: Finding, { findings }: DocumentResult): boolean {
  return (
    finding.specificationLine === null ||
    findings.every(
      ({ specificationLine, officialSeverity, rule }) =>
        specificationLine !== finding.specificationLine || officialSeverity === null || rule === finding.rule,
    )
  );
}

/** After the fix of all findings of a kind, they are fewer by as many as it says, and nothing is new. */
export function assertMendsAll(
  validator: Validator,
  text: string,
  finding: Finding,
  fix: Fix,
  options: ValidationOptions,
  before: DocumentResult,
): void {
  const mended = applyFix(text, fix.edits);
  const after = validator.validate(mended, options).findings;
  const what = describe(finding, fix, text, mended);
  const promised = Number(/\d+/.exec(fix.title.en)?.[0]);
  const ofKind = (findings: readonly Finding[]): number =>
    findings.filter((each) => each.code === finding.code && kindOf(each) === kindOf(finding)).length;
  assert.ok(promised >= 2, what);
  // That hint names one amount of a line at a time.
  if (finding.code !== "amount-with-zero-decimals") {
    assert.ok(ofKind(after) <= ofKind(before.findings) - promised, `Not all are gone after ${what}`);
  }
  for (const each of unexpected(finding, { ...fix, preferred: true }, options, before, after)) {
    assert.fail(`${kindOf(each)} is new after ${what}`);
  }
}

/** What has an official severity, or is of the schema, and was not said before by a rule that had been evaluated. */
function newFindings(before: DocumentResult, after: readonly Finding[]): readonly Finding[] {
  const then = before.findings.map(complaintOnLine);
  const now = after.map(complaintOnLine);
  return after.filter((finding) => {
    const name = complaintOnLine(finding);
    if (count(now, name) <= count(then, name)) return false;
    if (finding.source !== "rule") return true;
    return finding.officialSeverity !== null && !before.notEvaluated.includes(finding.rule ?? "");
  });
}

/**
 * Edits keep to the line that the finding is on, or to the element that it is about with its siblings; the other side
 * of a two-sided code is a line more behind others.
 */
function assertOnlyThere(text: string, finding: Finding, fix: Fix, what: string): void {
  if (finding.source === "syntax" || finding.path === null) return;
  const lines = fix.edits.every((edit) => edit.start === edit.end && edit.newText.includes("mvaSpesifikasjonslinje"));
  if (lines && finding.data?.["missing"] !== undefined) return;
  let element = elementByPath(parseXml(text), finding.path);
  while (finding.specificationLine !== null && element !== null && element.localName !== "mvaSpesifikasjonslinje") {
    element = element.parent;
  }
  const { range } = (finding.source === "schema" ? element?.parent : element) ?? element ?? { range: null };
  assert.ok(range !== null, what);
  const start = text.slice(0, range.start).trimEnd().length;
  for (const edit of fix.edits) assert.ok(edit.start >= start && edit.end <= range.end, `outside its place: ${what}`);
}

/** What a fix that may be applied unasked must not change: the text of every value, but for how it is spelled. */
export function valuesOf(text: string): readonly string[] {
  const values: string[] = [];
  const collect = (element: XmlElement, path: string): void => {
    const own = `${path}/${element.localName}`;
    for (const child of element.children) collect(child, own);
    if (element.children.length > 0) return;
    const spelled = element.text.normalize("NFC").toLowerCase().replace(/[\s%]/g, "");
    const number = parseDecimal(spelled.replace(",", "."));
    values.push(`${own}=${number === null ? spelled : formatDecimal(number)}`);
  };
  const { root } = parseXml(text);
  if (root !== null) collect(root, "");
  return [...new Set(values)].sort();
}

function describe(finding: Finding, fix: Fix, text: string, mended: string): string {
  const kind = fix.preferred ? " (preferred)" : "";
  return `"${fix.title.en}"${kind} for ${complaint(finding)}\n${text}\n→\n${mended}`;
}
