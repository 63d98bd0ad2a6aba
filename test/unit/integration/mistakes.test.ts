import assert from "node:assert/strict";
import fc from "fast-check";
import { checkText } from "../../../src/integration/checkText.ts";
import { kindNames, type KindName } from "../../../src/integration/kinds.ts";
import type { CheckOptions } from "../../../src/integration/problem.ts";
import { applyFix } from "../../../src/validation/fixes/fix.ts";
import { check, made, options } from "./support.ts";

interface Mistake {
  readonly what: string;
  readonly kind: KindName;
  /** Fields to set; undefined removes one. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly code: string;
  readonly path: string;
  readonly severity?: "error" | "warning" | "information";
  /** Words of the reason. */
  readonly says: RegExp;
  readonly options?: Partial<CheckOptions>;
  /** What the field is after the preferred fix; left out: there is none. */
  readonly mended?: unknown;
}

const all = ["openid", "skatteetaten:mvameldingvalidering", "altinn:instances.read", "altinn:instances.write"];
const key = { kty: "RSA", kid: "our-key", n: "AQAB", e: "AQAB", alg: "RS256", use: "sig" };
const keyed = { token_endpoint_auth_method: "private_key_jwt" };
const day = 86_400;
const today = Date.parse("2026-06-15T00:00:00Z") / 1000;

