import { createHash, randomUUID } from "node:crypto";
import type { KoaContextWithOIDC } from "oidc-provider";
import { vendorOrganisationNumber, type SandboxClient } from "../clients.ts";
import { foreignIssuer, type IdPortenContext } from "./context.ts";
import { generateSigningKey, readClaims, signJwt, unsignedJwt } from "./keys.ts";
import { idTokenLifetime, refreshTokenLifetime } from "./lifetimes.ts";

type Claims = Record<string, unknown>;

/** The subject identifier of a person as one client sees it: the same at every login, another for every client. */
export function pairwiseSubject(context: IdPortenContext, accountId: unknown, clientId: string): string {
  const input = `${context.keys.value.subjectSalt}|${clientId}|${String(accountId)}`;
  return createHash("sha256").update(input).digest("base64url");
}

/** The organisation that owns the client, in the way access tokens name it. */
function consumer(client: SandboxClient): Claims {
  return { authority: "iso6523-actorid-upis", ID: `0192:${client.client_orgno ?? vendorOrganisationNumber}` };
}

/**
 * ID-porten's access token: a JSON Web Token that says who signed in (`pid`), how (`acr`), through which client and for
 * whom (`consumer`). It has no audience. `jti` is the handle under which the provider knows the token.
 */
function accessTokenClaims(context: IdPortenContext, ctx: KoaContextWithOIDC, client: SandboxClient): Claims | null {
  const { AccessToken: token, AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
  if (token === undefined) return null;
  const { accountId } = token;
  const issuedAt = context.now();
  return {
    sub: accountId,
    pid: accountId,
    acr: (code ?? refresh)?.acr,
    scope: token.scope,
    iss: context.issuer,
    client_amr: client.token_endpoint_auth_method,
    token_type: "Bearer",
    exp: issuedAt + token.expiration,
    iat: issuedAt,
    jti: token.jti,
    client_id: client.client_id,
    client_orgno: client.client_orgno ?? vendorOrganisationNumber,
    consumer: consumer(client),
  };
}

function shiftTimes(claims: Claims, seconds: number): void {
  for (const name of ["iat", "exp", "auth_time"]) {
    const value = claims[name];
    if (typeof value === "number") claims[name] = value + seconds;
  }
}

/** Alters the claims as the faults asked for want it. */
function applyClaimFaults(context: IdPortenContext, clientId: string, idToken: Claims | null, access: Claims): void {
  const { faults } = context;
  const asked = (name: Parameters<typeof faults.take>[0]): boolean => faults.take(name, clientId) !== undefined;
  const both = idToken === null ? [access] : [idToken, access];
  if (asked("withoutNationalIdentityNumber")) {
    for (const claims of both) delete claims["pid"];
    access["sub"] = idToken?.["sub"];
  }
  if (asked("wrongEnvironment")) for (const claims of both) claims["iss"] = foreignIssuer;
  const skew = faults.take("clockSkew", clientId);
  if (skew) for (const claims of both) shiftTimes(claims, skew.parameters.seconds ?? 600);
  if (idToken === null) return;
  if (asked("idTokenWrongNonce")) idToken["nonce"] = `not-${String(idToken["nonce"])}`;
  if (asked("idTokenMissingNonce")) delete idToken["nonce"];
  if (asked("idTokenWrongIssuer")) idToken["iss"] = foreignIssuer;
  if (asked("idTokenWrongAudience")) idToken["aud"] = randomUUID();
  if (asked("idTokenExpired")) shiftTimes(idToken, -(idTokenLifetime + 3600));
}

async function signIdToken(context: IdPortenContext, clientId: string, claims: Claims): Promise<string> {
  const { faults, keys } = context;
  const [key] = keys.value.signing;
  if (key === undefined) throw new Error("there is no signing key");
  if (faults.take("idTokenUnsigned", clientId)) return unsignedJwt(claims);
  if (faults.take("idTokenWrongSignature", clientId)) return signJwt(await generateSigningKey(), claims, key.kid);
  if (faults.take("idTokenUnknownKey", clientId)) return signJwt(await generateSigningKey(), claims);
  return signJwt(key, claims);
}

/** Turns the provider's answer at the token endpoint into ID-porten's: our own tokens, and what has become of them. */
export async function finishTokens(context: IdPortenContext, ctx: KoaContextWithOIDC, body: Claims): Promise<Claims> {
  const client = context.client(ctx.oidc.client?.clientId ?? "");
  const access = client === undefined ? null : accessTokenClaims(context, ctx, client);
  if (client === undefined || access === null) return body;
  const clientId = client.client_id;
  const refreshed = ctx.oidc.entities.AuthorizationCode === undefined;

  if (context.faults.take("keyRotation", clientId)) await context.rotateKeys();
  const issued = typeof body["id_token"] === "string" ? readClaims(body["id_token"]) : null;
  const idToken: Claims | null =
    issued === null
      ? null
      : {
          ...issued,
          sub: pairwiseSubject(context, access["sub"], clientId),
          jti: randomUUID(),
        };
  applyClaimFaults(context, clientId, idToken, access);

  const [key] = context.keys.value.signing;
  if (key === undefined) throw new Error("there is no signing key");
  const finished: Claims = { ...body, access_token: signJwt(key, access) };
  const without =
    context.faults.take("idTokenMissing", clientId) !== undefined ||
    (refreshed && context.faults.take("refreshWithoutIdToken", clientId) !== undefined);
  delete finished["id_token"];
  if (idToken !== null && !without) finished["id_token"] = await signIdToken(context, clientId, idToken);

  const { RefreshToken: refresh } = ctx.oidc.entities;
  if (refresh !== undefined && typeof body["refresh_token"] === "string") {
    if (refreshed && client.refresh_token_usage === "REUSE") {
      // A reusable token starts its idle time anew each time it is used.
      refresh.exp = context.now() + refreshTokenLifetime(client, refresh.iiat ?? context.now(), context.now());
      await refresh.save();
    }
    // A token fresh from the provider knows its lifetime, one that was read from the store its end. (The type says that both have an end.)
    const end: number | undefined = refresh.exp;
    finished["refresh_token_expires_in"] = end === undefined ? refresh.expiration : Math.max(0, end - context.now());
  }
  return finished;
}

/** ID-porten's form of an error at the token endpoint: always 400, and with a correlation id to quote. */
export function finishTokenError(ctx: KoaContextWithOIDC, body: Claims): void {
  const description = typeof body["error_description"] === "string" ? body["error_description"] : "request refused";
  const noSecret =
    body["error"] === "invalid_client" && ctx.get("authorization") === "" && !ctx.oidc.body?.["client_secret"];
  const words = noSecret ? "client authentication failed: none was sent, or not the registered kind" : description;
  if (ctx.status < 500) ctx.status = 400;
  ctx.remove("www-authenticate");
  ctx.body = { ...body, error_description: `${words} (correlation id: ${randomUUID()})` };
}
