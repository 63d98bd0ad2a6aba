import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFront, type Front } from "../../workbench/front.ts";

type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

describe("the front of the workbench's server", () => {
  let front: Front;
  let folder: string;
  const behind = createServer((incoming, outgoing) => {
    outgoing.setHeader("x-path", incoming.url ?? "");
    incoming.pipe(outgoing);
  });
  behind.on("upgrade", (_incoming, socket) => {
    socket.end("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n");
  });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-front-"));
    const socketPath = process.platform === "win32" ? `\\\\.\\pipe\\mva-front-${process.pid}` : join(folder, "server");
    await new Promise<void>((resolve) => behind.listen(socketPath, resolve));
    front = await startFront();
    front.passOnTo(socketPath);
  });

  after(async () => {
    await front.stop();
    behind.close();
    await rm(folder, { recursive: true, force: true });
  });

  const send = (path: string, method = "GET", body = "", host = `127.0.0.1:${front.port}`): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const outgoing = request({ host: "127.0.0.1", port: front.port, path, method, headers: { host } }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("end", () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks) }),
        );
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });

  const upgrade = (origin: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(front.port, "127.0.0.1");
      let answer = "";
      socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
      socket.on("error", () => resolve(answer));
      socket.on("close", () => resolve(answer));
      const lines = [`GET / HTTP/1.1`, `Host: 127.0.0.1:${front.port}`, `Origin: ${origin}`];
      socket.write(`${[...lines, "Upgrade: websocket", "Connection: Upgrade"].join("\r\n")}\r\n\r\n`);
    });

  it("passes requests on with path and body", async () => {
    const reply = await send("/a?b=c", "POST", "hello");
    assert.equal(reply.headers["x-path"], "/a?b=c");
    assert.equal(reply.body.toString(), "hello");
  });

  for (const [path, location] of [
    ["/open-port/5000/cb?code=a%20b&state=%26x", "http://127.0.0.1:5000/cb?code=a%20b&state=%26x"],
    ["/open-port/5000/", "http://127.0.0.1:5000/"],
    ["/open-port/5000", "http://127.0.0.1:5000/"],
    ["/open-port/5000?x=1", "http://127.0.0.1:5000/?x=1"],
  ] as const) {
    it(`sends ${path} on to its port, the query untouched`, async () => {
      const reply = await send(path);
      assert.equal(reply.status, 302);
      assert.equal(reply.headers.location, location);
    });
  }

  for (const path of [
    "/open-port/",
    "/open-port/x/",
    "/open-port/5000@evil.example/",
    "/open-port/5000.evil.example/",
  ]) {
    it(`sends ${path} nowhere`, async () => {
      assert.equal((await send(path)).status, 404);
    });
  }

  it("mints a key of 32 bytes, the same each time", async () => {
    const [first, second] = [await send("/mint-key", "POST"), await send("/mint-key", "POST")];
    assert.equal(first.body.length, 32);
    assert.deepEqual(first.body, second.body);
  });

  it("leads from the short address to the long one", async () => {
    const long = `http://127.0.0.1:${front.port}/?folder=/x`;
    assert.equal(front.shorten(long), `http://127.0.0.1:${front.port}/open`);
    assert.equal((await send("/open")).headers.location, long);
  });

  it("refuses a request that names another host", async () => {
    assert.equal((await send("/", "GET", "", "evil.example")).status, 421);
  });

  it("opens a socket to its own pages only", async () => {
    assert.match(await upgrade(`http://127.0.0.1:${front.port}`), /^HTTP\/1\.1 101 /);
    assert.equal(await upgrade("http://evil.example"), "");
  });
});
