import { randomUUID } from "node:crypto";
import type { ErrorOut, KoaContextWithOIDC } from "oidc-provider";
import type { Text } from "../../vatReturn/text.ts";
import { notice, pageLanguage, type Page } from "../pages/html.ts";
import { words } from "../pages/words.ts";
import type { IdPortenContext } from "./context.ts";

export const languageCookie = "IDPORTEN_SELECTED_LANGUAGE";

interface PageTarget {
  status: number;
  body: unknown;
  set: (name: string, value: string) => void;
}

export function sendPage(ctx: PageTarget, status: number, { html, headers }: Page): void {
  ctx.status = status;
  for (const [name, value] of Object.entries(headers)) ctx.set(name, value);
  ctx.body = html;
}

function explanation(error: string, description: string): readonly Text[] {
  if (error === "invalid_client") return [words.unknownClient];
  if (error === "invalid_redirect_uri") return [words.redirectNotRegistered];
  if (/session|expired|interaction/i.test(description)) return [words.expired, words.notBookmarked];
  return [words.otherError];
}

/** ID-porten's way of saying no where there is no address it may send the browser back to: a page with a trace id. */
export function sendErrorPage(
  context: IdPortenContext,
  ctx: PageTarget & Pick<KoaContextWithOIDC, "cookies" | "query">,
  error: string,
  description: string,
  status = 400,
): void {
  const locales = ctx.query["ui_locales"];
  const language = pageLanguage(ctx.cookies.get(languageCookie), typeof locales === "string" ? locales : undefined);
  const traceId = randomUUID().replaceAll("-", "");
  const paragraphs = explanation(error, description).map((text) => text[language]);
  context.log.info(`error page: ${error}: ${description} (traceId=${traceId})`);
  sendPage(
    ctx,
    status,
    notice(language, words.wrongTitle[language], paragraphs, [
      `${String(status)} ${error} (traceId=${traceId})`,
      ...(description === "" ? [] : [description]),
    ]),
  );
}

/** The provider's hook for errors that stay at ID-porten. */
export function renderError(context: IdPortenContext, ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): void {
  if (out.error === "server_error") context.log.error("the provider failed", error);
  sendErrorPage(context, ctx, out.error, out.error_description ?? "", ctx.status >= 400 ? ctx.status : 400);
}