/** One wrong field each, in a registration that is right otherwise. */
const mistakes: readonly Mistake[] = [
  // The kind of client
  {
    what: "the type of a plain sign-in",
    kind: "desktop",
    change: { integration_type: "idporten" },
    code: "wrong-integration-type",
    path: "integration_type",
    says: /can be given nothing else.*can't be changed afterwards/,
    mended: "api_klient",
  },
  {
    what: "the type for machines",
    kind: "web",
    change: { integration_type: "maskinporten" },
    code: "wrong-integration-type",
    path: "integration_type",
    says: /something else than signing people in with the scopes of the VAT return.*can't be changed/,
    mended: "api_klient",
  },
  {
    what: "no integration type",
    kind: "spa",
    change: { integration_type: undefined },
    code: "integration-type-missing",
    path: "integration_type",
    says: /only a client of the type api_klient/,
    mended: "api_klient",
  },
  {
    what: "the portal's word for the type",
    kind: "desktop",
    change: { integration_type: "API-klient" },
    code: "unknown-value",
    path: "integration_type",
    says: /one of idporten, api_klient/,
    mended: "api_klient",
  },
  {
    what: "no application type",
    kind: "web",
    change: { application_type: undefined },
    code: "application-type-missing",
    path: "application_type",
    severity: "warning",
    says: /takes the client for a web system/,
  },
  {
    what: "an application type in capitals",
    kind: "web",
    change: { application_type: "Web" },
    code: "unknown-value",
    path: "application_type",
    says: /exactly these letters/,
    mended: "web",
  },
  {
    what: "a secret for a program on the user's machine",
    kind: "desktop",
    change: { token_endpoint_auth_method: "client_secret_post" },
    code: "method-for-other-type",
    path: "token_endpoint_auth_method",
    says: /does not go with application_type native.*can keep no secret/,
    mended: "none",
  },
  {
    what: "a key for a page in the browser",
    kind: "spa",
    change: { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [key] } },
    code: "method-for-other-type",
    path: "token_endpoint_auth_method",
    says: /application_type browser, which takes none/,
    mended: "none",
  },
  {
    what: "a web system without a secret",
    kind: "web",
    change: { token_endpoint_auth_method: "none", grant_types: ["authorization_code"] },
    code: "method-for-other-type",
    path: "token_endpoint_auth_method",
    says: /application_type web, which takes private_key_jwt, client_secret_post or client_secret_basic/,
  },
  {
    what: "a program that is registered as a web system",
    kind: "desktop",
    change: { application_type: "web" },
    code: "other-application-type",
    path: "application_type",
    says: /any free port and no secret are those of native/,
    mended: "native",
  },
  {
    what: "a web system that is registered as a program",
    kind: "web",
    change: { application_type: "native" },
    code: "other-application-type",
    path: "application_type",
    says: /a client that authenticates.*those of web/,
    mended: "web",
  },
  {
    what: "Finance as a page in the browser",
    kind: "dynamics365",
    change: { application_type: "browser" },
    code: "other-application-type",
    path: "application_type",
    says: /those of web/,
    mended: "web",
  },
  {
    what: "no authentication method",
    kind: "desktop",
    change: { token_endpoint_auth_method: undefined },
    code: "method-missing",
    path: "token_endpoint_auth_method",
    says: /accepts exactly the method that is registered/,
    mended: "none",
  },
  {
    what: "an authentication method that ID-porten has not",
    kind: "web",
    change: { token_endpoint_auth_method: "tls_client_auth" },
    code: "unknown-value",
    path: "token_endpoint_auth_method",
    says: /client_secret_post, client_secret_basic, private_key_jwt/,
  },
  {
    what: "the secret in the header",
    kind: "web",
    change: { token_endpoint_auth_method: "client_secret_basic" },
    code: "secret-in-header",
    path: "token_endpoint_auth_method",
    severity: "information",
    says: /Digdir advises against/,
  },
  {
    what: "refresh tokens for a program on the user's machine",
    kind: "desktop",
    change: { grant_types: ["authorization_code", "refresh_token"] },
    code: "refresh-for-public-client",
    path: "grant_types[1]",
    severity: "warning",
    says: /public client.*no refresh tokens/,
    mended: ["authorization_code"],
  },
  {
    what: "refresh tokens for a page in the browser",
    kind: "spa",
    change: { grant_types: ["refresh_token", "authorization_code"] },
    code: "refresh-for-public-client",
    path: "grant_types[0]",
    severity: "warning",
    says: /Skatteetaten advises against/,
    mended: ["authorization_code"],
  },
  {
    what: "no way in",
    kind: "desktop",
    change: { grant_types: [] },
    code: "no-authorization-code",
    path: "grant_types",
    says: /nobody can sign in/,
    mended: ["authorization_code"],
  },
  {
    what: "no grants",
    kind: "desktop",
    change: { grant_types: undefined },
    code: "grants-missing",
    path: "grant_types",
    severity: "warning",
    says: /needs authorization_code/,
    mended: ["authorization_code"],
  },
  {
    what: "the implicit grant",
    kind: "spa",
    change: { grant_types: ["authorization_code", "implicit"] },
    code: "unknown-grant",
    path: "grant_types[1]",
    says: /Implicit, password and client credentials are not offered/,
    mended: ["authorization_code"],
  },
  {
    what: "a misspelt grant",
    kind: "desktop",
    change: { grant_types: ["authorisation_code"] },
    code: "unknown-grant",
    path: "grant_types[0]",
    says: /no grant “authorisation_code”/,
    mended: ["authorization_code"],
  },
  {
    what: "grants that are no list",
    kind: "desktop",
    change: { grant_types: "authorization_code" },
    code: "wrong-type",
    path: "grant_types",
    says: /a list in square brackets/,
    mended: ["authorization_code"],
  },
  {
    what: "PKCE turned off",
    kind: "web",
    change: { code_challenge_method: "none" },
    code: "no-pkce",
    path: "code_challenge_method",
    severity: "warning",
    says: /a stolen code is enough/,
    mended: "S256",
  },
  {
    what: "PKCE without hashing",
    kind: "desktop",
    change: { code_challenge_method: "plain" },
    code: "unknown-value",
    path: "code_challenge_method",
    says: /one of S256, none/,
  },
  {
    what: "single sign-on off where nothing renews",
    kind: "desktop",
    change: { sso_disabled: true },
    code: "single-sign-on-off",
    path: "sso_disabled",
    severity: "warning",
    says: /not remembered for the usual 30 minutes/,
    mended: false,
  },
  {
    what: "no name",
    kind: "spa",
    change: { client_name: undefined },
    code: "name-missing",
    path: "client_name",
    severity: "warning",
    says: /login page/,
  },
  // Scopes
  {
    what: "no openid",
    kind: "desktop",
    change: { scopes: all.slice(1) },
    code: "openid-missing",
    path: "scopes",
    says: /no id_token/,
    mended: [...all.slice(1), "openid"],
  },
  {
    what: "no validation scope",
    kind: "web",
    change: { scopes: all.filter((scope) => !scope.startsWith("skatteetaten")) },
    code: "validation-scope-missing",
    path: "scopes",
    severity: "warning",
    says: /ordered from Skatteetaten/,
    mended: ["openid", "altinn:instances.read", "altinn:instances.write", "skatteetaten:mvameldingvalidering"],
  },
  {
    what: "reading without writing",
    kind: "spa",
    change: { scopes: all.slice(0, 3) },
    code: "submission-scope-missing",
    path: "scopes",
    severity: "warning",
    says: /^altinn:instances\.write is missing: the submission both reads and writes/,
    mended: all,
  },
  {
    what: "no submission scopes",
    kind: "desktop",
    change: { scopes: all.slice(0, 2) },
    code: "submission-scope-missing",
    path: "scopes",
    severity: "warning",
    says: /validated but not submitted/,
    mended: all,
  },
  {
    what: "a misspelt scope of Skatteetaten",
    kind: "desktop",
    change: { scopes: ["openid", "skatteetaten:mvameldingvaldering", ...all.slice(2)] },
    code: "scope-misspelt",
    path: "scopes[1]",
    says: /skatteetaten:mvameldingvalidering is meant.*refuse the whole sign-in/,
    mended: all,
  },
  {
    what: "a misspelt scope of Altinn",
    kind: "web",
    change: { scopes: [...all.slice(0, 3), "altinn:instance.write"] },
    code: "scope-misspelt",
    path: "scopes[3]",
    says: /altinn:instances\.write is meant/,
    mended: all,
  },
  {
    what: "a scope in capitals",
    kind: "spa",
    change: { scopes: ["OpenID", ...all.slice(1)] },
    code: "scope-misspelt",
    path: "scopes[0]",
    says: /openid is meant/,
    mended: all,
  },
  {
    what: "only the retired submission scope",
    kind: "desktop",
    change: { scopes: [...all.slice(0, 2), "skatteetaten:mvameldinginnsending"] },
    code: "scope-retired",
    path: "scopes[2]",
    severity: "warning",
    says: /being phased out.*altinn:instances\.read and altinn:instances\.write/,
    mended: all,
  },
  {
    what: "the retired scope beside the new ones",
    kind: "dynamics365",
    change: { scopes: [...all, "skatteetaten:mvameldinginnsending"] },
    code: "scope-retired",
    path: "scopes[4]",
    severity: "information",
    says: /only while your application still asks for it/,
  },
  {
    what: "scopes in one text",
    kind: "desktop",
    change: { scopes: [all.join(" ")] },
    code: "scopes-in-one",
    path: "scopes[0]",
    says: /several scopes in it/,
    mended: all,
  },
  {
    what: "a scope twice",
    kind: "web",
    change: { scopes: [...all, "openid"] },
    code: "scope-twice",
    path: "scopes[4]",
    severity: "warning",
    says: /twice/,
    mended: all,
  },
  {
    what: "a scope for something else",
    kind: "web",
    change: { scopes: [...all, "skatteetaten:formueinntekt/skattemelding"] },
    code: "scope-not-needed",
    path: "scopes[4]",
    severity: "information",
    says: /not needed for the VAT return/,
  },
  {
    what: "offline_access",
    kind: "web",
    change: { scopes: [...all, "offline_access"] },
    code: "scope-not-needed",
    path: "scopes[4]",
    severity: "information",
    says: /the grant refresh_token decides/,
  },
  {
    what: "no scopes",
    kind: "desktop",
    change: { scopes: [] },
    code: "empty-list",
    path: "scopes",
    says: /can ask for nothing/,
  },
  {
    what: "scopes left out",
    kind: "desktop",
    change: { scopes: undefined },
    code: "scopes-missing",
    path: "scopes",
    says: /can ask for nothing/,
  },
  // Where the answer goes
  {
    what: "no redirect URI",
    kind: "web",
    change: { redirect_uris: [] },
    code: "empty-list",
    path: "redirect_uris",
    says: /nowhere to send the user/,
  },
  {
    what: "redirect URIs left out",
    kind: "desktop",
    change: { redirect_uris: undefined },
    code: "redirect-missing",
    path: "redirect_uris",
    says: /registered addresses only/,
    mended: ["http://127.0.0.1:0/callback"],
  },
  {
    what: "a wildcard for the port",
    kind: "desktop",
    change: { redirect_uris: ["https://127.0.0.1:*/callback"] },
    code: "redirect-wildcard",
    path: "redirect_uris[0]",
    says: /compares character by character.*the port 0/,
    mended: ["http://127.0.0.1:0/callback"],
  },
  {
    what: "a wildcard in the path",
    kind: "web",
    change: { redirect_uris: ["https://mva.example/*"], frontchannel_logout_uri: undefined },
    code: "redirect-wildcard",
    path: "redirect_uris[0]",
    says: /compares character by character/,
  },
  {
    what: "any port under the name localhost",
    kind: "desktop",
    change: { redirect_uris: ["http://localhost:0/callback"] },
    code: "any-port-other-host",
    path: "redirect_uris[0]",
    says: /only in the form http:\/\/127\.0\.0\.1:0/,
    mended: ["http://127.0.0.1:0/callback"],
  },
  {
    what: "any port for a page in the browser",
    kind: "spa",
    change: { redirect_uris: ["http://127.0.0.1:0/callback"] },
    code: "any-port-not-native",
    path: "redirect_uris[0]",
    says: /only for application_type native/,
  },
  {
    what: "fixed ports only",
    kind: "desktop",
    change: { redirect_uris: ["http://localhost:12345/token"] },
    code: "no-free-port",
    path: "redirect_uris",
    severity: "warning",
    says: /If one is taken/,
    mended: ["http://127.0.0.1:0/callback", "http://localhost:12345/token"],
  },
  {
    what: "IPv6's own address",
    kind: "desktop",
    change: { redirect_uris: ["http://127.0.0.1:0/callback", "http://[::1]:12345/callback"] },
    code: "redirect-ipv6",
    path: "redirect_uris[1]",
    says: /promises 127\.0\.0\.1 only/,
    mended: ["http://127.0.0.1:0/callback", "http://127.0.0.1:12345/callback"],
  },
  {
    what: "https on this machine",
    kind: "spa",
    change: { redirect_uris: ["https://localhost:5173/callback"] },
    code: "loopback-with-https",
    path: "redirect_uris[0]",
    says: /has to be http, not https/,
    mended: ["http://localhost:5173/callback"],
  },
  {
    what: "localhost in production",
    kind: "web",
    change: { client_uri: "https://mva.example/", post_logout_redirect_uris: ["https://mva.example/"] },
    options: { registrationFor: "production" },
    code: "loopback-in-production",
    path: "redirect_uris[0]",
    says: /native clients only/,
  },
  {
    what: "plain http over the network",
    kind: "web",
    change: { redirect_uris: ["http://mva.example/callback"] },
    code: "redirect-plain-http",
    path: "redirect_uris[0]",
    severity: "warning",
    says: /readable to all/,
    mended: ["https://mva.example/callback"],
  },
  {
    what: "plain http over the network in production",
    kind: "web",
    change: {
      redirect_uris: ["http://mva.example/callback"],
      client_uri: "https://mva.example/",
      post_logout_redirect_uris: ["https://mva.example/"],
    },
    options: { registrationFor: "production" },
    code: "redirect-plain-http",
    path: "redirect_uris[0]",
    says: /readable to all/,
    mended: ["https://mva.example/callback"],
  },
  {
    what: "a program's answer on a server",
    kind: "desktop",
    change: { redirect_uris: ["http://127.0.0.1:0/callback", "https://mva.example/callback"] },
    code: "redirect-not-on-this-machine",
    path: "redirect_uris[1]",
    says: /hears nothing of the sign-in/,
  },
  {
    what: "an address of VS Code's own kind",
    kind: "desktop",
    change: { redirect_uris: ["vscode://our.extension/callback"] },
    code: "redirect-scheme",
    path: "redirect_uris[0]",
    says: /neither http nor https/,
  },
  {
    what: "no protocol",
    kind: "spa",
    change: { redirect_uris: ["localhost:5173/callback"] },
    code: "redirect-scheme",
    path: "redirect_uris[0]",
    says: /neither http nor https/,
    mended: ["http://localhost:5173/callback"],
  },
  {
    what: "half an address",
    kind: "web",
    change: { redirect_uris: ["mva.example/callback"] },
    code: "not-an-address",
    path: "redirect_uris[0]",
    says: /begins with https/,
    mended: ["https://mva.example/callback"],
  },
  {
    what: "a fragment",
    kind: "spa",
    change: { redirect_uris: ["https://mva.example/app#callback"] },
    code: "redirect-fragment",
    path: "redirect_uris[0]",
    says: /never reaches ID-porten/,
    mended: ["https://mva.example/app"],
  },
  {
    what: "no path",
    kind: "web",
    change: { redirect_uris: ["https://mva.example"] },
    code: "redirect-without-path",
    path: "redirect_uris[0]",
    severity: "warning",
    says: /with a slash at the end and some without/,
  },
  {
    what: "the usual port written out",
    kind: "web",
    change: { redirect_uris: ["https://mva.example:443/callback"] },
    code: "redirect-rewritten",
    path: "redirect_uris[0]",
    severity: "warning",
    says: /byte for byte/,
    mended: ["https://mva.example/callback"],
  },
  {
    what: "capitals in the host",
    kind: "spa",
    change: { redirect_uris: ["https://MVA.example/callback"] },
    code: "redirect-rewritten",
    path: "redirect_uris[0]",
    severity: "warning",
    says: /libraries write https:\/\/mva\.example/,
    mended: ["https://mva.example/callback"],
  },
  {
    what: "a redirect URI twice",
    kind: "web",
    change: { redirect_uris: ["https://mva.example/callback", "https://mva.example/callback"] },
    code: "redirect-twice",
    path: "redirect_uris[1]",
    severity: "warning",
    says: /twice/,
    mended: ["https://mva.example/callback"],
  },
  // The other addresses
  {
    what: "nowhere to go after signing out",
    kind: "web",
    change: { post_logout_redirect_uris: [] },
    code: "post-logout-missing",
    path: "post_logout_redirect_uris",
    severity: "warning",
    says: /asks for at least one/,
  },
  {
    what: "any port after signing out",
    kind: "desktop",
    change: { post_logout_redirect_uris: ["http://127.0.0.1:0/logged-out"] },
    code: "post-logout-any-port",
    path: "post_logout_redirect_uris[0]",
    severity: "warning",
    says: /redirect_uris alone/,
  },
  {
    what: "another scheme after signing out",
    kind: "desktop",
    change: { post_logout_redirect_uris: ["vscode://our.extension/out"] },
    code: "post-logout-scheme",
    path: "post_logout_redirect_uris[0]",
    says: /neither http nor https/,
  },
  {
    what: "no back URI",
    kind: "desktop",
    change: { client_uri: undefined },
    code: "back-uri-missing",
    path: "client_uri",
    severity: "warning",
    says: /back button/,
  },
  {
    what: "a back URI that is no page",
    kind: "web",
    change: { client_uri: "mailto:support@mva.example" },
    code: "back-uri-scheme",
    path: "client_uri",
    says: /page for people who cancelled/,
  },
  {
    what: "a back URI that nobody listens on",
    kind: "desktop",
    change: { client_uri: "http://127.0.0.1:12345/" },
    code: "back-uri-on-this-machine",
    path: "client_uri",
    severity: "warning",
    says: /nobody listens/,
  },
  {
    what: "front-channel logout of a program",
    kind: "desktop",
    change: { frontchannel_logout_uri: "https://mva.example/logout" },
    code: "front-channel-native",
    path: "frontchannel_logout_uri",
    severity: "warning",
    says: /can't be called/,
    mended: undefined,
  },
  {
    what: "front-channel logout on another domain",
    kind: "dynamics365",
    change: { frontchannel_logout_uri: "https://skatteetaten.no" },
    code: "front-channel-domain",
    path: "frontchannel_logout_uri",
    says: /the same domain/,
  },
  {
    what: "front-channel logout over plain http",
    kind: "dynamics365",
    change: { frontchannel_logout_uri: "http://contoso.operations.dynamics.com/" },
    code: "front-channel-scheme",
    path: "frontchannel_logout_uri",
    says: /https only/,
    mended: "https://contoso.operations.dynamics.com/",
  },
  {
    what: "a session id for nobody",
    kind: "web",
    change: { frontchannel_logout_session_required: true },
    code: "front-channel-session-alone",
    path: "frontchannel_logout_session_required",
    severity: "information",
    says: /no frontchannel_logout_uri/,
    mended: false,
  },
  // Lifetimes
  {
    what: "an access token for a day",
    kind: "desktop",
    change: { access_token_lifetime: day, authorization_lifetime: day },
    code: "access-token-too-long",
    path: "access_token_lifetime",
    severity: "warning",
    says: /8 hours at most \(28800 seconds\)/,
    mended: 28_800,
  },
  {
    what: "the default access token, said",
    kind: "spa",
    change: { access_token_lifetime: 120 },
    code: "access-token-too-short",
    path: "access_token_lifetime",
    severity: "warning",
    says: /too short to finish a submission/,
    mended: 3600,
  },
  {
    what: "the default access token, by silence",
    kind: "desktop",
    change: { access_token_lifetime: undefined },
    code: "access-token-too-short",
    path: "access_token_lifetime",
    severity: "warning",
    says: /then gives 120 seconds/,
    mended: 3600,
  },
  {
    what: "an authorization shorter than its token",
    kind: "desktop",
    change: { authorization_lifetime: 600 },
    code: "authorization-too-short",
    path: "authorization_lifetime",
    says: /outer limit/,
    mended: 7200,
  },
  {
    what: "an authorization for a year with nothing to renew",
    kind: "spa",
    change: { authorization_lifetime: 31_536_000 },
    code: "authorization-without-refresh",
    path: "authorization_lifetime",
    severity: "information",
    says: /1 year, but this client has no refresh tokens/,
    mended: 7200,
  },
  {
    what: "a renewed authorization for a year",
    kind: "web",
    change: { authorization_lifetime: 31_536_000 },
    code: "authorization-too-long",
    path: "authorization_lifetime",
    severity: "information",
    says: /1 year, and Altinn's scopes let none last longer than 90 days/,
    mended: 7_776_000,
  },
  {
    what: "a refresh token that dies first",
    kind: "web",
    change: { refresh_token_lifetime: 600 },
    code: "refresh-token-too-short",
    path: "refresh_token_lifetime",
    says: /dead before it is needed/,
    mended: 7200,
  },
  {
    what: "the default refresh token under a longer access token",
    kind: "web",
    change: { refresh_token_lifetime: undefined },
    code: "refresh-token-too-short",
    path: "refresh_token_lifetime",
    says: /ID-porten's default, as none is given/,
    mended: 7200,
  },
  {
    what: "a refresh token beyond the authorization",
    kind: "web",
    change: { refresh_token_lifetime: 86_400 },
    code: "refresh-token-too-long",
    path: "refresh_token_lifetime",
    says: /authorization ends after 28800/,
    mended: 28_800,
  },
  {
    what: "a lifetime in quotation marks",
    kind: "desktop",
    change: { access_token_lifetime: "3600" },
    code: "wrong-type",
    path: "access_token_lifetime",
    says: /whole number, without quotation marks: seconds/,
    mended: 3600,
  },
  {
    what: "half a second",
    kind: "web",
    change: { refresh_token_lifetime: 0.5 },
    code: "wrong-type",
    path: "refresh_token_lifetime",
    says: /whole number/,
  },
  {
    what: "less than no time",
    kind: "desktop",
    change: { authorization_lifetime: -1 },
    code: "wrong-type",
    path: "authorization_lifetime",
    says: /0 or more/,
  },
  {
    what: "an access token without a life",
    kind: "desktop",
    change: { access_token_lifetime: 0 },
    code: "lifetime-zero",
    path: "access_token_lifetime",
    says: /run out as it is issued.*120 seconds/,
    mended: 3600,
  },
  {
    what: "an access token without a life for Finance",
    kind: "dynamics365",
    change: { access_token_lifetime: 0 },
    code: "lifetime-zero",
    path: "access_token_lifetime",
    says: /run out as it is issued/,
    mended: 7200,
  },
  {
    what: "an authorization without a life",
    kind: "web",
    change: { authorization_lifetime: 0 },
    code: "lifetime-zero",
    path: "authorization_lifetime",
    says: /outer limit of all tokens/,
    mended: 7200,
  },
  {
    what: "a refresh token lifetime of zero outside Microsoft's products",
    kind: "web",
    change: { refresh_token_lifetime: 0 },
    code: "refresh-token-zero",
    path: "refresh_token_lifetime",
    severity: "information",
    says: /not documented by Digdir/,
    mended: 7200,
  },
  {
    what: "an access token for ten years",
    kind: "web",
    change: { access_token_lifetime: 315_360_000 },
    code: "access-token-too-long",
    path: "access_token_lifetime",
    severity: "warning",
    says: /315360000 seconds is 10 years/,
    mended: 3600,
  },
  {
    what: "an access token for longer than there have been people",
    kind: "desktop",
    change: { access_token_lifetime: 1e20 },
    code: "access-token-too-long",
    path: "access_token_lifetime",
    severity: "warning",
    says: /is more than 1000 years/,
    mended: 3600,
  },
  {
    what: "an access token in milliseconds",
    kind: "desktop",
    change: { access_token_lifetime: 3_600_000 },
    code: "access-token-too-long",
    path: "access_token_lifetime",
    severity: "warning",
    says: /As milliseconds it would be 1 hour: the field counts seconds/,
    mended: 3600,
  },
  {
    what: "an authorization for ten years with nothing to renew",
    kind: "spa",
    change: { authorization_lifetime: 315_360_000 },
    code: "lifetime-implausible",
    path: "authorization_lifetime",
    severity: "warning",
    says: /is 10 years\. No documented client/,
    mended: 7200,
  },
  {
    what: "a renewed authorization for ten years",
    kind: "web",
    change: { authorization_lifetime: 315_360_000 },
    code: "lifetime-implausible",
    path: "authorization_lifetime",
    severity: "warning",
    says: /is 10 years\. No documented client/,
    mended: 7_776_000,
  },
  {
    what: "a refresh token for ten years, where there are none",
    kind: "desktop",
    change: { refresh_token_lifetime: 315_360_000 },
    code: "lifetime-implausible",
    path: "refresh_token_lifetime",
    severity: "warning",
    says: /so long no refresh token lies unused/,
    mended: 7200,
  },
  {
    what: "an access token for less than no time",
    kind: "web",
    change: { access_token_lifetime: -3600 },
    code: "wrong-type",
    path: "access_token_lifetime",
    says: /^-3600 is no lifetime: .* 0 or more\.$/,
  },
  {
    what: "Finance's refresh token with ID-porten's default",
    kind: "dynamics365",
    change: { refresh_token_lifetime: 600 },
    code: "refresh-token-too-short",
    path: "refresh_token_lifetime",
    says: /dead before it is needed/,
    mended: 0,
  },
  {
    what: "Finance's refresh token for ten years",
    kind: "dynamics365",
    change: { refresh_token_lifetime: 315_360_000 },
    code: "refresh-token-too-long",
    path: "refresh_token_lifetime",
    says: /authorization ends after 31536000/,
    mended: 0,
  },
  {
    what: "the portal's word for the refresh token type",
    kind: "web",
    change: { refresh_token_usage: "Engangs" },
    code: "unknown-value",
    path: "refresh_token_usage",
    says: /one of ONETIME, REUSE/,
    mended: "ONETIME",
  },
  // Microsoft
  {
    what: "reusable refresh tokens for Finance",
    kind: "dynamics365",
    change: { refresh_token_usage: "REUSE" },
    code: "differs-from-microsoft",
    path: "refresh_token_usage",
    severity: "warning",
    says: /Dynamics 365 Finance asks for refresh_token_usage "ONETIME", not "REUSE"/,
    mended: "ONETIME",
  },
  {
    what: "an access token for an hour for Business Central",
    kind: "businesscentral",
    change: { access_token_lifetime: 3600 },
    code: "differs-from-microsoft",
    path: "access_token_lifetime",
    severity: "warning",
    says: /Business Central asks for access_token_lifetime 7200/,
    mended: 7200,
  },
  {
    what: "an authorization for a day for Finance",
    kind: "dynamics365",
    change: { authorization_lifetime: 86_400 },
    code: "differs-from-microsoft",
    path: "authorization_lifetime",
    severity: "warning",
    says: /31536000/,
    mended: 31_536_000,
  },
  {
    what: "a limit for Finance's refresh token",
    kind: "dynamics365",
    change: { refresh_token_lifetime: 86_400 },
    code: "differs-from-microsoft",
    path: "refresh_token_lifetime",
    severity: "warning",
    says: /refresh_token_lifetime 0/,
    mended: 0,
  },
  {
    what: "no renewal for Business Central",
    kind: "businesscentral",
    change: { grant_types: ["authorization_code"], authorization_lifetime: 31_536_000 },
    code: "differs-from-microsoft",
    path: "grant_types",
    severity: "warning",
    says: /"refresh_token"/,
    mended: ["authorization_code", "refresh_token"],
  },
  // Secrets and keys
  {
    what: "the secret itself",
    kind: "web",
    change: { client_secret: "an-example-secret" },
    code: "secret-in-file",
    path: "client_secret",
    severity: "warning",
    says: /plain text.*MVA_CLIENT_SECRET/,
    mended: undefined,
  },
  {
    what: "a secret that nobody uses",
    kind: "desktop",
    change: { client_secret: "an-example-secret" },
    code: "secret-in-file",
    path: "client_secret",
    severity: "warning",
    says: /method none has no secret/,
    mended: undefined,
  },
  {
    what: "a secret in its last weeks",
    kind: "web",
    change: { client_secret_expires_at: today + 20 * day },
    code: "secret-expires-soon",
    path: "client_secret_expires_at",
    severity: "warning",
    says: /runs out on 2026-07-05, in 20 days.*360 days at most/,
  },
  {
    what: "a secret that has run out",
    kind: "dynamics365",
    change: { client_secret_expires_at: today - day },
    code: "secret-expired",
    path: "client_secret_expires_at",
    says: /ran out on 2026-06-14.*invalid_client/,
  },
  {
    what: "a secret for ever",
    kind: "web",
    change: { client_secret_expires_at: 0 },
    code: "secret-life-too-long",
    path: "client_secret_expires_at",
    severity: "information",
    says: /360 days at most.*2027-06-10 at the latest/,
  },
  {
    what: "a secret's end in milliseconds",
    kind: "web",
    change: { client_secret_expires_at: (today + 200 * day) * 1000 },
    code: "moment-in-milliseconds",
    path: "client_secret_expires_at",
    severity: "warning",
    says: /in milliseconds, and this field counts seconds since 1970/,
    mended: today + 200 * day,
  },
  {
    what: "a key in its last days",
    kind: "web",
    change: { ...keyed, jwks: { keys: [{ ...key, exp: today + day }] } },
    code: "key-expires-soon",
    path: "jwks.keys[0].exp",
    severity: "warning",
    says: /in 1 day\. It lives for a year at most/,
  },
  {
    what: "a key that has run out",
    kind: "web",
    change: { ...keyed, jwks: { keys: [{ ...key, exp: today - 400 * day }] } },
    code: "key-expired",
    path: "jwks.keys[0].exp",
    says: /invalid_client until there is a new one/,
  },
  {
    what: "a key for three years",
    kind: "web",
    change: { ...keyed, jwks: { keys: [{ ...key, exp: today + 3 * 365 * day }] } },
    code: "key-life-too-long",
    path: "jwks.keys[0].exp",
    severity: "information",
    says: /a year at most/,
  },
  {
    what: "the private half of a key",
    kind: "web",
    change: { ...keyed, jwks: { keys: [{ ...key, d: "AQAB", p: "AQAB" }] } },
    code: "private-key",
    path: "jwks.keys[0].d",
    says: /private half/,
    mended: { keys: [key] },
  },
  {
    what: "a key of another kind",
    kind: "web",
    change: { ...keyed, jwks: { keys: [{ kty: "EC", kid: "our-key", alg: "ES256" }] } },
    code: "key-algorithm",
    path: "jwks.keys[0].kty",
    says: /RS256 only/,
  },
  {
    what: "a key without a name",
    kind: "web",
    change: { ...keyed, jwks: { keys: [{ kty: "RSA", n: "AQAB", e: "AQAB" }] } },
    code: "key-incomplete",
    path: "jwks.keys[0]",
    says: /no kid/,
  },
  {
    what: "six keys",
    kind: "web",
    change: { ...keyed, jwks: { keys: Array(6).fill(key) } },
    code: "too-many-keys",
    path: "jwks.keys[5]",
    says: /5 keys at most, and here are 6/,
  },
  {
    what: "a key's method without a key",
    kind: "web",
    change: keyed,
    code: "key-missing",
    path: "jwks",
    severity: "information",
    says: /invalid_client/,
  },
  // Names and numbers
  {
    what: "a name of space alone",
    kind: "web",
    change: { client_name: " \t" },
    code: "name-missing",
    path: "client_name",
    severity: "warning",
    says: /nothing but space/,
  },
  {
    what: "a misspelt field",
    kind: "desktop",
    change: { acces_token_lifetime: 3600 },
    code: "misspelt-field",
    path: "acces_token_lifetime",
    says: /access_token_lifetime is meant/,
  },
  {
    what: "a field of somebody else's",
    kind: "desktop",
    change: { color: "blue" },
    code: "unknown-field",
    path: "color",
    severity: "information",
    says: /no field that is known here/,
  },
  {
    what: "a field of the standard that begins like another",
    kind: "web",
    change: { jwks_uri: "https://mva.example/keys" },
    code: "unknown-field",
    path: "jwks_uri",
    severity: "information",
    says: /jwks_uri.*no field that is known here/,
  },
  {
    what: "an organisation number with a wrong digit",
    kind: "desktop",
    change: { client_orgno: "974761077" },
    code: "wrong-organisation-number",
    path: "client_orgno",
    says: /one digit is mistyped/,
  },
  {
    what: "an organisation number with spaces",
    kind: "web",
    change: { client_orgno: "974 761 076" },
    code: "wrong-organisation-number",
    path: "client_orgno",
    says: /nine digits, without spaces/,
  },
  {
    what: "a yes in quotation marks",
    kind: "web",
    change: { frontchannel_logout_session_required: "false" },
    code: "wrong-type",
    path: "frontchannel_logout_session_required",
    says: /true or false, without quotation marks/,
    mended: false,
  },
];

