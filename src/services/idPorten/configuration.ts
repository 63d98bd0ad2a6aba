import * as oidc from "openid-client";
import { isLoopbackHost } from "../environments.ts";
import type { IdPortenContext } from "./context.ts";
import { toSignInError } from "./decodeError.ts";
import type { AnswerClock } from "./decodeError.ts";
import { SignInError } from "./problem.ts";
import { abortProblem } from "./race.ts";

const day = 24 * 60 * 60 * 1000;
/** An id_token lives 120 s, so a clock that is a minute off must not matter. */
export const clockToleranceSeconds = 60;

// The library marks it as deprecated to make it stand out. It is used for an issuer on this machine only.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const allowPlainHttp: (configuration: oidc.Configuration) => void = oidc.allowInsecureRequests;

/** An environment's ID-porten, ready to talk to. */
export interface Connection {
  readonly configuration: oidc.Configuration;
  readonly metadata: oidc.ServerMetadata;
  /** The difference between this machine's clock and ID-porten's, as of the last answer. */
  readonly clock: AnswerClock;
}

/**
 * Finds ID-porten's endpoints (kept for 24 h) and prepares a client for them: exact issuer, signature of the id_token
 * checked, plain http on this machine only.
 * @throws SignInError
 */
export async function connect(context: IdPortenContext): Promise<Connection> {
  const { environment } = context;
  const clock: AnswerClock = { differenceSeconds: null };
  const fetchWithClock = wrapFetch(context, clock);
  const metadata = await discover(context, fetchWithClock);
  const authentication =
    environment.authenticationMethod === "none" ? oidc.None() : oidc.ClientSecretPost(await secretOf(context));
  const client = {
    [oidc.clockTolerance]: clockToleranceSeconds,
    // The library reads the system clock; the difference makes it follow ours.
    [oidc.clockSkew]: Math.round((context.now() - Date.now()) / 1000),
  };
  const configuration = new oidc.Configuration(metadata, environment.clientId, client, authentication);
  configuration[oidc.customFetch] = fetchWithClock;
  configuration.timeout = context.requestTimeoutSeconds ?? 30;
  oidc.enableNonRepudiationChecks(configuration);
  if (isInsecure(environment.issuer)) allowPlainHttp(configuration);
  return { configuration, metadata, clock };
}

/** Forgets what is known about ID-porten, so that the next sign-in asks anew. */
export function forgetDiscovery(context: IdPortenContext): void {
  context.discoveryCache.write(context.environment.issuer, undefined);
}

async function discover(context: IdPortenContext, fetch: oidc.CustomFetch): Promise<oidc.ServerMetadata> {
  const { issuer } = context.environment;
  const cached = context.discoveryCache.read(issuer);
  if (cached !== undefined) {
    const age = context.now() - cached.fetchedAt;
    const metadata = cached.metadata as unknown as oidc.ServerMetadata;
    if (age >= 0 && age < day && findFault(metadata, issuer) === null) return metadata;
  }
  let metadata: oidc.ServerMetadata;
  try {
    const configuration = await oidc.discovery(new URL(issuer), context.environment.clientId, undefined, oidc.None(), {
      [oidc.customFetch]: fetch,
      timeout: context.requestTimeoutSeconds ?? 30,
      execute: isInsecure(issuer) ? [allowPlainHttp] : [],
    });
    metadata = { ...configuration.serverMetadata() };
  } catch (error) {
    throw toSignInError(error, { step: "discovery", environment: context.environment, clock: null, requested: [] });
  }
  const fault = findFault(metadata, issuer);
  if (fault !== null) throw new SignInError({ code: "metadataRefused", detail: fault });
  context.discoveryCache.write(issuer, {
    fetchedAt: context.now(),
    metadata: metadata as unknown as Readonly<Record<string, unknown>>,
  });
  return metadata;
}

/** What is wrong with a description, also one that comes from the cache; null if it can be used. */
function findFault(metadata: oidc.ServerMetadata, issuer: string): string | null {
  if (new URL(metadata.issuer).href !== new URL(issuer).href) return "issuer";
  const needed = ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const;
  const optional = ["end_session_endpoint", "revocation_endpoint"] as const;
  for (const name of [...needed, ...optional]) {
    const value = metadata[name];
    if (value === undefined && (optional as readonly string[]).includes(name)) continue;
    if (typeof value !== "string" || !URL.canParse(value)) return name;
    const url = new URL(value);
    const secure = url.protocol === "https:";
    // Plain http is accepted from an issuer on this machine, for endpoints on this machine.
    if (!secure && !(url.protocol === "http:" && isInsecure(issuer) && isLoopbackHost(url.hostname))) return name;
  }
  return null;
}

function isInsecure(issuer: string): boolean {
  const url = new URL(issuer);
  return url.protocol === "http:" && isLoopbackHost(url.hostname);
}

async function secretOf(context: IdPortenContext): Promise<string> {
  const secret = await context.clientSecret?.();
  if (secret !== undefined && secret !== "") return secret;
  throw new SignInError({ code: "secretMissing", environment: context.environment.name });
}

/** Our fetch in the library's shape: the user's cancellation joined to its time limit, the server's clock noted. */
function wrapFetch(context: IdPortenContext, clock: AnswerClock): oidc.CustomFetch {
  return async (url, options) => {
    const signals = [options.signal, context.signal].filter((signal) => signal !== undefined);
    const init: RequestInit = { method: options.method, headers: options.headers, redirect: options.redirect };
    if (options.body !== undefined) init.body = options.body as NonNullable<RequestInit["body"]>;
    if (signals.length > 0) init.signal = AbortSignal.any(signals);
    const response = await context.fetch(url, init).catch((error: unknown) => {
      // Whatever an aborted fetch throws, the reason is what counts.
      throw context.signal?.aborted === true ? new SignInError(abortProblem(context.signal)) : error;
    });
    const date = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(date)) clock.differenceSeconds = (context.now() - date) / 1000;
    return response;
  };
}
