import { randomBytes } from "node:crypto";
import type { Language } from "../../vatReturn/text.ts";
import { style } from "./style.ts";
import { words } from "./words.ts";

/** A finished page with the headers it must be sent with. */
export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** `text` so that it is text in HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The language for a page: what the user chose earlier, else the first of `ui_locales` that we have, else bokmål. */
export function pageLanguage(chosen: string | undefined, uiLocales: string | undefined): Language {
  for (const locale of [chosen ?? "", ...(uiLocales ?? "").split(" ")]) {
    if (/^en\b/i.test(locale)) return "en";
    if (/^(nb|nn|no|se)\b/i.test(locale)) return "nb";
  }
  return "nb";
}

/**
 * The frame that every page of the sandbox has: plainly marked, nothing from outside, nothing cached, no frames.
 *
 * @param formTargets origins that the page's form may end up at, besides the sandbox itself
 */
export function page(
  language: Language,
  title: string,
  body: string,
  options: { readonly script?: string; readonly formTargets?: readonly string[] } = {},
): Page {
  const nonce = randomBytes(16).toString("base64");
  const { script, formTargets = [] } = options;
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === undefined ? [] : [`script-src 'nonce-${nonce}'`]),
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – ${words.sandbox[language]}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<p class="banner"><strong>${words.sandbox[language]}</strong> <span>${words.notIdPorten[language]}</span></p>
<main>
${body}
</main>
${script === undefined ? "" : `<script nonce="${nonce}">${script}</script>`}
</body>
</html>
`;
  return {
    html,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    },
  };
}

/** A page with a heading and a few paragraphs, and small print below. */
export function notice(
  language: Language,
  heading: string,
  paragraphs: readonly string[],
  smallPrint: readonly string[] = [],
): Page {
  const body = [
    `<h1>${escapeHtml(heading)}</h1>`,
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    ...smallPrint.map((line) => `<p class="small"><code>${escapeHtml(line)}</code></p>`),
  ].join("\n");
  return page(language, heading, body);
}
