import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../../../src/validation/finding.ts";
import {
  createJavaSchemaEngine,
  JavaEngineError,
  type JavaEngineOptions,
} from "../../../src/validation/schema/javaEngine.ts";
import { findJavaHelper } from "../../../src/validation/schema/javaProcess.ts";
import { loadSchemaEngine, type SchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { findJava } from "../../workbench/java.ts";
import { changed, smallReturn } from "./returns.ts";
import { schemaCases } from "./schemaCases.ts";

function summary(text: string, findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ data, path, range }) => `${data?.["kind"] ?? ""} ${path ?? ""} [${text.slice(range.start, range.end)}]`,
  );
}

describe("schema check with libxml2", function () {
  this.timeout(120_000);
  let engine: SchemaEngine;
  before(async () => {
    engine = await loadSchemaEngine();
  });

  for (const { what, text, type, expected } of schemaCases) {
    it(what, () => {
      const document = parseXml(text);
      assert.deepEqual(document.problems, []);
      const findings = engine.check(document, type ?? "vatReturn");
      assert.deepEqual(summary(text, findings), expected);
      for (const finding of findings) {
        assert.equal(finding.source, "schema");
        assert.equal(finding.rule, "R001");
        assert.equal(finding.code, "MvaMeldingsinnhold_Xml_SkjemaValideringsfeil");
        assert.equal(finding.officialSeverity, "ugyldig");
        assert.doesNotMatch(`${finding.message.en}${finding.message.nb}`, /[{}]|undefined|null/);
      }
    });
  }

  const messages: readonly (readonly [
    what: string,
    changes: readonly (readonly [string, string])[],
    en: string,
    nb: string,
  ])[] = [
    [
      "names what was probably meant",
      [["<sats>25</sats>", "<satss>25</satss>"]],
      "<satss> is not an element of <mvaSpesifikasjonslinje>. Did you mean <sats>?",
      "<satss> finnes ikke i <mvaSpesifikasjonslinje>. Mente du <sats>?",
    ],
    [
      "names the place of a missing element",
      [["<fastsattMerverdiavgift>100</fastsattMerverdiavgift>", ""]],
      "<fastsattMerverdiavgift> is missing in <skattegrunnlagOgBeregnetSkatt>, before <mvaSpesifikasjonslinje>.",
      "<fastsattMerverdiavgift> mangler i <skattegrunnlagOgBeregnetSkatt>, foran <mvaSpesifikasjonslinje>.",
    ],
    [
      "offers an amount with a point",
      [[">125<", ">1 250,75<"]],
      "“1 250,75” cannot stand in <merverdiavgift>; it must hold a number: digits, with a point as the decimal sign and no spaces. Did you mean “1250.75”?",
      "«1 250,75» kan ikke stå i <merverdiavgift>. Her skal det stå et tall: siffer, med punktum som desimaltegn og uten mellomrom. Mente du «1250.75»?",
    ],
    [
      "writes short lists out",
      [["alminnelig", "hva som helst"]],
      "“hva som helst” is not a legal value of <meldingskategori>. Expected: “alminnelig”, “primaernaering”, “kompensasjon”, “omvendtAvgiftsplikt” or “eHandel”.",
      "«hva som helst» er ikke en lovlig verdi i <meldingskategori>. Her skal det stå «alminnelig», «primaernaering», «kompensasjon», «omvendtAvgiftsplikt» eller «eHandel».",
    ],
    [
      "counts digits",
      [["310419054", "31041905"]],
      "<organisasjonsnummer> must have exactly 9 digits; “31041905” has 8.",
      "<organisasjonsnummer> skal ha nøyaktig 9 siffer. «31041905» har 8.",
    ],
  ];
  for (const [what, changes, en, nb] of messages) {
    it(what, () => {
      const [finding, ...others] = engine.check(parseXml(changed(smallReturn, ...changes)), "vatReturn");
      assert.deepEqual(finding?.message, { en, nb });
      assert.deepEqual(others, []);
    });
  }

  it("keeps the engine's own words in the details, and the line's index", () => {
    const [finding] = engine.check(parseXml(changed(smallReturn, [">-25<", ">x<"])), "vatReturn");
    assert.match(finding?.details ?? "", /'x' is not a valid value of the atomic type/);
    assert.equal(finding?.specificationLine, 1);
  });

  it("does not grow with the number of documents", () => {
    const wrong = parseXml(changed(smallReturn, ["<mvaKode>", "<annet/><mvaKode>"], ["alminnelig", "x"]));
    const right = parseXml(smallReturn);
    const run = (times: number): number => {
      for (let i = 0; i < times; i++)
        assert.equal(engine.check(i % 2 === 0 ? wrong : right, "vatReturn").length, i % 2 === 0 ? 2 : 0);
      return process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    };
    const before = run(500);
    const after = run(5000);
    // One leaked document of 1 kB takes some 20 kB: 5,000 would show as 100 MB.
    assert.ok(after - before < 20_000_000, `${after - before} bytes more`);
  });

  it("explains ten thousand mistakes without losing itself", () => {
    const line = /<mvaSpesifikasjonslinje>[^]*?<\/mvaSpesifikasjonslinje>\n/.exec(smallReturn)?.[0] ?? "";
    const text = changed(smallReturn, [line, line.repeat(10_000).replaceAll(">125<", ">1,5<")]);
    const findings = engine.check(parseXml(text), "vatReturn");
    assert.equal(findings.length, 10_000);
    assert.equal(findings.at(-1)?.specificationLine, 9999);
  });
});

