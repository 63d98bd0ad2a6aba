import assert from "node:assert/strict";
import { execFile, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readValidationAnswer } from "../../../../src/services/skatteetaten/validationAnswer.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const run = promisify(execFile);
const tools = ["bash", "curl", "openssl", "sed"];

/** The script that the page's blocks make. */
function scriptOf(page: string): string {
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? "");
  return `#!/usr/bin/env bash\n# The blocks of tutorial.md, one after the other.\n\n${blocks.join("\n")}`;
}

describe("sandbox: another's client, the tutorial in curl", function () {
  this.timeout(180_000);
  let folder: string;
  let sandbox: ChildProcess | null = null;
  before(async () => {
    for (const tool of tools) assert.equal(spawnSync(tool, ["--help"]).error, undefined, `${tool} is needed here`);
    folder = await mkdtemp(join(tmpdir(), "tutorial-"));
    // The sandbox as it is shipped, WebAssembly and schemas included.
    await run(process.execPath, ["esbuild.mjs", "--only=sandbox"], { cwd: root });
  });
  afterEach(async () => {
    if (sandbox === null) return;
    sandbox.kill("SIGTERM");
    await once(sandbox, "exit");
    sandbox = null;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function start(...words: string[]): Promise<string> {
    const child = spawn(process.execPath, [join(root, "dist/sandbox.js"), "--port", "0", ...words], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    sandbox = child;
    let line = "";
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      line += chunk.toString();
      if (line.includes("\n")) break;
    }
    return (JSON.parse(line) as { issuer: string }).issuer;
  }

  it("is kept as a script, block by block", async () => {
    const page = await readFile(join(root, "docs/tutorial.md"), "utf8");
    assert.equal(await readFile(join(root, "docs/tutorial.sh"), "utf8"), scriptOf(page));
  });

  it("runs from sign-in to receipt", async () => {
    const issuer = await start("--verdict-delay", "200", "--receipt-delay", "200");
    const env = { ...process.env, ISSUER: issuer, OUT: folder, PAUSE: "0.1" };
    const { stdout, stderr } = await run("bash", ["docs/tutorial.sh"], { cwd: root, env });
    assert.equal(stderr, "");
    assert.match(
      stdout,
      /^validated: ingen avvik\ninstance: \d+\/[0-9a-f-]{36}\nkundeidentifikasjonsnummer: \d{14}\nbeloep: 75500\nbetalingsfrist: \d{4}-\d\d-\d\d\nverdict: ingen avvik\n$/,
    );
    const files = await readdir(folder);
    assert.ok(
      ["betalingsinformasjon.xml", "kvittering.pdf", "valideringsresultat.xml"].every((f) => files.includes(f)),
    );
  });

  it("shows a refusal as one, receipt and all", async () => {
    const issuer = await start("--scenario", "refused", "--verdict-delay", "0", "--receipt-delay", "0");
    const env = { ...process.env, ISSUER: issuer, OUT: folder, PAUSE: "0.1" };
    const { stdout } = await run("bash", ["docs/tutorial.sh"], { cwd: root, env });
    assert.match(stdout, /\nverdict: ugyldig skattemelding\n$/);
    const result = readValidationAnswer(await readFile(join(folder, "valideringsresultat.xml"), "utf8"));
    assert.equal(result.deviations[0]?.reasons[0]?.code, "MVA_PLIKT_ORG_FORM_UDEF");
  });
});
