import assert from "node:assert/strict";
import * as oidc from "openid-client";
import { defaultClientIds } from "../../../src/sandbox/clients.ts";
import { Browser, control, location, manager, start, type RunningSandbox } from "./support.ts";

describe("sandbox: a client of somebody else's making", () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await start();
  });
  after(() => sandbox.close());

  const secretOf = (clientId: string): string | undefined =>
    sandbox.description.clients.find((client) => client.clientId === clientId)?.clientSecret ?? undefined;

  async function configure(clientId: string): Promise<oidc.Configuration> {
    const secret = secretOf(clientId);
    const authentication = secret === undefined ? oidc.None() : oidc.ClientSecretPost(secret);
    return oidc.discovery(new URL(sandbox.issuer), clientId, undefined, authentication, {
      // The sandbox speaks plain HTTP on the loopback, for which this is meant.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
    });
  }

  async function signIn(
    configuration: oidc.Configuration,
    redirectUri: string,
  ): Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers> {
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: "openid profile altinn:instances.read",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
      acr_values: "idporten-loa-high",
      login_hint: `testid:${manager}_idporten-loa-high`,
    });
    const back = location(await new Browser().request(url.href));
    return oidc.authorizationCodeGrant(configuration, back, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
  }

  it("openid-client signs in with all its checks, asks for userinfo, and revokes", async () => {
    const configuration = await configure(defaultClientIds.desktop);
    const tokens = await signIn(configuration, "http://127.0.0.1:40002/callback");
    const claims = tokens.claims();
    assert.ok(claims !== undefined);
    assert.equal(claims["pid"], manager);
    const subject = claims.sub;
    assert.equal(tokens.expires_in, 3600);
    const userinfo = await oidc.fetchUserInfo(configuration, tokens.access_token, subject);
    assert.equal(userinfo["pid"], manager);
    await oidc.tokenRevocation(configuration, tokens.access_token);
    await assert.rejects(oidc.fetchUserInfo(configuration, tokens.access_token, subject));
  });

  it("openid-client renews a confidential client's session, and hears of a spent refresh token", async () => {
    const configuration = await configure(defaultClientIds.web);
    const tokens = await signIn(configuration, "http://localhost:3000/callback");
    const renewed = await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? "");
    assert.notEqual(renewed.refresh_token, tokens.refresh_token);
    await assert.rejects(
      oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? ""),
      (error) => error instanceof oidc.ResponseBodyError && error.error === "invalid_grant",
    );
  });

  for (const fault of [
    "wrongAuthorizeIssuer",
    "missingAuthorizeIssuer",
    "wrongState",
    "missingState",
    "wrongEnvironment",
    "idTokenMissing",
    "idTokenWrongNonce",
    "idTokenMissingNonce",
    "idTokenWrongIssuer",
    "idTokenWrongAudience",
    "idTokenExpired",
    "idTokenUnsigned",
    "idTokenWrongSignature",
    "idTokenUnknownKey",
    "tokenTruncated",
    "tokenUnavailable",
  ]) {
    it(`openid-client refuses what ${fault} gives it`, async () => {
      const configuration = await configure(defaultClientIds.desktop);
      await control(sandbox.issuer, "POST", "/faults", { fault });
      await assert.rejects(signIn(configuration, "http://127.0.0.1:40002/callback"));
      await control(sandbox.issuer, "DELETE", "/faults");
      await signIn(configuration, "http://127.0.0.1:40002/callback");
    });
  }

  it("openid-client takes a rotated key, and does not take another issuer's discovery", async () => {
    const configuration = await configure(defaultClientIds.desktop);
    await signIn(configuration, "http://127.0.0.1:40002/callback");
    await control(sandbox.issuer, "POST", "/faults", { fault: "discoveryWrongIssuer" });
    await assert.rejects(configure(defaultClientIds.desktop));
    await control(sandbox.issuer, "POST", "/rotate-keys");
    await signIn(await configure(defaultClientIds.desktop), "http://127.0.0.1:40002/callback");
  });
});
