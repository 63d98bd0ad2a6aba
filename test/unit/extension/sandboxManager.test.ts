import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { SandboxFailedError, SandboxManager } from "../../../src/extension/sandbox/sandboxManager.ts";

describe("the sandbox that windows share", function () {
  this.timeout(180_000);
  let folder = "";
  let script = "";
  let windows: SandboxManager[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-shared-sandbox-"));
    script = join(folder, "sandbox.mjs");
    const require = 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);';
    await build({
      entryPoints: ["src/sandbox/main.ts"],
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
      keepNames: true,
      banner: { js: require },
      logLevel: "error",
    });
  });

  afterEach(async () => {
    await Promise.all(windows.map((window) => window.stop()));
    await Promise.all(windows.map((window) => window.dispose()));
    windows = [];
  });

  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  /** A window: what it logs, and the port that it remembers, are the test's. */
  const openWindow = (state: string, more: { port?: number; script?: string } = {}): SandboxManager => {
    let port = more.port ?? null;
    const window = new SandboxManager({
      script: more.script ?? script,
      stateFolder: join(folder, state),
      log: () => undefined,
      lastPort: { get: () => port, set: (used) => (port = used) },
    });
    windows.push(window);
    return window;
  };
  const pidOf = async (state: string): Promise<number> => {
    const found = JSON.parse(await readFile(join(folder, state, "sandbox.json"), "utf8")) as { readonly pid: number };
    return found.pid;
  };
  const ended = async (pid: number): Promise<void> => {
    for (;;) {
      try {
        process.kill(pid, 0);
      } catch {
        return;
      }
      await new Promise((again) => setTimeout(again, 50));
    }
  };

  it("is started by one window and joined by the next, and ends with the last", async () => {
    const [first, second] = [openWindow("shared"), openWindow("shared")];
    assert.equal(await second.joinRunning(), null);
    const line = await first.start();
    assert.deepEqual(await second.joinRunning(), line);
    const pid = await pidOf("shared");
    await first.dispose();
    assert.deepEqual(await second.start(), line);
    assert.equal(await pidOf("shared"), pid);
    await second.dispose();
    await ended(pid);
  });

  it("is one, also where windows start it at the same time", async () => {
    const all = [openWindow("race"), openWindow("race"), openWindow("race")];
    const lines = await Promise.all(all.map((window) => window.start()));
    assert.equal(new Set(lines.map((line) => line.issuer)).size, 1);
  });

  it("comes back on the port it had, and on another where that is taken", async () => {
    const first = openWindow("port");
    const { issuer } = await first.start();
    const port = Number(new URL(issuer).port);
    const pid = await pidOf("port");
    await first.dispose();
    await ended(pid);
    const second = openWindow("port", { port });
    assert.equal((await second.start()).issuer, issuer);
    const again = await pidOf("port");
    await second.dispose();
    await ended(again);

    const occupant = createServer();
    const taken = await new Promise<number>((listening) => {
      occupant.listen(0, "127.0.0.1", () => listening((occupant.address() as AddressInfo).port));
    });
    const third = openWindow("port", { port: taken });
    assert.notEqual(new URL((await third.start()).issuer).port, String(taken));
    occupant.close();
  });

  it("keeps its port, and so its issuer, where the one before is still going down, as at a reload", async () => {
    const occupant = createServer();
    const free = await new Promise<number>((listening) => {
      occupant.listen(0, "127.0.0.1", () => listening((occupant.address() as AddressInfo).port));
    });
    await new Promise((closed) => occupant.close(closed));
    // Who goes down has closed its port, and still has the folder: here it is this process that has it.
    const state = join(folder, "reload");
    const lock = join(state, "sandbox.lock");
    await mkdir(state, { recursive: true });
    await writeFile(lock, String(process.pid));
    const refusals: string[] = [];
    const window = new SandboxManager({
      script,
      stateFolder: state,
      log: (line) => {
        if (!line.includes("already uses")) return;
        refusals.push(line);
        rmSync(lock);
      },
      lastPort: { get: () => free, set: () => undefined },
    });
    windows.push(window);
    assert.equal(new URL((await window.start()).issuer).port, String(free));
    assert.equal(refusals.length, 1);
  });

  it("is started anew after a crash", async () => {
    const window = openWindow("crash");
    await window.start();
    const pid = await pidOf("crash");
    process.kill(pid, "SIGKILL");
    await ended(pid);
    await window.start();
    assert.notEqual(await pidOf("crash"), pid);
  });

  it("tells when it comes and goes", async () => {
    const window = openWindow("events");
    const seen: (string | null)[] = [];
    window.onDidChange(() => seen.push(window.line?.issuer ?? null));
    const { issuer } = await window.start();
    await window.stop();
    assert.deepEqual(seen, [issuer, null]);
  });

  it("says why it did not come up", async () => {
    const broken = join(folder, "broken.mjs");
    await writeFile(broken, 'process.stderr.write("no such thing\\n"); process.exit(1);');
    await assert.rejects(openWindow("broken", { script: resolve(broken) }).start(), (error) => {
      assert.ok(error instanceof SandboxFailedError);
      assert.match(error.message, /no such thing/);
      return true;
    });
  });

  it("is looked for on this machine only, whatever its file says", async () => {
    const state = "elsewhere";
    const window = openWindow(state);
    await window.start();
    await window.stop();
    const file = join(folder, state, "sandbox.json");
    await writeFile(file, JSON.stringify({ controlUrl: "https://example.org/sandbox/control" }));
    assert.equal(await window.joinRunning(), null);
    await rm(file);
  });
});
