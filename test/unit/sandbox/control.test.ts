import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { clientFromRegistration, RegistrationError } from "../../../src/sandbox/registration.ts";
import {
  authorizeRequest,
  Browser,
  claims,
  control,
  location,
  manager,
  postForm,
  redeem,
  signIn,
  start,
  testLogin,
  type RunningSandbox,
} from "./support.ts";

const registration = {
  application_type: "web",
  token_endpoint_auth_method: "client_secret_post",
  integration_type: "api_klient",
  redirect_uris: ["https://our.example/callback"],
  scopes: ["openid", "altinn:new-scope"],
  grant_types: ["authorization_code", "refresh_token"],
  refresh_token_usage: "ONETIME",
  refresh_token_lifetime: 0,
  access_token_lifetime: 7200,
  authorization_lifetime: 31_536_000,
};

describe("sandbox: steering over HTTP", () => {
  let sandbox: RunningSandbox;
  let issuer: string;
  before(async () => {
    sandbox = await start();
    ({ issuer } = sandbox);
  });
  after(() => sandbox.close());

  it("is not for web pages", async () => {
    const url = `${issuer}/sandbox/control/faults`;
    const init = { method: "POST", body: '{"fault":"cancelled"}' };
    const elsewhere = await fetch(url, {
      ...init,
      headers: { origin: "https://evil.example", "content-type": "application/json" },
    });
    assert.equal(elsewhere.status, 403);
    const asForm = await fetch(url, { ...init, headers: { "content-type": "text/plain" } });
    assert.equal(asForm.status, 400);
    assert.deepEqual(sandbox.faults.active(), []);
  });

  it("takes a registration while it runs; scopes, lifetimes and secret are its own", async () => {
    const { status, body } = await control(issuer, "POST", "/clients", registration);
    assert.equal(status, 201);
    assert.match(String(body["clientSecret"]), /^[\w-]{32}$/);
    const answer = await signIn(
      issuer,
      {
        client_id: String(body["clientId"]),
        redirect_uri: "https://our.example/callback",
        scope: "openid altinn:new-scope",
      },
      { client_secret: String(body["clientSecret"]) },
    );
    assert.deepEqual(
      [answer.status, answer.body["scope"], answer.body["expires_in"], answer.body["refresh_token_expires_in"]],
      [200, "openid altinn:new-scope", 7200, 31_536_000],
    );
  });

  it("an access token for the authority's VAT scopes lives for eight hours at most", async () => {
    const { body } = await control(issuer, "POST", "/clients", {
      ...registration,
      client_id: randomUUID(),
      scopes: ["openid", "skatteetaten:mvameldingvalidering"],
      access_token_lifetime: 86_400,
      authorization_lifetime: 604_800,
    });
    const answer = await signIn(
      issuer,
      {
        client_id: String(body["clientId"]),
        redirect_uri: "https://our.example/callback",
        scope: "openid skatteetaten:mvameldingvalidering",
      },
      { client_secret: String(body["clientSecret"]) },
    );
    assert.equal(answer.body["expires_in"], 8 * 3600);
  });

  it("a client with private_key_jwt proves itself to the issuer, and to nothing else", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const clientId = randomUUID();
    await control(issuer, "POST", "/clients", {
      ...registration,
      client_id: clientId,
      token_endpoint_auth_method: "private_key_jwt",
      jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", use: "sig", alg: "RS256" }] },
    });
    const assertion = (aud: string, lifetime: number): string => {
      const now = Math.floor(Date.now() / 1000);
      const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
      const payload = { iss: clientId, sub: clientId, aud, iat: now, exp: now + lifetime, jti: randomUUID() };
      const input = `${encode({ alg: "RS256", kid: "k" })}.${encode(payload)}`;
      return `${input}.${sign("sha256", Buffer.from(input), privateKey).toString("base64url")}`;
    };
    for (const [aud, lifetime, expected] of [
      [issuer, 120, 200],
      [`${issuer}/token`, 120, 400],
      [issuer, 300, 400],
    ] as const) {
      const { status } = await signIn(
        issuer,
        { client_id: clientId, redirect_uri: "https://our.example/callback", scope: "openid altinn:new-scope" },
        {
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          client_assertion: assertion(aud, lifetime),
        },
      );
      assert.equal(status, expected, `${aud} ${String(lifetime)}`);
    }
  });

  it("a client without single sign-on asks every time", async () => {
    const { body } = await control(issuer, "POST", "/clients", {
      ...registration,
      client_id: randomUUID(),
      application_type: "native",
      token_endpoint_auth_method: "none",
      redirect_uris: ["http://127.0.0.1:0/callback"],
      sso_disabled: true,
    });
    const browser = new Browser();
    const changes = { client_id: String(body["clientId"]), scope: "openid altinn:new-scope" };
    await browser.request(authorizeRequest(issuer, { ...changes, ...testLogin }).url);
    const again = location(await browser.request(authorizeRequest(issuer, changes).url));
    assert.match(again.pathname, /^\/login\//);
    const silent = location(await browser.request(authorizeRequest(issuer, { ...changes, prompt: "none" }).url));
    assert.equal(silent.searchParams.get("error"), "login_required");
  });

  it("a single-page application may ask from its own origin, others not", async () => {
    const spa = sandbox.description.clients.find((client) => client.applicationType === "browser");
    const ask = async (origin: string): Promise<string | null> => {
      const request = authorizeRequest(issuer, {
        ...testLogin,
        client_id: spa?.clientId ?? "",
        redirect_uri: "http://localhost:5173/callback",
      });
      const code = location(await new Browser().request(request.url)).searchParams.get("code") ?? "";
      const { status, headers } = await postForm(
        `${issuer}/token`,
        {
          grant_type: "authorization_code",
          code,
          redirect_uri: request.redirectUri,
          client_id: request.clientId,
          code_verifier: request.verifier,
        },
        { origin },
      );
      return status === 200 ? headers.get("access-control-allow-origin") : null;
    };
    assert.equal(await ask("http://localhost:5173"), "http://localhost:5173");
    assert.equal(await ask("https://evil.example"), null);
  });

  it("introspection answers a client that was granted it, and no other", async () => {
    const { body: client } = await control(issuer, "POST", "/clients", {
      ...registration,
      client_id: randomUUID(),
      scopes: ["openid", "idporten:token.introspection"],
    });
    const { body } = await signIn(issuer);
    const ask = (clientId: unknown, secret: unknown): ReturnType<typeof postForm> =>
      postForm(`${issuer}/token/introspect`, {
        token: String(body["access_token"]),
        client_id: String(clientId),
        client_secret: String(secret),
      });
    const granted = await ask(client["clientId"], client["clientSecret"]);
    assert.equal(granted.body["active"], true);
    const web = sandbox.description.clients.find(
      (candidate) => candidate.tokenEndpointAuthMethod === "client_secret_post",
    );
    assert.notEqual((await ask(web?.clientId, web?.clientSecret)).body["active"], true);
  });

  it("says what it is, and what it does not know", async () => {
    const status = await control(issuer, "GET", "/status");
    assert.equal((status.body["sandbox"] as { issuer: string }).issuer, issuer);
    assert.equal((await control(issuer, "GET", "/nonsense")).status, 404);
    assert.equal((await control(issuer, "POST", "/clients", { redirect_uris: [] })).status, 400);
  });

  it("discovery has ID-porten's fields", async () => {
    const document = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<
      string,
      unknown
    >;
    const expected: Record<string, unknown> = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      end_session_endpoint: `${issuer}/logout`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks.json`,
      pushed_authorization_request_endpoint: `${issuer}/par`,
      introspection_endpoint: `${issuer}/token/introspect`,
      revocation_endpoint: `${issuer}/token/revoke`,
      response_types_supported: ["code"],
      grant_types_supported: ["authorization_code", "refresh_token"],
      response_modes_supported: ["query", "form_post", "query.jwt", "form_post.jwt"],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none", "private_key_jwt"],
      token_endpoint_auth_signing_alg_values_supported: ["RS256"],
      id_token_signing_alg_values_supported: ["RS256"],
      authorization_signing_alg_values_supported: ["RS256"],
      subject_types_supported: ["public", "pairwise"],
      scopes_supported: ["openid", "profile"],
      prompt_values_supported: ["consent", "login", "none"],
      ui_locales_supported: ["en", "nb", "nn", "se"],
      display_values_supported: ["page"],
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      claims_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
    };
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(document[name], value, name);
    assert.deepEqual([...(document["acr_values_supported"] as string[])].sort(), [
      "eidas-loa-high",
      "eidas-loa-low",
      "eidas-loa-substantial",
      "idporten-loa-high",
      "idporten-loa-low",
      "idporten-loa-substantial",
    ]);
  });

  it("no log line at trace level holds a token, a code, a secret or a national identity number", async () => {
    const secrets: string[] = [manager];
    const browser = new Browser();
    const request = authorizeRequest(issuer);
    const page = location(await browser.request(request.url));
    const done = await browser.follow(page.href, issuer, {
      person: manager,
      level: "idporten-loa-high",
    });
    const code = location(done).searchParams.get("code") ?? "";
    const { body } = await redeem(issuer, request, code);
    await redeem(issuer, request, code);
    await browser.request(authorizeRequest(issuer, { redirect_uri: `http://x.example/?pid=${manager}` }).url);
    await browser.request(`${issuer}/login/${manager}?code=${code}`);
    await fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${String(body["access_token"])}` } });
    await control(issuer, "POST", "/faults", { fault: "tokenLost" });
    await assert.rejects(signIn(issuer));
    secrets.push(
      code,
      String(body["access_token"]),
      String(body["id_token"]),
      String(claims(body["access_token"])["jti"]),
      request.verifier,
    );
    for (const client of sandbox.description.clients)
      if (client.clientSecret !== null) secrets.push(client.clientSecret);
    const log = sandbox.log();
    assert.ok(log.split("\n").length > 8, "it logs at all");
    for (const secret of secrets) assert.ok(!log.includes(secret), createHash("sha256").update(secret).digest("hex"));
  });
});

describe("sandbox: registrations that ID-porten would not take", () => {
  const cases: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ["no redirect URI", { redirect_uris: [] }, /redirect_uris/],
    ["a redirect URI that is none", { redirect_uris: ["callback"] }, /redirect_uris/],
    ["another scheme", { redirect_uris: ["vscode://our.extension/callback"] }, /neither http nor https/],
    ["a fragment", { redirect_uris: ["https://our.example/#callback"] }, /fragment/],
    ["any port for a web client", { redirect_uris: ["http://127.0.0.1:0/callback"] }, /native/],
    ["a public web client", { token_endpoint_auth_method: "none" }, /does not go with application_type web/],
    ["a native client with a secret", { application_type: "native" }, /does not go with application_type native/],
    ["an unknown method", { token_endpoint_auth_method: "tls_client_auth" }, /token_endpoint_auth_method/],
    ["no key", { token_endpoint_auth_method: "private_key_jwt" }, /jwks/],
    ["no scope", { scopes: [] }, /scopes/],
    ["a lifetime that is none", { access_token_lifetime: -1 }, /access_token_lifetime/],
    ["an organisation number with a wrong digit", { client_orgno: "314527829" }, /client_orgno/],
  ];
  for (const [what, changes, words] of cases) {
    it(what, () => {
      assert.throws(
        () => clientFromRegistration({ ...registration, ...changes }),
        (error) => error instanceof RegistrationError && words.test(error.message),
      );
    });
  }
  it("the same registration is the same client next time", () => {
    assert.equal(
      clientFromRegistration(registration).client_id,
      clientFromRegistration(structuredClone(registration)).client_id,
    );
    assert.notEqual(
      clientFromRegistration(registration).client_id,
      clientFromRegistration({ ...registration, scopes: ["openid"] }).client_id,
    );
  });
});
