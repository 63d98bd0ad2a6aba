import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { defaultOptions } from "../../../src/validation/options.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { createValidator, type Validator } from "../../../src/validation/validator.ts";
import { measureProcess } from "../../bench/batch.ts";
import { buildCli, cliFile, validateJson } from "../cli/runCli.ts";
import { attacks, type Attack } from "./attacks.ts";

const secret = "only-who-reads-the-file-knows";
/** Generous: the largest documents have 10 MB, and each is held a few times over. */
const memoryLimit = 700;

describe("documents meant to do harm", function () {
  this.timeout(300_000);
  let folder = "";
  let server: Server;
  let visits = 0;
  let all: readonly Attack[] = [];
  let validator: Validator;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "mva-attacks-"));
    writeFileSync(join(folder, "secret.txt"), secret);
    server = createServer((_, response) => response.end("<!ELEMENT a ANY>"));
    server.on("connection", () => visits++);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const fileUrl = pathToFileURL(join(folder, "secret.txt")).href;
    all = attacks({ fileUrl, serverUrl: `http://127.0.0.1:${String(port)}` });
    all.forEach(({ text }, index) => writeFileSync(join(folder, fileName(index)), bytesOf(text)));
    validator = createValidator(await loadSchemaEngine());
    await buildCli();
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await new Promise((resolve) => server.close(resolve));
  });
  afterEach(() => assert.equal(visits, 0, "something was fetched"));

  it("are judged safely by the core", () => {
    for (const { name, text, verdicts } of all) {
      const result = validator.validate(text, defaultOptions("2026-06-15"));
      assert.ok(verdicts.includes(result.verdict), `${name}: ${result.verdict}`);
      assert.doesNotMatch(JSON.stringify(result), new RegExp(secret), name);
      for (const { range } of result.findings) assert.ok(range.start >= 0 && range.end <= text.length, name);
    }
  });

  for (const engine of ["builtin", "java"])
    it(`are judged safely by mva validate --engine ${engine}`, async () => {
      const files = all.map((_, index) => fileName(index));
      const { documents, stdout, stderr } = await validateJson(["--engine", engine, ...files], { cwd: folder });
      assert.equal(stderr, "");
      assert.doesNotMatch(stdout, new RegExp(secret));
      assert.equal(documents.length, all.length);
      documents.forEach(({ verdict }, index) => {
        const attack = all[index];
        assert.ok(attack?.verdicts.includes(verdict), `${attack?.name ?? ""}: ${verdict}`);
      });
    });

  it("need no great memory", async () => {
    const { peakMegabytes, exitCode } = await measureProcess([cliFile, "validate", "--format", "sarif", folder]);
    assert.equal(exitCode, 1);
    assert.ok(peakMegabytes < memoryLimit, `${peakMegabytes.toFixed(0)} MB`);
  });

  function fileName(index: number): string {
    return `attack-${String(index).padStart(2, "0")}.xml`;
  }
});

/** UTF-8, half surrogate pairs written as if they were characters, which is not allowed but possible. */
function bytesOf(text: string): Uint8Array {
  const pieces = text.split(/(\p{Surrogate})/u).map((piece) => {
    const code = piece.charCodeAt(0);
    if (piece.length !== 1 || code < 0xd800 || code > 0xdfff) return Buffer.from(piece);
    return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
  });
  return Buffer.concat(pieces);
}
