import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import type { Environment } from "../../../src/services/environments.ts";
import { createMemoryDiscoveryCache } from "../../../src/services/idPorten/context.ts";
import type { IdPortenContext } from "../../../src/services/idPorten/context.ts";
import { createCookieJar } from "../../../src/services/idPorten/cookieJar.ts";
import type { ProblemCode, SignInProblem } from "../../../src/services/idPorten/problem.ts";
import { isSignInError } from "../../../src/services/idPorten/problem.ts";
import { environmentOfSandbox, readSandboxLine } from "../../../src/services/sandboxLine.ts";
import type { SandboxLine } from "../../../src/services/sandboxLine.ts";

export interface RunningSandbox {
  readonly line: SandboxLine;
  environment(clientId?: string): Environment;
  client(method: string): { readonly clientId: string; readonly clientSecret: string | null };
  /** Asks for a fault until it is cleared. */
  fault(fault: string, parameters?: Readonly<Record<string, unknown>>): Promise<void>;
  clearFaults(): Promise<void>;
  rotateKeys(): Promise<void>;
  stop(): Promise<void>;
}

/** The sandbox as users get it: a process of its own that prints one line. */
export async function startSandbox(): Promise<RunningSandbox> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/sandbox/main.ts", "--port", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
  const first = await Promise.race([
    once(createInterface({ input: child.stdout }), "line").then(([line]) => String(line)),
    once(child, "exit").then(() => assert.fail(`the sandbox ended:\n${said.join("\n")}`)),
  ]);
  const line = readSandboxLine(first);
  assert.ok(line !== null, "the sandbox's line can be read");
  const control = async (method: string, path: string, body?: unknown): Promise<void> => {
    const init: RequestInit = { method, headers: { "content-type": "application/json" } };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await fetch(`${line.controlUrl ?? ""}${path}`, init);
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.text()}`);
  };
  return {
    line,
    environment: (clientId) => {
      const reading = environmentOfSandbox(line, clientId);
      assert.ok(reading.ok, "the sandbox is an environment");
      return reading.environment;
    },
    client: (method) => {
      const found = line.clients.find((client) => client.tokenEndpointAuthMethod === method);
      assert.ok(found !== undefined);
      return found;
    },
    fault: (fault, parameters = {}) => control("POST", "/faults", { fault, mode: "sticky", ...parameters }),
    clearFaults: () => control("DELETE", "/faults"),
    rotateKeys: () => control("POST", "/rotate-keys"),
    stop: async () => {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** A context over plain fetch; what is logged is gathered. */
export function contextFor(
  environment: Environment,
  changes: Partial<IdPortenContext> = {},
): IdPortenContext & { readonly logged: string[] } {
  const logged: string[] = [];
  return {
    environment,
    fetch,
    now: () => Date.now(),
    discoveryCache: createMemoryDiscoveryCache(),
    log: (message) => logged.push(message),
    requestTimeoutSeconds: 5,
    logged,
    ...changes,
  };
}

export interface Visit {
  /** The last address, after all redirects. */
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  /** Every address on the way, the first one included. */
  readonly addresses: readonly string[];
}

/** Follows redirects with cookies, as a browser does. */
export async function browse(address: string, init: { readonly loginHint?: string } = {}): Promise<Visit> {
  const jar = createCookieJar();
  let url = new URL(address);
  if (init.loginHint !== undefined) url.searchParams.set("login_hint", init.loginHint);
  const addresses: string[] = [];
  for (let step = 0; step < 20; step++) {
    addresses.push(url.href);
    const cookies = jar.header(url);
    const response = await fetch(url, { redirect: "manual", headers: cookies === "" ? {} : { cookie: cookies } });
    jar.store(url, response.headers.getSetCookie());
    const location = response.headers.get("location");
    const body = await response.text();
    if (location === null) return { url, status: response.status, body, addresses };
    url = new URL(location, url);
  }
  throw new Error("too many redirects");
}

export interface LocalServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function serve(handler: RequestListener, port = 0, host = "127.0.0.1"): Promise<LocalServer> {
  const server = createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The problem that a promise is rejected with. */
export async function problemOf<Code extends ProblemCode>(
  promise: Promise<unknown>,
  code: Code,
): Promise<Extract<SignInProblem, { code: Code }>> {
  try {
    await promise;
  } catch (error) {
    assert.ok(isSignInError(error), `a SignInError, not ${String(error)}`);
    assert.equal(error.problem.code, code, JSON.stringify([error.problem, error.technical]));
    return error.problem as Extract<SignInProblem, { code: Code }>;
  }
  assert.fail(`expected ${code}`);
}
