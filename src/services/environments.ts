import type { Text } from "../vatReturn/text.ts";

export type AuthenticationMethod = "none" | "client_secret_post";

/** The two things a session is for: asking Skatteetaten to validate, and submitting through Altinn. */
export type Purpose = "validation" | "submission";

/** One set of outside systems with the client that is registered there. Data, never code; holds no secret. */
export interface Environment {
  /** Key in settings, sessions and journals: letters, digits and hyphens. */
  readonly name: string;
  /** ID-porten's issuer, as it stands in its tokens. */
  readonly issuer: string;
  readonly clientId: string;
  /** Registered loopback addresses in order of preference; the port 0 stands for any free port. */
  readonly redirectUris: readonly string[];
  readonly scopes: Readonly<Record<Purpose, readonly string[]>>;
  /** The lowest security level asked for, such as `idporten-loa-substantial`. */
  readonly acr: string;
  readonly authenticationMethod: AuthenticationMethod;
  readonly prompt: "login" | "consent" | null;
  /** Where ID-porten sends the browser after a sign-out; must be registered. */
  readonly postLogoutRedirectUri: string | null;
  /** Skatteetaten's validation API, whole address. */
  readonly validationUrl: string | null;
  /** Altinn's platform, without a slash at the end. */
  readonly altinnPlatformUrl: string | null;
  /** The VAT return's app at Altinn, without a slash at the end. */
  readonly altinnAppUrl: string | null;
}

/** Scopes on today's platform; the older submission scope is being phased out during 2026 but still granted to some. */
export const validationScopes: readonly string[] = ["openid", "skatteetaten:mvameldingvalidering"];
export const submissionScopes: readonly string[] = ["altinn:instances.read", "altinn:instances.write"];
export const olderSubmissionScopes: readonly string[] = ["skatteetaten:mvameldinginnsending"];

/** The lowest level that ID-porten's own documentation recommends to ask for; the user's settings may raise it. */
const defaultAcr = "idporten-loa-substantial";

/**
 * The authority's test environment. The client is the one that the Tax Administration published for the older
 * platform; whether today's ID-porten knows it is not confirmed, so a refusal leads to a client of one's own.
 */
export const testEnvironment: Environment = {
  name: "test",
  issuer: "https://test.idporten.no",
  clientId: "23cc2587-ea4e-4a5f-aa5c-dfce3d6c5f09",
  redirectUris: ["http://localhost:12345/token"],
  scopes: { validation: validationScopes, submission: submissionScopes },
  acr: defaultAcr,
  authenticationMethod: "none",
  prompt: null,
  postLogoutRedirectUri: null,
  validationUrl: "https://idporten-api-test.sits.no/api/mva/grensesnittstoette/mva-melding/valider",
  altinnPlatformUrl: "https://platform.tt02.altinn.no",
  altinnAppUrl: "https://skd.apps.tt02.altinn.no/skd/mva-melding-innsending-test",
};

/** What the sandbox is asked for: names besides, which its persons all have, and its clients may all ask for. */
export const sandboxValidationScopes: readonly string[] = ["openid", "profile", "skatteetaten:mvameldingvalidering"];

/** The sandbox on its usual port. The line that a running sandbox prints says more exactly where everything is. */
export const sandboxEnvironment: Environment = {
  name: "sandbox",
  issuer: "http://127.0.0.1:8088",
  clientId: "0d5ae1c4-3b6f-4c0e-9a57-6f1c2d8b7e10",
  redirectUris: ["http://127.0.0.1:0/callback", "http://localhost:12345/token"],
  scopes: { validation: sandboxValidationScopes, submission: submissionScopes },
  acr: defaultAcr,
  authenticationMethod: "none",
  prompt: null,
  postLogoutRedirectUri: null,
  validationUrl: "http://127.0.0.1:8088/api/mva/grensesnittstoette/mva-melding/valider",
  altinnPlatformUrl: "http://127.0.0.1:8088/altinn-platform",
  altinnAppUrl: "http://127.0.0.1:8088/skd/mva-melding-innsending-test",
};

export const builtInEnvironments: readonly Environment[] = [sandboxEnvironment, testEnvironment];

/** The scopes that a sign-in for these purposes asks for, each once, `openid` first. */
export function scopesFor(environment: Environment, purposes: readonly Purpose[]): readonly string[] {
  return [...new Set(["openid", ...purposes.flatMap((purpose) => environment.scopes[purpose])])];
}

/** Whether granted scopes are enough for a purpose. `openid` gives no access to anything, so it does not count. */
export function coversPurpose(environment: Environment, purpose: Purpose, granted: readonly string[]): boolean {
  const needed = environment.scopes[purpose].filter((scope) => !isIdentityScope(scope));
  return needed.every((scope) => granted.includes(scope));
}

/** Scopes about the person, not about access to an API; servers may leave them out of the answer. */
export function isIdentityScope(scope: string): boolean {
  return scope === "openid" || scope === "profile" || scope === "offline_access";
}

/** Whether an address is on this machine: a literal loopback address or `localhost`. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.[0-9]{1,3}){3}$/.test(hostname);
}

/** Test persons can sign in without a page only where ID-porten's test environment or the sandbox answers. */
export function allowsTestPersons(environment: Environment): boolean {
  if (!URL.canParse(environment.issuer)) return false;
  const issuer = new URL(environment.issuer);
  return isLoopbackHost(issuer.hostname) || issuer.origin === "https://test.idporten.no";
}

/** Production hosts of the three systems: a host, and what under it belongs to test all the same. */
const productionHosts: readonly { readonly domain: string; readonly testDomains: readonly string[] }[] = [
  { domain: "idporten.no", testDomains: ["test.idporten.no"] },
  { domain: "altinn.no", testDomains: ["tt02.altinn.no"] },
  { domain: "skatteetaten.no", testDomains: [] },
];

/** Thrown where an address leads to a system that real returns are submitted to. */
export class ProductionRefusedError extends Error {
  override readonly name = "ProductionRefusedError";
  readonly text: Text;
  readonly host: string;

  constructor(host: string) {
    const text = {
      en: `${host} is a production host. This product submits to the sandbox and to test environments only.`,
      nb: `${host} er i produksjon. Dette produktet sender bare inn til sandkassen og til testmiljøer.`,
    };
    super(text.en);
    this.text = text;
    this.host = host;
  }
}

/** Whether an address leads to production at ID-porten, Altinn or Skatteetaten. Judged by host name alone. */
export function isProductionUrl(url: string | URL): boolean {
  const host = new URL(url).hostname.toLowerCase().replace(/\.+$/, "");
  const within = (domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
  return productionHosts.some(({ domain, testDomains }) => within(domain) && !testDomains.some(within));
}

/**
 * Lets an address pass unless it leads to production. Every submission asks here before its first call.
 * @throws ProductionRefusedError
 */
export function assertNotProduction(url: string | URL): void {
  if (isProductionUrl(url)) throw new ProductionRefusedError(new URL(url).hostname);
}
