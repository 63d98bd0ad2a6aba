import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "./support.ts";
import type { RunningSandbox } from "./support.ts";

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe("signing in from the terminal", function () {
  this.timeout(180_000);
  let sandbox: RunningSandbox;
  let folder: string;
  let file: string;
  let number: string;

  before(async () => {
    sandbox = await startSandbox();
    folder = await mkdtemp(join(tmpdir(), "mva-terminal-"));
    file = join(folder, "sandbox.json");
    number = sandbox.line.persons[0]?.nationalIdentityNumber ?? "";
    await writeFile(file, JSON.stringify(sandbox.line));
  });
  after(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs a command in a process of its own, as `mva` does. */
  function run(name: "login" | "showSessions" | "logout", command: unknown, language = "en"): Promise<Run> {
    const script = `
      import { ${name} } from "./src/cli/login.ts";
      process.exitCode = await ${name}(${JSON.stringify(command)}, {
        language: ${JSON.stringify(language)}, stateFolder: ${JSON.stringify(join(folder, "state"))},
        fetch, now: () => Date.now(), clientSecret: null,
      });`;
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        ["--import", "tsx", "--input-type=module", "-e", script],
        (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  }

  const command = (changes: Readonly<Record<string, unknown>> = {}): unknown => ({
    environment: file,
    clientId: null,
    testPerson: number,
    purposes: ["validation", "submission"],
    store: false,
    format: "json",
    ...changes,
  });

  it("shows the session, never a token or the person's number, and keeps nothing", async () => {
    const { code, stdout, stderr } = await run("login", command());
    assert.equal(code, 0, stderr);
    const session = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(session["environment"], "sandbox");
    assert.equal(session["tokens"], undefined);
    assert.ok(!`${stdout}${stderr}`.includes(number));
    await assert.rejects(stat(join(folder, "state")), { code: "ENOENT" });
  });

  it("keeps a session in a file of mode 0600 when asked, shows it, and forgets it on sign-out", async () => {
    const { clientId } = sandbox.client("client_secret_post");
    const login = await run("login", command({ store: true, clientId, format: "text" }), "nb");
    assert.equal(login.code, 0, login.stderr);
    assert.match(login.stdout, /Kan fornyes +ja/);
    const path = join(folder, "state", "sessions.json");
    assert.equal(((await stat(path)).mode & 0o777).toString(8), "600");
    const stored = await readFile(path, "utf8");
    const shown = await run("showSessions", { format: "json" });
    assert.equal((JSON.parse(shown.stdout) as unknown[]).length, 1);
    const [access] = /(?<=access\\":\\")[^\\]+/.exec(stored) ?? [];
    assert.ok(access !== undefined && !shown.stdout.includes(access));
    const logout = await run("logout", { environment: file, clientId });
    assert.equal(logout.code, 0, logout.stderr);
    assert.match(logout.stdout, /Signed out: 1/);
    await assert.rejects(stat(path), { code: "ENOENT" });
  });

  it("says in the user's language what went wrong, and ends with 3", async () => {
    await sandbox.fault("acrTooLow");
    const { code, stderr, stdout } = await run("login", command(), "nb");
    await sandbox.clearFaults();
    assert.equal(code, 3);
    assert.equal(stdout, "");
    assert.match(stderr, /Det ble bedt om sikkerhetsnivå idporten-loa-substantial/);
  });

  it("prints the letter with which a missing scope is ordered", async () => {
    await sandbox.fault("scopeNotGranted", { scope: "altinn:instances.read" });
    const { code, stderr } = await run("login", command(), "en");
    await sandbox.clearFaults();
    assert.equal(code, 3);
    assert.match(stderr, /We ask for access to the following scopes/);
  });

  it("refuses a test person outside the sandbox and the test environment", async () => {
    const own = join(folder, "own.json");
    await writeFile(
      own,
      JSON.stringify({
        name: "own",
        issuer: "https://example.org",
        clientId: "c",
        redirectUris: ["http://127.0.0.1:0/x"],
      }),
    );
    const { code, stderr } = await run("login", command({ environment: own }));
    assert.equal(code, 3);
    assert.match(stderr, /only in the sandbox and in ID-porten's test environment/);
  });
});
