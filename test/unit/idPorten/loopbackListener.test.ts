import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { startLoopbackListener } from "../../../src/services/idPorten/loopbackListener.ts";
import type { LoopbackListener, LoopbackOptions } from "../../../src/services/idPorten/loopbackListener.ts";
import { problemOf, serve } from "./support.ts";

const state = "expected-state";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request exactly as given: fetch would not let us forge a Host header. */
function send(
  port: number,
  target: string,
  init: { method?: string; host?: string; address?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: init.address ?? "127.0.0.1",
        port,
        path: target,
        method: init.method ?? "GET",
        headers: { host: init.host ?? `127.0.0.1:${port}` },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    outgoing.on("error", reject).end();
  });
}

describe("the loopback listener", () => {
  const open: LoopbackListener[] = [];
  const refusals: string[] = [];

  async function start(
    redirectUris: readonly string[] = ["http://127.0.0.1:0/token"],
    changes: Partial<LoopbackOptions> = {},
  ): Promise<{ listener: LoopbackListener; port: number }> {
    const listener = await startLoopbackListener({
      redirectUris,
      state,
      language: "en",
      lingerMilliseconds: 50,
      onRefused: (refusal, error) => refusals.push(error === null ? refusal : `${refusal} ${error}`),
      ...changes,
    });
    open.push(listener);
    return { listener, port: Number(new URL(listener.redirectUri).port) };
  }

  afterEach(async () => {
    refusals.length = 0;
    await Promise.all(open.splice(0).map((listener) => listener.close()));
  });

  /** What the callback promise holds at this moment, without waiting for it. */
  const pending = Symbol("pending");
  const peek = (listener: LoopbackListener): Promise<unknown> =>
    Promise.race([listener.callback, new Promise((resolve) => setImmediate(resolve, pending))]);

  it("hands over one answer, sends the browser to a clean address and then closes", async () => {
    const { listener, port } = await start();
    const first = await send(port, `/token?code=a.b&iss=x&state=${state}`);
    assert.equal(first.status, 303);
    assert.equal(first.headers["location"], "/signed-in");
    const callback = await listener.callback;
    assert.equal(callback.url.href, `http://127.0.0.1:${port}/token?code=a.b&iss=x&state=${state}`);
    assert.equal(callback.error, null);
    const page = await send(port, "/signed-in");
    assert.equal(page.status, 200);
    assert.match(page.body, /You can close this page/);
    await listener.close();
    await assert.rejects(send(port, "/signed-in"));
  });

  it("hands over an error in the same way", async () => {
    const { listener, port } = await start(undefined, { language: "nb" });
    const answer = await send(port, `/token?error=access_denied&error_description=%3Cscript%3E&state=${state}`);
    assert.equal(answer.headers["location"], "/not-signed-in");
    assert.equal((await listener.callback).error, "access_denied");
    const page = await send(port, "/not-signed-in");
    assert.match(page.body, /Ikke logget inn/);
    assert.doesNotMatch(page.body, /script/);
  });

  describe("refuses and goes on waiting:", () => {
    const good = `/token?code=c&state=${state}`;
    const cases: readonly (readonly [
      name: string,
      target: string,
      init: { method?: string; host?: string },
      status: number,
      refusal: string,
    ])[] = [
      ["a code without state", "/token?code=c", {}, 400, "state"],
      ["a code with a wrong state", "/token?code=c&state=other", {}, 400, "state"],
      ["a code with an empty state", "/token?code=c&state=", {}, 400, "state"],
      ["a prefix of the state", `/token?code=c&state=${state.slice(0, -1)}`, {}, 400, "state"],
      ["two states", `/token?code=c&state=${state}&state=other`, {}, 400, "malformed"],
      ["two codes", `/token?code=c&code=d&state=${state}`, {}, 400, "malformed"],
      ["an error without state, whose code is told", "/token?error=access_denied", {}, 400, "state access_denied"],
      ["an answer without a code", `/token?state=${state}`, {}, 400, "malformed"],
      ["POST", good, { method: "POST" }, 405, "method"],
      ["HEAD", good, { method: "HEAD" }, 405, "method"],
      ["OPTIONS", good, { method: "OPTIONS" }, 405, "method"],
      ["another path", `/other?code=c&state=${state}`, {}, 404, "path"],
      ["a longer path", `/token/?code=c&state=${state}`, {}, 404, "path"],
      ["the path in other letters", `/Token?code=c&state=${state}`, {}, 404, "path"],
      ["the path escaped", `/%74oken?code=c&state=${state}`, {}, 404, "path"],
      ["a whole address as target", `http://127.0.0.1/token?code=c&state=${state}`, {}, 404, "path"],
      ["a foreign host", good, { host: "evil.example" }, 421, "host"],
      ["the right host with another port", good, { host: "127.0.0.1:1" }, 421, "host"],
      ["localhost instead of the registered address", good, { host: "localhost" }, 421, "host"],
      ["the clean page before there is an answer", "/signed-in", {}, 404, "path"],
    ];
    for (const [name, target, init, status, refusal] of cases) {
      it(name, async () => {
        const { listener, port } = await start();
        const answer = await send(port, target, init);
        assert.equal(answer.status, status);
        assert.deepEqual(refusals, [refusal]);
        assert.equal(answer.headers["location"], undefined);
        assert.equal(await peek(listener), pending);
        assert.equal((await send(port, good)).status, 303, "the real answer still gets through");
        assert.equal((await listener.callback).url.searchParams.get("code"), "c");
      });
    }

    it("a replayed code", async () => {
      const { listener, port } = await start();
      await send(port, good);
      const again = await send(port, good.replace("code=c", "code=d"));
      assert.equal(again.status, 410);
      assert.deepEqual(refusals, ["used"]);
      assert.equal((await listener.callback).url.searchParams.get("code"), "c");
    });

    it("something that is no HTTP at all", async () => {
      const { port } = await start();
      const socket = connect(port, "127.0.0.1");
      const closed = new Promise((resolve) => socket.once("close", resolve));
      socket.on("error", () => undefined).write("\u0000\u0001 nonsense\r\n\r\n");
      await closed;
      assert.equal((await send(port, good)).status, 303);
    });
  });

  it("every page is static, not stored, not framed, and runs nothing", async () => {
    const { port } = await start();
    const pages = [
      await send(port, "/token?code=<script>alert(1)</script>&state=%22%3E%3Cscript%3E"),
      await send(port, "/<script>"),
      await send(port, `/token?code=c&state=${state}`),
      await send(port, "/signed-in"),
    ];
    for (const page of pages) {
      assert.equal(page.headers["cache-control"], "no-store");
      assert.match(String(page.headers["content-security-policy"]), /default-src 'none'.*frame-ancestors 'none'/);
      assert.equal(page.headers["referrer-policy"], "no-referrer");
      assert.doesNotMatch(page.body, /<script|alert/);
    }
  });

  it("leads nowhere but to its own clean page", async () => {
    const { port } = await start();
    const answer = await send(port, `/token?code=c&state=${state}&redirect=https://evil.example&next=//evil.example`);
    assert.equal(answer.headers["location"], "/signed-in");
  });

  it("listens on both families where the redirect host is localhost, and only on loopback", async () => {
    const { listener, port } = await start(["http://localhost:0/token"]);
    assert.equal(listener.redirectUri, `http://localhost:${port}/token`);
    const host = `localhost:${port}`;
    assert.equal((await send(port, "/x", { host })).status, 404);
    const six = await send(port, `/token?code=c&state=${state}`, { host, address: "::1" }).catch(
      (error: unknown) => (error as { code?: string }).code,
    );
    const hasSix = six !== "EADDRNOTAVAIL" && six !== "EAFNOSUPPORT";
    if (hasSix) assert.equal((six as Answer).status, 303);
  });

  it("takes the next redirect URI when a port is taken, and names the ports when all are", async () => {
    const one = await serve((_request, response) => response.end());
    const two = await serve((_request, response) => response.end());
    try {
      const taken = [`http://127.0.0.1:${one.port}/token`, `http://localhost:${two.port}/token`];
      const { port } = await start([...taken, "http://127.0.0.1:0/token"]);
      assert.ok(port !== one.port && port !== two.port);
      const problem = await problemOf(start(taken), "portTaken");
      assert.deepEqual(problem.ports, [one.port, two.port]);
      assert.equal(problem.systemCode, "EADDRINUSE");
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });

  it("gives the port back when it is closed without an answer", async () => {
    const { listener, port } = await start();
    await listener.close();
    const again = await start([`http://127.0.0.1:${port}/token`]);
    assert.equal(again.port, port);
  });
});
