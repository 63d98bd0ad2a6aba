import { createHash, timingSafeEqual } from "node:crypto";
import {
  Provider,
  errors,
  interactionPolicy,
  type Client,
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
} from "oidc-provider";
import * as v from "valibot";
import { allRegisteredScopes, type SandboxClient } from "../clients.ts";
import { findPerson, personName } from "../persons.ts";
import { isUnknownAcr, levelBelow, requiredLevel, satisfies, supportedAcrValues } from "./acr.ts";
import { createAdapterFactory } from "./adapter.ts";
import type { IdPortenContext } from "./context.ts";
import {
  accessTokenLifetime,
  idTokenLifetime,
  refreshTokenLifetime,
  sessionIdle,
  sessionMaximum,
} from "./lifetimes.ts";
import { readLoginHint } from "./loginHint.ts";
import { endSession, signedOutPage } from "./logout.ts";
import { renderError } from "./errorPage.ts";
import { redirectAllowed } from "./redirects.ts";
import { declinable } from "./scopes.ts";

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

/** Refuses what ID-porten refuses before anybody has signed in, and signs in whom the login hint names. */
function checkAuthorization(context: IdPortenContext, ctx: KoaContextWithOIDC, client: Client): void {
  const { params, session } = ctx.oidc;
  const registered = context.client(client.clientId);
  const asked = (key: string): string | undefined => {
    const value = params?.[key];
    return typeof value === "string" ? value : undefined;
  };

  const fault = context.faults.take("scopeNotGranted", client.clientId);
  // The provider has already dropped the scopes that nobody is registered for: what was sent decides.
  const sent = ctx.query["scope"] ?? ctx.oidc.body?.["scope"] ?? asked("scope");
  const scopes = typeof sent === "string" ? sent.split(" ").filter((scope) => scope !== "") : [];
  const faulty = fault === undefined ? undefined : (fault.parameters.scope ?? scopes.at(-1));
  const refused = scopes.filter((scope) => registered?.scopes.includes(scope) !== true || scope === faulty);
  if (refused.length > 0) {
    throw new errors.InvalidScope(`The client has not been granted: ${refused.join(" ")}`, refused.join(" "));
  }
  if (context.faults.take("cancelled", client.clientId)) throw new errors.AccessDenied("The user cancelled");
  if (context.faults.take("scriptInErrorDescription", client.clientId)) {
    throw new errors.AccessDenied('<script>alert(1)</script><img src=x onerror="alert(1)">');
  }
  if (context.faults.take("authorizeServerError", client.clientId)) {
    throw new errors.CustomOIDCProviderError("server_error", "The login could not be completed");
  }
  if (asked("state") === undefined && registered?.token_endpoint_auth_method === "none") {
    throw new errors.InvalidRequest("state is required for clients without client authentication");
  }
  if (isUnknownAcr(asked("acr_values"))) throw new errors.InvalidRequest("acr_values holds no known value");

  const hint = readLoginHint(asked("login_hint"));
  if (hint === "unknown") throw new errors.InvalidRequest("login_hint names no test person or no known level");
  if (hint !== null && session !== undefined) {
    if (!satisfies(hint.level, requiredLevel(asked("acr_values")))) {
      throw new errors.AccessDenied("The level in login_hint is lower than acr_values asks for");
    }
    if (session.accountId !== hint.person.nationalIdentityNumber) session.authorizations = undefined;
    const tooLow = context.faults.take("acrTooLow", client.clientId) !== undefined;
    session.loginAccount({
      accountId: hint.person.nationalIdentityNumber,
      acr: tooLow ? levelBelow(hint.level) : hint.level,
      amr: ["TestID"],
      loginTs: context.now(),
    });
    // The hint is a login: nothing is left to ask for.
    if (params !== undefined) params["prompt"] = undefined;
    Object.assign(ctx.oidc, { result: { login: { accountId: hint.person.nationalIdentityNumber } } });
  }
}

function policy(context: IdPortenContext): interactionPolicy.DefaultPolicy {
  const prompts = interactionPolicy.base();
  const login = prompts.get("login");
  login?.checks.add(
    new interactionPolicy.Check("acr_too_low", "a higher security level is asked for", "login_required", (ctx) => {
      const { acr_values: asked } = ctx.oidc.params ?? {};
      const enough = satisfies(ctx.oidc.session?.acr, requiredLevel(typeof asked === "string" ? asked : undefined));
      return ctx.oidc.result?.login === undefined && !enough;
    }),
  );
  login?.checks.add(
    new interactionPolicy.Check(
      "sso_disabled",
      "the client takes no part in single sign-on",
      "login_required",
      (ctx) => {
        const client = context.client(ctx.oidc.client?.clientId ?? "");
        return client?.sso_disabled === true && ctx.oidc.result?.login === undefined;
      },
    ),
  );
  // Scopes are agreed to with the login itself; a page of its own comes only where prompt=consent asks for it.
  prompts.remove("consent");
  prompts.add(new interactionPolicy.Prompt({ name: "consent", requestable: true }));
  return prompts;
}

const declinedSchema = v.optional(v.array(v.string()), []);

async function loadGrant(context: IdPortenContext, ctx: KoaContextWithOIDC): Promise<InstanceType<Provider["Grant"]>> {
  const { client, session, result, provider } = ctx.oidc;
  const accountId = session?.accountId;
  if (client === undefined || accountId === undefined) throw new errors.InvalidRequest("no client or no account");
  const grantId = session?.grantIdFor(client.clientId);
  const known = result === undefined && grantId !== undefined ? await provider.Grant.find(grantId) : undefined;
  const grant = known ?? new provider.Grant({ accountId, clientId: client.clientId });

  const asked = [...ctx.oidc.requestParamScopes];
  const fault = context.faults.take("scopeDeclined", client.clientId);
  const byFault = fault === undefined ? [] : [fault.parameters.scope ?? declinable(asked).at(-1) ?? ""];
  const byUser = v.parse(declinedSchema, result?.["declinedScopes"]);
  const declined = [...byUser, ...byFault].filter((scope) => asked.includes(scope));
  grant.addOIDCScope(asked.join(" "));
  if (declined.length > 0) grant.rejectOIDCScope(declined.join(" "));
  await grant.save();
  return grant;
}

function configuration(context: IdPortenContext): Configuration {
  const { keys, now, faults } = context;
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
      names: { session: "sandbox_session", interaction: "sandbox_login", resume: "sandbox_resume" },
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
