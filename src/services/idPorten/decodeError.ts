import * as oidc from "openid-client";
import type { Environment } from "../environments.ts";
import { decodeNetworkFailure } from "../networkFailure.ts";
import { redact } from "../redaction.ts";
import { isSignInError, SignInError } from "./problem.ts";
import type { IdTokenFault, ServerWords, SignInProblem, Step } from "./problem.ts";

/** This machine's clock minus ID-porten's, in seconds; null until an answer with a date has come. */
export interface AnswerClock {
  differenceSeconds: number | null;
}

export interface DecodeContext {
  readonly step: Step;
  readonly environment: Environment;
  readonly clock: AnswerClock | null;
  readonly requested: readonly string[];
}

/** How far off a clock must be to be blamed for a refused time stamp. The HTTP date has whole seconds. */
const noticeableSeconds = 30;

/** Whatever a step threw, as one of ours. */
export function toSignInError(error: unknown, context: DecodeContext): SignInError {
  // The library wraps what our own fetch throws.
  for (let link = error, depth = 0; depth < 5 && link instanceof Error; depth++, link = link.cause) {
    if (isSignInError(link)) return link;
  }
  return new SignInError(decode(error, context), technicalOf(error));
}

function decode(error: unknown, context: DecodeContext): SignInProblem {
  if (error instanceof oidc.ResponseBodyError) {
    const words = serverWords(error.error, error.error_description, error.status);
    return context.step === "discovery"
      ? { code: "serverError", step: "discovery", server: words }
      : problemOfServer(words, context);
  }
  if (error instanceof oidc.AuthorizationResponseError) {
    return problemOfServer(serverWords(error.error, error.error_description, null), context);
  }
  if (error instanceof oidc.WWWAuthenticateChallengeError) {
    const parameters = error.cause[0]?.parameters ?? {};
    return problemOfServer(
      serverWords(parameters["error"] ?? "invalid_client", parameters["error_description"], error.status),
      context,
    );
  }
  const response = responseIn(error);
  if (response !== null) return problemOfResponse(response, error, context);
  const network = decodeNetworkFailure(error);
  if (network !== null) {
    if (network.kind === "cancelled") return { code: "cancelled" };
    const host = hostFor(context);
    if (network.kind === "proxy") return { code: "proxyInTheWay", host, status: Number(network.code) };
    if (network.kind === "certificate") return { code: "certificateUnknown", host, systemCode: network.code };
    return { code: "unreachable", host, kind: network.kind, systemCode: network.code };
  }
  return problemOfCheck(error, context);
}

/** What an OAuth error code means at this step. */
export function problemOfServer(server: ServerWords, context: Omit<DecodeContext, "clock">): SignInProblem {
  const { environment, step } = context;
  const { clientId } = environment;
  switch (server.error) {
    case "access_denied":
      return { code: "accessDenied", issuer: environment.issuer, server };
    case "invalid_scope":
      return {
        code: "scopeNotGranted",
        requested: context.requested,
        named: context.requested.filter((scope) => scope.includes(":") && (server.description ?? "").includes(scope)),
        clientId,
        issuer: environment.issuer,
        server,
      };
    case "invalid_client":
      return step === "authorization"
        ? { code: "unknownClient", clientId, issuer: environment.issuer }
        : { code: "wrongAuthenticationMethod", method: environment.authenticationMethod, clientId, server };
    case "unauthorized_client":
    case "unsupported_grant_type":
    case "unsupported_response_type":
      return { code: "grantNotAllowed", clientId, server };
    case "login_required":
    case "interaction_required":
    case "consent_required":
    case "account_selection_required":
      return { code: "loginRequired", server };
    case "unmet_authentication_requirements":
      return { code: "levelNotMet", asked: environment.acr, server };
    case "invalid_grant":
      return step === "refresh"
        ? { code: "sessionEnded", environment: environment.name, server }
        : { code: "codeRefused", server };
    case "invalid_request":
      return step === "authorization"
        ? { code: "requestRefused", acr: environment.acr, server }
        : { code: "serverError", step, server };
    case "invalid_redirect_uri":
    case "redirect_uri_mismatch":
      return { code: "redirectUriNotRegistered", redirectUri: environment.redirectUris.join(" "), clientId };
    default:
      return { code: "serverError", step, server };
  }
}

/** What a server said, safe to show: redacted, on one line, no longer than a sentence or two. */
export function serverWords(
  error: string | null | undefined,
  description: string | null | undefined,
  status: number | null,
): ServerWords {
  return { error: shortened(error, 60), description: shortened(description, 300), status };
}

function shortened(text: string | null | undefined, length: number): string | null {
  if (text === null || text === undefined || text === "") return null;
  const oneLine = redact(text)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  return oneLine.length > length ? `${oneLine.slice(0, length - 1)}…` : oneLine;
}

function problemOfResponse(response: Response, error: unknown, context: DecodeContext): SignInProblem {
  const { status } = response;
  const html = (response.headers.get("content-type") ?? "").includes("html");
  if (status === 407 || (html && status < 500)) return { code: "proxyInTheWay", host: hostFor(context), status };
  if (status >= 500) return { code: "serverError", step: context.step, server: serverWords(null, null, status) };
  return { code: "unexpectedAnswer", step: context.step, status, detail: detailOf(error) };
}

