import { parse as parseQuery } from "node:querystring";
import type { Context } from "koa";
import type { KoaContextWithOIDC } from "oidc-provider";
import type { FaultName } from "../faults.ts";
import { readForm } from "../http.ts";
import { notice, pageLanguage } from "../pages/html.ts";
import { words } from "../pages/words.ts";
import { finishAuthorization } from "./authorizeResponse.ts";
import { foreignIssuer, type IdPortenContext } from "./context.ts";
import { languageCookie, sendErrorPage, sendPage } from "./errorPage.ts";
import { verifyJwt } from "./keys.ts";
import { paths } from "./provider.ts";
import { finishTokenError, finishTokens, pairwiseSubject } from "./tokenResponse.ts";

/** The context with the provider's part, which is there once one of its routes has fitted. */
function oidcOf(ctx: Context): KoaContextWithOIDC | null {
  return "oidc" in ctx ? (ctx as unknown as KoaContextWithOIDC) : null;
}

const discoveryPath = "/.well-known/openid-configuration";

type Handler = (context: IdPortenContext, ctx: Context, next: () => Promise<void>) => Promise<void>;

/** A fault that answers in the provider's place; whether one did. */
function answered(
  context: IdPortenContext,
  ctx: Context,
  name: FaultName,
  status: number,
  body: unknown,
  clientId?: string,
): boolean {
  if (context.faults.take(name, clientId) === undefined) return false;
  ctx.status = status;
  ctx.body = body;
  return true;
}

/** Reads the form of a request ahead of the provider, which is then given it as read. */
async function readAhead(
  ctx: Context,
  change: (form: URLSearchParams) => void = () => undefined,
): Promise<URLSearchParams> {
  const form = await readForm(ctx.req);
  change(form);
  Object.assign(ctx.req, { body: parseQuery(form.toString()) });
  return form;
}

/** The client that a form at the token endpoint comes from, not yet authenticated. */
function clientOf(ctx: Context, form: URLSearchParams): string | undefined {
  const [, basic] = /^Basic (\S+)$/i.exec(ctx.get("authorization")) ?? [];
  const [fromHeader] = basic === undefined ? [] : Buffer.from(basic, "base64").toString("utf8").split(":");
  return form.get("client_id") ?? fromHeader;
}

const gatewayPage = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
const proxyPage =
  "<html><head><title>Network sign-in</title></head><body><h1>Sign in to the network</h1></body></html>";

