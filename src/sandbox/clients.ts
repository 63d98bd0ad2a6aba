import * as v from "valibot";
import { registrationSchema, type ClientRegistration } from "../integration/registration.ts";

/** A registration that has an id, as the running sandbox knows it. */
export interface SandboxClient extends ClientRegistration {
  readonly client_id: string;
}

/** How a client is told to the world in the sandbox's JSON line. */
export interface ClientDescription {
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly applicationType: string;
  readonly tokenEndpointAuthMethod: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
}

export function describeClient(client: SandboxClient): ClientDescription {
  return {
    clientId: client.client_id,
    clientSecret: client.client_secret ?? null,
    applicationType: client.application_type,
    tokenEndpointAuthMethod: client.token_endpoint_auth_method,
    redirectUris: client.redirect_uris,
    scopes: client.scopes,
  };
}

export function needsSecret(client: ClientRegistration): boolean {
  return client.token_endpoint_auth_method.startsWith("client_secret_");
}

/** The organisation that owns the default clients: a made-up software vendor. */
export const vendorOrganisationNumber = "319055274";

const validationScope = "skatteetaten:mvameldingvalidering";
const submissionScopes = ["altinn:instances.read", "altinn:instances.write"];
const olderSubmissionScope = "skatteetaten:mvameldinginnsending";
const allScopes = ["openid", "profile", validationScope, ...submissionScopes, olderSubmissionScope];

/** Ids of the clients that every sandbox has. */
export const defaultClientIds = {
  desktop: "0d5ae1c4-3b6f-4c0e-9a57-6f1c2d8b7e10",
  desktopShort: "5f0c9b7e-81d2-4f3a-b6e4-27a90c13d5f8",
  web: "a7d3f2b9-64c8-4e15-8b0d-9e5f71c3a246",
  webReusable: "c2e86d15-0f7a-49b3-92d6-b48e13f7605c",
  singlePage: "e91b4f70-d52c-4a86-87f3-10c6a9e5d28b",
  validationOnly: "3c7f58ea-96b1-4d02-a5c9-f8420d6e1b73",
} as const;

const loopbackRedirects = ["http://127.0.0.1:0/callback", "http://127.0.0.1:0/token", "http://localhost:12345/token"];
const postLogoutRedirects = ["http://localhost:12345/logged-out", "http://127.0.0.1:12345/logged-out"];

/**
 * The clients a sandbox starts with. `backUri` is the page that the back button of the login page leads to.
 * The public desktop client's access token lives for an hour, as those of the authority's own public test client do; its
 * short-lived twin has the default of the self-service, 120 seconds.
 */
export function defaultClients(backUri: string): SandboxClient[] {
  const common = {
    integration_type: "api_klient" as const,
    client_orgno: vendorOrganisationNumber,
    client_uri: backUri,
    post_logout_redirect_uris: postLogoutRedirects,
    scopes: allScopes,
  };
  const native = {
    ...common,
    application_type: "native" as const,
    token_endpoint_auth_method: "none" as const,
    redirect_uris: loopbackRedirects,
    grant_types: ["authorization_code"],
  };
  const web = {
    ...common,
    application_type: "web" as const,
    token_endpoint_auth_method: "client_secret_post" as const,
    redirect_uris: [
      "http://localhost:3000/callback",
      "http://127.0.0.1:3000/callback",
      "http://localhost:12345/token",
      "http://127.0.0.1:12345/callback",
    ],
    grant_types: ["authorization_code", "refresh_token"],
    frontchannel_logout_session_required: true,
  };
  const registrations = [
    {
      ...native,
      client_id: defaultClientIds.desktop,
      client_name: "MVA-melding",
      access_token_lifetime: 3600,
    },
    { ...native, client_id: defaultClientIds.desktopShort, client_name: "MVA-melding (120 seconds)" },
    {
      ...web,
      client_id: defaultClientIds.web,
      client_name: "Web system (one-time refresh tokens)",
      access_token_lifetime: 7200,
      refresh_token_lifetime: 86_400,
      authorization_lifetime: 31_536_000,
      refresh_token_usage: "ONETIME" as const,
    },
    {
      ...web,
      client_id: defaultClientIds.webReusable,
      client_name: "Web system (reusable refresh tokens)",
      token_endpoint_auth_method: "client_secret_basic" as const,
      refresh_token_usage: "REUSE" as const,
    },
    {
      ...native,
      client_id: defaultClientIds.singlePage,
      client_name: "Single-page application",
      application_type: "browser" as const,
      redirect_uris: ["http://localhost:5173/callback", "http://127.0.0.1:5173/callback"],
    },
    {
      ...native,
      client_id: defaultClientIds.validationOnly,
      client_name: "MVA-melding (validation only)",
      access_token_lifetime: 3600,
      scopes: ["openid", "profile", validationScope],
    },
  ];
  return registrations.map((registration) => ({
    ...v.parse(registrationSchema, registration),
    client_id: registration.client_id,
  }));
}

/** Every scope that some client may ask for, the two of OpenID Connect included. */
export function allRegisteredScopes(clients: readonly SandboxClient[]): string[] {
  return [...new Set(["openid", "profile", ...clients.flatMap((client) => client.scopes)])];
}
