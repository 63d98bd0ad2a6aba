import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { JsonWebKey, KeyObject } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Environment } from "../../../src/services/environments.ts";
import { sandboxEnvironment } from "../../../src/services/environments.ts";
import { serve } from "./support.ts";
import type { LocalServer } from "./support.ts";

/** One way in which the provider departs from the right one. */
export interface Oddity {
  readonly metadata?: (metadata: Record<string, unknown>) => Record<string, unknown>;
  /** Changes the answer that goes to the redirect URI. */
  readonly callback?: (query: URLSearchParams) => void;
  readonly claims?: (claims: Record<string, unknown>) => Record<string, unknown>;
  readonly header?: (header: Record<string, unknown>) => Record<string, unknown>;
  readonly signWith?: KeyObject | "nothing" | "clientId";
  readonly tokenAnswer?: (answer: Record<string, unknown>) => Record<string, unknown>;
  /** Answers a path in its own way; false to go on as usual. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
  /** HTTP Date of every answer. */
  readonly date?: Date;
}

export interface OddServer extends LocalServer {
  readonly environment: Environment;
  /** Bodies of the requests to the token endpoint. */
  readonly tokenRequests: readonly URLSearchParams[];
  odd: Oddity;
}

/** A signing key that the provider does not publish. */
export const foreignKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
const publicKey: JsonWebKey = own.publicKey.export({ format: "jwk" });

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A small provider that is right in everything but its oddity. It signs everyone in at once. */
export async function startOddServer(): Promise<OddServer> {
  const codes = new Map<string, { nonce: string; challenge: string; redirectUri: string; scope: string }>();
  const tokenRequests: URLSearchParams[] = [];
  let issuer = "";

  const idToken = (nonce: string): string => {
    const { odd } = result;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: sandboxEnvironment.clientId,
      sub: "person-1",
      acr: "idporten-loa-high",
      nonce,
      iat: now,
      exp: now + 120,
    };
    const header = odd.header?.({ alg: "RS256", kid: "own" }) ?? { alg: "RS256", kid: "own" };
    const input = `${encode(header)}.${encode(odd.claims?.(claims) ?? claims)}`;
    if (odd.signWith === "nothing") return `${input}.`;
    if (odd.signWith === "clientId") {
      return `${input}.${createHash("sha256").update(input).digest("base64url")}`;
    }
    return `${input}.${sign("sha256", Buffer.from(input), odd.signWith ?? own.privateKey).toString("base64url")}`;
  };

  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };

  const routes: Readonly<Record<string, (url: URL, response: ServerResponse, body: URLSearchParams) => void>> = {
    "/.well-known/openid-configuration": (_url, response) => {
      const metadata = {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        id_token_signing_alg_values_supported: ["RS256"],
        authorization_response_iss_parameter_supported: true,
      };
      json(response, 200, result.odd.metadata?.(metadata) ?? metadata);
    },
    "/jwks": (_url, response) =>
      json(response, 200, { keys: [{ ...publicKey, kid: "own", use: "sig", alg: "RS256" }] }),
    "/authorize": (url, response) => {
      const get = (name: string): string => url.searchParams.get(name) ?? "";
      const code = `code-${codes.size + 1}`;
      codes.set(code, {
        nonce: get("nonce"),
        challenge: get("code_challenge"),
        redirectUri: get("redirect_uri"),
        scope: get("scope"),
      });
      const target = new URL(get("redirect_uri"));
      target.search = new URLSearchParams({ code, state: get("state"), iss: issuer }).toString();
      result.odd.callback?.(target.searchParams);
      response.writeHead(302, { location: target.href }).end();
    },
    "/token": (_url, response, body) => {
      tokenRequests.push(body);
      const known = codes.get(body.get("code") ?? "");
      codes.delete(body.get("code") ?? "");
      const challenge = createHash("sha256")
        .update(body.get("code_verifier") ?? "")
        .digest("base64url");
      if (known?.challenge !== challenge || known.redirectUri !== body.get("redirect_uri")) {
        json(response, 400, { error: "invalid_grant" });
        return;
      }
      const answer = {
        access_token: "opaque-access-token",
        token_type: "Bearer",
        expires_in: 120,
        scope: known.scope,
        id_token: idToken(known.nonce),
      };
      json(response, 200, result.odd.tokenAnswer?.(answer) ?? answer);
    },
  };

  const server = await serve((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? "/", issuer);
      if (result.odd.date !== undefined) response.setHeader("date", result.odd.date.toUTCString());
      let body = "";
      for await (const chunk of request) body += String(chunk);
      if (result.odd.intercept?.(request, response, url.pathname) === true) return;
      const route = routes[url.pathname];
      if (route === undefined) response.writeHead(404).end();
      else route(url, response, new URLSearchParams(body));
    })();
  });
  issuer = server.url;
  const environment: Environment = {
    ...sandboxEnvironment,
    name: "odd",
    issuer,
    redirectUris: ["http://127.0.0.1:0/callback"],
  };
  const result: OddServer = { ...server, environment, tokenRequests, odd: {} };
  return result;
}