const discovery: Handler = async (context, ctx, next) => {
  if (answered(context, ctx, "discoveryUnavailable", 503, "Service Unavailable")) return;
  if (answered(context, ctx, "discoveryProxy", 200, proxyPage)) return;
  await next();
  const issuer = context.faults.take("discoveryWrongIssuer") ? foreignIssuer : context.issuer;
  ctx.body = {
    ...(ctx.body as Record<string, unknown>),
    issuer,
    scopes_supported: ["openid", "profile"],
    subject_types_supported: ["public", "pairwise"],
    response_types_supported: ["code"],
    response_modes_supported: ["query", "form_post", "query.jwt", "form_post.jwt"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    prompt_values_supported: ["consent", "login", "none"],
    ui_locales_supported: ["en", "nb", "nn", "se"],
    display_values_supported: ["page"],
    request_parameter_supported: false,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
  };
};

export const authorize: Handler = async (context, ctx, next) => {
  const clientId = typeof ctx.query["client_id"] === "string" ? ctx.query["client_id"] : undefined;
  const resumed = ctx.path !== paths.authorization;
  if (!resumed && context.faults.take("unknownClient", clientId)) {
    sendErrorPage(context, ctx, "invalid_client", "client is invalid");
    return;
  }
  if (!resumed && context.faults.take("redirectNotRegistered", clientId)) {
    sendErrorPage(context, ctx, "invalid_redirect_uri", "redirect_uri is not registered");
    return;
  }
  if (resumed && context.faults.take("sessionExpired", clientId)) {
    sendErrorPage(context, ctx, "invalid_request", "login session expired");
    return;
  }
  await next();
  const oidc = oidcOf(ctx);
  if (oidc !== null) finishAuthorization(context, oidc);
};

/** Cuts the connection without an answer. */
function cut(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}

const token: Handler = async (context, ctx, next) => {
  if (ctx.method !== "POST") return next();
  const { faults } = context;
  const clientId = clientOf(ctx, await readAhead(ctx));
  if (faults.take("tokenReset", clientId)) {
    cut(ctx);
    return;
  }
  const refused = (name: FaultName, status: number, error: string, description: string): boolean =>
    answered(context, ctx, name, status, { error, error_description: description }, clientId);
  if (
    answered(context, ctx, "tokenUnavailable", 502, gatewayPage, clientId) ||
    refused("tokenServerError", 500, "server_error", "an internal error occurred") ||
    refused("wrongAuthenticationMethod", 400, "invalid_client", "client authentication failed") ||
    refused("codeExpired", 400, "invalid_grant", "the code has expired or was used")
  ) {
    return;
  }
  await next();
  const oidc = oidcOf(ctx);
  if (oidc === null) return;
  const body = ctx.body as Record<string, unknown>;
  if (ctx.status !== 200) {
    finishTokenError(oidc, body);
    return;
  }
  ctx.body = await finishTokens(context, oidc, body);
  if (faults.take("tokenLost", clientId)) {
    cut(ctx);
    return;
  }
  if (faults.take("tokenTruncated", clientId)) {
    const whole = JSON.stringify(ctx.body);
    ctx.type = "application/json";
    ctx.body = whole.slice(0, Math.floor(whole.length / 2));
  }
};

/** The provider's own handle of an access token, which is a JSON Web Token outside. What we did not sign stays as it is. */
function handleOf(context: IdPortenContext, accessToken: string): string | null {
  const jti = verifyJwt(context.keys.value.signing, accessToken)?.["jti"];
  return typeof jti === "string" ? jti : null;
}

const userinfo: Handler = async (context, ctx, next) => {
  const [, bearer = ""] = /^Bearer (\S+)$/i.exec(ctx.get("authorization")) ?? [];
  // Without a token that we signed, the provider answers as to one that it never issued.
  if (bearer !== "") ctx.req.headers.authorization = `Bearer ${handleOf(context, bearer) ?? "unknown"}`;
  await next();
  if (ctx.status !== 200 || typeof ctx.body !== "object") return;
  const accessToken = oidcOf(ctx)?.oidc.entities.AccessToken;
  if (accessToken?.scopes.has("profile") !== true) {
    ctx.status = 403;
    ctx.body = { error: "insufficient_scope", error_description: "userinfo needs the scope profile", scope: "profile" };
    return;
  }
  const subject = pairwiseSubject(context, accessToken.accountId, accessToken.clientId ?? "");
  ctx.body = { ...ctx.body, sub: context.faults.take("userinfoWrongSubject") ? "somebody-else" : subject };
};

const tokenInBody: Handler = async (context, ctx, next) => {
  if (ctx.path === paths.revocation && answered(context, ctx, "revocationUnavailable", 503, "Service Unavailable"))
    return;
  if (ctx.method === "POST") {
    await readAhead(ctx, (form) => {
      const presented = form.get("token");
      if (presented?.includes(".")) form.set("token", handleOf(context, presented) ?? "unknown");
    });
  }
  await next();
};

const jwks: Handler = async (context, ctx, next) => {
  if (answered(context, ctx, "jwksUnavailable", 503, "Service Unavailable")) return;
  await next();
};

const logout: Handler = async (_context, ctx, next) => {
  if (ctx.method === "POST") {
    // ID-porten recommends POST; the same answer is given to the GET that the browser is sent on with.
    ctx.status = 303;
    ctx.redirect(`${paths.end_session}?${(await readForm(ctx.req)).toString()}`);
    return;
  }
  await next();
  const signedIn = oidcOf(ctx)?.oidc.session?.accountId !== undefined;
  if (ctx.status !== 200 || signedIn) return;
  const language = pageLanguage(ctx.cookies.get(languageCookie), undefined);
  sendPage(
    ctx,
    400,
    notice(language, words.wrongTitle[language], [words.nobodySignedIn[language]], ["400 invalid_request"]),
  );
};

/** What is done around the provider, by path. */
export const handlers: Readonly<Record<string, Handler>> = {
  [discoveryPath]: discovery,
  "/.well-known/oauth-authorization-server": discovery,
  [paths.jwks]: jwks,
  [paths.token]: token,
  [paths.userinfo]: userinfo,
  [paths.revocation]: tokenInBody,
  [paths.introspection]: tokenInBody,
  [paths.end_session]: logout,
};
