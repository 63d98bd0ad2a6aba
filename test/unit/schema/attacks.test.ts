import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { DocumentResult } from "../../../src/validation/result.ts";
import { createJavaSchemaEngine } from "../../../src/validation/schema/javaEngine.ts";
import { findJavaHelper } from "../../../src/validation/schema/javaProcess.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { createAsyncValidator, createValidator } from "../../../src/validation/validator.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import type { XmlDocument } from "../../../src/vatReturn/xml.ts";
import { findJava } from "../../workbench/java.ts";
import { attacks, type Attack } from "./attacks.ts";
import { smallReturn } from "./returns.ts";

const secret = "kanarifugl-5f3a";
const options = defaultOptions("2026-05-01");
/** Room for a document of 11 MB several times over, and none for what an entity bomb would unfold to. */
const mostMemory = 700 << 20;

describe("documents that attack the parser", function () {
  this.timeout(600_000);
  let folder: string;
  let server: Server;
  let connections: number;
  let all: readonly Attack[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "mva-attack-"));
    const canary = join(folder, "canary.txt");
    writeFileSync(canary, secret);
    connections = 0;
    server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    all = attacks(pathToFileURL(canary).href, `http://127.0.0.1:${address.port}`);
  });
  after(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  it("are refused or judged safely by the built-in engine", async () => {
    const validator = createValidator(await loadSchemaEngine());
    const before = process.memoryUsage().rss;
    for (const { what, text } of all) {
      assertSafe(what, text, validator.validate(text, options));
      assert.ok(process.memoryUsage().rss - before < mostMemory, `${what}: memory`);
    }
    // The engine is still whole.
    assert.deepEqual((await loadSchemaEngine()).check(parseXml(smallReturn), "vatReturn"), []);
    assert.equal(connections, 0);
  });

  it("are refused by the built-in engine itself, were they to reach it", async () => {
    const engine = await loadSchemaEngine();
    for (const { what, text } of all.filter(({ text: each }) => each.includes("<!DOCTYPE"))) {
      const scanned = parseXml(text);
      assert.ok(scanned.hasDocumentType, what);
      assert.equal(engine.check(scanned, "vatReturn").length, 1, what);
      // As if the scanner had overlooked the declaration: the parser has to hold on its own.
      const overlooked: XmlDocument = { ...scanned, hasDocumentType: false };
      const findings = engine.check(overlooked, "vatReturn");
      assert.ok(findings.length > 0, what);
      assert.ok(!JSON.stringify(findings).includes(secret), what);
    }
    assert.equal(connections, 0);
  });

  it("are refused or judged safely by Java", async function () {
    if (findJava() === undefined || findJavaHelper() === null) {
      process.stdout.write(
        "      no JDK in JAVA_HOME or PATH, or no xsd-schema-validator: install a JDK, then npm ci, to run this test\n",
      );
      this.skip();
    }
    const validator = createAsyncValidator(createJavaSchemaEngine());
    for (const { what, text } of all) assertSafe(what, text, await validator.validate(text, options));
    assert.equal(connections, 0);
  });
});

function assertSafe(what: string, text: string, result: DocumentResult): void {
  const harmless =
    /schemaLocation|SchemaLocation|instructions/.test(what) && !what.includes("element of that namespace");
  const isRefused = result.verdict === "malformed" || result.verdict === "invalid";
  assert.ok(
    harmless ? !result.findings.some(({ source }) => source !== "rule") : isRefused,
    `${what}: ${result.verdict}`,
  );
  if (text.includes("<!DOCTYPE")) assert.equal(result.verdict, "malformed", what);
  assert.ok(!JSON.stringify(result).includes(secret), what);
  for (const { range } of result.findings) {
    assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length, what);
  }
}
