import * as oidc from "openid-client";
import { decodeNetworkFailure } from "../networkFailure.ts";
import { acrSatisfies } from "./acr.ts";
import { connect } from "./configuration.ts";
import type { IdPortenContext } from "./context.ts";
import { toSignInError } from "./decodeError.ts";
import { SignInError } from "./problem.ts";
import type { SignInProblem } from "./problem.ts";
import { accountOf, belongsTo } from "./session.ts";
import type { Session } from "./session.ts";
import { expiryOf, scopesOf } from "./tokenAnswer.ts";

/** What became of a renewal, in the terms that decide what to do with the refresh token. */
export type RefreshOutcome =
  | { readonly kind: "renewed"; readonly session: Session }
  /** ID-porten says that the session is over, or the answer speaks of somebody else. */
  | { readonly kind: "ended"; readonly problem: SignInProblem }
  /** The refresh token certainly was not used: it may be sent again later. */
  | { readonly kind: "notUsed"; readonly problem: SignInProblem }
  /** It may have been used up although no answer came: it must not be sent again. */
  | { readonly kind: "uncertain"; readonly problem: SignInProblem };

/** ID-porten refuses a client with these before it looks at the refresh token. */
const refusedBeforeUse: ReadonlySet<string> = new Set([
  "invalid_client",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_request",
  "invalid_scope",
]);

/**
 * Sends a session's refresh token once. Never throws and never tries twice.
 * @param beforeSending called when everything is ready and the very next thing is to send
 */
export async function refreshSession(
  context: IdPortenContext,
  session: Session,
  beforeSending: () => Promise<void>,
): Promise<RefreshOutcome> {
  if (!belongsTo(session, context.environment)) {
    const { issuer } = context.environment;
    return { kind: "ended", problem: { code: "wrongEnvironment", expected: issuer, got: session.issuer } };
  }
  const refreshToken = session.tokens.refresh;
  if (refreshToken === null) {
    return { kind: "notUsed", problem: { code: "sessionExpired", environment: session.environment } };
  }
  const decoding = {
    step: "refresh",
    environment: context.environment,
    clock: null,
    requested: session.scopes,
  } as const;
  let connection;
  try {
    connection = await connect(context);
    await beforeSending();
  } catch (error) {
    return { kind: "notUsed", problem: toSignInError(error, decoding).problem };
  }
  try {
    const answer = await oidc.refreshTokenGrant(connection.configuration, refreshToken);
    return await renewed(answer, context, session);
  } catch (error) {
    return judge(error, toSignInError(error, { ...decoding, clock: connection.clock }).problem);
  }
}

function judge(error: unknown, problem: SignInProblem): RefreshOutcome {
  if (error instanceof oidc.ResponseBodyError) {
    if (error.error === "invalid_grant") return { kind: "ended", problem };
    if (refusedBeforeUse.has(error.error)) return { kind: "notUsed", problem };
    return { kind: "uncertain", problem };
  }
  if (problem.code === "idTokenRefused" || problem.code === "wrongEnvironment") return { kind: "ended", problem };
  const arrived = decodeNetworkFailure(error)?.mayHaveArrived ?? true;
  return { kind: arrived ? "uncertain" : "notUsed", problem };
}

async function renewed(
  answer: Awaited<ReturnType<typeof oidc.refreshTokenGrant>>,
  context: IdPortenContext,
  session: Session,
): Promise<RefreshOutcome> {
  // A renewal may come without an id_token; then the identity is what it was.
  const claims = answer.claims();
  if (claims !== undefined) {
    const account = await accountOf(claims.iss, session.clientId, claims.sub, null);
    if (account.id !== session.account.id) {
      const problem = new SignInError({ code: "idTokenRefused", fault: "claim", detail: "sub" }).problem;
      return { kind: "ended", problem };
    }
    const acr = claims["acr"];
    if (typeof acr === "string" && !acrSatisfies(context.environment.acr, acr)) {
      return { kind: "ended", problem: { code: "acrTooLow", asked: context.environment.acr, got: acr } };
    }
  }
  return {
    kind: "renewed",
    session: {
      ...session,
      scopes: scopesOf(answer.scope, session.scopes),
      expiresAt: new Date(expiryOf(answer, context.now())).toISOString(),
      // A reusable refresh token is not sent again by ID-porten: the one we have goes on being good.
      tokens: { access: answer.access_token, refresh: answer.refresh_token ?? session.tokens.refresh },
      refreshSentAt: null,
    },
  };
}
