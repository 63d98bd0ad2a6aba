import assert from "node:assert/strict";
import { createPublicKey, verify, type JsonWebKey } from "node:crypto";
import { defaultClientIds } from "../../../src/sandbox/clients.ts";
import { faultDefinitions, Faults, type FaultName } from "../../../src/sandbox/faults.ts";
import {
  authorizeRequest,
  Browser,
  claims,
  control,
  fullScope,
  location,
  manager,
  postForm,
  redeem,
  signIn,
  start,
  testLogin,
  type RunningSandbox,
  type TokenAnswer,
} from "./support.ts";

const foreign = "https://test.idporten.no";

describe("sandbox: faults on demand", () => {
  let sandbox: RunningSandbox;
  let issuer: string;
  const struck = new Set<string>();

  before(async () => {
    sandbox = await start();
    ({ issuer } = sandbox);
  });
  after(() => sandbox.close());
  afterEach(() => {
    assert.deepEqual(sandbox.faults.active(), [], "a fault was not spent");
  });

  async function ask(fault: FaultName, more: Record<string, unknown> = {}): Promise<void> {
    struck.add(fault);
    const { status } = await control(issuer, "POST", "/faults", { fault, ...more });
    assert.equal(status, 200);
  }
  const authorize = async (changes: Record<string, string> = testLogin): Promise<Response> =>
    new Browser().request(authorizeRequest(issuer, changes).url);
  const idToken = ({ body }: TokenAnswer): Record<string, unknown> => claims(body["id_token"]);

  async function publishedKeys(): Promise<(JsonWebKey & { kid: string })[]> {
    const { keys } = (await (await fetch(`${issuer}/jwks.json`)).json()) as { keys: (JsonWebKey & { kid: string })[] };
    return keys;
  }
  function header(token: unknown): Record<string, unknown> {
    return JSON.parse(Buffer.from(String(token).split(".")[0] ?? "", "base64url").toString()) as Record<
      string,
      unknown
    >;
  }
  async function isSignedByPublishedKey(token: unknown): Promise<boolean> {
    const [head = "", payload = "", signature = ""] = String(token).split(".");
    const key = (await publishedKeys()).find(({ kid }) => kid === header(token)["kid"]);
    if (key === undefined || signature === "") return false;
    const input = Buffer.from(`${head}.${payload}`);
    return verify("sha256", input, createPublicKey({ key, format: "jwk" }), Buffer.from(signature, "base64url"));
  }

  for (const [fault, error] of [
    ["unknownClient", "invalid_client"],
    ["redirectNotRegistered", "invalid_redirect_uri"],
  ] as const) {
    it(`${fault}: an error page, once`, async () => {
      await ask(fault);
      const response = await authorize();
      assert.equal(response.status, 400);
      assert.match(await response.text(), new RegExp(error));
      assert.equal((await authorize()).status, 302);
    });
  }

  for (const [fault, error] of [
    ["scopeNotGranted", "invalid_scope"],
    ["cancelled", "access_denied"],
    ["authorizeServerError", "server_error"],
    ["scriptInErrorDescription", "access_denied"],
  ] as const) {
    it(`${fault}: ${error} at the client`, async () => {
      await ask(fault);
      const { searchParams } = location(await authorize());
      assert.equal(searchParams.get("error"), error);
      assert.equal(searchParams.get("iss"), issuer);
      assert.equal(searchParams.get("state"), "the-state");
      if (fault === "scriptInErrorDescription") assert.match(searchParams.get("error_description") ?? "", /<script>/);
    });
  }

  it("scopeNotGranted names the scope it was told", async () => {
    await ask("scopeNotGranted", { scope: "skatteetaten:mvameldingvalidering" });
    assert.match(
      location(await authorize()).searchParams.get("error_description") ?? "",
      /skatteetaten:mvameldingvalidering$/,
    );
  });

  const altered: readonly (readonly [FaultName, "iss" | "state", string | null])[] = [
    ["wrongAuthorizeIssuer", "iss", foreign],
    ["missingAuthorizeIssuer", "iss", null],
    ["wrongState", "state", "somebody-elses-state"],
    ["missingState", "state", null],
  ];
  for (const [fault, parameter, value] of altered) {
    it(`${fault}: ${parameter} is ${String(value)}`, async () => {
      await ask(fault);
      const { searchParams } = location(await authorize());
      assert.equal(searchParams.get(parameter), value);
      assert.ok(searchParams.get("code"));
    });
  }

  it("missingAuthorizeIssuer strikes errors too", async () => {
    await ask("missingAuthorizeIssuer");
    await ask("cancelled");
    const { searchParams } = location(await authorize());
    assert.deepEqual([searchParams.get("error"), searchParams.get("iss")], ["access_denied", null]);
  });

  it("sessionExpired: the page that was open is of no use", async () => {
    const browser = new Browser();
    const page = location(await browser.request(authorizeRequest(issuer).url));
    await ask("sessionExpired");
    const response = await browser.follow(page.href, issuer, { person: manager });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /400 invalid_request/);
  });

  it("scopeDeclined: the scope is missing, nothing says so", async () => {
    await ask("scopeDeclined", { scope: "altinn:instances.read" });
    const { body } = await signIn(issuer);
    assert.equal(body["scope"], fullScope.replace(" altinn:instances.read", ""));
    await ask("scopeDeclined");
    assert.equal((await signIn(issuer)).body["scope"], fullScope.replace(" altinn:instances.write", ""));
  });

  it("acrTooLow: one level below", async () => {
    await ask("acrTooLow");
    const answer = await signIn(issuer);
    assert.equal(idToken(answer)["acr"], "idporten-loa-substantial");
    assert.equal(claims(answer.body["access_token"])["acr"], "idporten-loa-substantial");
  });

  it("withoutNationalIdentityNumber: nobody learns it", async () => {
    await ask("withoutNationalIdentityNumber");
    const { body } = await signIn(issuer);
    assert.equal(claims(body["id_token"])["pid"], undefined);
    assert.equal(claims(body["access_token"])["pid"], undefined);
    assert.notEqual(claims(body["access_token"])["sub"], manager);
  });

  const refusedTokens: readonly (readonly [FaultName, number, string])[] = [
    ["wrongAuthenticationMethod", 400, "invalid_client"],
    ["codeExpired", 400, "invalid_grant"],
    ["tokenServerError", 500, "server_error"],
  ];
  for (const [fault, status, error] of refusedTokens) {
    it(`${fault}: ${String(status)} ${error}`, async () => {
      await ask(fault);
      const answer = await signIn(issuer);
      assert.deepEqual([answer.status, answer.body["error"]], [status, error]);
    });
  }

  async function rawToken(): Promise<Response> {
    const request = authorizeRequest(issuer, testLogin);
    const code = location(await new Browser().request(request.url)).searchParams.get("code") ?? "";
    const body = new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: request.redirectUri,
      client_id: request.clientId,
      code_verifier: request.verifier,
    });
    return fetch(`${issuer}/token`, { method: "POST", body });
  }

  it("tokenUnavailable: a gateway's 502 with HTML", async () => {
    await ask("tokenUnavailable");
    const response = await rawToken();
    assert.equal(response.status, 502);
    assert.match(response.headers.get("content-type") ?? "", /^text\/html/);
  });
  it("tokenTruncated: half an answer", async () => {
    await ask("tokenTruncated");
    const response = await rawToken();
    const text = await response.text();
    assert.equal(response.status, 200);
    assert.throws(() => JSON.parse(text), SyntaxError);
  });

  it("tokenReset: cut before anything happened, so that the code is still good", async () => {
    const request = authorizeRequest(issuer, testLogin);
    const code = location(await new Browser().request(request.url)).searchParams.get("code") ?? "";
    await ask("tokenReset");
    await assert.rejects(redeem(issuer, request, code), TypeError);
    assert.equal((await redeem(issuer, request, code)).status, 200);
  });
  it("tokenLost: cut after the code was spent", async () => {
    const request = authorizeRequest(issuer, testLogin);
    const code = location(await new Browser().request(request.url)).searchParams.get("code") ?? "";
    await ask("tokenLost");
    await assert.rejects(redeem(issuer, request, code), TypeError);
    assert.equal((await redeem(issuer, request, code)).body["error"], "invalid_grant");
  });

  it("refreshReused and refreshWithoutIdToken strike a renewal, not the login before it", async () => {
    const secret =
      sandbox.description.clients.find(({ clientId }) => clientId === defaultClientIds.web)?.clientSecret ?? "";
    await ask("refreshReused");
    await ask("refreshWithoutIdToken");
    const first = await signIn(
      issuer,
      { client_id: defaultClientIds.web, redirect_uri: "http://localhost:3000/callback" },
      { client_secret: secret },
    );
    assert.equal(typeof first.body["id_token"], "string");
    const renew = (): Promise<TokenAnswer> =>
      postForm(`${issuer}/token`, {
        grant_type: "refresh_token",
        refresh_token: String(first.body["refresh_token"]),
        client_id: defaultClientIds.web,
        client_secret: secret,
      });
    const reused = await renew();
    assert.deepEqual([reused.status, reused.body["error"]], [400, "invalid_grant"]);
    const renewed = await renew();
    assert.equal(renewed.status, 200);
    assert.equal(renewed.body["id_token"], undefined);
  });

  it("publicRefreshToken: a public client gets one", async () => {
    await ask("publicRefreshToken");
    assert.equal(typeof (await signIn(issuer)).body["refresh_token"], "string");
  });

  const wrongIdTokens: readonly (readonly [FaultName, (token: Record<string, unknown>) => boolean])[] = [
    ["idTokenWrongNonce", (token) => token["nonce"] === "not-the-nonce"],
    ["idTokenMissingNonce", (token) => token["nonce"] === undefined],
    ["idTokenWrongIssuer", (token) => token["iss"] === foreign],
    ["idTokenWrongAudience", (token) => token["aud"] !== defaultClientIds.desktop],
    ["idTokenExpired", (token) => Number(token["exp"]) < Date.now() / 1000 - 3000],
  ];
  for (const [fault, check] of wrongIdTokens) {
    it(`${fault}: signed all the same`, async () => {
      await ask(fault);
      const answer = await signIn(issuer);
      assert.ok(check(idToken(answer)), JSON.stringify(idToken(answer)));
      assert.ok(await isSignedByPublishedKey(answer.body["id_token"]));
    });
  }
  it("idTokenMissing: none comes", async () => {
    await ask("idTokenMissing");
    const { status, body } = await signIn(issuer);
    assert.deepEqual([status, body["id_token"]], [200, undefined]);
  });
  it("idTokenUnsigned: alg none", async () => {
    await ask("idTokenUnsigned");
    const { body } = await signIn(issuer);
    assert.equal(header(body["id_token"])["alg"], "none");
    assert.match(String(body["id_token"]), /\.$/);
  });
  it("idTokenWrongSignature: our key id, another key", async () => {
    await ask("idTokenWrongSignature");
    const { body } = await signIn(issuer);
    assert.ok((await publishedKeys()).some(({ kid }) => kid === header(body["id_token"])["kid"]));
    assert.ok(!(await isSignedByPublishedKey(body["id_token"])));
  });
  it("idTokenUnknownKey: a key id that is not published", async () => {
    await ask("idTokenUnknownKey");
    const { body } = await signIn(issuer);
    assert.ok(!(await publishedKeys()).some(({ kid }) => kid === header(body["id_token"])["kid"]));
  });
  it("without a fault the id_token is signed by a published key", async () => {
    assert.ok(await isSignedByPublishedKey((await signIn(issuer)).body["id_token"]));
  });

  it("keyRotation: a key that was not there before signs, the older ones stay published", async () => {
    const before = (await publishedKeys()).map(({ kid }) => kid);
    const earlier = await signIn(issuer);
    await ask("keyRotation");
    const { body } = await signIn(issuer);
    assert.ok(!before.includes(String(header(body["id_token"])["kid"])));
    assert.ok(await isSignedByPublishedKey(body["id_token"]));
    assert.ok(await isSignedByPublishedKey(earlier.body["id_token"]));
    assert.notEqual(sandbox.idPorten.verifyAccessToken(String(earlier.body["access_token"])), null);
    assert.equal((await control(issuer, "POST", "/rotate-keys")).status, 200);
    assert.ok(await isSignedByPublishedKey((await signIn(issuer)).body["id_token"]));
  });

  it("wrongEnvironment: iss and tokens are another environment's", async () => {
    await ask("wrongEnvironment");
    const request = authorizeRequest(issuer, testLogin);
    const { searchParams } = location(await new Browser().request(request.url));
    assert.equal(searchParams.get("iss"), foreign);
    const answer = await redeem(issuer, request, searchParams.get("code") ?? "");
    assert.equal(idToken(answer)["iss"], foreign);
    assert.equal(claims(answer.body["access_token"])["iss"], foreign);
    assert.equal(sandbox.idPorten.verifyAccessToken(String(answer.body["access_token"])), null);
  });

  it("clockSkew: all times are moved", async () => {
    await ask("clockSkew", { seconds: 3600 });
    const token = idToken(await signIn(issuer));
    assert.ok(Number(token["iat"]) > Date.now() / 1000 + 3000);
    assert.equal(Number(token["exp"]) - Number(token["iat"]), 120);
  });

  const discovery = (): Promise<Response> => fetch(`${issuer}/.well-known/openid-configuration`);
  it("clockSkew shows in the Date header too", async () => {
    await ask("clockSkew", { seconds: -7200, mode: "sticky" });
    const date = Date.parse((await discovery()).headers.get("date") ?? "");
    assert.ok(date < Date.now() - 7_000_000);
    await control(issuer, "DELETE", "/faults/clockSkew");
    assert.ok(Date.parse((await discovery()).headers.get("date") ?? "") > Date.now() - 7_000_000);
  });
  it("discoveryWrongIssuer, discoveryUnavailable and discoveryProxy", async () => {
    await ask("discoveryWrongIssuer");
    assert.equal(((await (await discovery()).json()) as { issuer: string }).issuer, foreign);
    await ask("discoveryUnavailable");
    assert.equal((await discovery()).status, 503);
    await ask("discoveryProxy");
    const proxied = await discovery();
    assert.equal(proxied.status, 200);
    assert.match(proxied.headers.get("content-type") ?? "", /^text\/html/);
  });
  it("jwksUnavailable and revocationUnavailable: 503", async () => {
    await ask("jwksUnavailable");
    assert.equal((await fetch(`${issuer}/jwks.json`)).status, 503);
    await ask("revocationUnavailable");
    assert.equal((await fetch(`${issuer}/token/revoke`, { method: "POST", body: "token=x" })).status, 503);
  });
  it("userinfoWrongSubject: somebody else's", async () => {
    const answer = await signIn(issuer);
    await ask("userinfoWrongSubject");
    const response = await fetch(`${issuer}/userinfo`, {
      headers: { authorization: `Bearer ${String(answer.body["access_token"])}` },
    });
    assert.equal(((await response.json()) as { sub: string }).sub, "somebody-else");
  });
  it("slow: the answer waits, at the endpoint named", async () => {
    await ask("slow", { milliseconds: 60_000, endpoint: "/jwks.json" });
    assert.equal((await discovery()).status, 200);
    await assert.rejects(fetch(`${issuer}/jwks.json`, { signal: AbortSignal.timeout(150) }));
  });

  it("a sticky fault strikes until it is taken back; one for another client does not strike at all", async () => {
    await ask("cancelled", { mode: "sticky" });
    for (let round = 0; round < 2; round++)
      assert.equal(location(await authorize()).searchParams.get("error"), "access_denied");
    await control(issuer, "DELETE", "/faults/cancelled");
    assert.ok(location(await authorize()).searchParams.get("code"));
    await ask("cancelled", { mode: "sticky", clientId: defaultClientIds.web });
    assert.ok(location(await authorize()).searchParams.get("code"));
    await control(issuer, "DELETE", "/faults");
  });

  it("chosen on the login page, a fault strikes this login", async () => {
    const choose = async (fault: string): Promise<Response> => {
      const browser = new Browser();
      const page = location(await browser.request(authorizeRequest(issuer).url));
      return browser.follow(page.href, issuer, {
        person: manager,
        level: "idporten-loa-high",
        fault,
      });
    };
    assert.equal(location(await choose("scopeNotGranted")).searchParams.get("error"), "invalid_scope");
    assert.equal(location(await choose("wrongState")).searchParams.get("state"), "somebody-elses-state");
    assert.equal((await choose("sessionExpired")).status, 400);
    assert.equal((await choose("unknownClient")).status, 400);
    assert.ok(location(await choose("no-such-fault")).searchParams.get("code"));
  });

  it("every fault was struck by a test above", () => {
    assert.deepEqual(
      Object.keys(faultDefinitions).filter((name) => !struck.has(name)),
      [],
    );
  });

  it("what cannot be asked for is refused with the reason", async () => {
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [{ fault: "nonsense" }, /there is no fault nonsense/],
      [{ fault: "cancelled", mode: "twice" }, /mode/],
      [{ fault: "slow", milliseconds: -1 }, /milliseconds/],
      [{ fault: "slow", unknown: 1 }, /unknown/],
      ["text", /./],
    ];
    for (const [body, words] of wrong) {
      const answer = await control(issuer, "POST", "/faults", body);
      assert.equal(answer.status, 400);
      assert.match(String(answer.body["error"]), words);
    }
  });
});

describe("sandbox: the list of faults", () => {
  it("spends one-shot faults, keeps sticky ones, and replaces one of the same name", () => {
    const faults = new Faults();
    faults.add({ name: "cancelled", mode: "once", parameters: {} });
    faults.add({ name: "cancelled", mode: "once", parameters: { clientId: "a" } });
    assert.equal(faults.active().length, 1);
    assert.equal(faults.take("cancelled", "b"), undefined);
    assert.ok(faults.take("cancelled", "a"));
    assert.equal(faults.take("cancelled", "a"), undefined);
    faults.add({ name: "slow", mode: "sticky", parameters: {} });
    assert.ok(faults.take("slow"));
    assert.ok(faults.peek("slow"));
    faults.remove("slow");
    assert.equal(faults.peek("slow"), undefined);
  });
});
