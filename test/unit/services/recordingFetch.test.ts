import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRecordingFetch } from "../../../src/services/recordingFetch.ts";
import type { Exchange } from "../../../src/services/recordingFetch.ts";

describe("the recording fetch", () => {
  let server: Server;
  let base: string;
  let answer: RequestListener;

  before(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  function recorder(limit?: number): { fetch: typeof fetch; exchanges: Exchange[] } {
    const exchanges: Exchange[] = [];
    let clock = Date.UTC(2026, 0, 1);
    const now = (): number => (clock += 10);
    const options = { fetch, now, record: (exchange: Exchange) => exchanges.push(exchange) };
    return { fetch: createRecordingFetch(limit === undefined ? options : { ...options, limit }), exchanges };
  }

  it("records request and answer, redacted, and hands the answer on whole", async () => {
    answer = (request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "application/json", "set-cookie": "sid=secretcookie" });
      response.end('{"access_token":"opaque-access-token","pid":"01818012345"}');
    };
    const { fetch: recording, exchanges } = recorder();
    const response = await recording(`${base}/token?code=abcdefgh`, {
      method: "POST",
      headers: { authorization: "Bearer sent-bearer-token" },
      body: new URLSearchParams({ client_id: "me", client_secret: "very secret" }),
    });
    assert.deepEqual(await response.json(), { access_token: "opaque-access-token", pid: "01818012345" });
    assert.equal(response.url, `${base}/token?code=abcdefgh`);
    const [exchange] = exchanges;
    assert.ok(exchange !== undefined);
    assert.equal(exchange.request.method, "POST");
    assert.equal(exchange.request.url, `${base}/token?code=[removed]`);
    assert.equal(exchange.request.body?.text, "client_id=me&client_secret=[removed]");
    assert.equal(exchange.response?.status, 200);
    assert.equal(exchange.response.body?.text, '{"access_token":"[removed]","pid":"[removed]"}');
    assert.equal(exchange.durationMilliseconds, 10);
    for (const secret of ["opaque-access-token", "sent-bearer-token", "very secret", "secretcookie", "01818012345"]) {
      assert.ok(!JSON.stringify(exchanges).includes(secret), secret);
    }
  });

  it("keeps only the beginning of a long body and nothing of a binary one", async () => {
    answer = (request, response) => {
      const binary = request.url === "/pdf";
      response.writeHead(200, { "content-type": binary ? "application/pdf" : "text/plain" });
      response.end("x".repeat(1000));
    };
    const { fetch: recording, exchanges } = recorder(100);
    assert.equal((await (await recording(`${base}/text`)).text()).length, 1000);
    assert.equal((await (await recording(`${base}/pdf`)).arrayBuffer()).byteLength, 1000);
    const bodies = exchanges.map((exchange) => exchange.response?.body);
    assert.deepEqual(bodies, [
      { mediaType: "text/plain", size: 1000, text: "x".repeat(100), truncated: true },
      { mediaType: "application/pdf", size: 1000, text: null, truncated: true },
    ]);
  });

  it("passes a secret that the limit would cut through", async () => {
    answer = (_request, response) =>
      response.writeHead(200, { "content-type": "text/plain" }).end(`${"x".repeat(95)} 01818012345`);
    const { fetch: recording, exchanges } = recorder(100);
    await recording(base);
    assert.ok(!JSON.stringify(exchanges).includes("0181"));
  });

  it("passes answers without a body and redirects", async () => {
    answer = (request, response) =>
      request.url === "/none" ? response.writeHead(204).end() : response.writeHead(302, { location: "/none" }).end();
    const { fetch: recording, exchanges } = recorder();
    assert.equal((await recording(`${base}/none`)).status, 204);
    const redirect = await recording(`${base}/go`, { redirect: "manual" });
    assert.equal(redirect.headers.get("location"), "/none");
    assert.deepEqual(
      exchanges.map((exchange) => exchange.response?.status),
      [204, 302],
    );
  });

  it("records a connection that breaks, before and inside the answer", async () => {
    answer = (request, response) => {
      if (request.url === "/inside") response.writeHead(200, { "content-length": "100" }).write("half");
      setImmediate(() => request.socket.destroy());
    };
    const { fetch: recording, exchanges } = recorder();
    await assert.rejects(recording(`${base}/before`));
    await assert.rejects(recording(`${base}/inside`));
    assert.deepEqual(
      exchanges.map((exchange) => exchange.failure?.kind),
      ["reset", "reset"],
    );
    assert.deepEqual(
      exchanges.map((exchange) => exchange.response?.status ?? null),
      [null, 200],
    );
  });

  it("records a refused connection by its code", async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const { fetch: recording, exchanges } = recorder();
    await assert.rejects(recording(`http://127.0.0.1:${port}/`));
    assert.deepEqual(exchanges[0]?.failure, { kind: "refused", code: "ECONNREFUSED" });
  });
});
