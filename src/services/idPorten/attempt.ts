import { randomUUID } from "node:crypto";
import * as oidc from "openid-client";
import type { Language } from "../../vatReturn/text.ts";
import { isIdentityScope } from "../environments.ts";
import type { Callback } from "./callback.ts";
import { clockToleranceSeconds, connect, forgetDiscovery } from "./configuration.ts";
import type { Connection } from "./configuration.ts";
import type { IdPortenContext } from "./context.ts";
import { problemOfServer, serverWords, toSignInError } from "./decodeError.ts";
import type { DecodeContext } from "./decodeError.ts";
import { acrSatisfies } from "./acr.ts";
import { isSignInError, SignInError } from "./problem.ts";
import { accountOf } from "./session.ts";
import type { Session } from "./session.ts";
import { expiryOf, scopesOf } from "./tokenAnswer.ts";

export interface AttemptOptions {
  /** Scopes to ask for; `openid` must be among them. */
  readonly scopes: readonly string[];
  readonly language: Language;
  /** Instead of the environment's; `login` lets another person sign in while ID-porten remembers the last one. */
  readonly prompt?: "login" | "consent" | null | undefined;
  /** Test only: `testid:<number>_<acr>`. */
  readonly loginHint?: string | undefined;
}

export interface SignedIn {
  readonly session: Session;
  /** Scopes asked for and not given: the user declined them on ID-porten's page. */
  readonly declinedScopes: readonly string[];
}

/** One sign-in, from the address for the browser to the session. State, nonce and verifier never leave it. */
export interface Attempt {
  readonly state: string;
  readonly metadata: oidc.ServerMetadata;
  /** The address to open, for a redirect URI with its real port. */
  authorizationUrl(redirectUri: string): URL;
  /** Checks ID-porten's answer and fetches the tokens. @throws SignInError */
  finish(callback: Callback): Promise<SignedIn>;
  /** What an error that ID-porten sends to the redirect URI means. */
  explain(query: URLSearchParams): SignInError;
}

/** @throws SignInError if ID-porten can't be found or used */
export async function beginAttempt(context: IdPortenContext, options: AttemptOptions): Promise<Attempt> {
  const connection = await connect(context);
  const { configuration, metadata } = connection;
  const secrets = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
  const challenge = await oidc.calculatePKCECodeChallenge(secrets.verifier);
  const decoding = (step: DecodeContext["step"]): DecodeContext => ({
    step,
    environment: context.environment,
    clock: connection.clock,
    requested: options.scopes,
  });

  return {
    state: secrets.state,
    metadata,
    authorizationUrl: (redirectUri) => {
      const parameters: Record<string, string> = {
        redirect_uri: redirectUri,
        scope: options.scopes.join(" "),
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: challenge,
        code_challenge_method: "S256",
        acr_values: context.environment.acr,
        ui_locales: options.language,
      };
      const prompt = options.prompt === undefined ? context.environment.prompt : options.prompt;
      if (prompt !== null) parameters["prompt"] = prompt;
      if (options.loginHint !== undefined) parameters["login_hint"] = options.loginHint;
      return oidc.buildAuthorizationUrl(configuration, parameters);
    },
    explain: (query) => new SignInError(problemOfServer(wordsIn(query), decoding("authorization"))),
    finish: async (callback) => {
      checkCallback(callback, metadata, decoding("authorization"));
      const answer = await exchange(connection, callback, secrets, decoding("token")).catch((error: unknown) => {
        // Keys or endpoints may have changed within the 24 hours: the next attempt looks again.
        if (isSignInError(error, "idTokenRefused") || isSignInError(error, "unexpectedAnswer"))
          forgetDiscovery(context);
        throw error;
      });
      return signedIn(answer, context, options);
    },
  };
}

type TokenAnswer = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

async function exchange(
  { configuration }: Connection,
  callback: Callback,
  secrets: { readonly state: string; readonly nonce: string; readonly verifier: string },
  decoding: DecodeContext,
): Promise<TokenAnswer> {
  try {
    return await oidc.authorizationCodeGrant(configuration, callback.url, {
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      pkceCodeVerifier: secrets.verifier,
      idTokenExpected: true,
    });
  } catch (error) {
    throw toSignInError(error, decoding);
  }
}

/** An error is told even where `iss` is missing, but never where it names somebody else; a code needs the right one. */
function checkCallback(callback: Callback, metadata: oidc.ServerMetadata, decoding: DecodeContext): void {
  const query = callback.url.searchParams;
  const issuer = query.get("iss");
  if (issuer !== null && issuer !== metadata.issuer) {
    throw new SignInError({
      code: "wrongEnvironment",
      expected: metadata.issuer,
      got: serverWords(issuer, null, null).error,
    });
  }
  if (callback.error !== null) throw new SignInError(problemOfServer(wordsIn(query), decoding));
  if (issuer === null && metadata.authorization_response_iss_parameter_supported === true) {
    throw new SignInError({ code: "issuerMissing", expected: metadata.issuer, server: null });
  }
}

function wordsIn(query: URLSearchParams): ReturnType<typeof serverWords> {
  return serverWords(query.get("error"), query.get("error_description"), null);
}

async function signedIn(answer: TokenAnswer, context: IdPortenContext, options: AttemptOptions): Promise<SignedIn> {
  const { environment } = context;
  const claims = answer.claims();
  if (claims === undefined) throw new SignInError({ code: "idTokenRefused", fault: "missing", detail: "id_token" });
  // The library checks that the token has not run out, but not that it was issued already.
  const age = context.now() / 1000 - claims.iat;
  if (age < -clockToleranceSeconds) throw new SignInError({ code: "clockOff", differenceSeconds: age });
  const acr = typeof claims["acr"] === "string" ? claims["acr"] : null;
  if (!acrSatisfies(environment.acr, acr))
    throw new SignInError({ code: "acrTooLow", asked: environment.acr, got: acr });

  const granted = scopesOf(answer.scope, options.scopes);
  const declined = options.scopes.filter((scope) => !isIdentityScope(scope) && !granted.includes(scope));
  const wanted = options.scopes.filter((scope) => !isIdentityScope(scope));
  if (wanted.length > 0 && declined.length === wanted.length) {
    throw new SignInError({ code: "scopeDeclined", declined });
  }
  const now = context.now();
  const name = typeof claims["name"] === "string" ? claims["name"] : null;
  const session: Session = {
    id: randomUUID(),
    environment: environment.name,
    issuer: environment.issuer,
    clientId: environment.clientId,
    account: await accountOf(claims.iss, environment.clientId, claims.sub, name),
    scopes: granted,
    acr,
    signedInAt: new Date(now).toISOString(),
    expiresAt: new Date(expiryOf(answer, now)).toISOString(),
    tokens: { access: answer.access_token, refresh: answer.refresh_token ?? null },
    refreshSentAt: null,
  };
  context.log?.(
    `Signed in to ${environment.name}: ${granted.length} scopes, ${acr ?? "no acr"}, until ${session.expiresAt}.`,
  );
  return { session, declinedScopes: declined };
}
