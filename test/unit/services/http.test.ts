import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createHttpCaller, sleep } from "../../../src/services/http.ts";
import type { Call, HttpCaller } from "../../../src/services/http.ts";
import { ServiceError } from "../../../src/services/serviceError.ts";

describe("making calls", () => {
  let server: Server;
  let base = "";
  let answer: RequestListener = (_, response) => response.end();
  let hits = 0;
  const pauses: number[] = [];
  const caller: HttpCaller = createHttpCaller({
    fetch,
    sleep: (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
    random: () => 0.5,
    timeouts: { standard: 300, storing: 600 },
    attempts: 3,
  });
  const call = (changes: Partial<Call> = {}): Call => ({
    service: "altinn",
    name: "test",
    title: { en: "Testing", nb: "Prøving" },
    method: "GET",
    url: base,
    headers: {},
    storing: false,
    repeatable: true,
    ...changes,
  });
  const post: Partial<Call> = { method: "POST", repeatable: false, body: "x" };
  const failing = async (changes: Partial<Call>, signal?: AbortSignal): Promise<ServiceError> => {
    try {
      await caller(call(changes), signal);
    } catch (error) {
      if (error instanceof ServiceError) return error;
      throw error;
    }
    return assert.fail("it succeeded");
  };

  before(async () => {
    server = createServer((request, response) => {
      hits++;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
  });
  beforeEach(() => {
    hits = 0;
    pauses.length = 0;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("repeats what may be repeated, as long as Retry-After says, and no more than three times", async () => {
    answer = (_, response) => response.writeHead(503, { "retry-after": "7" }).end();
    assert.equal((await caller(call())).status, 503);
    assert.deepEqual([hits, pauses], [3, [7000, 7000]]);
  });

  it("waits longer each time where nothing is said, and never over a minute", async () => {
    answer = (_, response) => response.writeHead(502).end();
    await caller(call());
    assert.deepEqual(pauses, [500, 1000]);
    pauses.length = 0;
    answer = (_, response) => response.writeHead(429, { "retry-after": "86400" }).end();
    await caller(call());
    assert.deepEqual(pauses, [60_000, 60_000]);
  });

  const dates: readonly (readonly [string, string, readonly number[]])[] = [
    ["Sun, 22 Nov 2026 09:00:09 GMT", "Sun, 22 Nov 2026 09:00:00 GMT", [9000, 9000]],
    ["Sun, 22 Nov 2026 08:59:00 GMT", "Sun, 22 Nov 2026 09:00:00 GMT", [0, 0]],
    ["soon", "Sun, 22 Nov 2026 09:00:00 GMT", [500, 1000]],
  ];
  for (const [until, date, expected] of dates) {
    it(`reads Retry-After ${until} by the server's clock`, async () => {
      answer = (_, response) => response.writeHead(503, { "retry-after": until, date }).end();
      await caller(call());
      assert.deepEqual(pauses, expected);
    });
  }

  it("goes on with the first success", async () => {
    answer = (_, response) => response.writeHead(hits < 2 ? 500 : 200).end("well");
    const result = await caller(call());
    assert.deepEqual([result.status, result.text, hits], [200, "well", 2]);
  });

  for (const status of [429, 500, 502, 503]) {
    it(`does not repeat a changing call after ${status}`, async () => {
      answer = (_, response) => response.writeHead(status).end();
      assert.equal((await caller(call(post))).status, status);
      assert.equal(hits, 1);
    });
  }

  it("knows that a call to a closed port changed nothing", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const address = closed.address();
    await new Promise((resolve) => closed.close(resolve));
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const error = await failing({ ...post, url: `http://127.0.0.1:${port}/` });
    assert.deepEqual([error.kind, error.effect], ["network", "none"]);
  });

  it("does not know what a changing call did that was reset or broke off", async () => {
    answer = (request) => request.socket.destroy();
    assert.deepEqual(await failing(post).then((error) => [error.kind, error.effect, hits]), ["network", "unknown", 1]);
    answer = (request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => request.socket.destroy(), 20);
    };
    assert.deepEqual(await failing(post).then((error) => [error.kind, error.effect]), ["network", "unknown"]);
  });

  it("times out, and does not know what a changing call did", async () => {
    answer = () => undefined;
    assert.deepEqual(await failing(post).then((error) => [error.kind, error.effect]), ["timeout", "unknown"]);
    assert.equal(hits, 1);
  });

  it("stops when it is cancelled", async () => {
    answer = () => undefined;
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    assert.equal((await failing(post, controller.signal)).kind, "cancelled");
  });

  it("follows no redirect", async () => {
    answer = (_, response) => response.writeHead(303, { location: "http://127.0.0.1:9/" }).end("{}");
    assert.equal((await caller(call())).status, 303);
  });

  it("ends a pause that is cancelled", async () => {
    const controller = new AbortController();
    const pause = sleep(60_000, controller.signal);
    controller.abort();
    await assert.rejects(pause);
    await assert.rejects(sleep(60_000, AbortSignal.abort()));
  });
});
