import * as v from "valibot";
import { isOrganisationNumber } from "../vatReturn/organisationNumber.ts";

/** What kind of access a client is for. Only `api_klient` may hold scopes of third parties. */
export const integrationTypes = [
  "idporten",
  "api_klient",
  "ansattporten",
  "maskinporten",
  "krr",
  "eformidling",
] as const;
export const applicationTypes = ["web", "native", "browser"] as const;
/** The authentication methods of ID-porten's clients; `client_secret_jwt` and mutual TLS are not among them. */
export const authenticationMethods = ["none", "client_secret_post", "client_secret_basic", "private_key_jwt"] as const;
export const refreshTokenUsages = ["ONETIME", "REUSE"] as const;
export const challengeMethods = ["S256", "none"] as const;

export type ApplicationType = (typeof applicationTypes)[number];
export type RegisteredMethod = (typeof authenticationMethods)[number];

/** Which methods go with which type of application: a program that others hold in their hands can keep no secret. */
export const methodsOf: Readonly<Record<ApplicationType, readonly RegisteredMethod[]>> = {
  web: ["private_key_jwt", "client_secret_post", "client_secret_basic"],
  browser: ["none"],
  native: ["none"],
};

/** Lifetimes, in seconds, of a client that registers none. */
export const defaultLifetimes = { authorization: 7200, accessToken: 120, refreshToken: 600 } as const;

const text = v.pipe(v.string(), v.minLength(1));
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0));
const address = v.pipe(v.string(), v.url());
const moment = v.union([text, v.number()]);

/**
 * The fields of a client's registration in the shape that Digdir's self-service API takes and returns, each by itself.
 * `client_secret_expires_at` is RFC 7591's, and `exp` of a key RFC 7517's: seconds since 1970.
 */
export const fieldSchemas = {
  client_id: text,
  client_secret: text,
  client_secret_expires_at: v.pipe(v.number(), v.integer(), v.minValue(0)),
  client_name: text,
  client_orgno: v.pipe(v.string(), v.check(isOrganisationNumber, "is not an organisation number")),
  supplier_orgno: v.pipe(v.string(), v.check(isOrganisationNumber, "is not an organisation number")),
  description: v.string(),
  client_uri: address,
  integration_type: v.picklist(integrationTypes),
  application_type: v.picklist(applicationTypes),
  token_endpoint_auth_method: v.picklist(authenticationMethods),
  grant_types: v.array(v.string()),
  scopes: v.pipe(v.array(text), v.minLength(1)),
  redirect_uris: v.pipe(v.array(address), v.minLength(1)),
  post_logout_redirect_uris: v.array(address),
  frontchannel_logout_uri: v.string(),
  frontchannel_logout_session_required: v.boolean(),
  authorization_lifetime: seconds,
  access_token_lifetime: seconds,
  refresh_token_lifetime: seconds,
  refresh_token_usage: v.picklist(refreshTokenUsages),
  code_challenge_method: v.picklist(challengeMethods),
  sso_disabled: v.boolean(),
  jwks: v.looseObject({ keys: v.array(v.looseObject({ kty: v.string() })) }),
  created: moment,
  last_updated: moment,
} as const;

export type FieldName = keyof typeof fieldSchemas;
type Given = { readonly [Name in FieldName]?: v.InferOutput<(typeof fieldSchemas)[Name]> };

/** What of a registration could be read: fields of the right type, and nothing instead of those that are missing. */
export type GivenFields = Given;

/** A whole registration, with the values that ID-porten takes where a field is left out. Unknown fields are let through. */
export const registrationSchema = v.looseObject({
  client_id: v.optional(fieldSchemas.client_id),
  client_secret: v.optional(fieldSchemas.client_secret),
  client_name: v.optional(fieldSchemas.client_name),
  client_orgno: v.optional(fieldSchemas.client_orgno),
  client_uri: v.optional(fieldSchemas.client_uri),
  application_type: v.optional(fieldSchemas.application_type, "web"),
  token_endpoint_auth_method: fieldSchemas.token_endpoint_auth_method,
  integration_type: v.optional(fieldSchemas.integration_type),
  redirect_uris: fieldSchemas.redirect_uris,
  post_logout_redirect_uris: v.optional(fieldSchemas.post_logout_redirect_uris, []),
  frontchannel_logout_uri: v.optional(fieldSchemas.frontchannel_logout_uri),
  frontchannel_logout_session_required: v.optional(fieldSchemas.frontchannel_logout_session_required, false),
  scopes: fieldSchemas.scopes,
  grant_types: v.optional(fieldSchemas.grant_types, ["authorization_code"]),
  refresh_token_usage: v.optional(fieldSchemas.refresh_token_usage, "ONETIME"),
  refresh_token_lifetime: v.optional(fieldSchemas.refresh_token_lifetime, defaultLifetimes.refreshToken),
  access_token_lifetime: v.optional(fieldSchemas.access_token_lifetime, defaultLifetimes.accessToken),
  authorization_lifetime: v.optional(fieldSchemas.authorization_lifetime, defaultLifetimes.authorization),
  code_challenge_method: v.optional(fieldSchemas.code_challenge_method, "S256"),
  sso_disabled: v.optional(fieldSchemas.sso_disabled, false),
  jwks: v.optional(fieldSchemas.jwks),
});

export type ClientRegistration = v.InferOutput<typeof registrationSchema>;

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fieldSchemas, name);
}