/** The library's own checks of the answer. */
function problemOfCheck(error: unknown, context: DecodeContext): SignInProblem {
  const code = codeOf(error);
  const cause = causeOf(error);
  const detail = detailOf(error);
  switch (code) {
    case "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED":
      return { code: "wrongEnvironment", expected: context.environment.issuer, got: issuerIn(cause["body"], "issuer") };
    case "OAUTH_JWT_TIMESTAMP_CHECK_FAILED":
      return problemOfTime(cause, context.clock, detail);
    case "OAUTH_JWT_CLAIM_COMPARISON_FAILED": {
      if (cause["claim"] === "iss") {
        return {
          code: "wrongEnvironment",
          expected: context.environment.issuer,
          got: issuerIn(cause["claims"], "iss"),
        };
      }
      const faults: Readonly<Record<string, IdTokenFault>> = { aud: "audience", azp: "audience", nonce: "nonce" };
      return { code: "idTokenRefused", fault: faults[String(cause["claim"])] ?? "claim", detail };
    }
    case "OAUTH_KEY_SELECTION_FAILED":
      return { code: "idTokenRefused", fault: "key", detail };
    case "OAUTH_UNSUPPORTED_OPERATION":
      return { code: "idTokenRefused", fault: "algorithm", detail };
    case "OAUTH_HTTP_REQUEST_FORBIDDEN":
    case "OAUTH_REQUEST_PROTOCOL_FORBIDDEN":
    case "OAUTH_MISSING_SERVER_METADATA":
    case "OAUTH_INVALID_SERVER_METADATA":
      return { code: "metadataRefused", detail };
    case "OAUTH_PARSE_ERROR":
    case "OAUTH_INVALID_RESPONSE":
      return problemOfWording(detail, code, context);
    default:
      return { code: "unexpectedAnswer", step: context.step, status: null, detail };
  }
}

/** One code of the library stands for many faults; its wording tells them apart. What is not known stays general. */
function problemOfWording(detail: string, code: string, context: DecodeContext): SignInProblem {
  const faults: readonly (readonly [RegExp, IdTokenFault])[] = [
    [/signature verification failed/, "signature"],
    [/"alg" header/, "algorithm"],
    [/"nonce".*missing/, "nonce"],
    [/"id_token" property/, "missing"],
    [/Invalid JWT|JWT Header|JWT Payload/, "malformed"],
    [/JWT "/, "claim"],
  ];
  const fault = faults.find(([wording]) => wording.test(detail))?.[1];
  if (fault !== undefined) return { code: "idTokenRefused", fault, detail };
  const status = code === "OAUTH_PARSE_ERROR" ? 200 : null;
  return { code: "unexpectedAnswer", step: context.step, status, detail };
}

function problemOfTime(
  cause: Readonly<Record<string, unknown>>,
  clock: AnswerClock | null,
  detail: string,
): SignInProblem {
  const byDate = clock?.differenceSeconds ?? null;
  if (byDate !== null && Math.abs(byDate) > noticeableSeconds) return { code: "clockOff", differenceSeconds: byDate };
  const { now, claims } = cause;
  const issued = typeof claims === "object" && claims !== null && "iat" in claims ? claims.iat : undefined;
  // Issued in the future: no token is, so it is the clock.
  if (typeof now === "number" && typeof issued === "number" && now - issued < -noticeableSeconds) {
    return { code: "clockOff", differenceSeconds: now - issued };
  }
  return { code: "idTokenRefused", fault: "expired", detail };
}

function responseIn(error: unknown): Response | null {
  for (let link = error, depth = 0; depth < 5 && link instanceof Error; depth++) {
    if (link.cause instanceof Response) return link.cause;
    link = link.cause;
  }
  return null;
}

/** The innermost code of the library: its outer error repeats or leaves it out. */
function codeOf(error: unknown): string {
  for (let link = error, depth = 0; depth < 5 && link instanceof Error; depth++) {
    if ("code" in link && typeof link.code === "string" && link.code.startsWith("OAUTH_")) return link.code;
    link = link.cause;
  }
  return "";
}

/** The library's facts about a failed check. They hold claims, so nothing but single named values is taken from them. */
function causeOf(error: unknown): Readonly<Record<string, unknown>> {
  for (let link = error, depth = 0; depth < 5 && link instanceof Error; depth++) {
    const { cause } = link;
    if (typeof cause === "object" && cause !== null && !(cause instanceof Error))
      return cause as Record<string, unknown>;
    link = cause;
  }
  return {};
}

/** The library's sentence, without values: it never puts any in. */
function detailOf(error: unknown): string {
  let link = error;
  while (link instanceof oidc.ClientError && link.cause instanceof Error) link = link.cause;
  return link instanceof Error ? (shortened(link.message, 200) ?? link.name) : "unknown error";
}

function issuerIn(holder: unknown, name: "issuer" | "iss"): string | null {
  if (typeof holder !== "object" || holder === null) return null;
  const value = (holder as Record<string, unknown>)[name];
  return typeof value === "string" ? shortened(value, 200) : null;
}

function hostFor(context: DecodeContext): string {
  return new URL(context.environment.issuer).host;
}

/** The chain of errors as one line of names, codes and redacted messages. */
export function technicalOf(error: unknown): string {
  const links: string[] = [];
  for (let link = error; links.length < 6 && link instanceof Error; link = link.cause) {
    const code = "code" in link && typeof link.code === "string" ? ` [${link.code}]` : "";
    links.push(`${link.name}${code}: ${shortened(link.message, 200) ?? ""}`);
  }
  return links.join(" < ");
}
