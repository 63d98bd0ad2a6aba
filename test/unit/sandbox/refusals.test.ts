import assert from "node:assert/strict";
import { defaultClientIds } from "../../../src/sandbox/clients.ts";
import {
  authorizeRequest,
  Browser,
  location,
  postForm,
  redeem,
  signIn,
  start,
  testLogin,
  type RunningSandbox,
} from "./support.ts";

describe("sandbox: what ID-porten refuses", () => {
  let sandbox: RunningSandbox;
  let issuer: string;
  const secretOf = (clientId: string): string =>
    sandbox.description.clients.find((client) => client.clientId === clientId)?.clientSecret ?? "";

  before(async () => {
    sandbox = await start();
    ({ issuer } = sandbox);
  });
  after(() => sandbox.close());

  const pages: readonly (readonly [string, Record<string, string | null>, string])[] = [
    ["an unknown client", { client_id: "23cc2587-0000-4a5f-aa5c-dfce3d6c5f09" }, "invalid_client"],
    ["no client", { client_id: null }, "invalid_request"],
    ["an unregistered redirect URI", { redirect_uri: "http://127.0.0.1:40001/other" }, "invalid_redirect_uri"],
    ["localhost in place of 127.0.0.1", { redirect_uri: "http://localhost:40001/callback" }, "invalid_redirect_uri"],
    ["another port of localhost", { redirect_uri: "http://localhost:12346/token" }, "invalid_redirect_uri"],
    ["a trailing slash", { redirect_uri: "http://127.0.0.1:40001/callback/" }, "invalid_redirect_uri"],
    ["a query in the redirect URI", { redirect_uri: "http://127.0.0.1:40001/callback?x=1" }, "invalid_redirect_uri"],
    ["no redirect URI", { redirect_uri: null }, "invalid_request"],
    [
      "an unregistered redirect URI together with an ungranted scope",
      { redirect_uri: "https://evil.example/", scope: "openid nonsense" },
      "invalid_redirect_uri",
    ],
  ];
  for (const [what, changes, error] of pages) {
    it(`${what}: a page, no redirect`, async () => {
      const response = await new Browser().request(authorizeRequest(issuer, { ...testLogin, ...changes }).url);
      assert.equal(response.status, 400);
      assert.equal(response.headers.get("location"), null);
      const html = await response.text();
      assert.match(html, new RegExp(`400 ${error} \\(traceId=[0-9a-f]{32}\\)`));
      assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/);
    });
  }

  const redirected: readonly (readonly [string, Record<string, string | null>, string, RegExp])[] = [
    [
      "an ungranted scope",
      { scope: "openid altinn:instances.read altinn:nonsense" },
      "invalid_scope",
      /altinn:nonsense/,
    ],
    ["offline_access, which is not granted", { scope: "openid offline_access" }, "invalid_scope", /offline_access/],
    [
      "submission with the client for validation",
      { client_id: defaultClientIds.validationOnly },
      "invalid_scope",
      /altinn:instances\.read altinn:instances\.write/,
    ],
    ["no PKCE", { code_challenge: null, code_challenge_method: null }, "invalid_request", /PKCE/],
    ["PKCE with plain", { code_challenge_method: "plain" }, "invalid_request", /code_challenge_method/],
    ["no state from a public client", { state: null }, "invalid_request", /state/],
    ["acr_values that nobody knows", { acr_values: "level4" }, "invalid_request", /acr_values/],
    ["a request object", { request: "e30.e30." }, "request_not_supported", /^/],
    ["prompt=none without a session", { prompt: "none", login_hint: null }, "login_required", /./],
    ["a test login of nobody", { login_hint: "testid:01810112345_idporten-loa-high" }, "invalid_request", /login_hint/],
    [
      "a test login below the level asked for",
      { login_hint: "testid:12837420162_idporten-loa-substantial" },
      "access_denied",
      /level/,
    ],
  ];
  for (const [what, changes, error, words] of redirected) {
    it(`${what}: ${error} at the client, with iss`, async () => {
      const response = await new Browser().request(authorizeRequest(issuer, { ...testLogin, ...changes }).url);
      const { searchParams, origin, pathname } = location(response);
      assert.equal(origin + pathname, "http://127.0.0.1:40001/callback");
      assert.equal(searchParams.get("error"), error);
      assert.match(searchParams.get("error_description") ?? "", words);
      assert.equal(searchParams.get("iss"), issuer);
      assert.equal(searchParams.get("state"), "state" in changes ? null : "the-state");
      assert.equal(searchParams.get("code"), null);
    });
  }

  it("the implicit flow: unsupported_response_type, in the fragment as that flow answers", async () => {
    const response = await new Browser().request(authorizeRequest(issuer, { response_type: "token" }).url);
    assert.match(location(response).hash, /error=unsupported_response_type/);
  });

  async function freshCode(
    changes: Record<string, string> = {},
  ): Promise<{ request: ReturnType<typeof authorizeRequest>; code: string }> {
    const request = authorizeRequest(issuer, { ...testLogin, ...changes });
    const response = await new Browser().request(request.url);
    return { request, code: location(response).searchParams.get("code") ?? "" };
  }

  const spoiled: readonly (readonly [string, Record<string, string>, string])[] = [
    ["another verifier", { code_verifier: "a".repeat(43) }, "invalid_grant"],
    ["another port in the redirect URI", { redirect_uri: "http://127.0.0.1:40002/callback" }, "invalid_grant"],
    ["another client", { client_id: defaultClientIds.desktopShort }, "invalid_grant"],
    ["an unknown client", { client_id: "nobody" }, "invalid_client"],
    ["a secret from a client without one", { client_secret: "x" }, "invalid_client"],
    ["an unknown grant type", { grant_type: "password" }, "unsupported_grant_type"],
    ["a code that was never issued", { code: "nonsense" }, "invalid_grant"],
  ];
  for (const [what, extra, error] of spoiled) {
    it(`at the token endpoint, ${what}: ${error}`, async () => {
      const { request, code } = await freshCode();
      const { status, body } = await redeem(issuer, request, code, extra);
      assert.equal(status, 400);
      assert.equal(body["error"], error);
      assert.match(String(body["error_description"]), /\(correlation id: [0-9a-f-]{36}\)$/);
    });
  }

  it("a code redeemed twice ends what the first time gave", async () => {
    const { request, code } = await freshCode({ client_id: defaultClientIds.desktop });
    const first = await redeem(issuer, request, code);
    assert.equal(first.status, 200);
    const second = await redeem(issuer, request, code);
    assert.equal(second.body["error"], "invalid_grant");
    const userinfo = await fetch(`${issuer}/userinfo`, {
      headers: { authorization: `Bearer ${String(first.body["access_token"])}` },
    });
    assert.equal(userinfo.status, 401);
  });

  const webRequest = { client_id: defaultClientIds.web, redirect_uri: "http://localhost:3000/callback" };
  const methods: readonly (readonly [
    string,
    (secret: string) => [Record<string, string>, Record<string, string>],
    number,
  ])[] = [
    ["its secret in the body, as registered", (secret) => [{ client_secret: secret }, {}], 200],
    ["a wrong secret", () => [{ client_secret: "wrong" }, {}], 400],
    ["no secret", () => [{}, {}], 400],
    [
      "its secret in the header",
      (secret) => [
        {},
        { authorization: `Basic ${Buffer.from(`${defaultClientIds.web}:${secret}`).toString("base64")}` },
      ],
      400,
    ],
  ];
  for (const [what, how, expected] of methods) {
    it(`a web client with ${what}: ${String(expected)}`, async () => {
      const { request, code } = await freshCode(webRequest);
      const [form, headers] = how(secretOf(defaultClientIds.web));
      const {
        status,
        body,
        headers: sent,
      } = await postForm(
        `${issuer}/token`,
        {
          grant_type: "authorization_code",
          code,
          redirect_uri: request.redirectUri,
          client_id: request.clientId,
          code_verifier: request.verifier,
          ...form,
        },
        headers,
      );
      assert.equal(status, expected);
      if (expected === 400) assert.equal(body["error"], "invalid_client");
      assert.equal(sent.get("www-authenticate"), null);
    });
  }

  it("a request to another host name is not answered", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve, reject) => {
      request(`${issuer}/.well-known/openid-configuration`, { headers: { host: "evil.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    assert.equal(status, 421);
  });

  it("userinfo wants the scope profile, and a token of ours", async () => {
    const ask = (token: string): Promise<Response> =>
      fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    const withProfile = await signIn(issuer, { scope: "openid profile" });
    const answer = await ask(String(withProfile.body["access_token"]));
    assert.equal(answer.status, 200);
    const { sub, pid, locale, name } = (await answer.json()) as Record<string, unknown>;
    const idToken = JSON.parse(
      Buffer.from(String(withProfile.body["id_token"]).split(".")[1] ?? "", "base64url").toString(),
    ) as Record<string, unknown>;
    assert.deepEqual(
      { sub, pid, locale, name },
      { sub: idToken["sub"], pid: "12837420162", locale: "nb", name: "Modig Furustamme" },
    );
    const without = await signIn(issuer, { scope: "openid" });
    assert.equal((await ask(String(without.body["access_token"]))).status, 403);
    assert.equal((await ask(String(withProfile.body["id_token"]))).status, 401);
    assert.equal((await ask("opaque")).status, 401);
  });
});
