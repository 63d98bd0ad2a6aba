import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { mock } from "node:test";
import { signIn, superseded } from "../../../src/services/idPorten/signIn.ts";
import type { SignInOptions } from "../../../src/services/idPorten/signIn.ts";
import type { SignedIn } from "../../../src/services/idPorten/attempt.ts";
import type { IdPortenContext } from "../../../src/services/idPorten/context.ts";
import type { ProblemCode } from "../../../src/services/idPorten/problem.ts";
import { cert, key } from "../../support/untrustedCertificate.ts";
import { browse, contextFor, problemOf } from "./support.ts";
import { foreignKey, startOddServer } from "./oddServer.ts";
import type { Oddity, OddServer } from "./oddServer.ts";

function omit(from: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));
}

const scopes = ["openid", "skatteetaten:mvameldingvalidering"];

describe("a provider that is not what it should be", () => {
  let server: OddServer;

  before(async () => {
    server = await startOddServer();
  });
  afterEach(() => {
    server.odd = {};
  });
  after(() => server.close());

  async function start(context: IdPortenContext, changes: Partial<SignInOptions> = {}): Promise<SignedIn> {
    const visits: Promise<unknown>[] = [];
    const result = signIn(context, {
      scopes,
      language: "en",
      probe: false,
      lingerMilliseconds: 0,
      timeoutMilliseconds: 10_000,
      openBrowser: (url) => {
        visits.push(browse(url).catch(() => undefined));
        return Promise.resolve(true);
      },
      ...changes,
    });
    return result.finally(() => Promise.all(visits));
  }

  it("signs in when it is", async () => {
    const { session } = await start(contextFor(server.environment));
    assert.equal(session.tokens.access, "opaque-access-token");
    assert.equal(session.acr, "idporten-loa-high");
    assert.equal(session.tokens.refresh, null);
  });

  it("sends the same redirect URI and the client id in the body to the token endpoint, and no Authorization", async () => {
    let authorization: string | undefined = "unseen";
    server.odd = {
      intercept: (request, _response, path) => {
        if (path === "/token") authorization = request.headers.authorization;
        return false;
      },
    };
    await start(contextFor(server.environment));
    const body = server.tokenRequests.at(-1);
    assert.match(body?.get("redirect_uri") ?? "", /^http:\/\/127\.0\.0\.1:[0-9]+\/callback$/);
    assert.equal(body?.get("client_id"), server.environment.clientId);
    assert.equal(authorization, undefined);
  });

  const claim = (name: string, value: unknown): Oddity => ({ claims: (claims) => ({ ...claims, [name]: value }) });
  const without = (name: string): Oddity => ({
    claims: (claims) => omit(claims, name),
  });
  const hour = 3600;
  const cases: readonly (readonly [name: string, oddity: () => Oddity, code: ProblemCode, fault?: string])[] = [
    ["an id_token without nonce", () => without("nonce"), "idTokenRefused", "nonce"],
    ["an id_token with another nonce", () => claim("nonce", "other"), "idTokenRefused", "nonce"],
    ["an id_token of another issuer", () => claim("iss", "https://test.idporten.no"), "wrongEnvironment"],
    ["an id_token whose issuer differs by a slash", () => claim("iss", `${server.url}/`), "wrongEnvironment"],
    ["an id_token to another client", () => claim("aud", "someone-else"), "idTokenRefused", "audience"],
    [
      "an id_token to two clients",
      () => claim("aud", [server.environment.clientId, "b"]),
      "idTokenRefused",
      "audience",
    ],
    ["an id_token without subject", () => without("sub"), "idTokenRefused", "claim"],
    ["an expired id_token", () => claim("exp", Math.floor(Date.now() / 1000) - hour), "idTokenRefused", "expired"],
    ["an id_token without expiry", () => without("exp"), "idTokenRefused", "claim"],
    [
      "an unsigned id_token",
      () => ({ header: () => ({ alg: "none" }), signWith: "nothing" }),
      "idTokenRefused",
      "algorithm",
    ],
    ["an unsigned id_token that says RS256", () => ({ signWith: "nothing" }), "idTokenRefused", "signature"],
    [
      "an unsigned id_token from metadata that allows none",
      () => ({
        header: () => ({ alg: "none" }),
        signWith: "nothing",
        metadata: (metadata) => ({ ...metadata, id_token_signing_alg_values_supported: ["RS256", "none"] }),
      }),
      "idTokenRefused",
      "algorithm",
    ],
    [
      "an id_token signed with a shared secret",
      () => ({
        header: () => ({ alg: "HS256" }),
        signWith: "clientId",
        metadata: (metadata) => ({ ...metadata, id_token_signing_alg_values_supported: ["RS256", "HS256"] }),
      }),
      "idTokenRefused",
      "algorithm",
    ],
    ["an id_token signed with a foreign key", () => ({ signWith: foreignKey }), "idTokenRefused", "signature"],
    [
      "an id_token with an unknown key id",
      () => ({ signWith: foreignKey, header: () => ({ alg: "RS256", kid: "x" }) }),
      "idTokenRefused",
      "key",
    ],
    [
      "an id_token that is no token",
      () => ({ tokenAnswer: (answer) => ({ ...answer, id_token: "abc" }) }),
      "idTokenRefused",
      "malformed",
    ],
    ["no id_token", () => ({ tokenAnswer: (answer) => omit(answer, "id_token") }), "idTokenRefused", "missing"],
    ["a lower security level", () => claim("acr", "idporten-loa-low"), "acrTooLow"],
    ["no security level", () => without("acr"), "acrTooLow"],
    ["a security level of another scheme", () => claim("acr", "eidas-loa-high"), "acrTooLow"],
    ["no scope but openid", () => ({ tokenAnswer: (answer) => ({ ...answer, scope: "openid" }) }), "scopeDeclined"],
    [
      "a mixed-up issuer in the callback",
      () => ({ callback: (query) => query.set("iss", "https://idporten.no") }),
      "wrongEnvironment",
    ],
    ["no issuer in the callback", () => ({ callback: (query) => query.delete("iss") }), "issuerMissing"],
    [
      "an error from another issuer",
      () => ({
        callback: (query) => {
          query.delete("code");
          query.set("error", "access_denied");
          query.set("iss", "https://idporten.no");
        },
      }),
      "wrongEnvironment",
    ],
    [
      "an error without issuer: the error is told",
      () => ({
        callback: (query) => {
          query.delete("code");
          query.delete("iss");
          query.set("error", "access_denied");
        },
      }),
      "accessDenied",
    ],
    ["a code that is not its own", () => ({ callback: (query) => query.set("code", "stolen") }), "codeRefused"],
    [
      "metadata of another issuer",
      () => ({ metadata: (metadata) => ({ ...metadata, issuer: "https://idporten.no" }) }),
      "wrongEnvironment",
    ],
    [
      "metadata that sends tokens elsewhere in plain",
      () => ({ metadata: (metadata) => ({ ...metadata, token_endpoint: "http://evil.example/token" }) }),
      "metadataRefused",
    ],
    ["metadata without keys", () => ({ metadata: (metadata) => omit(metadata, "jwks_uri") }), "metadataRefused"],
  ];
  for (const [name, oddity, code, fault] of cases) {
    it(`${name}: ${code}`, async () => {
      server.odd = oddity();
      const problem = await problemOf(start(contextFor(server.environment)), code);
      if (fault !== undefined) assert.equal((problem as { fault?: string }).fault, fault, JSON.stringify(problem));
    });
  }

  describe("answers that are no answers", () => {
    const at = (path: string, act: (response: Parameters<NonNullable<Oddity["intercept"]>>[1]) => void): Oddity => ({
      intercept: (_request, response, asked) => {
        if (asked !== path) return false;
        act(response);
        return true;
      },
    });
    const discovery = "/.well-known/openid-configuration";
    const html =
      (status: number): Parameters<typeof at>[1] =>
      (response) =>
        response.writeHead(status, { "content-type": "text/html" }).end("<h1>Proxy</h1>");
    const rows: readonly (readonly [name: string, oddity: Oddity, code: ProblemCode])[] = [
      ["a web page for discovery", at(discovery, html(200)), "proxyInTheWay"],
      ["a web page for tokens", at("/token", html(200)), "proxyInTheWay"],
      ["a gateway's error page", at("/token", html(502)), "serverError"],
      [
        "a redirect for discovery",
        at(discovery, (response) => response.writeHead(302, { location: "https://evil.example/" }).end()),
        "unexpectedAnswer",
      ],
      [
        "a redirect for tokens",
        at("/token", (response) => response.writeHead(307, { location: "https://evil.example/" }).end()),
        "unexpectedAnswer",
      ],
      ["a broken connection", at("/token", (response) => response.socket?.destroy()), "unreachable"],
      [
        "half an answer",
        at("/token", (response) => response.writeHead(200, { "content-type": "application/json" }).end('{"access_')),
        "unexpectedAnswer",
      ],
      ["no keys", at("/jwks", (response) => response.writeHead(404).end()), "unexpectedAnswer"],
    ];
    for (const [name, oddity, code] of rows) {
      it(`${name}: ${code}`, async () => {
        server.odd = oddity;
        await problemOf(start(contextFor(server.environment)), code);
      });
    }

    it("silence: unreachable, timed out", async () => {
      server.odd = at("/token", () => undefined);
      const context = contextFor(server.environment, { requestTimeoutSeconds: 0.2 });
      assert.equal((await problemOf(start(context), "unreachable")).kind, "timedOut");
    });

    it("nobody there: unreachable, refused", async () => {
      const gone = await startOddServer();
      await gone.close();
      assert.equal((await problemOf(start(contextFor(gone.environment)), "unreachable")).kind, "refused");
    });

    it("a certificate that nobody trusts: certificateUnknown, by its code", async () => {
      const stranger = createServer({ key, cert }).listen(0, "127.0.0.1");
      await once(stranger, "listening");
      try {
        const issuer = `https://localhost:${(stranger.address() as AddressInfo).port}`;
        const problem = await problemOf(start(contextFor({ ...server.environment, issuer })), "certificateUnknown");
        assert.equal(problem.systemCode, "DEPTH_ZERO_SELF_SIGNED_CERT");
        assert.equal(problem.host, new URL(issuer).host);
      } finally {
        stranger.close();
      }
    });

    it("a name that does not exist: unreachable, not found", async () => {
      const environment = { ...server.environment, issuer: "https://issuer.invalid" };
      assert.equal((await problemOf(start(contextFor(environment)), "unreachable")).kind, "nameNotFound");
    });
  });

  it("a clock that is off is named, with the difference, by the date of the answer", async () => {
    for (const ahead of [1000, -1000]) {
      const context = contextFor(server.environment, { now: () => Date.now() + ahead * 1000 });
      const problem = await problemOf(start(context), "clockOff");
      assert.ok(Math.abs(problem.differenceSeconds - ahead) < 5, JSON.stringify(problem));
    }
    server.odd = { date: new Date(Date.now() - 1000_000), ...claim("exp", Math.floor(Date.now() / 1000) - hour) };
    await problemOf(start(contextFor(server.environment)), "clockOff");
  });

  it("a clock that is half a minute off does not matter", async () => {
    for (const ahead of [30, -30]) {
      await start(contextFor(server.environment, { now: () => Date.now() + ahead * 1000 }));
    }
  });

  it("a discovery document from the cache is judged like a fresh one", async () => {
    const context = contextFor(server.environment);
    context.discoveryCache.write(server.url, {
      fetchedAt: Date.now(),
      metadata: {
        issuer: server.url,
        authorization_endpoint: `${server.url}/authorize`,
        token_endpoint: "http://evil.example/",
        jwks_uri: `${server.url}/jwks`,
      },
    });
    await start(context);
    assert.equal(context.discoveryCache.read(server.url)?.metadata["token_endpoint"], `${server.url}/token`);
  });

  describe("waiting", () => {
    const idle = (): Promise<boolean> => Promise.resolve(true);

    it("ends at the time limit, telling of an error that came without state", async () => {
      const openBrowser = async (url: string): Promise<boolean> => {
        const redirect = new URL(url).searchParams.get("redirect_uri") ?? "";
        await fetch(`${redirect}?error=access_denied`);
        return true;
      };
      const problem = await problemOf(
        start(contextFor(server.environment), { openBrowser, timeoutMilliseconds: 200 }),
        "timedOut",
      );
      assert.equal(problem.refusedCallback, "access_denied");
    });

    it("ends after five minutes where no other limit is given", async () => {
      // Only this one timer is held, and none is kept from being cleared: the fetch of Node has timers of its own.
      const schedule = globalThis.setTimeout;
      let afterFiveMinutes: (() => void) | undefined;
      const timers = mock.method(globalThis, "setTimeout", (callback: () => void, delay?: number) => {
        if (delay !== 5 * 60 * 1000) return schedule(callback, delay);
        afterFiveMinutes = callback;
        return schedule(() => undefined, 0);
      });
      try {
        let opened: () => void = () => undefined;
        const browser = new Promise<void>((resolve) => (opened = resolve));
        const openBrowser = (): Promise<boolean> => {
          opened();
          return Promise.resolve(true);
        };
        const options = { scopes, language: "en", probe: false, openBrowser } as const;
        const outcome = problemOf(signIn(contextFor(server.environment), options), "timedOut");
        const over = outcome.then(() => "over");
        const now = (): Promise<string> => new Promise((resolve) => setImmediate(resolve, "waiting"));
        await browser;
        assert.equal(await Promise.race([over, now()]), "waiting");
        assert.ok(afterFiveMinutes !== undefined, "it waits for five minutes");
        afterFiveMinutes();
        assert.equal((await outcome).minutes, 5);
      } finally {
        timers.mock.restore();
      }
    });

    it("ends at once when it is cancelled, and gives the port back", async () => {
      const controller = new AbortController();
      let redirect = "";
      const context = contextFor(server.environment, { signal: controller.signal });
      const openBrowser = (url: string): Promise<boolean> => {
        redirect = new URL(url).searchParams.get("redirect_uri") ?? "";
        setImmediate(() => controller.abort());
        return Promise.resolve(true);
      };
      await problemOf(start(context, { openBrowser }), "cancelled");
      await assert.rejects(fetch(redirect));
    });

    it("ends when a second sign-in takes its place", async () => {
      const controller = new AbortController();
      const context = contextFor(server.environment, { signal: controller.signal });
      const waiting = start(context, { openBrowser: idle });
      controller.abort(superseded());
      await problemOf(waiting, "superseded");
    });

    it("is over when the browser could not be opened and nothing can be pasted", async () => {
      const openBrowser = (): Promise<boolean> => Promise.resolve(false);
      await problemOf(start(contextFor(server.environment), { openBrowser }), "browserNotOpened");
    });

    it("closes the paste box when the answer comes through the listener", async () => {
      let boxClosed = false;
      await start(contextFor(server.environment), {
        paste: ({ over }) =>
          new Promise((resolve) => {
            over.addEventListener("abort", () => {
              boxClosed = true;
              resolve(undefined);
            });
          }),
      });
      assert.ok(boxClosed);
    });

    it("goes on when the paste box is closed while the listener listens", async () => {
      await start(contextFor(server.environment), { paste: () => Promise.resolve(undefined) });
    });

    it("is cancelled when the paste box is closed and nothing listens", async () => {
      const options = { listen: false, openBrowser: idle, paste: () => Promise.resolve(undefined) };
      await problemOf(start(contextFor(server.environment), options), "cancelled");
    });
  });
});
