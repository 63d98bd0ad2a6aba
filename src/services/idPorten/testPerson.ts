import { allowsTestPersons, isLoopbackHost } from "../environments.ts";
import { beginAttempt } from "./attempt.ts";
import type { AttemptOptions, SignedIn } from "./attempt.ts";
import { readCallbackQuery } from "./callback.ts";
import type { Callback } from "./callback.ts";
import type { IdPortenContext } from "./context.ts";
import { createCookieJar } from "./cookieJar.ts";
import { toSignInError } from "./decodeError.ts";
import { judgePage } from "./probe.ts";
import { SignInError } from "./problem.ts";

const mostRedirects = 15;

/**
 * Signs a synthetic test person in without a browser, through `login_hint=testid:…`: for the sandbox and ID-porten's
 * test environment only.
 * @throws SignInError `testPersonNotAllowed`, `testPersonNotSynthetic`, `testPersonRefused`, or as any sign-in
 */
export async function signInTestPerson(
  context: IdPortenContext,
  nationalIdentityNumber: string,
  options: Pick<AttemptOptions, "scopes" | "language">,
): Promise<SignedIn> {
  const { environment } = context;
  if (!allowsTestPersons(environment)) {
    throw new SignInError({ code: "testPersonNotAllowed", environment: environment.name });
  }
  if (!isSyntheticNumber(nationalIdentityNumber)) throw new SignInError({ code: "testPersonNotSynthetic" });
  const loginHint = `testid:${nationalIdentityNumber}_${environment.acr}`;
  const attempt = await beginAttempt(context, { ...options, loginHint });
  const redirectUri = concretePort(environment.redirectUris[0] ?? "");
  const callback = await followRedirects(context, attempt.authorizationUrl(redirectUri), redirectUri, attempt.state);
  return attempt.finish(callback);
}

/** Eleven digits of the synthetic series: 80 is added to the month. */
export function isSyntheticNumber(number: string): boolean {
  return /^(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])(?:8[1-9]|9[0-2])[0-9]{7}$/.test(number);
}

async function followRedirects(
  context: IdPortenContext,
  start: URL,
  redirectUri: string,
  state: string,
): Promise<Callback> {
  const jar = createCookieJar();
  const { environment } = context;
  const expected = new URL(redirectUri);
  let url = start;
  for (let step = 0; step < mostRedirects; step++) {
    const response = await get(context, url, jar.header(url));
    jar.store(url, response.headers.getSetCookie());
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) {
      throw await refusedBy(response, redirectUri, context);
    }
    url = new URL(location, url);
    if (url.origin === expected.origin && url.pathname === expected.pathname) {
      const reading = readCallbackQuery(url.search, { redirectUri, state });
      // A hint that ID-porten can't use is an invalid request there; every other error means what it always means.
      if (reading.ok && reading.callback.error === "invalid_request") {
        throw new SignInError({ code: "testPersonRefused", issuer: environment.issuer, status: response.status });
      }
      if (reading.ok) return reading.callback;
      throw new SignInError({ code: "stateMismatch" });
    }
    // A test person's number must not be led out of the environment.
    const secure = url.protocol === "https:" || isLoopbackHost(url.hostname);
    if (!secure || isLoopbackHost(url.hostname) !== isLoopbackHost(start.hostname)) {
      throw new SignInError({ code: "wrongEnvironment", expected: start.host, got: url.host });
    }
  }
  throw new SignInError({ code: "testPersonRefused", issuer: environment.issuer, status: 302 });
}

async function get(context: IdPortenContext, url: URL, cookies: string): Promise<Response> {
  const limit = AbortSignal.timeout((context.requestTimeoutSeconds ?? 30) * 1000);
  const headers: Record<string, string> = { accept: "text/html" };
  if (cookies !== "") headers["cookie"] = cookies;
  try {
    return await context.fetch(url.href, {
      redirect: "manual",
      headers,
      signal: context.signal === undefined ? limit : AbortSignal.any([context.signal, limit]),
    });
  } catch (error) {
    throw toSignInError(error, {
      step: "authorization",
      environment: context.environment,
      clock: null,
      requested: [],
    });
  }
}

async function refusedBy(response: Response, redirectUri: string, context: IdPortenContext): Promise<SignInError> {
  if (response.status >= 400 && response.status < 500) {
    const judgement = judgePage(await response.text(), response.status, redirectUri, context.environment);
    if (judgement.kind === "refused") return new SignInError(judgement.problem);
  }
  const { issuer } = context.environment;
  return new SignInError({ code: "testPersonRefused", issuer, status: response.status });
}

/** Nobody listens on the redirect URI here, so any port does where the registered one is 0. */
function concretePort(redirectUri: string): string {
  const url = new URL(redirectUri);
  if (url.port === "0") url.port = "49152";
  return url.href;
}
