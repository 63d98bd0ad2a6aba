import type { Interaction } from "oidc-provider";
import type { ParameterizedContext } from "koa";
import { isFaultName } from "../faults.ts";
import { readForm } from "../http.ts";
import type { Language } from "../../vatReturn/text.ts";
import { pageLanguage } from "../pages/html.ts";
import { consentPage, faultsOnThePage, loginPage } from "../pages/login.ts";
import { findPerson, persons } from "../persons.ts";
import { isLevel, levelBelow, requiredLevel, satisfies, type Level } from "./acr.ts";
import type { IdPortenContext } from "./context.ts";
import { languageCookie, sendErrorPage, sendPage } from "./errorPage.ts";
import { declinable } from "./scopes.ts";

export const loginPath = "/login/";

function parameter(interaction: Interaction, name: string): string | undefined {
  const value = interaction.params[name];
  return typeof value === "string" ? value : undefined;
}

function clientIdOf(interaction: Interaction): string {
  return parameter(interaction, "client_id") ?? "";
}

/** Where the page's form may end up: Chromium holds a form's redirects to its `form-action` too. */
function formTargets(context: IdPortenContext, interaction: Interaction): string[] {
  const redirect = parameter(interaction, "redirect_uri");
  const back = context.client(clientIdOf(interaction))?.client_uri;
  return [redirect, back].filter((uri) => uri !== undefined).map((uri) => new URL(uri).origin);
}

function show(context: IdPortenContext, ctx: ParameterizedContext, interaction: Interaction): void {
  const client = context.client(clientIdOf(interaction));
  const language: Language = pageLanguage(ctx.cookies.get(languageCookie), parameter(interaction, "ui_locales"));
  const content = {
    language,
    clientName: client?.client_name ?? clientIdOf(interaction),
    action: ctx.path,
    declinableScopes: declinable((parameter(interaction, "scope") ?? "").split(" ")),
    formTargets: formTargets(context, interaction),
  };
  const search = ctx.query["search"];
  sendPage(
    ctx,
    200,
    interaction.prompt.name === "consent"
      ? consentPage(content)
      : loginPage({
          ...content,
          persons,
          search: typeof search === "string" ? search : "",
          minimumLevel: requiredLevel(parameter(interaction, "acr_values")),
          backUri: client?.client_uri,
        }),
  );
}

/** The scopes whose box was cleared. A form that says nothing of scopes declines none. */
function declinedScopes(interaction: Interaction, form: URLSearchParams): string[] {
  if (!form.has("scopesShown")) return [];
  const granted = form.getAll("granted");
  return declinable((parameter(interaction, "scope") ?? "").split(" ")).filter((scope) => !granted.includes(scope));
}

/** The level the login comes out with: what was picked, raised to what was asked for; one lower where that is the fault. */
function chosenLevel(context: IdPortenContext, interaction: Interaction, picked: string): Level {
  const minimum = requiredLevel(parameter(interaction, "acr_values"));
  const level = isLevel(picked) && satisfies(picked, minimum) ? picked : (minimum ?? "idporten-loa-high");
  return context.faults.take("acrTooLow", clientIdOf(interaction)) ? levelBelow(minimum ?? level) : level;
}

type Outcome =
  | { readonly kind: "result"; readonly result: Record<string, unknown> }
  | { readonly kind: "page"; readonly error: string; readonly description: string };

const denied = (error: string, description: string): Outcome => ({
  kind: "result",
  result: { error, error_description: description },
});

/** Faults that end the login where the page stands; the others are left to strike later. */
function immediateFault(context: IdPortenContext, interaction: Interaction): Outcome | null {
  const { faults } = context;
  const clientId = clientIdOf(interaction);
  if (faults.take("unknownClient", clientId)) {
    return { kind: "page", error: "invalid_client", description: "client is invalid" };
  }
  if (faults.take("redirectNotRegistered", clientId)) {
    return { kind: "page", error: "invalid_redirect_uri", description: "redirect_uri is not registered" };
  }
  if (faults.take("sessionExpired", clientId)) {
    return { kind: "page", error: "invalid_request", description: "login session expired" };
  }
  const scopeFault = faults.take("scopeNotGranted", clientId);
  if (scopeFault) {
    const scopes = declinable((parameter(interaction, "scope") ?? "").split(" "));
    return denied(
      "invalid_scope",
      `The client has not been granted: ${scopeFault.parameters.scope ?? scopes.at(-1) ?? ""}`,
    );
  }
  if (faults.take("cancelled", clientId)) return denied("access_denied", "The user cancelled");
  if (faults.take("authorizeServerError", clientId)) return denied("server_error", "The login could not be completed");
  if (faults.take("scriptInErrorDescription", clientId)) {
    return denied("access_denied", '<script>alert(1)</script><img src=x onerror="alert(1)">');
  }
  return null;
}

