import assert from "node:assert/strict";
import { scopesFor } from "../../../src/services/environments.ts";
import type { Environment } from "../../../src/services/environments.ts";
import type { IdPortenContext } from "../../../src/services/idPorten/context.ts";
import type { SignedIn } from "../../../src/services/idPorten/attempt.ts";
import type { ProblemCode } from "../../../src/services/idPorten/problem.ts";
import { signIn } from "../../../src/services/idPorten/signIn.ts";
import type { SignInOptions } from "../../../src/services/idPorten/signIn.ts";
import { signInTestPerson } from "../../../src/services/idPorten/testPerson.ts";
import { createRecordingFetch } from "../../../src/services/recordingFetch.ts";
import type { Exchange } from "../../../src/services/recordingFetch.ts";
import { createCookieJar } from "../../../src/services/idPorten/cookieJar.ts";
import { browse, contextFor, problemOf, startSandbox } from "./support.ts";
import type { RunningSandbox, Visit } from "./support.ts";

describe("signing in to the sandbox", function () {
  this.timeout(180_000);
  let sandbox: RunningSandbox;
  let number: string;

  before(async () => {
    sandbox = await startSandbox();
    number = sandbox.line.persons[0]?.nationalIdentityNumber ?? "";
  });
  afterEach(() => sandbox.clearFaults());
  after(() => sandbox.stop());

  const both = (environment: Environment): readonly string[] => scopesFor(environment, ["validation", "submission"]);

  /** Signs in through a listener, with a browser that is signed in by the hint. */
  async function throughBrowser(
    context: IdPortenContext,
    changes: Partial<SignInOptions> = {},
    hint = `testid:${number}_${context.environment.acr}`,
  ): Promise<{ result: SignedIn; visit: Visit }> {
    let visit: Promise<Visit> | undefined;
    const result = await signIn(context, {
      scopes: both(context.environment),
      language: "nb",
      openBrowser: (url) => {
        visit = browse(url, { loginHint: hint });
        return Promise.resolve(true);
      },
      timeoutMilliseconds: 20_000,
      ...changes,
    });
    assert.ok(visit !== undefined);
    return { result, visit: await visit };
  }

  it("signs in through the browser and the loopback listener", async () => {
    const context = contextFor(sandbox.environment());
    const { result, visit } = await throughBrowser(context);
    assert.deepEqual(result.declinedScopes, []);
    assert.deepEqual(new Set(result.session.scopes), new Set(both(context.environment)));
    assert.equal(result.session.acr, "idporten-loa-substantial");
    assert.match(result.session.account.label, /^Modig Furustamme · [0-9A-Z]{6}$/);
    assert.ok(!JSON.stringify(result.session.account).includes(number));
    assert.match(visit.body, /ID-porten har svart/);
    assert.equal(visit.url.search, "", "no code in the address bar");
    assert.match(visit.url.pathname, /^\/signed-in$/);
  });

  it("asks with everything that ID-porten demands", async () => {
    const context = contextFor(sandbox.environment());
    const { visit } = await throughBrowser(context);
    const query = new URL(visit.addresses[0] ?? "").searchParams;
    assert.equal(query.get("response_type"), "code");
    assert.equal(query.get("code_challenge_method"), "S256");
    assert.equal(query.get("acr_values"), "idporten-loa-substantial");
    assert.equal(query.get("ui_locales"), "nb");
    for (const name of ["state", "nonce", "code_challenge"]) assert.ok((query.get(name) ?? "").length >= 43, name);
  });

  it("gives the same account for the same person, another for another", async () => {
    const context = contextFor(sandbox.environment());
    const scopes = both(context.environment);
    const options = { scopes, language: "en" } as const;
    const first = await signInTestPerson(context, number, options);
    const again = await signInTestPerson(context, number, options);
    const other = await signInTestPerson(context, sandbox.line.persons[1]?.nationalIdentityNumber ?? "", options);
    assert.deepEqual(again.session.account, first.session.account);
    assert.notEqual(again.session.id, first.session.id);
    assert.notEqual(other.session.account.id, first.session.account.id);
    assert.notEqual(other.session.account.label, first.session.account.label);
  });

  it("signs in a client with a secret, which is asked for and never logged or recorded", async () => {
    const { clientId, clientSecret } = sandbox.client("client_secret_post");
    assert.ok(clientSecret !== null);
    const environment = { ...sandbox.environment(clientId), redirectUris: ["http://127.0.0.1:12345/callback"] };
    const exchanges: Exchange[] = [];
    const recording = createRecordingFetch({
      fetch,
      now: () => Date.now(),
      record: (exchange) => exchanges.push(exchange),
    });
    const context = contextFor(environment, { fetch: recording, clientSecret: () => Promise.resolve(clientSecret) });
    const { session } = await signInTestPerson(context, number, { scopes: both(environment), language: "en" });
    assert.ok(session.tokens.refresh !== null, "a confidential client gets a refresh token");
    const everything = JSON.stringify([exchanges, context.logged]);
    for (const secret of [clientSecret, session.tokens.access, session.tokens.refresh, number]) {
      assert.ok(!everything.includes(secret), "no secret in the record or the log");
    }
    assert.ok(exchanges.some((exchange) => exchange.request.url.endsWith("/token")));
    await problemOf(
      signInTestPerson(contextFor(environment), number, { scopes: both(environment), language: "en" }),
      "secretMissing",
    );
    const wrong = contextFor(environment, { clientSecret: () => Promise.resolve("wrong secret") });
    await problemOf(
      signInTestPerson(wrong, number, { scopes: both(environment), language: "en" }),
      "wrongAuthenticationMethod",
    );
  });

  it("takes a pasted address where nothing listens, after refusing wrong ones", async () => {
    const context = contextFor(sandbox.environment());
    const wrongs: (string | null)[] = [];
    const { session } = await signIn(context, {
      scopes: both(context.environment),
      language: "en",
      listen: false,
      openBrowser: () => Promise.resolve(true),
      paste: async ({ authorizationUrl, redirectUri, check, wrong }) => {
        wrongs.push(wrong?.en ?? null);
        if (wrongs.length === 1) return `${redirectUri}?code=x&state=forged`;
        if (wrongs.length === 2) return "hello";
        const url = await lastAddress(authorizationUrl);
        assert.equal(check(`  ${url}\n`), null);
        return `  ${url}\n`;
      },
    });
    assert.ok(session.scopes.includes("openid"));
    assert.equal(wrongs[0], null);
    assert.match(wrongs[1] ?? "", /another sign-in/);
    assert.match(wrongs[2] ?? "", /whole address/);
  });

  /** Where the browser ends when nothing listens: the last redirect's target. */
  async function lastAddress(authorizationUrl: string): Promise<string> {
    const url = new URL(authorizationUrl);
    url.searchParams.set("login_hint", `testid:${number}_idporten-loa-substantial`);
    const redirectUri = new URL(url.searchParams.get("redirect_uri") ?? "");
    const jar = createCookieJar();
    let current = url;
    while (current.origin !== redirectUri.origin) {
      const response = await fetch(current, { redirect: "manual", headers: { cookie: jar.header(current) } });
      jar.store(current, response.headers.getSetCookie());
      current = new URL(response.headers.get("location") ?? assert.fail("a redirect"), current);
    }
    return current.href;
  }

  it("keeps the discovery document for 24 hours and no longer", async () => {
    const asked: string[] = [];
    const counting: typeof fetch = (input, init) => {
      asked.push(new URL(input instanceof Request ? input.url : input).pathname);
      return fetch(input, init);
    };
    const clock = { now: Date.now() };
    // The library's own time limits are real; only the cache looks at this clock.
    const context = contextFor(sandbox.environment(), { fetch: counting, now: () => clock.now });
    const count = (): number => asked.filter((path) => path.endsWith("openid-configuration")).length;
    const options = { scopes: both(context.environment), language: "en" } as const;
    await signInTestPerson(context, number, options);
    await signInTestPerson(context, number, options);
    assert.equal(count(), 1);
    clock.now += 24 * 60 * 60 * 1000 + 1;
    await problemOf(signInTestPerson(context, number, options), "clockOff");
    assert.equal(count(), 2);
  });

  it("goes on when the keys were rotated", async () => {
    const context = contextFor(sandbox.environment());
    const options = { scopes: both(context.environment), language: "en" } as const;
    await signInTestPerson(context, number, options);
    await sandbox.rotateKeys();
    await signInTestPerson(context, number, options);
    await sandbox.fault("keyRotation");
    await signInTestPerson(context, number, options);
  });

  describe("a fault leads to its own problem", () => {
    const cases: readonly (readonly [fault: string, code: ProblemCode, detail?: Readonly<Record<string, unknown>>])[] =
      [
        ["scopeNotGranted", "scopeNotGranted"],
        ["unknownClient", "unknownClient"],
        ["redirectNotRegistered", "redirectUriNotRegistered"],
        ["cancelled", "accessDenied"],
        ["scriptInErrorDescription", "accessDenied"],
        ["acrTooLow", "acrTooLow"],
        ["authorizeServerError", "serverError"],
        ["wrongAuthorizeIssuer", "wrongEnvironment"],
        ["missingAuthorizeIssuer", "issuerMissing"],
        ["wrongState", "stateMismatch"],
        ["missingState", "stateMismatch"],
        ["wrongAuthenticationMethod", "wrongAuthenticationMethod"],
        ["codeExpired", "codeRefused"],
        ["tokenServerError", "serverError"],
        ["tokenUnavailable", "serverError"],
        ["tokenTruncated", "unexpectedAnswer"],
        ["tokenReset", "unreachable"],
        ["tokenLost", "unreachable"],
        ["idTokenMissing", "idTokenRefused", { fault: "missing" }],
        ["idTokenWrongNonce", "idTokenRefused", { fault: "nonce" }],
        ["idTokenMissingNonce", "idTokenRefused", { fault: "nonce" }],
        ["idTokenWrongIssuer", "wrongEnvironment"],
        ["idTokenWrongAudience", "idTokenRefused", { fault: "audience" }],
        ["idTokenExpired", "idTokenRefused", { fault: "expired" }],
        ["idTokenUnsigned", "idTokenRefused", { fault: "algorithm" }],
        ["idTokenWrongSignature", "idTokenRefused", { fault: "signature" }],
        ["idTokenUnknownKey", "idTokenRefused", { fault: "key" }],
        ["wrongEnvironment", "wrongEnvironment"],
        ["discoveryWrongIssuer", "wrongEnvironment"],
        ["discoveryUnavailable", "serverError"],
        ["discoveryProxy", "proxyInTheWay"],
        ["jwksUnavailable", "serverError"],
      ];
    for (const [fault, code, detail] of cases) {
      it(`${fault}: ${code}`, async () => {
        const context = contextFor(sandbox.environment());
        await sandbox.fault(fault);
        const signingIn = signInTestPerson(context, number, { scopes: both(context.environment), language: "en" });
        const problem = await problemOf(signingIn, code);
        for (const [name, value] of Object.entries(detail ?? {})) {
          assert.equal((problem as unknown as Record<string, unknown>)[name], value, JSON.stringify(problem));
        }
      });
    }

    it("clockSkew: clockOff, by how much", async () => {
      const context = contextFor(sandbox.environment());
      await sandbox.fault("clockSkew", { seconds: 900 });
      const signingIn = signInTestPerson(context, number, { scopes: both(context.environment), language: "en" });
      const problem = await problemOf(signingIn, "clockOff");
      assert.ok(Math.abs(problem.differenceSeconds + 900) < 30, JSON.stringify(problem));
    });

    it("scopeDeclined: signed in without it, and said", async () => {
      const context = contextFor(sandbox.environment());
      await sandbox.fault("scopeDeclined", { scope: "altinn:instances.write" });
      const options = { scopes: both(context.environment), language: "en" } as const;
      const { session, declinedScopes } = await signInTestPerson(context, number, options);
      assert.deepEqual(declinedScopes, ["altinn:instances.write"]);
      assert.ok(!session.scopes.includes("altinn:instances.write"));
    });

    it("withoutNationalIdentityNumber: signed in all the same", async () => {
      const context = contextFor(sandbox.environment());
      await sandbox.fault("withoutNationalIdentityNumber");
      await signInTestPerson(context, number, { scopes: both(context.environment), language: "en" });
    });

    it("a missing iss does not hide the error that came with it", async () => {
      const context = contextFor(sandbox.environment());
      await sandbox.fault("missingAuthorizeIssuer");
      await sandbox.fault("cancelled");
      const signingIn = signInTestPerson(context, number, { scopes: both(context.environment), language: "en" });
      await problemOf(signingIn, "accessDenied");
    });
  });

  describe("in the browser", () => {
    it("an unknown client and an unregistered redirect URI end the waiting at once", async () => {
      const strange = contextFor({ ...sandbox.environment(), clientId: "11111111-2222-3333-4444-555555555555" });
      assert.equal((await problemOf(throughBrowser(strange), "unknownClient")).clientId, strange.environment.clientId);
      const astray = contextFor({ ...sandbox.environment(), redirectUris: ["http://127.0.0.1:0/elsewhere"] });
      const problem = await problemOf(throughBrowser(astray), "redirectUriNotRegistered");
      assert.match(problem.redirectUri, /^http:\/\/127\.0\.0\.1:[1-9][0-9]*\/elsewhere$/);
    });

    it("a security level that ID-porten does not have is told as a wrong request, not as a passing error", async () => {
      const context = contextFor({ ...sandbox.environment(), acr: "Level5" });
      assert.equal((await problemOf(throughBrowser(context), "requestRefused")).acr, "Level5");
    });

    it("a scope that is not granted names itself", async () => {
      const client = sandbox.line.clients.find((candidate) => !candidate.scopes.includes("altinn:instances.read"));
      assert.ok(client !== undefined);
      const context = contextFor(sandbox.environment(client.clientId));
      const scopes = ["openid", "skatteetaten:mvameldingvalidering", "altinn:instances.read"];
      await problemOf(throughBrowser(context, { scopes }), "scopeNotGranted");
    });

    it("an error page shows no script, and the answer's words are told on one line", async () => {
      const context = contextFor(sandbox.environment());
      await sandbox.fault("scriptInErrorDescription");
      let page: Promise<Visit> | undefined;
      const signingIn = signIn(context, {
        scopes: both(context.environment),
        language: "en",
        probe: false,
        openBrowser: (url) => {
          page = browse(url, { loginHint: `testid:${number}_idporten-loa-substantial` });
          return Promise.resolve(true);
        },
      });
      const problem = await problemOf(signingIn, "accessDenied");
      assert.match(problem.server.description ?? "", /</, "the description did carry markup");
      const visit = await page;
      assert.ok(visit !== undefined && visit.status === 200);
      assert.doesNotMatch(visit.body, /<script|onerror|alert/i);
      assert.match(visit.body, /Not signed in/);
    });
  });
});
