import * as oidc from "openid-client";
import { connect } from "./configuration.ts";
import type { IdPortenContext } from "./context.ts";
import { toSignInError } from "./decodeError.ts";
import type { SignInProblem } from "./problem.ts";
import { belongsTo } from "./session.ts";
import type { Session } from "./session.ts";

/** What could be done at ID-porten after the session was removed here. */
export interface SignOutResult {
  /** To open in the browser, so that ID-porten forgets the person too (for all services); null if there is none. */
  readonly logoutUrl: string | null;
  /** Why tokens could not be revoked. For the log: the sign-out has succeeded all the same. */
  readonly problems: readonly SignInProblem[];
}

/**
 * Revokes a session's tokens and finds the address that ends the person's session at ID-porten. Best effort: called
 * after the session was removed locally, never throws. Tokens with other scopes than openid and profile outlive
 * ID-porten's own sign-out, so both are needed.
 */
export async function signOutRemotely(
  context: IdPortenContext,
  session: Session,
  options: { readonly state?: string } = {},
): Promise<SignOutResult> {
  const decoding = { step: "revocation", environment: context.environment, clock: null, requested: [] } as const;
  const problems: SignInProblem[] = [];
  if (!belongsTo(session, context.environment)) {
    const { issuer } = context.environment;
    return { logoutUrl: null, problems: [{ code: "wrongEnvironment", expected: issuer, got: session.issuer }] };
  }
  try {
    const { configuration, metadata } = await connect(context);
    if (metadata.revocation_endpoint !== undefined) {
      for (const token of [session.tokens.refresh, session.tokens.access]) {
        if (token === null) continue;
        try {
          await oidc.tokenRevocation(configuration, token);
        } catch (error) {
          problems.push(toSignInError(error, decoding).problem);
        }
      }
    }
    if (metadata.end_session_endpoint === undefined) return { logoutUrl: null, problems };
    // The client id identifies us; an id_token_hint would put the person's number into the browser's history.
    const parameters: Record<string, string> = {};
    const { postLogoutRedirectUri } = context.environment;
    if (postLogoutRedirectUri !== null) {
      parameters["post_logout_redirect_uri"] = postLogoutRedirectUri;
      if (options.state !== undefined) parameters["state"] = options.state;
    }
    return { logoutUrl: oidc.buildEndSessionUrl(configuration, parameters).href, problems };
  } catch (error) {
    return { logoutUrl: null, problems: [...problems, toSignInError(error, decoding).problem] };
  }
}
