import { createHash } from "node:crypto";
import type { Language, Text } from "../../vatReturn/text.ts";

export type ResponsePage = "received" | "refusedByIdPorten" | "notForThisSignIn" | "alreadyUsed" | "notFound";

interface PageWords {
  readonly title: Text;
  readonly body: Text;
}

const words: Readonly<Record<ResponsePage, PageWords>> = {
  received: {
    title: { en: "ID-porten has answered", nb: "ID-porten har svart" },
    body: {
      en: "The answer has been received, and the sign-in is finished where you started it. You can close this page.",
      nb: "Svaret er mottatt, og innloggingen fullføres der du startet den. Du kan lukke denne siden.",
    },
  },
  refusedByIdPorten: {
    title: { en: "Not signed in", nb: "Ikke logget inn" },
    body: {
      en: "The sign-in was not completed at ID-porten. Where you started it, you see why and what you can do. You can close this page.",
      nb: "Innloggingen ble ikke fullført hos ID-porten. Der du startet den, ser du hvorfor og hva du kan gjøre. Du kan lukke denne siden.",
    },
  },
  notForThisSignIn: {
    title: { en: "Refused", nb: "Avvist" },
    body: {
      en: "This address does not belong to the sign-in that is waiting here. Nothing was changed. Finish in the page that was opened last.",
      nb: "Denne adressen hører ikke til innloggingen som venter her. Ingenting er endret. Fullfør på siden som ble åpnet sist.",
    },
  },
  alreadyUsed: {
    title: { en: "Already received", nb: "Allerede mottatt" },
    body: {
      en: "This sign-in has had its answer already. You can close this page.",
      nb: "Denne innloggingen har allerede fått svaret sitt. Du kan lukke denne siden.",
    },
  },
  notFound: {
    title: { en: "Nothing here", nb: "Ingenting her" },
    body: { en: "There is no page at this address.", nb: "Det finnes ingen side på denne adressen." },
  },
};

const style =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color:#1e2b3c;background:#fff}" +
  "h1{font-size:1.4rem}@media(prefers-color-scheme:dark){body{color:#e8edf3;background:#16202c}}";
const styleHash = createHash("sha256").update(style).digest("base64");

/** Headers of every page: nothing is stored, framed, run or loaded, and no address is told to anyone. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  pragma: "no-cache",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  connection: "close",
};

/** A page that says how the sign-in stands. Every word of it is ours: nothing of the request is in it. */
export function responsePage(page: ResponsePage, language: Language): string {
  const { title, body } = words[page];
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title[language])}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title[language])}</h1><p>${escapeHtml(body[language])}</p></main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
