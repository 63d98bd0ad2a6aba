import { createHash, timingSafeEqual } from "node:crypto";
import { Provider, errors, type Client, type ClientMetadata, type Configuration } from "oidc-provider";
import { allRegisteredScopes, type SandboxClient } from "../clients.ts";
import { findPerson, personName } from "../persons.ts";
import { supportedAcrValues } from "./acr.ts";
import { createAdapterFactory } from "./adapter.ts";
import { checkAuthorization, loadGrant, policy } from "./authorizeRequest.ts";
import type { IdPortenContext } from "./context.ts";
import {
  accessTokenLifetime,
  idTokenLifetime,
  refreshTokenLifetime,
  sessionIdle,
  sessionMaximum,
} from "./lifetimes.ts";
import { endSession, signedOutPage } from "./logout.ts";
import { renderError } from "./errorPage.ts";
import { redirectAllowed } from "../../services/idPorten/registeredRedirects.ts";

/** The paths of ID-porten's endpoints under the issuer. */
export const paths = {
  authorization: "/authorize",
  token: "/token",
  jwks: "/jwks.json",
  userinfo: "/userinfo",
  end_session: "/logout",
  revocation: "/token/revoke",
  introspection: "/token/introspect",
  pushed_authorization_request: "/par",
} as const;

export const introspectionScope = "idporten:token.introspection";

/**
 * A registration in the provider's own terms. The application type is always "web" there, because the provider's rules
 * for native clients are laxer and stricter than ID-porten's in turn; the real type is looked up in our own list.
 */
function metadata(client: SandboxClient): ClientMetadata {
  const web = (uri: string): boolean => /^https?:/.test(uri);
  return {
    client_id: client.client_id,
    client_name: client.client_name ?? client.client_id,
    application_type: "web",
    redirect_uris: client.redirect_uris.filter(web),
    post_logout_redirect_uris: client.post_logout_redirect_uris.filter(web),
    response_types: ["code"],
    // Whether a refresh token is issued is decided elsewhere; one that was issued can be used.
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: client.token_endpoint_auth_method,
    ...(client.client_secret === undefined ? {} : { client_secret: client.client_secret }),
    ...(client.jwks === undefined ? {} : { jwks: client.jwks }),
  };
}

