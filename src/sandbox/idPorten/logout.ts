import type { KoaContextWithOIDC } from "oidc-provider";
import { notice, pageLanguage } from "../pages/html.ts";
import { words } from "../pages/words.ts";
import type { IdPortenContext } from "./context.ts";
import { languageCookie, sendPage } from "./errorPage.ts";

/** The page that stays in the browser after a sign-out without an address to go back to. */
export function signedOutPage(ctx: KoaContextWithOIDC): void {
  const language = pageLanguage(ctx.cookies.get(languageCookie), undefined);
  sendPage(ctx, 200, notice(language, words.signedOutTitle[language], [words.signedOut[language]]));
}

/**
 * Ends the browser's session for all clients at once, as single logout does, without asking. Tokens that only say who
 * somebody is end with it; tokens with scopes of third parties live on until they are revoked. The request has been
 * checked when this is called: the address to return to is registered.
 */
export async function endSession(context: IdPortenContext, ctx: KoaContextWithOIDC): Promise<void> {
  const { session, provider, params } = ctx.oidc;
  if (session === undefined) return;
  for (const [clientId, { grantId, persistsLogout }] of Object.entries(session.authorizations ?? {})) {
    if (grantId === undefined || persistsLogout === true) continue;
    context.log.debug(`signing out ends the tokens of client ${clientId}`);
    await Promise.all([
      provider.AccessToken.revokeByGrantId(grantId),
      provider.RefreshToken.revokeByGrantId(grantId),
      provider.AuthorizationCode.revokeByGrantId(grantId),
    ]);
  }
  await session.destroy();
  ctx.cookies.set(provider.cookieName("session"), null);

  const target = params?.["post_logout_redirect_uri"];
  const state = params?.["state"];
  if (typeof target !== "string") {
    signedOutPage(ctx);
    return;
  }
  const url = new URL(target);
  if (typeof state === "string") url.searchParams.set("state", state);
  ctx.status = 302;
  ctx.redirect(url.href);
}
