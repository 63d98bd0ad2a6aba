import type { PasteFault } from "./problem.ts";

/** What a callback must fit: where it was to come, and which sign-in it belongs to. */
export interface ExpectedCallback {
  /** The redirect URI exactly as sent to ID-porten, its real port included. */
  readonly redirectUri: string;
  readonly state: string;
}

/** An answer from ID-porten that belongs to this sign-in, by address and state. Nothing else of it is checked yet. */
export interface Callback {
  /** The redirect URI with the answer's query: built from what was sent, never from a Host header. */
  readonly url: URL;
  /** OAuth error code, or null where there is a code. */
  readonly error: string | null;
}

export type CallbackReading =
  | { readonly ok: true; readonly callback: Callback }
  | {
      readonly ok: false;
      readonly reason: PasteFault;
      /** Error code that came with it, if any. */ readonly error: string | null;
    };

const singular = ["code", "state", "iss", "error", "error_description", "error_uri", "response"];

/** Reads the query of an address that is known to be the redirect URI. */
export function readCallbackQuery(search: string, expected: ExpectedCallback): CallbackReading {
  const query = new URLSearchParams(search);
  const error = query.get("error");
  const refuse = (reason: PasteFault): CallbackReading => ({
    ok: false,
    reason,
    error: error === null ? null : error.slice(0, 100),
  });
  if (singular.some((name) => query.getAll(name).length > 1)) return refuse("twice");
  const state = query.get("state");
  if (state === null) return refuse("noState");
  if (!sameText(state, expected.state)) return refuse("otherState");
  if (error === null && (query.get("code") ?? "") === "") return refuse("noCode");
  const url = new URL(expected.redirectUri);
  url.search = search;
  return { ok: true, callback: { url, error } };
}

/** Reads an address that the user copied from the browser: the whole redirect URL, quotation marks and blanks around it allowed. */
export function parsePastedRedirect(pasted: string, expected: ExpectedCallback): CallbackReading {
  const text = pasted
    .trim()
    .replace(/^["'<«“]+|["'>»”]+$/g, "")
    .replace(/\s+/g, "");
  if (!URL.canParse(text)) return { ok: false, reason: "notAnAddress", error: null };
  const url = new URL(text);
  const redirect = new URL(expected.redirectUri);
  if (url.origin !== redirect.origin || url.pathname !== redirect.pathname || url.username !== "") {
    return { ok: false, reason: "otherAddress", error: null };
  }
  return readCallbackQuery(url.search, expected);
}

/** Compares in a time that does not depend on where the texts differ. */
function sameText(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let index = 0; index < one.length; index++) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