function changed({ kind, change }: Mistake): Record<string, unknown> {
  const entries = Object.entries({ ...made(kind), ...change }).filter(([, value]) => value !== undefined);
  // A misspelt field stands instead of the right one.
  return Object.fromEntries(
    entries.filter(([name]) => name !== "access_token_lifetime" || !("acces_token_lifetime" in change)),
  );
}

describe("lifetimes that are wrong together", () => {
  const found = (kind: KindName, change: Readonly<Record<string, unknown>>) =>
    check({ ...made(kind), ...change }).findings.map(({ code, path }) => `${path ?? ""}: ${code}`);
  const long = 315_360_000;

  it("are each told by themselves, and not measured by one another", () => {
    const lifetimes = { access_token_lifetime: long, authorization_lifetime: long, refresh_token_lifetime: long };
    assert.deepEqual(found("web", lifetimes), [
      "authorization_lifetime: lifetime-implausible",
      "access_token_lifetime: access-token-too-long",
      "refresh_token_lifetime: lifetime-implausible",
    ]);
    const zeros = { access_token_lifetime: 0, authorization_lifetime: 0 };
    assert.deepEqual(found("web", zeros), [
      "authorization_lifetime: lifetime-zero",
      "access_token_lifetime: lifetime-zero",
    ]);
  });

  it("are told of an access token that no scope limits", () => {
    const scopes = ["openid"];
    const named = found("desktop", { access_token_lifetime: long, authorization_lifetime: long, scopes });
    assert.ok(named.includes("access_token_lifetime: lifetime-implausible"), named.join());
  });

  it("are all put right by taking one preferred fix after the other, whatever they are", () => {
    const lifetime = fc.oneof(
      fc.constant(undefined),
      fc.constantFrom(
        0,
        1,
        119,
        120,
        600,
        3600,
        7200,
        28_800,
        28_801,
        day,
        7_776_000,
        31_536_000,
        3_600_000,
        long,
        1e20,
      ),
      fc.integer({ min: 0, max: 400_000_000 }),
    );
    const lifetimes = fc.record({
      access_token_lifetime: lifetime,
      authorization_lifetime: lifetime,
      refresh_token_lifetime: lifetime,
    });
    fc.assert(
      fc.property(fc.constantFrom(...kindNames), lifetimes, (kind, change) => {
        let text = JSON.stringify({ ...made(kind), ...change }, null, 2);
        const taken: string[] = [];
        for (let step = 0; step < 8; step++) {
          const { findings } = checkText(text, options);
          const fix = findings.flatMap(({ fixes }) => fixes).find(({ preferred }) => preferred);
          if (fix === undefined) {
            assert.deepEqual(
              findings.map(({ code }) => code),
              [],
              taken.join(),
            );
            return;
          }
          taken.push(fix.title.en);
          text = applyFix(text, fix.edits);
        }
        assert.fail(`no end of it: ${taken.join(", ")}`);
      }),
    );
  });

  it("put the 0 of Microsoft's guides before any other value", () => {
    const { findings } = check({ ...made("dynamics365"), refresh_token_lifetime: 600 });
    assert.deepEqual(
      findings.flatMap(({ fixes }) => fixes.map(({ title, preferred }) => [title.en, preferred])),
      [
        ["Set refresh_token_lifetime to 0", true],
        ["Set refresh_token_lifetime to 14400", false],
      ],
    );
  });
});

