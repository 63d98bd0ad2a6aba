import assert from "node:assert/strict";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Server } from "node:net";
import { cert, key } from "../../support/untrustedCertificate.ts";
import { decodeNetworkFailure } from "../../../src/services/networkFailure.ts";
import type { NetworkFailure } from "../../../src/services/networkFailure.ts";

async function failureOf(fetching: Promise<unknown>): Promise<NetworkFailure | null> {
  try {
    await fetching;
  } catch (error) {
    return decodeNetworkFailure(error);
  }
  assert.fail("the call succeeded");
}

async function withServer(server: Server, test: (port: number) => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await test((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

describe("a network failure", () => {
  it("by an unknown certificate", async () => {
    await withServer(createServer({ key, cert }), async (port) => {
      const failure = await failureOf(fetch(`https://localhost:${port}/`));
      assert.deepEqual(failure, { kind: "certificate", code: "DEPTH_ZERO_SELF_SIGNED_CERT", mayHaveArrived: false });
    });
  });

  it("by plain http where TLS is spoken to", async () => {
    await withServer(createHttpServer(), async (port) => {
      const failure = await failureOf(fetch(`https://127.0.0.1:${port}/`));
      assert.equal(failure?.kind, "tls");
      assert.equal(failure.mayHaveArrived, false);
    });
  });

  it("by a connection that is refused", async () => {
    let free = 0;
    await withServer(createHttpServer(), (port) => {
      free = port;
      return Promise.resolve();
    });
    const failure = await failureOf(fetch(`http://127.0.0.1:${free}/`));
    assert.deepEqual(failure, { kind: "refused", code: "ECONNREFUSED", mayHaveArrived: false });
  });

  it("by a name that does not exist", async () => {
    const failure = await failureOf(fetch("http://name.invalid/"));
    assert.equal(failure?.kind, "nameNotFound");
    assert.equal(failure.mayHaveArrived, false);
  });

  it("by a connection that breaks may have arrived", async () => {
    await withServer(
      createHttpServer((request) => request.socket.destroy()),
      async (port) => {
        const failure = await failureOf(fetch(`http://127.0.0.1:${port}/`));
        assert.equal(failure?.kind, "reset");
        assert.equal(failure.mayHaveArrived, true);
      },
    );
  });

  it("by a time limit and by a cancellation", async () => {
    await withServer(
      createHttpServer(() => undefined),
      async (port) => {
        const url = `http://127.0.0.1:${port}/`;
        assert.equal((await failureOf(fetch(url, { signal: AbortSignal.timeout(20) })))?.kind, "timedOut");
        assert.equal((await failureOf(fetch(url, { signal: AbortSignal.abort() })))?.kind, "cancelled");
      },
    );
  });

  it("by a proxy that refuses the tunnel", () => {
    const cause = new Error("Proxy response (407) !== 200 when HTTP Tunneling");
    const failure = decodeNetworkFailure(new TypeError("fetch failed", { cause }));
    assert.deepEqual(failure, { kind: "proxy", code: "407", mayHaveArrived: false });
  });

  it("is nothing else", () => {
    const ring = new Error("ring");
    ring.cause = ring;
    for (const other of [new Error("x"), new TypeError("x"), "x", null, undefined, ring]) {
      assert.equal(decodeNetworkFailure(other), null);
    }
  });
});
