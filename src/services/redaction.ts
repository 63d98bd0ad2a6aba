/** Stands wherever a secret or a personal number stood. */
export const removed = "[removed]";

/** Takes secrets and national identity numbers out of text. One redactor remembers what it has seen. */
export interface Redactor {
  /** Removes a value wherever it turns up from now on. Values shorter than eight characters are not remembered. */
  remember(secret: string | null | undefined): void;
  text(text: string): string;
  url(url: string): string;
  headers(headers: Iterable<readonly [string, string]>): readonly (readonly [string, string])[];
}

/** Names whose value is a secret in JSON, forms, addresses and XML alike. */
const secretNames: readonly string[] = [
  "access_token",
  "refresh_token",
  "id_token",
  "id_token_hint",
  "token",
  "subject_token",
  "actor_token",
  "code_verifier",
  "client_secret",
  "client_assertion",
  "assertion",
  "password",
  "secret",
  "registration_access_token",
  "session_state",
];
/** Names that are secret in addresses and forms only: elsewhere they mean a status or an error number. */
const secretParameterNames: readonly string[] = [...secretNames, "code", "state", "nonce", "sid", "request_uri"];

const secretHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "dpop",
  "ocp-apim-subscription-key",
  "x-api-key",
]);

/** What stands beside a cookie when it is set. */
const cookieAttribute = /^\s*(?:expires|max-age|domain|path|samesite|priority)\s*=/i;

const names = secretNames.join("|");
const parameterNames = secretParameterNames.join("|");
// A value may be cut off where a body was too long, so the closing quotation mark is not demanded.
const jsonPair = new RegExp(String.raw`("(?:${names})"\s*:\s*")((?:\\.|[^"\\])*)`, "gi");
const escapedJsonPair = new RegExp(String.raw`(\\"(?:${names})\\"\s*:\s*\\")((?:(?!\\").)*)`, "gi");
const parameterPair = new RegExp(
  String.raw`((?:^|[?&#;\s"'(]|&amp;|%3F|%26)(?:${parameterNames})(?:=|%3D))([^&#;\s"'<>)]+)`,
  "gim",
);
const xmlPair = new RegExp(String.raw`(<(?:[\w.-]+:)?(?:${names})(?:\s[^>]*)?>)([^<]*)`, "gi");
/** A header of cookies, as a log line or a list of headers has it, to the end of its value. */
const cookieHeader = /\b((?:set-)?cookie(?:["']?\s*[:=]\s*["']?|["']\s*,\s*["']))([^\r\n"']+)/gi;
const schemePair = /\b((?:Bearer|Basic|DPoP)\s+)([A-Za-z0-9._~+/=-]{8,})/gi;
/** Three parts (signed, or unsigned with an empty last part) or five (encrypted), the first an encoded `{"…`. */
const jsonWebToken = /\beyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*){1,3}/g;
/** Eleven digits by themselves, or six and five with a gap; an escape such as %20 or \u0020 may stand before them. */
const identityNumber =
  /(?:(?<![0-9])|(?<=%[0-9A-F]{2})|(?<=\\u[0-9A-F]{4}))[0-9]{6}(?:[ -]|%20|\+|&nbsp;|\u00a0)?[0-9]{5}(?![0-9])/gi;

/** The most values that one redactor remembers; the oldest go first. */
const memory = 2000;

export function createRedactor(): Redactor {
  const remembered = new Set<string>();

  const remember = (secret: string | null | undefined): void => {
    if (secret === null || secret === undefined || secret.length < 8 || secret === removed) return;
    for (const form of new Set([secret, encodeURIComponent(secret), formEncoded(secret)])) remembered.add(form);
    for (const oldest of remembered) {
      if (remembered.size <= memory) break;
      remembered.delete(oldest);
    }
  };

  const learn = (match: string, before: string, value: string): string => {
    // JSON and XML hold the value as it is, addresses and forms hold it encoded.
    remember(value);
    remember(decoded(value));
    return value === "" ? match : `${before}${removed}`;
  };

  /** A cookie's value may be the session itself, and turn up in addresses and pages too. */
  const learnCookies = (header: string): void => {
    for (const pair of header.split(";")) {
      const value = pair.slice(pair.indexOf("=") + 1).trim();
      if (pair.includes("=") && !cookieAttribute.test(pair)) remember(value.replace(/^"(.*)"$/, "$1"));
    }
  };

  /** What a header of secrets holds is known from then on. @returns what is shown of it */
  const learnHeader = (name: string, value: string): string => {
    if (/^(?:set-)?cookie$/i.test(name)) learnCookies(value);
    const [scheme, credentials] = value.split(/\s+/, 2);
    const known = scheme !== undefined && /^(?:Bearer|Basic|DPoP)$/i.test(scheme) && credentials !== undefined;
    if (known) remember(credentials);
    return known ? `${scheme} ${removed}` : removed;
  };

  const text = (input: string): string => {
    let output = input
      .replace(cookieHeader, (_match, before: string, value: string) => {
        learnCookies(value);
        return `${before}${removed}`;
      })
      .replace(jsonPair, learn)
      .replace(escapedJsonPair, learn)
      .replace(xmlPair, learn)
      .replace(parameterPair, learn)
      .replace(schemePair, learn)
      .replace(jsonWebToken, (token) => {
        remember(token);
        return removed;
      })
      .replace(identityNumber, removed);
    for (const secret of remembered) output = output.replaceAll(secret, removed);
    return output;
  };

  return {
    remember,
    text,
    url: (url) => text(withoutUserInfo(url)),
    headers: (headers) => {
      const all = [...headers];
      const isSecret = ([name]: readonly [string, string]): boolean => secretHeaders.has(name.toLowerCase());
      // Those of secrets first: an address among the others may hold the same.
      const shown = new Map(all.filter(isSecret).map((header) => [header, learnHeader(...header)]));
      return all.map((header): readonly [string, string] => [header[0], shown.get(header) ?? text(header[1])]);
    },
  };
}

/** Redacts one text with a fresh memory. */
export function redact(text: string): string {
  return createRedactor().text(text);
}

function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${removed}@`);
}

function formEncoded(value: string): string {
  return new URLSearchParams([["", value]]).toString().slice(1);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
