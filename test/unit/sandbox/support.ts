import { createHash, randomBytes } from "node:crypto";
import assert from "node:assert/strict";
import { createLog } from "../../../src/sandbox/log.ts";
import { defaultClientIds, type SandboxClient } from "../../../src/sandbox/clients.ts";
import type { Settings } from "../../../src/sandbox/altinn/settings.ts";
import { startSandbox, type Sandbox } from "../../../src/sandbox/server.ts";
import { openStore } from "../../../src/sandbox/store.ts";

export interface RunningSandbox extends Sandbox {
  readonly issuer: string;
  /** What the sandbox logged so far, at trace level. */
  readonly log: () => string;
}

export interface StartOptions {
  readonly stateFolder?: string;
  readonly clients?: readonly SandboxClient[];
  readonly endsWithLastLease?: boolean;
  readonly port?: number;
  readonly now?: () => number;
  readonly settings?: Partial<Settings>;
}

/** A sandbox in this process, on a free port, with everything it logs kept. */
export async function start(options: StartOptions = {}): Promise<RunningSandbox> {
  const lines: string[] = [];
  const log = createLog("trace", (line) => lines.push(line));
  const sandbox = await startSandbox({
    port: options.port ?? 0,
    store: await openStore(options.stateFolder ?? null, log),
    log,
    clients: options.clients ?? [],
    endsWithLastLease: options.endsWithLastLease ?? false,
    settings: options.settings ?? {},
    now: options.now ?? (() => Date.now()),
  });
  return { ...sandbox, issuer: sandbox.description.issuer, log: () => lines.join("") };
}

/** A browser as far as cookies go: it keeps them by path, follows nothing, and sends what it should. */
export class Browser {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>();

  async request(url: string, form?: Record<string, string | readonly string[]>): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies.entries()]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ");
    const init: RequestInit = { redirect: "manual", headers: { cookie } };
    if (form !== undefined) {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(form)) {
        for (const single of typeof value === "string" ? [value] : value) body.append(name, single);
      }
      Object.assign(init, { method: "POST", body });
    }
    const response = await fetch(url, init);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf("=");
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? "/";
    const name = pair.slice(0, at);
    if (attributes.some((attribute) => /^expires=Thu, 01 Jan 1970/i.test(attribute))) this.#cookies.delete(name);
    else this.#cookies.set(name, { value: pair.slice(at + 1), path });
  }

  /** Follows redirects as long as they stay at `origin`; the answer is the first that does not, or is no redirect. */
  async follow(url: string, origin: string, form?: Record<string, string | readonly string[]>): Promise<Response> {
    let response = await this.request(url, form);
    for (let hop = 0; hop < 10; hop++) {
      const location = response.headers.get("location");
      if (location === null) return response;
      const target = new URL(location, origin);
      if (target.origin !== origin) return response;
      response = await this.request(target.href);
    }
    throw new Error("too many redirects");
  }
}

export interface AuthorizeRequest {
  readonly url: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly clientId: string;
}

export const fullScope =
  "openid profile skatteetaten:mvameldingvalidering altinn:instances.read altinn:instances.write";

/** An authorization request as a careful client makes it; `changes` replaces parameters, or removes them where null. */
export function authorizeRequest(issuer: string, changes: Record<string, string | null> = {}): AuthorizeRequest {
  const verifier = randomBytes(32).toString("base64url");
  const url = new URL(`${issuer}/authorize`);
  const parameters: Record<string, string | null> = {
    response_type: "code",
    client_id: defaultClientIds.desktop,
    redirect_uri: "http://127.0.0.1:40001/callback",
    scope: fullScope,
    state: "the-state",
    nonce: "the-nonce",
    acr_values: "idporten-loa-high",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return {
    url: url.href,
    verifier,
    redirectUri: parameters["redirect_uri"] ?? "",
    clientId: parameters["client_id"] ?? "",
  };
}

export const manager = "12837420162";
export const testLogin = { login_hint: `testid:${manager}_idporten-loa-high` };

/** The address that a response sends the browser to. */
export function location(response: Response): URL {
  const target = response.headers.get("location");
  assert.ok(target !== null, `no redirect, but ${String(response.status)}`);
  return new URL(target, response.url);
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export async function postForm(
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form), headers });
  const text = await response.text();
  const body: unknown = text === "" ? {} : JSON.parse(text);
  assert.ok(typeof body === "object" && body !== null);
  return { status: response.status, headers: response.headers, body: { ...body } };
}

export function redeem(
  issuer: string,
  request: AuthorizeRequest,
  code: string,
  extra: Record<string, string> = {},
): Promise<TokenAnswer> {
  return postForm(`${issuer}/token`, {
    grant_type: "authorization_code",
    code,
    redirect_uri: request.redirectUri,
    client_id: request.clientId,
    code_verifier: request.verifier,
    ...extra,
  });
}

/** Signs in through `login_hint` and redeems the code. */
export async function signIn(
  issuer: string,
  changes: Record<string, string | null> = {},
  extra: Record<string, string> = {},
): Promise<TokenAnswer> {
  const request = authorizeRequest(issuer, { ...testLogin, ...changes });
  const response = await new Browser().request(request.url);
  const code = location(response).searchParams.get("code");
  assert.ok(code !== null, `no code in ${location(response).search}`);
  return redeem(issuer, request, code, extra);
}

export function claims(token: unknown): Record<string, unknown> {
  assert.ok(typeof token === "string", "no token");
  const parsed: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  assert.ok(typeof parsed === "object" && parsed !== null);
  return { ...parsed };
}

/** Asks the control API for something. */
export async function control(issuer: string, method: string, path: string, body?: unknown): Promise<TokenAnswer> {
  const response = await fetch(`${issuer}/sandbox/control${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const parsed: unknown = await response.json();
  assert.ok(typeof parsed === "object" && parsed !== null);
  return { status: response.status, headers: response.headers, body: { ...parsed } };
}
