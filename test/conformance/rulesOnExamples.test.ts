import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defaultOptions } from "../../src/validation/options.ts";
import { loadSchemaEngine } from "../../src/validation/schema/schemaEngine.ts";
import type { Validator } from "../../src/validation/validator.ts";
import { createValidator } from "../../src/validation/validator.ts";
import { buildCli, validateJson } from "../unit/cli/runCli.ts";
import { requireReferenceData } from "./referenceData.ts";

/** Every ordinary example is from 2020 or 2021, which R077 refuses today; these say more than that. */
const moreThanTheYear: Readonly<Record<string, readonly string[]>> = {
  "returns/mvakode33.xml": ["R003", "R077"],
  "returns/mvakode88.xml": ["R003", "R077"],
  "returns/mvakode89.xml": ["R003", "R077"],
  "returns/eksempelMedAlleTilfeller.xml": ["R003 line 12", "R003 line 25", "R003 line 27", "R077"],
  "feedback/mvamelding.xml": ["R065", "R077", "R079"],
};

describe("rules on the official examples", function () {
  this.timeout(120_000);
  let validator: Validator;
  before(async () => {
    validator = createValidator(await loadSchemaEngine());
  });

  for (const tolerance of ["faq", "strict"] as const) {
    it(`finds what the reference says of each (${tolerance})`, function () {
      const folder = join(requireReferenceData(this), "examples");
      const files = [
        ...readdirSync(join(folder, "returns")).map((name) => `returns/${name}`),
        "feedback/mvamelding.xml",
      ];
      assert.ok(files.length >= 22, `only ${files.length} examples`);
      for (const file of files) {
        const text = readFileSync(join(folder, file), "utf8");
        const { findings } = validator.validate(text, { ...defaultOptions("2026-06-15"), tolerance });
        const official = findings.filter(({ officialSeverity }) => officialSeverity !== null);
        const found = official.map(({ rule, specificationLine }) => {
          const severalLines = official.filter((other) => other.rule === rule).length > 1;
          return `${rule ?? ""}${severalLines ? ` line ${String((specificationLine ?? 0) + 1)}` : ""}`;
        });
        assert.deepEqual(found.sort(), moreThanTheYear[file.normalize("NFC")] ?? ["R077"], file);
      }
    });
  }

  it("says the same in the terminal, and leaves open nothing that the documents tell", async function () {
    const folder = join(requireReferenceData(this), "examples");
    await buildCli();
    const files = [...readdirSync(join(folder, "returns")).map((name) => `returns/${name}`), "feedback/mvamelding.xml"];
    const { documents, code } = await validateJson(files, { cwd: folder });
    assert.equal(code, 1);
    assert.deepEqual(
      documents.map(({ file }) => file),
      files,
    );
    for (const { file, verdict, findings, notEvaluated, notEvaluatedBecause, assumptions } of documents) {
      const expected = (moreThanTheYear[file.normalize("NFC")] ?? ["R077"]).map((text) => text.slice(0, 4));
      const found = findings.flatMap(({ rule, officialSeverity }) => (officialSeverity === null ? [] : [rule]));
      assert.deepEqual(found.sort(), expected, file);
      assert.equal(verdict, "invalid", file);
      assert.ok(!findings.some(({ message }) => message.includes("rests on a reading")), file);
      // A basis above 0 waits for the ceiling, a return of 2020 for whether it changes an earlier one.
      for (const rule of notEvaluated)
        assert.equal(notEvaluatedBecause[rule], /^R085|R133$/.test(rule) ? "setting" : "registers", `${file}: ${rule}`);
      assert.deepEqual(
        notEvaluated.filter((rule) => ["R047", "R049", "R051", "R072", "R126", "R131"].includes(rule)),
        ["R047", "R049", "R051", "R072", "R126", "R131"],
        file,
      );
      assert.deepEqual(assumptions, ["The return was taken to be submitted on 2026-06-15."], file);
    }
  });

  it("gives no hint on any of them", function () {
    const folder = join(requireReferenceData(this), "examples/returns");
    for (const file of readdirSync(folder)) {
      const { findings } = validator.validate(readFileSync(join(folder, file), "utf8"), defaultOptions("2026-06-15"));
      const hints = findings.filter(({ officialSeverity }) => officialSeverity === null).map(({ code }) => code);
      assert.deepEqual(hints, [], file);
    }
  });
});