describe("schema check with Java", function () {
  this.timeout(300_000);
  before(function () {
    if (findJava() !== undefined && findJavaHelper() !== null) return;
    process.stdout.write(
      "    no JDK in JAVA_HOME or PATH, or no xsd-schema-validator: install a JDK, then npm ci, to run these tests\n",
    );
    this.skip();
  });

  it("finds the same as libxml2, in the same words and places", async () => {
    const java = createJavaSchemaEngine();
    const builtIn = await loadSchemaEngine();
    const withoutDetails = (finding: Finding): Finding => ({ ...finding, details: "" });
    for (const { what, text, type } of schemaCases) {
      const document = parseXml(text);
      const [theirs, ours] = [
        await java.check(document, type ?? "vatReturn"),
        builtIn.check(document, type ?? "vatReturn"),
      ];
      assert.deepEqual(theirs.map(withoutDetails), ours.map(withoutDetails), what);
      for (const { details } of theirs) assert.match(details ?? "cvc-", /cvc-/);
    }
  });

  it("compiles the helper on the way where it has not been compiled", async () => {
    const helper = findJavaHelper();
    assert.ok(helper !== null);
    const engine = createJavaSchemaEngine({ helper: { ...helper, isCompiled: false } });
    assert.equal((await engine.check(parseXml(changed(smallReturn, ["alminnelig", "x"])), "vatReturn")).length, 1);
  });
});

describe("schema check with Java, where Java fails", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "mva-java-"));
    mkdirSync(join(folder, "support"));
    writeFileSync(join(folder, "support", "XMLValidator.java"), "");
    writeFileSync(join(folder, "hangs"), "#!/bin/sh\nexec sleep 60\n");
    chmodSync(join(folder, "hangs"), 0o755);
  });
  after(() => rmSync(folder, { recursive: true }));

  const check = (options: JavaEngineOptions): Promise<readonly Finding[]> =>
    createJavaSchemaEngine(options).check(parseXml(smallReturn), "vatReturn");
  const cases: readonly (readonly [what: string, options: () => JavaEngineOptions, kind: string])[] = [
    ["no Java", () => ({ command: "java-that-is-not-there", helper: { folder, isCompiled: true } }), "java-not-found"],
    ["no helper", () => ({ helper: null }), "helper-missing"],
    ["a helper that is gone", () => ({ helper: { folder: join(folder, "gone"), isCompiled: true } }), "helper-missing"],
    [
      "a program that is not Java",
      () => ({ command: process.execPath, helper: { folder, isCompiled: true } }),
      "failed",
    ],
  ];
  for (const [what, options, kind] of cases) {
    it(`${what}: one clear error`, async () => {
      await assert.rejects(check(options()), (error: unknown) => isJavaError(error, kind));
    });
  }

  it("a Java that hangs is stopped", async function () {
    if (process.platform === "win32") {
      process.stdout.write("      the program that hangs is a shell script: not on Windows\n");
      this.skip();
    }
    const options = { command: join(folder, "hangs"), helper: { folder, isCompiled: true }, timeout: 50 };
    await assert.rejects(check(options), (error: unknown) => isJavaError(error, "timeout"));
  });

  it("stops when asked to", async () => {
    const engine = createJavaSchemaEngine({ command: process.execPath, helper: { folder, isCompiled: true } });
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(engine.check(parseXml(smallReturn), "vatReturn", signal), /enough/);
  });
});

function isJavaError(error: unknown, kind: string): boolean {
  assert.ok(error instanceof JavaEngineError);
  assert.equal(error.kind, kind);
  assert.ok(error.text.en.length > 20 && error.text.nb.length > 20 && !error.text.en.includes("\n"));
  return true;
}