describe("one wrong field in a registration", () => {
  it("there are at least forty of them", () => {
    assert.ok(mistakes.length >= 40);
    assert.equal(new Set(mistakes.map(({ what }) => what)).size, mistakes.length);
  });

  for (const mistake of mistakes) {
    it(`${mistake.kind}: ${mistake.what}: ${mistake.code}`, () => {
      const registration = changed(mistake);
      const text = `${JSON.stringify(registration, null, 2)}\n`;
      const { findings } = check(registration, mistake.options);
      const own =
        mistake.code === "misspelt-field" ? findings.filter(({ code }) => code === "misspelt-field") : findings;
      assert.deepEqual(
        own.map(({ code, path, severity }) => [code, path, severity]),
        [[mistake.code, mistake.path, mistake.severity ?? "error"]],
      );
      const [finding] = own;
      assert.ok(finding !== undefined);
      assert.match(finding.message.en, mistake.says);
      assert.notEqual(finding.message.en, finding.message.nb);
      assert.ok(finding.range.end > finding.range.start, "it stands somewhere");
      const preferred = finding.fixes.find((fix) => fix.preferred);
      assert.equal(
        preferred !== undefined,
        "mended" in mistake || mistake.code === "misspelt-field",
        "a preferred fix",
      );
      for (const each of finding.fixes) {
        const mended = checkText(applyFix(text, each.edits), { ...options, ...mistake.options });
        assert.ok(
          !mended.findings.some(({ code }) => code === finding.code),
          `${each.title.en} leaves ${finding.code}: ${applyFix(text, each.edits)}`,
        );
        if (each !== preferred) continue;
        assert.deepEqual(
          mended.findings.map(({ code }) => code),
          [],
          each.title.en,
        );
        const [field = ""] = finding.path?.split(/[.[]/) ?? [];
        const value: unknown = Object.entries(mended.registration ?? {}).find(([name]) => name === field)?.[1];
        if ("mended" in mistake) assert.deepEqual(value, mistake.mended);
      }
    });
  }
});
