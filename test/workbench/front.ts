import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/**
 * The one address of a workbench: passes everything on to VS Code's server and adds the two things it lacks.
 *
 * - `/open-port/PORT/path?query` sends the browser on to `http://127.0.0.1:PORT/path?query`. The workbench rewrites
 *   every loopback address it opens into a proxy form that VS Code's server does not serve, and this is that form.
 * - `POST /mint-key` answers half of the key that the browser's secret storage is encrypted with. Without it secrets
 *   live in memory and a reload loses them. A constant will do on loopback.
 *
 * Only requests that name this very address as their host (and, for sockets, as their origin) are passed on, so that
 * a page of another site cannot reach the extension host through the browser.
 */
export type Front = {
  readonly port: number;
  /** The value of VSCODE_PROXY_URI for the server behind this front. */
  readonly proxyUri: string;
  /** Gives a long address of this front a short one, which is returned. */
  shorten(url: string): string;
  /** Names the server's socket, known only once the server is started with `proxyUri`. */
  passOnTo(socketPath: string): void;
  stop(): Promise<void>;
};

const openPortPath = "/open-port/";
const shortPath = "/open";
const mintedKey = Buffer.alloc(32, 0x6d);

export async function startFront(port = 0): Promise<Front> {
  let target: string | undefined;
  let long: string | undefined;
  const sockets = new Set<Socket>();
  let host = "";

  const server = createServer((incoming, outgoing) => {
    if (incoming.headers.host !== host) {
      answer(outgoing, 421, `Open http://${host}/ instead: this server answers under that name only.`);
      return;
    }
    const url = incoming.url ?? "/";
    if (url.startsWith(openPortPath)) {
      redirectToPort(url, outgoing);
      return;
    }
    if (url === shortPath && long !== undefined) {
      outgoing.writeHead(302, { location: long, "cache-control": "no-store" }).end();
      return;
    }
    if (url === "/mint-key" && incoming.method === "POST") {
      outgoing.writeHead(200).end(mintedKey);
      return;
    }
    if (target === undefined) {
      answer(outgoing, 503, "VS Code's server is not up yet.");
      return;
    }
    passRequest(target, incoming, outgoing);
  });
  server.on("upgrade", (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    const origin = incoming.headers.origin;
    if (target === undefined || incoming.headers.host !== host || origin !== `http://${host}`) {
      socket.destroy();
      return;
    }
    passUpgrade(target, incoming, socket, head);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const actualPort = (server.address() as AddressInfo).port;
  host = `127.0.0.1:${actualPort}`;
  return {
    port: actualPort,
    proxyUri: `http://${host}${openPortPath}{{port}}/`,
    shorten: (url) => {
      long = url;
      return `http://${host}${shortPath}`;
    },
    passOnTo: (socketPath) => {
      target = socketPath;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function answer(outgoing: ServerResponse, status: number, text: string): void {
  outgoing.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

function redirectToPort(url: string, outgoing: ServerResponse): void {
  const match = /^\/open-port\/(\d{1,5})(\/.*|\?.*|)$/.exec(url);
  if (match === null) {
    answer(outgoing, 404, "Not a port.");
    return;
  }
  const rest = match[2] ?? "";
  const location = `http://127.0.0.1:${match[1] ?? ""}${rest.startsWith("/") ? rest : `/${rest}`}`;
  outgoing.writeHead(302, { location, "cache-control": "no-store" }).end();
}

function passRequest(socketPath: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request({ socketPath, method, path: url, headers }, (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(outgoing);
    reply.on("error", () => outgoing.destroy());
  });
  onward.on("error", () => {
    if (outgoing.headersSent) outgoing.destroy();
    else answer(outgoing, 502, "VS Code's server does not answer.");
  });
  incoming.pipe(onward);
}

function passUpgrade(socketPath: string, incoming: IncomingMessage, socket: Socket, head: Buffer): void {
  const onward = connect(socketPath, () => {
    const lines = [`${incoming.method ?? "GET"} ${incoming.url ?? "/"} HTTP/1.1`];
    for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
      lines.push(`${incoming.rawHeaders[index] ?? ""}: ${incoming.rawHeaders[index + 1] ?? ""}`);
    }
    onward.write(`${lines.join("\r\n")}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  socket.setNoDelay(true);
  onward.setNoDelay(true);
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
  onward.on("close", () => socket.destroy());
  socket.on("close", () => onward.destroy());
}
