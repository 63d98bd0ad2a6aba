import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { findRunningSandbox } from "../../../src/sandbox/discoveryFile.ts";
import { control, signIn } from "./support.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

interface Started {
  readonly child: ChildProcess;
  readonly line: string;
  readonly issuer: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

describe("sandbox: the process", function () {
  this.timeout(180_000);
  let folder: string;
  let bundle: string;
  const children: ChildProcess[] = [];

  // Run from a bundle in a folder of its own: what it needs must be in it.
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sandbox-process-"));
    bundle = join(folder, "sandbox.mjs");
    await build({
      absWorkingDir: root,
      entryPoints: ["src/sandbox/main.ts"],
      outfile: bundle,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "esm",
      logLevel: "silent",
      // As the packaged one is made.
      minify: true,
      keepNames: true,
      banner: {
        js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
      },
    });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function run(words: readonly string[]): { child: ChildProcess; stdout: () => string; stderr: () => string } {
    const child = spawn(process.execPath, [bundle, ...words], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {},
    });
    children.push(child);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    return { child, stdout: () => stdout, stderr: () => stderr };
  }

  async function start(...words: string[]): Promise<Started> {
    const started = run(words);
    while (!started.stdout().includes("\n")) {
      assert.equal(started.child.exitCode, null, started.stderr());
      await Promise.race([once(started.child.stdout ?? started.child, "data"), once(started.child, "exit")]);
    }
    const line = started.stdout();
    const { issuer } = JSON.parse(line) as { issuer: string };
    return { ...started, line, issuer };
  }

  async function exitOf(child: ChildProcess): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    return child.exitCode;
  }

  it("prints one line of JSON and nothing else, works, and ends cleanly on SIGTERM", async () => {
    const { child, issuer, stdout, stderr } = await start("--port", "0");
    const described = JSON.parse(stdout()) as Record<string, unknown>;
    assert.deepEqual(Object.keys(described), [
      "issuer",
      "clients",
      "persons",
      "validationUrl",
      "altinnPlatformUrl",
      "altinnAppUrl",
      "controlUrl",
    ]);
    assert.match(issuer, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(described["controlUrl"], `${issuer}/sandbox/control`);
    const clients = described["clients"] as Record<string, unknown>[];
    for (const client of clients) {
      assert.deepEqual(
        Object.keys(client).sort(),
        ["applicationType", "clientId", "clientSecret", "redirectUris", "scopes", "tokenEndpointAuthMethod"].sort(),
      );
    }
    assert.deepEqual(
      new Set(clients.map((client) => client["applicationType"])),
      new Set(["native", "web", "browser"]),
    );
    const persons = described["persons"] as { organisations: Record<string, unknown>[] }[];
    assert.deepEqual(Object.keys(persons[0] ?? {}), ["nationalIdentityNumber", "name", "organisations"]);
    assert.deepEqual(Object.keys(persons[0]?.organisations[0] ?? {}), ["organisationNumber", "name", "roles"]);

    assert.equal((await signIn(issuer)).status, 200);
    child.kill("SIGTERM");
    assert.equal(await exitOf(child), 0);
    assert.equal(stdout().split("\n").length, 2, "one line");
    assert.equal(stderr(), "");
  });

  it("ends cleanly on SIGINT too, and when asked to over HTTP", async () => {
    const first = await start("--port", "0");
    first.child.kill("SIGINT");
    assert.equal(await exitOf(first.child), 0);
    const second = await start("--port", "0");
    assert.equal((await control(second.issuer, "POST", "/stop")).status, 200);
    assert.equal(await exitOf(second.child), 0);
  });

  it("says so, with exit code 2, where the port asked for is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    assert.ok(address !== null && typeof address === "object");
    const { child, stderr, stdout } = run(["--port", String(address.port)]);
    assert.equal(await exitOf(child), 2);
    assert.match(stderr(), new RegExp(`Port ${String(address.port)} .*taken`));
    assert.equal(stdout(), "");
    other.close();
  });

  it("without a port takes 8088 or the next free one", async () => {
    const [first, second] = [await start(), await start()];
    const port = ({ issuer }: Started): number => Number(new URL(issuer).port);
    assert.ok(port(first) >= 8088);
    assert.ok(port(second) > port(first));
  });

  it("explains wrong use, with exit code 2", async () => {
    for (const [words, message] of [
      [["--nonsense"], /--nonsense is not an option/],
      [["--port", "x"], /--port takes a number/],
      [["--client", join(folder, "absent.json")], /absent\.json/],
    ] as const) {
      const { child, stderr } = run(words);
      assert.equal(await exitOf(child), 2);
      assert.match(stderr(), message);
    }
  });

