import assert from "node:assert/strict";
import { defaultClientIds } from "../../../src/sandbox/clients.ts";
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

describe("sandbox: sessions, renewal and sign-out", () => {
  let sandbox: RunningSandbox;
  let issuer: string;
  const secretOf = (clientId: string): string =>
    sandbox.description.clients.find((client) => client.clientId === clientId)?.clientSecret ?? "";

  before(async () => {
    sandbox = await start();
    ({ issuer } = sandbox);
  });
  after(() => sandbox.close());

  const web = { client_id: defaultClientIds.web, redirect_uri: "http://localhost:3000/callback" };
  const webSignIn = (): Promise<TokenAnswer> => signIn(issuer, web, { client_secret: secretOf(defaultClientIds.web) });
  const renew = (token: unknown): Promise<TokenAnswer> =>
    postForm(`${issuer}/token`, {
      grant_type: "refresh_token",
      refresh_token: String(token),
      client_id: defaultClientIds.web,
      client_secret: secretOf(defaultClientIds.web),
    });

  it("a one-time refresh token is replaced, and its reuse ends the whole grant", async () => {
    const first = await webSignIn();
    assert.equal(first.body["refresh_token_expires_in"], 86_400);
    assert.equal(first.body["expires_in"], 7200);
    assert.equal(typeof claims(first.body["id_token"])["sid"], "string");
    const second = await renew(first.body["refresh_token"]);
    assert.equal(second.status, 200);
    assert.notEqual(second.body["refresh_token"], first.body["refresh_token"]);
    assert.equal(claims(second.body["access_token"])["acr"], "idporten-loa-high");
    assert.equal(claims(second.body["id_token"])["sub"], claims(first.body["id_token"])["sub"]);
    const reused = await renew(first.body["refresh_token"]);
    assert.deepEqual([reused.status, reused.body["error"]], [400, "invalid_grant"]);
    assert.equal((await renew(second.body["refresh_token"])).body["error"], "invalid_grant");
  });

  it("a reusable refresh token stays", async () => {
    const id = defaultClientIds.webReusable;
    const request = authorizeRequest(issuer, { ...testLogin, ...web, client_id: id });
    const code = location(await new Browser().request(request.url)).searchParams.get("code") ?? "";
    const authorization = `Basic ${Buffer.from(`${id}:${secretOf(id)}`).toString("base64")}`;
    const first = await postForm(
      `${issuer}/token`,
      { grant_type: "authorization_code", code, redirect_uri: request.redirectUri, code_verifier: request.verifier },
      { authorization },
    );
    assert.equal(first.body["refresh_token_expires_in"], 600);
    for (let round = 0; round < 2; round++) {
      const again = await postForm(
        `${issuer}/token`,
        { grant_type: "refresh_token", refresh_token: String(first.body["refresh_token"]) },
        { authorization },
      );
      assert.equal(again.status, 200);
      assert.equal(again.body["refresh_token"], first.body["refresh_token"]);
      assert.equal(again.body["refresh_token_expires_in"], 600);
    }
  });

  it("a public client can be given a refresh token, and use it", async () => {
    await control(issuer, "POST", "/faults", { fault: "publicRefreshToken" });
    const first = await signIn(issuer);
    assert.equal(typeof first.body["refresh_token"], "string");
    const again = await postForm(`${issuer}/token`, {
      grant_type: "refresh_token",
      refresh_token: String(first.body["refresh_token"]),
      client_id: defaultClientIds.desktop,
    });
    assert.equal(again.status, 200);
    assert.equal((await signIn(issuer)).body["refresh_token"], undefined);
  });

  const silent = { prompt: "none" };
  async function signedInBrowser(acr = "idporten-loa-substantial"): Promise<Browser> {
    const browser = new Browser();
    await browser.request(authorizeRequest(issuer, { login_hint: `testid:${manager}_${acr}`, acr_values: acr }).url);
    return browser;
  }

  it("single sign-on answers at once, for another client too, until a higher level or prompt=login is asked for", async () => {
    const browser = await signedInBrowser();
    const low = { acr_values: "idporten-loa-substantial" };
    const codeOf = async (changes: Record<string, string>): Promise<URL> =>
      location(await browser.request(authorizeRequest(issuer, changes).url));
    assert.ok((await codeOf({ ...low, ...silent })).searchParams.get("code"));
    assert.ok((await codeOf({ ...low, ...silent, client_id: defaultClientIds.desktopShort })).searchParams.get("code"));
    assert.equal(
      (await codeOf({ acr_values: "idporten-loa-high", ...silent })).searchParams.get("error"),
      "login_required",
    );
    assert.match((await codeOf({ acr_values: "idporten-loa-high" })).pathname, /^\/login\//);
    assert.match((await codeOf({ ...low, prompt: "login" })).pathname, /^\/login\//);
    assert.match((await codeOf({ ...low, max_age: "0" })).pathname, /^\/login\//);
    assert.match((await codeOf({ ...low, prompt: "consent" })).pathname, /^\/login\//);
  });

  it("id_token_hint is answered silently for the one who is signed in, and for nobody else", async () => {
    const browser = await signedInBrowser("idporten-loa-high");
    const hinted = async (hint: unknown): Promise<URLSearchParams> =>
      location(await browser.request(authorizeRequest(issuer, { ...silent, id_token_hint: String(hint) }).url))
        .searchParams;
    assert.ok((await hinted((await signIn(issuer)).body["id_token"])).get("code"));
    const other = await signIn(issuer, { login_hint: "testid:21869040263_idporten-loa-high" });
    assert.equal((await hinted(other.body["id_token"])).get("error"), "login_required");
  });

  it("the answer can come as a form or as a signed token, as discovery says", async () => {
    const form = await new Browser().request(
      authorizeRequest(issuer, { ...testLogin, response_mode: "form_post" }).url,
    );
    assert.equal(form.status, 200);
    assert.match(await form.text(), /action="http:\/\/127\.0\.0\.1:40001\/callback"/);
    const signed = await new Browser().request(
      authorizeRequest(issuer, { ...testLogin, response_mode: "query.jwt" }).url,
    );
    const answer = claims(location(signed).searchParams.get("response"));
    assert.deepEqual([answer["iss"], answer["aud"], answer["state"]], [issuer, defaultClientIds.desktop, "the-state"]);
  });

  it("another person can sign in over the one who was signed in", async () => {
    const browser = await signedInBrowser("idporten-loa-high");
    const request = authorizeRequest(issuer, { prompt: "login" });
    const page = location(await browser.request(request.url));
    const done = await browser.follow(page.href, issuer, {
      person: "21869040263",
      level: "idporten-loa-high",
    });
    const { body } = await redeem(issuer, request, location(done).searchParams.get("code") ?? "");
    assert.equal(claims(body["id_token"])["pid"], "21869040263");
  });

  it("a declined scope is left out without a word", async () => {
    const browser = new Browser();
    const request = authorizeRequest(issuer);
    const page = location(await browser.request(request.url));
    const done = await browser.follow(page.href, issuer, {
      person: manager,
      level: "idporten-loa-high",
      scopesShown: "yes",
      granted: ["skatteetaten:mvameldingvalidering", "altinn:instances.read"],
    });
    assert.equal(location(done).searchParams.get("error"), null);
    const { body } = await redeem(issuer, request, location(done).searchParams.get("code") ?? "");
    assert.deepEqual(String(body["scope"]).split(" ").sort(), fullScope.split(" ").slice(0, 4).sort());
  });

  it("prompt=consent asks again, for the scopes only", async () => {
    const browser = await signedInBrowser("idporten-loa-high");
    const request = authorizeRequest(issuer, { prompt: "consent" });
    const page = location(await browser.request(request.url));
    assert.doesNotMatch(await (await browser.request(page.href)).text(), /name="person"/);
    const done = await browser.follow(page.href, issuer, {
      consent: "yes",
      scopesShown: "yes",
      granted: ["altinn:instances.read"],
    });
    const { body } = await redeem(issuer, request, location(done).searchParams.get("code") ?? "");
    assert.equal(body["scope"], "openid profile altinn:instances.read");
  });

  it("Cancel tells the client; Back leads to the client's page and tells nobody", async () => {
    const browser = new Browser();
    const cancelled = location(await browser.request(authorizeRequest(issuer).url));
    const told = location(await browser.follow(cancelled.href, issuer, { cancel: "yes" }));
    assert.equal(told.searchParams.get("error"), "access_denied");
    assert.equal(told.searchParams.get("iss"), issuer);

    const page = location(await browser.request(authorizeRequest(issuer).url));
    const back = location(await browser.request(page.href, { back: "yes" }));
    assert.equal(back.href, `${issuer}/sandbox/left`);
    assert.equal((await browser.request(back.href)).status, 200);
    const again = await browser.request(page.href);
    assert.equal(again.status, 400);
    assert.match(await again.text(), /bokmerke/);
  });

  it("a login page without its cookie, as from a bookmark, is an expired session", async () => {
    const page = location(await new Browser().request(authorizeRequest(issuer, { ui_locales: "en" }).url));
    const response = await new Browser().request(page.href);
    assert.equal(response.status, 400);
    assert.match(await response.text(), /400 invalid_request \(traceId=/);
  });

  it("the search works without scripts, and the language can be changed", async () => {
    const browser = new Browser();
    const page = location(await browser.request(authorizeRequest(issuer).url));
    const hits = await (await browser.request(`${page.href}?search=${encodeURIComponent("nordvind knuf")}`)).text();
    assert.match(hits, /Vidfaren Koffert/);
    assert.doesNotMatch(hits, /Modig Furustamme/);
    assert.match(hits, /<html lang="nb">/);
    const english = await (await browser.follow(page.href, issuer, { language: "en" })).text();
    assert.match(english, /<html lang="en">/);
  });

  it("revocation ends the token and all of its grant", async () => {
    const { body } = await webSignIn();
    const revoked = await postForm(`${issuer}/token/revoke`, {
      token: String(body["access_token"]),
      client_id: defaultClientIds.web,
      client_secret: secretOf(defaultClientIds.web),
    });
    assert.equal(revoked.status, 200);
    assert.equal((await renew(body["refresh_token"])).body["error"], "invalid_grant");
    const userinfo = await fetch(`${issuer}/userinfo`, {
      headers: { authorization: `Bearer ${String(body["access_token"])}` },
    });
    assert.equal(userinfo.status, 401);
  });

  it("a public client revokes with its id alone", async () => {
    const { body } = await signIn(issuer);
    const revoked = await postForm(`${issuer}/token/revoke`, {
      token: String(body["access_token"]),
      client_id: defaultClientIds.desktop,
    });
    assert.equal(revoked.status, 200);
  });

  async function tokensIn(browser: Browser, scope: string): Promise<Record<string, unknown>> {
    const request = authorizeRequest(issuer, { ...testLogin, scope });
    const code = location(await browser.request(request.url)).searchParams.get("code") ?? "";
    return (await redeem(issuer, request, code)).body;
  }
  const userinfoStatus = async (tokens: Record<string, unknown>): Promise<number> =>
    (await fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${String(tokens["access_token"])}` } }))
      .status;

  it("signing out ends the session and goes back, tokens for third parties live on", async () => {
    const browser = new Browser();
    const tokens = await tokensIn(browser, "openid profile altinn:instances.read");
    const url = new URL(`${issuer}/logout`);
    url.searchParams.set("id_token_hint", String(tokens["id_token"]));
    url.searchParams.set("post_logout_redirect_uri", "http://localhost:12345/logged-out");
    url.searchParams.set("state", "bye");
    assert.equal(location(await browser.request(url.href)).href, "http://localhost:12345/logged-out?state=bye");
    assert.equal(await userinfoStatus(tokens), 200);
    const again = location(await browser.request(authorizeRequest(issuer, silent).url));
    assert.equal(again.searchParams.get("error"), "login_required");
    assert.equal((await browser.request(url.href)).status, 400, "nobody is signed in any more");
  });

  it("signing out ends tokens that only say who somebody is", async () => {
    const browser = new Browser();
    const tokens = await tokensIn(browser, "openid profile");
    assert.equal(await userinfoStatus(tokens), 200);
    const done = await browser.request(`${issuer}/logout`);
    assert.equal(done.status, 200);
    assert.match(await done.text(), /logget ut/);
    assert.equal(await userinfoStatus(tokens), 401);
  });

  it("signing out does not lead to an address that is not registered", async () => {
    const browser = new Browser();
    const tokens = await tokensIn(browser, "openid profile");
    for (const target of [
      "https://evil.example/",
      "http://localhost:12346/logged-out",
      "http://localhost:12345/logged-out/",
    ]) {
      const url = new URL(`${issuer}/logout`);
      url.searchParams.set("id_token_hint", String(tokens["id_token"]));
      url.searchParams.set("post_logout_redirect_uri", target);
      const response = await browser.request(url.href);
      assert.equal(response.status, 400, target);
      assert.equal(response.headers.get("location"), null);
    }
  });

  it("signing out by POST is the same", async () => {
    const browser = new Browser();
    const tokens = await tokensIn(browser, "openid profile");
    const done = await browser.follow(`${issuer}/logout`, issuer, {
      id_token_hint: String(tokens["id_token"]),
      post_logout_redirect_uri: "http://localhost:12345/logged-out",
    });
    assert.equal(location(done).href, "http://localhost:12345/logged-out");
  });

  it("a pushed request stands for the parameters", async () => {
    const request = authorizeRequest(issuer, { ...testLogin, ...web });
    const parameters = Object.fromEntries(new URL(request.url).searchParams);
    const pushed = await postForm(`${issuer}/par`, { ...parameters, client_secret: secretOf(defaultClientIds.web) });
    assert.equal(pushed.status, 201);
    const url = new URL(`${issuer}/authorize`);
    url.searchParams.set("client_id", defaultClientIds.web);
    url.searchParams.set("request_uri", String(pushed.body["request_uri"]));
    assert.ok(location(await new Browser().request(url.href)).searchParams.get("code"));
  });
});
