import { errors, interactionPolicy, type Client, type KoaContextWithOIDC, type Provider } from "oidc-provider";
import * as v from "valibot";
import { isUnknownAcr, levelBelow, requiredLevel, satisfies } from "./acr.ts";
import type { IdPortenContext } from "./context.ts";
import { readLoginHint } from "./loginHint.ts";
import { declinable } from "./scopes.ts";
import { pairwiseSubject } from "./tokenResponse.ts";

/** Refuses what ID-porten refuses before anybody has signed in, and signs in whom the login hint names. */
export function checkAuthorization(context: IdPortenContext, ctx: KoaContextWithOIDC, client: Client): void {
  const { params, session } = ctx.oidc;
  const registered = context.client(client.clientId);
  const asked = (key: string): string | undefined => {
    const value = params?.[key];
    return typeof value === "string" ? value : undefined;
  };

  const fault = context.faults.take("scopeNotGranted", client.clientId);
  // The provider has already dropped the scopes that nobody is registered for: what was sent decides.
  const sent = ctx.query["scope"] ?? ctx.oidc.body?.["scope"] ?? asked("scope");
  const scopes = typeof sent === "string" ? sent.split(" ").filter((scope) => scope !== "") : [];
  const faulty = fault === undefined ? undefined : (fault.parameters.scope ?? scopes.at(-1));
  const refused = scopes.filter((scope) => registered?.scopes.includes(scope) !== true || scope === faulty);
  if (refused.length > 0) {
    throw new errors.InvalidScope(`The client has not been granted: ${refused.join(" ")}`, refused.join(" "));
  }
  if (context.faults.take("cancelled", client.clientId)) throw new errors.AccessDenied("The user cancelled");
  if (context.faults.take("scriptInErrorDescription", client.clientId)) {
    throw new errors.AccessDenied('<script>alert(1)</script><img src=x onerror="alert(1)">');
  }
  if (context.faults.take("authorizeServerError", client.clientId)) {
    throw new errors.CustomOIDCProviderError("server_error", "The login could not be completed");
  }
  if (asked("state") === undefined && registered?.token_endpoint_auth_method === "none") {
    throw new errors.InvalidRequest("state is required for clients without client authentication");
  }
  if (isUnknownAcr(asked("acr_values"))) throw new errors.InvalidRequest("acr_values holds no known value");

  const hint = readLoginHint(asked("login_hint"));
  if (hint === "unknown") throw new errors.InvalidRequest("login_hint names no test person or no known level");
  if (hint !== null && session !== undefined) {
    if (!satisfies(hint.level, requiredLevel(asked("acr_values")))) {
      throw new errors.AccessDenied("The level in login_hint is lower than acr_values asks for");
    }
    if (session.accountId !== hint.person.nationalIdentityNumber) session.authorizations = undefined;
    const tooLow = context.faults.take("acrTooLow", client.clientId) !== undefined;
    session.loginAccount({
      accountId: hint.person.nationalIdentityNumber,
      acr: tooLow ? levelBelow(hint.level) : hint.level,
      amr: ["TestID"],
      loginTs: context.now(),
    });
    // The hint is a login: nothing is left to ask for.
    if (params !== undefined) params["prompt"] = undefined;
    Object.assign(ctx.oidc, { result: { login: { accountId: hint.person.nationalIdentityNumber } } });
  }
}

/** When a page is shown: nobody is signed in, too low, or the client wants it. */
export function policy(context: IdPortenContext): interactionPolicy.DefaultPolicy {
  const prompts = interactionPolicy.base();
  const login = prompts.get("login");
  login?.checks.add(
    new interactionPolicy.Check("acr_too_low", "a higher security level is asked for", "login_required", (ctx) => {
      const { acr_values: asked } = ctx.oidc.params ?? {};
      const enough = satisfies(ctx.oidc.session?.acr, requiredLevel(typeof asked === "string" ? asked : undefined));
      return ctx.oidc.result?.login === undefined && !enough;
    }),
  );
  login?.checks.add(
    new interactionPolicy.Check(
      "sso_disabled",
      "the client takes no part in single sign-on",
      "login_required",
      (ctx) => {
        const client = context.client(ctx.oidc.client?.clientId ?? "");
        return client?.sso_disabled === true && ctx.oidc.result?.login === undefined;
      },
    ),
  );
  // The provider compares with its own subject; outside, each client sees another.
  login?.checks.remove("id_token_hint");
  login?.checks.add(
    new interactionPolicy.Check("id_token_hint", "somebody else is signed in", "login_required", (ctx) => {
      const hint = ctx.oidc.entities.IdTokenHint;
      const { session, client } = ctx.oidc;
      if (hint === undefined || session?.accountId === undefined || client === undefined) return false;
      return hint.payload["sub"] !== pairwiseSubject(context, session.accountId, client.clientId);
    }),
  );
  // Scopes are agreed to with the login itself; a page of its own comes only where prompt=consent asks for it.
  prompts.remove("consent");
  prompts.add(new interactionPolicy.Prompt({ name: "consent", requestable: true }));
  return prompts;
}

const declinedSchema = v.optional(v.array(v.string()), []);

/** What was agreed to: everything asked for but what was declined. A new login is agreed to anew. */
export async function loadGrant(
  context: IdPortenContext,
  ctx: KoaContextWithOIDC,
): Promise<InstanceType<Provider["Grant"]>> {
  const { client, session, result, provider } = ctx.oidc;
  const accountId = session?.accountId;
  if (client === undefined || accountId === undefined) throw new errors.InvalidRequest("no client or no account");
  const grantId = session?.grantIdFor(client.clientId);
  const known = result === undefined && grantId !== undefined ? await provider.Grant.find(grantId) : undefined;
  const grant = known ?? new provider.Grant({ accountId, clientId: client.clientId });

  const asked = [...ctx.oidc.requestParamScopes];
  const fault = context.faults.take("scopeDeclined", client.clientId);
  const byFault = fault === undefined ? [] : [fault.parameters.scope ?? declinable(asked).at(-1) ?? ""];
  const byUser = v.parse(declinedSchema, result?.["declinedScopes"]);
  const declined = [...byUser, ...byFault].filter((scope) => asked.includes(scope));
  grant.addOIDCScope(asked.join(" "));
  if (declined.length > 0) grant.rejectOIDCScope(declined.join(" "));
  await grant.save();
  return grant;
}