  it("takes a registration file as a client", async () => {
    const file = join(folder, "desktop.idporten.json");
    const registration = {
      client_name: "Ours",
      application_type: "native",
      token_endpoint_auth_method: "none",
      integration_type: "api_klient",
      redirect_uris: ["http://127.0.0.1:0/ours"],
      post_logout_redirect_uris: [],
      scopes: ["openid", "altinn:instances.read"],
      grant_types: ["authorization_code"],
    };
    await writeFile(file, JSON.stringify(registration));
    const { issuer, line } = await start("--port", "0", "--client", file);
    const { clients } = JSON.parse(line) as { clients: { clientId: string; redirectUris: string[] }[] };
    const ours = clients.find(({ redirectUris }) => redirectUris.includes("http://127.0.0.1:0/ours"));
    assert.match(ours?.clientId ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    const { status, body } = await signIn(issuer, {
      client_id: ours?.clientId ?? "",
      redirect_uri: "http://127.0.0.1:40001/ours",
      scope: "openid altinn:instances.read",
    });
    assert.deepEqual([status, body["expires_in"]], [200, 120]);

    await writeFile(file, JSON.stringify({ ...registration, token_endpoint_auth_method: "client_secret_post" }));
    const refused = run(["--port", "0", "--client", file]);
    assert.equal(await exitOf(refused.child), 2);
    assert.match(refused.stderr(), /client_secret_post does not go with application_type native/);
  });

  it("keeps its state over a restart, and lets further windows find it", async () => {
    const state = join(folder, "state");
    const web = (line: string): { clientId: string; clientSecret: string } => {
      const { clients } = JSON.parse(line) as {
        clients: { clientId: string; clientSecret: string; tokenEndpointAuthMethod: string }[];
      };
      const found = clients.find((client) => client.tokenEndpointAuthMethod === "client_secret_post");
      assert.ok(found !== undefined);
      return found;
    };
    const first = await start("--port", "0", "--state", state);
    const { clientId, clientSecret } = web(first.line);
    const signedIn = await signIn(
      first.issuer,
      { client_id: clientId, redirect_uri: "http://localhost:3000/callback" },
      { client_secret: clientSecret },
    );
    const found = await findRunningSandbox(state);
    assert.deepEqual([found?.pid, found?.issuer], [first.child.pid, first.issuer]);

    const second = run(["--port", "0", "--state", state]);
    assert.equal(await exitOf(second.child), 2);
    assert.match(second.stderr(), new RegExp(`already uses .*state at ${first.issuer}`));

    if (process.platform !== "win32") {
      assert.equal((await stat(state)).mode & 0o777, 0o700);
      for (const entry of await readdir(state, { withFileTypes: true })) {
        const mode = entry.isDirectory() ? 0o700 : 0o600;
        assert.equal((await stat(join(state, entry.name))).mode & 0o777, mode, entry.name);
      }
    }
    const keys = await (await fetch(`${first.issuer}/jwks.json`)).text();
    first.child.kill("SIGTERM");
    assert.equal(await exitOf(first.child), 0);
    assert.equal(await findRunningSandbox(state), null);

    const port = new URL(first.issuer).port;
    const again = await start("--port", port, "--state", state);
    assert.equal(await (await fetch(`${again.issuer}/jwks.json`)).text(), keys);
    assert.equal(web(again.line).clientSecret, clientSecret);
    const renewed = await fetch(`${again.issuer}/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: String(signedIn.body["refresh_token"]),
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    assert.equal(renewed.status, 200);
  });

  it("takes over after a crash, and sets a broken state file aside", async () => {
    const state = join(folder, "crashed");
    const first = await start("--port", "0", "--state", state);
    first.child.kill("SIGKILL");
    await exitOf(first.child);
    await writeFile(join(state, "idporten-keys.json"), '{"signing":[');
    await writeFile(join(state, "idporten-grants.json"), '{"Session:x":{"payload":"not an object"}}');
    const second = await start("--port", "0", "--state", state);
    assert.equal((await signIn(second.issuer)).status, 200);
    assert.equal(second.stderr().match(/could not be understood\. It was set aside as/g)?.length, 2);
    assert.equal(await readFile(join(state, "idporten-keys.json.broken-1"), "utf8"), '{"signing":[');
  });

  it("ends with the last of the windows that joined it, if it was started for them", async () => {
    const { child, issuer } = await start("--port", "0", "--leased");
    const join = async (): Promise<string> => String((await control(issuer, "POST", "/join")).body["lease"]);
    const [first, second] = [await join(), await join()];
    assert.equal((await control(issuer, "POST", "/heartbeat", { lease: first })).status, 200);
    assert.equal((await control(issuer, "POST", "/heartbeat", { lease: "unknown" })).status, 404);
    assert.deepEqual((await control(issuer, "POST", "/leave", { lease: first })).body, { stopping: false });
    assert.equal((await control(issuer, "GET", "/status")).body["windows"], 1);
    assert.deepEqual((await control(issuer, "POST", "/leave", { lease: second })).body, { stopping: true });
    assert.equal(await exitOf(child), 0);
  });

  it("started by hand, it outlives a window that joined and left", async () => {
    const { child, issuer } = await start("--port", "0");
    const { lease } = (await control(issuer, "POST", "/join")).body;
    assert.deepEqual((await control(issuer, "POST", "/leave", { lease })).body, { stopping: false });
    assert.equal((await control(issuer, "GET", "/status")).body["pid"], child.pid);
  });
});
