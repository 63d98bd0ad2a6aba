import type { Environment } from "../environments.ts";
import type { Fetch } from "../recordingFetch.ts";
import type { SignInProblem } from "./problem.ts";

/** What the authorization endpoint does with a request, seen without a browser. */
export type ProbeResult =
  /** A login page or a redirect to one: the request is fine. */
  | { readonly kind: "accepted" }
  /** Sent to the redirect URI with an error. */
  | { readonly kind: "redirected"; readonly query: URLSearchParams }
  /** An error page that says what is wrong. */
  | { readonly kind: "refused"; readonly problem: SignInProblem }
  /** An error page in words that are not known. */
  | { readonly kind: "errorPage"; readonly problem: SignInProblem }
  | { readonly kind: "unknown" };

const readLimit = 65_536;

/**
 * Asks the authorization endpoint what it thinks of a request. A client or a redirect URI that is not known there gets
 * an error page in the browser and never a callback, so without this nobody would learn of it but by waiting.
 */
export async function probeAuthorization(
  url: URL,
  redirectUri: string,
  environment: Environment,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<ProbeResult> {
  try {
    const response = await fetch(url.href, {
      redirect: "manual",
      signal,
      headers: { accept: "text/html", "user-agent": "mva-melding" },
    });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      return judgeRedirect(new URL(location, url), redirectUri);
    }
    if (response.status < 400) return { kind: "accepted" };
    if (response.status !== 400 && response.status !== 401 && response.status !== 404) return { kind: "unknown" };
    return judgePage((await response.text()).slice(0, readLimit), response.status, redirectUri, environment);
  } catch {
    return { kind: "unknown" };
  }
}

function judgeRedirect(target: URL, redirectUri: string): ProbeResult {
  const expected = new URL(redirectUri);
  const isCallback = target.origin === expected.origin && target.pathname === expected.pathname;
  return isCallback && target.searchParams.has("error")
    ? { kind: "redirected", query: target.searchParams }
    : { kind: "accepted" };
}

/** Reads an error page by the OAuth words on it; the sentences around them are the server's own and may change. */
export function judgePage(page: string, status: number, redirectUri: string, environment: Environment): ProbeResult {
  const { clientId, issuer } = environment;
  const text = page.replace(/<(?:style|script)[\s\S]*?<\/(?:style|script)>/gi, " ").replace(/<[^>]*>/g, " ");
  if (/ugyldig eller utløpt sesjon|invalid or expired session/i.test(text)) {
    return { kind: "refused", problem: { code: "sessionPageExpired" } };
  }
  if (/invalid_redirect_uri|redirect[_ -]?uri/i.test(text)) {
    return { kind: "refused", problem: { code: "redirectUriNotRegistered", redirectUri, clientId } };
  }
  if (
    /invalid_client|unauthorized_client|(?:unknown|invalid|ukjent|ugyldig) (?:client|klient)|client[_ ]?id/i.test(text)
  ) {
    return { kind: "refused", problem: { code: "unknownClient", clientId, issuer } };
  }
  return { kind: "errorPage", problem: { code: "errorPage", status, clientId, redirectUri } };
}
