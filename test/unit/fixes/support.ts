import assert from "node:assert/strict";
import type { Finding } from "../../../src/validation/finding.ts";
import type { Fix } from "../../../src/validation/fixes/index.ts";
import { applyFix, Fixes } from "../../../src/validation/fixes/index.ts";
import type { ValidationOptions } from "../../../src/validation/options.ts";
import type { DocumentType } from "../../../src/validation/result.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { readSchema } from "../../../src/validation/schema/schemaFiles.ts";
import { readSchemaModel, type SchemaModel } from "../../../src/validation/schema/schemaModel.ts";
import { createValidator, type Validator } from "../../../src/validation/validator.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";

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
  assert.doesNotMatch(fix.title.en + fix.title.nb, /undefined|NaN|<>/, what);
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
export function complaint({ source, rule, code, data, specificationLine, path }: Finding): string {
  const kind = `${data?.["kind"] ?? ""} ${data?.["reason"] ?? ""}`;
  const name = specificationLine === null ? (path ?? "") : (path ?? "").replace(/\[\d+\]/g, "");
  return `${source} ${rule ?? ""} ${code} ${source === "rule" ? "" : kind} ${name}`;
}

function count(findings: readonly Finding[], wanted: string): number {
  return findings.filter((finding) => complaint(finding) === wanted).length;
}

/** After the fix the complaint is heard once less often, and no syntax or schema finding is new. */
export function assertMends(
  validator: Validator,
  text: string,
  finding: Finding,
  fix: Fix,
  options: ValidationOptions,
  before: readonly Finding[],
): string {
  const mended = applyFix(text, fix.edits);
  const after = validator.validate(mended, options).findings;
  const what = `"${fix.title.en}" for ${complaint(finding)}\n${text}\n→\n${mended}`;
  const wanted = complaint(finding);
  assert.ok(count(after, wanted) < count(before, wanted), `The finding is still there after ${what}`);
  if (finding.source === "rule") {
    const broken = after.filter(({ source }) => source !== "rule").map(complaint);
    for (const each of new Set(broken)) {
      const now = broken.filter((other) => other === each).length;
      assert.ok(now <= count(before, each), `${each} is new after ${what}`);
    }
  }
  return mended;
}