function outcome(context: IdPortenContext, interaction: Interaction, form: URLSearchParams): Outcome | null {
  const clientId = clientIdOf(interaction);
  const fault = form.get("fault") ?? "";
  if (isFaultName(fault) && faultsOnThePage.includes(fault)) {
    context.faults.add({ name: fault, mode: "once", parameters: { clientId } });
  }
  const failed = immediateFault(context, interaction);
  if (failed !== null) return failed;
  if (form.has("cancel")) return denied("access_denied", "The user cancelled");
  if (interaction.prompt.name === "consent") {
    return { kind: "result", result: { consent: {}, declinedScopes: declinedScopes(interaction, form) } };
  }
  const person = findPerson(form.get("person") ?? "");
  if (person === undefined) return null;
  const login = {
    accountId: person.nationalIdentityNumber,
    acr: chosenLevel(context, interaction, form.get("level") ?? ""),
    amr: ["TestID"],
    remember: context.client(clientId)?.sso_disabled !== true,
    ts: context.now(),
  };
  return { kind: "result", result: { login, consent: {}, declinedScopes: declinedScopes(interaction, form) } };
}

/** Lets go of the person a browser is signed in as, so that another can sign in without signing out first. */
async function forgetOtherPerson(
  context: IdPortenContext,
  interaction: Interaction,
  accountId: unknown,
): Promise<void> {
  const uid = interaction.session?.uid;
  const session = uid === undefined ? undefined : await context.provider().Session.findByUid(uid);
  if (session?.accountId === undefined || session.accountId === accountId) return;
  session.accountId = undefined;
  session.authorizations = undefined;
  await session.persist();
}

async function answer(context: IdPortenContext, ctx: ParameterizedContext, interaction: Interaction): Promise<void> {
  const form = await readForm(ctx.req);
  const language = form.get("language");
  if (language === "en" || language === "nb") {
    ctx.cookies.set(languageCookie, language, { httpOnly: true, sameSite: "lax", overwrite: true });
    ctx.status = 303;
    ctx.redirect(ctx.path);
    return;
  }
  const back = context.client(clientIdOf(interaction))?.client_uri;
  if (form.has("back") && back !== undefined) {
    await interaction.destroy();
    ctx.status = 303;
    ctx.redirect(back);
    return;
  }
  const decided = outcome(context, interaction, form);
  if (decided === null) {
    show(context, ctx, interaction);
    return;
  }
  if (decided.kind === "page") {
    await interaction.destroy();
    sendErrorPage(context, ctx, decided.error, decided.description);
    return;
  }
  const returnTo = await context.provider().interactionResult(ctx.req, ctx.res, decided.result, {
    mergeWithLastSubmission: false,
  });
  const { login } = decided.result;
  if (typeof login === "object" && login !== null && "accountId" in login) {
    await forgetOtherPerson(context, interaction, login.accountId);
  }
  ctx.status = 303;
  ctx.redirect(returnTo);
}

/** Serves the page of one login, and takes its answer. */
export async function handleLogin(context: IdPortenContext, ctx: ParameterizedContext): Promise<void> {
  let interaction: Interaction;
  try {
    interaction = await context.provider().interactionDetails(ctx.req, ctx.res);
  } catch {
    sendErrorPage(context, ctx, "invalid_request", "login session expired");
    return;
  }
  if (ctx.path !== `${loginPath}${interaction.uid}`) {
    sendErrorPage(context, ctx, "invalid_request", "login session expired");
    return;
  }
  if (ctx.method === "POST") await answer(context, ctx, interaction);
  else show(context, ctx, interaction);
}