function configuration(context: IdPortenContext): Configuration {
  const { keys, now, faults } = context;
  const { port } = new URL(context.issuer);
  const registered = (client: Client | undefined): SandboxClient => {
    const found = context.client(client?.clientId ?? "");
    if (found === undefined) throw new errors.InvalidClient("the client is not known any more");
    return found;
  };
  return {
    adapter: createAdapterFactory(context.grants, now),
    clients: context.clients().map(metadata),
    jwks: { keys: keys.value.signing },
    acrValues: [...supportedAcrValues],
    scopes: allRegisteredScopes(context.clients()),
    claims: {
      openid: ["sub", "pid", "locale", "acr", "amr", "auth_time"],
      profile: ["name", "given_name", "family_name"],
    },
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "none", "private_key_jwt"],
    enabledJWA: {
      idTokenSigningAlgValues: ["RS256"],
      clientAuthSigningAlgValues: ["RS256"],
      authorizationSigningAlgValues: ["RS256"],
    },
    routes: paths,
    cookies: {
      keys: keys.value.cookies,
      // Cookies do not tell ports apart: two sandboxes in one browser must not share them.
      names: {
        session: `sandbox_session_${port}`,
        interaction: `sandbox_login_${port}`,
        resume: `sandbox_resume_${port}`,
      },
      long: { httpOnly: true, sameSite: "lax", signed: true },
      short: { httpOnly: true, sameSite: "lax", signed: true },
    },
    pkce: { required: (_ctx, client) => registered(client).code_challenge_method === "S256" },
    allowOmittingSingleRegisteredRedirectUri: false,
    extraParams: {
      onbehalfof: (ctx, _value, client) => checkAuthorization(context, ctx, client),
    },
    interactions: { policy: policy(context), url: (_ctx, interaction) => `/login/${interaction.uid}` },
    loadExistingGrant: (ctx) => loadGrant(context, ctx),
    findAccount: (_ctx, sub) => {
      const person = findPerson(sub);
      if (person === undefined) return undefined;
      return {
        accountId: sub,
        claims: () => ({
          sub,
          pid: person.nationalIdentityNumber,
          locale: "nb",
          name: personName(person),
          given_name: person.givenName,
          family_name: person.familyName,
        }),
      };
    },
    issueRefreshToken: (_ctx, client) => {
      const { token_endpoint_auth_method: method, grant_types: grants } = registered(client);
      return method === "none"
        ? faults.take("publicRefreshToken", client.clientId) !== undefined
        : grants.includes("refresh_token");
    },
    rotateRefreshToken: (ctx) => {
      const client = registered(ctx.oidc.client);
      if (faults.take("refreshReused", client.client_id))
        throw new errors.InvalidGrant("the refresh token was used before");
      return client.refresh_token_usage === "ONETIME";
    },
    // Signing out ends tokens that say who somebody is; those for third parties live on.
    expiresWithSession: (_ctx, token) => [...token.scopes].every((scope) => scope === "openid" || scope === "profile"),
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => {
      const { aud, exp, iat } = claims;
      if (aud !== context.issuer) throw new errors.InvalidClientAuth("aud must be the issuer, and nothing else");
      if (typeof exp !== "number" || typeof iat !== "number" || exp - iat > 120) {
        throw new errors.InvalidClientAuth("the assertion may live for 120 seconds at most");
      }
    },
    clientBasedCORS: (_ctx, origin, client) => {
      const own = context.client(client.clientId);
      return own?.application_type === "browser" && own.redirect_uris.some((uri) => new URL(uri).origin === origin);
    },
    ttl: {
      AccessToken: (ctx, token, client) => {
        const { RefreshToken: refresh } = ctx.oidc.entities;
        return accessTokenLifetime(registered(client), token.scopes, refresh?.iiat ?? now(), now());
      },
      AuthorizationCode: 60,
      IdToken: idTokenLifetime,
      RefreshToken: (_ctx, token, client) => refreshTokenLifetime(registered(client), token.iiat ?? now(), now()),
      Interaction: sessionIdle,
      Session: (_ctx, session) => {
        const age = session.loginTs === undefined ? 0 : now() - session.loginTs;
        return Math.max(1, Math.min(sessionIdle, sessionMaximum - age));
      },
      Grant: 31_536_000,
    },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: false },
      resourceIndicators: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      jwtResponseModes: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client) => registered(client).scopes.includes(introspectionScope),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx) => endSession(context, ctx),
        postLogoutSuccessSource: (ctx) => signedOutPage(ctx),
      },
    },
    renderError: (ctx, out, error) => renderError(context, ctx, out, error),
  };
}

/** Compares without telling by its duration how much of the secret was right. */
function equalSecrets(own: string, sent: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return own !== "" && timingSafeEqual(digest(own), digest(sent));
}

/** Builds the provider with ID-porten's manners out of the library's. */
export function createProvider(context: IdPortenContext): Provider {
  const provider = new Provider(context.issuer, configuration(context));
  const { prototype } = provider.Client;
  const registered = (clientId: string): SandboxClient | undefined => context.client(clientId);

  prototype.redirectUriAllowed = function (this: Client, uri: string): boolean {
    const client = registered(this.clientId);
    return client !== undefined && redirectAllowed(uri, client.redirect_uris, client.application_type === "native");
  };
  prototype.postLogoutRedirectUriAllowed = function (this: Client, uri: string): boolean {
    return registered(this.clientId)?.post_logout_redirect_uris.includes(uri) === true;
  };
  prototype.includeSid = function (this: Client): boolean {
    return registered(this.clientId)?.frontchannel_logout_session_required === true;
  };
  // The library takes a secret from the header or the body alike; ID-porten only from where it is registered.
  Object.defineProperty(prototype, "compareClientSecret", {
    value(this: Client, secret: string): boolean {
      const client = registered(this.clientId);
      const sent = Provider.ctx?.get("authorization") ? "client_secret_basic" : "client_secret_post";
      return client?.token_endpoint_auth_method === sent && equalSecrets(client.client_secret ?? "", secret);
    },
  });
  return provider;
}
