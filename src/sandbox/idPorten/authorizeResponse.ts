import type { KoaContextWithOIDC } from "oidc-provider";
import { foreignIssuer, type IdPortenContext } from "./context.ts";

/** Alters the address that the browser is sent back to, as the faults asked for want it. Answers with 302, as ID-porten does. */
export function finishAuthorization(context: IdPortenContext, ctx: KoaContextWithOIDC): void {
  const redirect = ctx.oidc.params?.["redirect_uri"];
  const location = ctx.response.get("location");
  if (ctx.status !== 303 || typeof redirect !== "string" || !location.startsWith(redirect)) return;
  const clientId = ctx.oidc.client?.clientId;
  const url = new URL(location);
  const { faults } = context;
  if (faults.take("wrongAuthorizeIssuer", clientId) ?? faults.peek("wrongEnvironment", clientId)) {
    url.searchParams.set("iss", foreignIssuer);
  }
  if (faults.take("missingAuthorizeIssuer", clientId)) url.searchParams.delete("iss");
  if (faults.take("wrongState", clientId)) url.searchParams.set("state", "somebody-elses-state");
  if (faults.take("missingState", clientId)) url.searchParams.delete("state");
  ctx.status = 302;
  ctx.set("location", url.href);
}
