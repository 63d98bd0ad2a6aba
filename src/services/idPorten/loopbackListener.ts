import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Language } from "../../vatReturn/text.ts";
import { readCallbackQuery } from "./callback.ts";
import type { Callback } from "./callback.ts";
import { SignInError } from "./problem.ts";
import { pageHeaders, responsePage } from "./responsePage.ts";
import type { ResponsePage } from "./responsePage.ts";

/** Why the listener turned a request away. */
export type Refusal = "method" | "path" | "host" | "state" | "malformed" | "used";

export interface LoopbackOptions {
  /** In order of preference; port 0 stands for any free port. */
  readonly redirectUris: readonly string[];
  readonly state: string;
  readonly language: Language;
  /** Told about every request that was turned away; `error` is the OAuth error code that came with it. */
  readonly onRefused?: (refusal: Refusal, error: string | null) => void;
  /** How long the page is served after the answer has come. Default 5 s. */
  readonly lingerMilliseconds?: number;
}

export interface LoopbackListener {
  /** The redirect URI to send to ID-porten: one of the given ones, with the real port. */
  readonly redirectUri: string;
  /** Resolves with the one answer that belongs to this sign-in. Never rejects; stays open if the listener is closed. */
  readonly callback: Promise<Callback>;
  /** Stops listening: at once, or, after an answer, when the browser has had time to fetch the page. */
  close(): Promise<void>;
}

const donePath = "/signed-in";
const failedPath = "/not-signed-in";
const defaultLinger = 5000;
/** Attempts to find a port that is free in both address families at once. */
const pairAttempts = 10;

/**
 * Listens for ID-porten's answer on the first of the redirect URIs whose port is free.
 * @throws SignInError `portTaken` with every port that was tried
 */
export async function startLoopbackListener(options: LoopbackOptions): Promise<LoopbackListener> {
  const ports: number[] = [];
  let systemCode: string | null = null;
  for (const redirectUri of options.redirectUris) {
    const url = new URL(redirectUri);
    const port = url.port === "" ? 80 : Number(url.port);
    try {
      return await listen(url, port, options);
    } catch (error) {
      systemCode = codeOf(error);
      ports.push(port);
    }
  }
  throw new SignInError({ code: "portTaken", ports, systemCode });
}

async function listen(registered: URL, wantedPort: number, options: LoopbackOptions): Promise<LoopbackListener> {
  const hosts = addressesOf(registered.hostname);
  // The handler needs the real port, which is known only after binding; no request can come before that.
  const receiver = createReceiver(options);
  const servers = await bindAll(hosts, wantedPort, receiver.handle);
  const first = servers[0]?.address() as AddressInfo;
  const redirect = new URL(registered);
  redirect.port = String(first.port);
  receiver.expect(redirect);

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      if (receiver.answered()) await receiver.pageFetched(options.lingerMilliseconds ?? defaultLinger);
      await Promise.all(servers.map(stop));
    })();
    return closing;
  };
  return { redirectUri: redirect.href, callback: receiver.callback, close };
}

interface Receiver {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly callback: Promise<Callback>;
  expect(redirect: URL): void;
  answered(): boolean;
  /** Waits until the page after the answer has been fetched, but no longer than this. */
  pageFetched(milliseconds: number): Promise<void>;
}

function createReceiver(options: LoopbackOptions): Receiver {
  let redirect: URL | undefined;
  let answer: Callback | undefined;
  let deliver: (callback: Callback) => void = () => undefined;
  let fetched: () => void = () => undefined;
  const callback = new Promise<Callback>((resolve) => (deliver = resolve));
  const page = new Promise<void>((resolve) => (fetched = resolve));

  const send = (response: ServerResponse, status: number, name: ResponsePage): void => {
    response.writeHead(status, pageHeaders).end(responsePage(name, options.language));
  };
  const refuse = (
    response: ServerResponse,
    status: number,
    name: ResponsePage,
    refusal: Refusal,
    error: string | null = null,
  ): void => {
    send(response, status, name);
    options.onRefused?.(refusal, error);
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    if (redirect === undefined || request.headers.host !== redirect.host) {
      refuse(response, 421, "notFound", "host");
      return;
    }
    if (request.method !== "GET") {
      response.setHeader("allow", "GET");
      refuse(response, 405, "notFound", "method");
      return;
    }
    const target = request.url ?? "";
    const mark = target.indexOf("?");
    const path = mark === -1 ? target : target.slice(0, mark);
    if (answer !== undefined && (target === donePath || target === failedPath)) {
      response.on("close", fetched);
      send(response, 200, target === donePath ? "received" : "refusedByIdPorten");
      return;
    }
    if (path !== redirect.pathname) {
      refuse(response, 404, "notFound", "path");
      return;
    }
    if (answer !== undefined) {
      refuse(response, 410, "alreadyUsed", "used");
      return;
    }
    const reading = readCallbackQuery(mark === -1 ? "" : target.slice(mark), {
      redirectUri: redirect.href,
      state: options.state,
    });
    if (!reading.ok) {
      const ofState = reading.reason === "noState" || reading.reason === "otherState";
      refuse(response, 400, "notForThisSignIn", ofState ? "state" : "malformed", reading.error);
      return;
    }
    answer = reading.callback;
    // A redirect, so that the address with the code stays neither in the address bar nor in the history.
    response.writeHead(303, { ...pageHeaders, location: answer.error === null ? donePath : failedPath }).end();
    deliver(answer);
  };

  return {
    handle,
    callback,
    expect: (url) => (redirect = url),
    answered: () => answer !== undefined,
    pageFetched: async (milliseconds) => {
      let timer: NodeJS.Timeout | undefined;
      const linger = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
      await Promise.race([page, linger]);
      clearTimeout(timer);
    },
  };
}

/** Browsers take `localhost` to mean either family, so both are listened on; a literal address is just itself. */
function addressesOf(hostname: string): readonly string[] {
  if (hostname === "localhost") return ["127.0.0.1", "::1"];
  return [hostname === "[::1]" ? "::1" : "127.0.0.1"];
}

async function bindAll(
  hosts: readonly string[],
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<readonly Server[]> {
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = [];
    let boundPort = port;
    try {
      for (const host of hosts) {
        const server = await bind(host, boundPort, handle).catch((error: unknown) => {
          // A machine without IPv6 has nothing to listen on there, and no browser that would call it.
          if (servers.length > 0 && ["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes(codeOf(error) ?? "")) return null;
          throw error;
        });
        if (server === null) continue;
        servers.push(server);
        boundPort = (server.address() as AddressInfo).port;
      }
      return servers;
    } catch (error) {
      await Promise.all(servers.map(stop));
      if (port !== 0 || attempt >= pairAttempts) throw error;
    }
  }
}

function bind(
  host: string,
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 32_768 }, handle);
    server.maxConnections = 50;
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      // A connection that breaks later concerns only itself.
      server.on("clientError", (_error, socket) => socket.destroy());
      resolve(server);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
