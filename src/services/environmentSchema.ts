import * as v from "valibot";
import type { Text } from "../vatReturn/text.ts";
import { isLoopbackHost, submissionScopes, validationScopes } from "./environments.ts";
import type { Environment } from "./environments.ts";

/** What is wrong with one property of an environment. */
export interface EnvironmentProblem {
  /** Property path such as `redirectUris.0`; empty for the whole value. */
  readonly path: string;
  readonly text: Text;
}

export type EnvironmentReading =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly problems: readonly EnvironmentProblem[] };

const texts = {
  name: {
    en: "The name is 1 to 40 letters a–z, digits and hyphens, and begins with a letter.",
    nb: "Navnet er 1 til 40 bokstaver a–z, siffer og bindestreker, og begynner med en bokstav.",
  },
  reservedName: {
    en: "The names “sandbox” and “test” belong to the environments that come with the product. Choose another.",
    nb: "Navnene «sandbox» og «test» tilhører miljøene som følger med produktet. Velg et annet.",
  },
  issuer: {
    en: "The issuer is an https address without query, such as https://test.idporten.no. Plain http is for this machine only.",
    nb: "Utstederen er en https-adresse uten spørredel, for eksempel https://test.idporten.no. Ren http er bare for denne maskinen.",
  },
  clientId: {
    en: "The client id is the identifier shown for the client in Digdir's self-service: no spaces, at most 200 characters.",
    nb: "Klient-ID-en er identifikatoren som vises for klienten i Digdirs selvbetjening: uten mellomrom, høyst 200 tegn.",
  },
  redirectUri: {
    en: "A redirect URI begins with http://127.0.0.1:PORT/, http://localhost:PORT/ or http://[::1]:PORT/ and ends with a path, exactly as registered. Port 0 stands for any free port.",
    nb: "En redirect-URI begynner med http://127.0.0.1:PORT/, http://localhost:PORT/ eller http://[::1]:PORT/ og slutter med en sti, nøyaktig som registrert. Port 0 betyr en hvilken som helst ledig port.",
  },
  scope: {
    en: "A scope has no spaces or quotation marks, such as skatteetaten:mvameldingvalidering.",
    nb: "Et scope har verken mellomrom eller anførselstegn, for eksempel skatteetaten:mvameldingvalidering.",
  },
  openid: {
    en: "The validation scopes must include openid: without it ID-porten says nothing about who signed in.",
    nb: "Scopene for validering må ha med openid: uten det sier ikke ID-porten hvem som logget inn.",
  },
  acr: {
    en: "The security level is a name such as idporten-loa-substantial or idporten-loa-high.",
    nb: "Sikkerhetsnivået er et navn som idporten-loa-substantial eller idporten-loa-high.",
  },
  authenticationMethod: {
    en: "The authentication method is “none” (public client) or “client_secret_post” (client with a secret).",
    nb: "Autentiseringsmetoden er «none» (offentlig klient) eller «client_secret_post» (klient med hemmelighet).",
  },
  prompt: {
    en: "The prompt is “login”, “consent” or left out.",
    nb: "Prompt er «login», «consent» eller utelatt.",
  },
  serviceUrl: {
    en: "The address is an https address. Plain http is for this machine only.",
    nb: "Adressen er en https-adresse. Ren http er bare for denne maskinen.",
  },
  atLeastOne: { en: "At least one value is needed.", nb: "Minst én verdi trengs." },
} as const satisfies Record<string, Text>;

type TextKey = keyof typeof texts;

/** Valibot carries one string with each check; here it is the key of the text. */
const key = (name: TextKey): TextKey => name;

function isAddress(text: string): boolean {
  if (!URL.canParse(text) || /[\s"<>\\]/.test(text)) return false;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
}

function isIssuer(text: string): boolean {
  return isAddress(text) && new URL(text).search === "" && !text.includes("?");
}

/** Written as registered: what the URL parser would rewrite can never match exactly at ID-porten. */
function isRedirectUri(text: string): boolean {
  const match = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):([0-9]{1,5})(\/[^\s?#"<>\\]+)$/.exec(text);
  if (match === null || Number(match[1]) > 65_535) return false;
  return URL.canParse(text) && new URL(text).pathname === match[2];
}

function isScope(text: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(text);
}

const text = v.string();
const nameSchema = v.pipe(text, v.regex(/^[a-z][a-z0-9-]{0,39}$/i, key("name")));
const issuerSchema = v.pipe(text, v.check(isIssuer, key("issuer")));
const clientIdSchema = v.pipe(text, v.regex(/^[\x21-\x7e]{1,200}$/, key("clientId")));
const redirectUriSchema = v.pipe(text, v.check(isRedirectUri, key("redirectUri")));
const scopeSchema = v.pipe(text, v.check(isScope, key("scope")));
const acrSchema = v.pipe(text, v.regex(/^[\x21-\x7e]{1,100}$/, key("acr")));
const serviceUrl = v.optional(v.nullable(v.pipe(text, v.check(isAddress, key("serviceUrl")))), null);

const environmentSchema = v.object({
  name: nameSchema,
  issuer: issuerSchema,
  clientId: clientIdSchema,
  redirectUris: v.pipe(v.array(redirectUriSchema), v.minLength(1, key("atLeastOne"))),
  scopes: v.optional(
    v.object({
      validation: v.optional(
        v.pipe(
          v.array(scopeSchema),
          v.check((scopes) => scopes.includes("openid"), key("openid")),
        ),
        [...validationScopes],
      ),
      submission: v.optional(v.array(scopeSchema), [...submissionScopes]),
    }),
    {},
  ),
  acr: v.optional(acrSchema, "idporten-loa-substantial"),
  authenticationMethod: v.optional(v.picklist(["none", "client_secret_post"], key("authenticationMethod")), "none"),
  prompt: v.optional(v.nullable(v.picklist(["login", "consent"], key("prompt"))), null),
  postLogoutRedirectUri: serviceUrl,
  validationUrl: serviceUrl,
  altinnPlatformUrl: serviceUrl,
  altinnAppUrl: serviceUrl,
});

/** Reads an environment from settings or from a file. Properties that may be left out get their usual values. */
export function readEnvironment(value: unknown): EnvironmentReading {
  const result = v.safeParse(environmentSchema, value);
  if (!result.success) return { ok: false, problems: result.issues.map(describeIssue) };
  const { altinnPlatformUrl, altinnAppUrl, ...rest } = result.output;
  return {
    ok: true,
    environment: {
      ...rest,
      altinnPlatformUrl: withoutSlash(altinnPlatformUrl),
      altinnAppUrl: withoutSlash(altinnAppUrl),
    },
  };
}

/** Reads an environment of the user's own: as {@link readEnvironment}, with the shipped names taken. */
export function readOwnEnvironment(value: unknown): EnvironmentReading {
  const reading = readEnvironment(value);
  if (!reading.ok) return reading;
  const reserved = ["sandbox", "test"].includes(reading.environment.name.toLowerCase());
  return reserved ? { ok: false, problems: [{ path: "name", text: texts.reservedName }] } : reading;
}

/** Checks of single values while they are typed: null if right, else what would be right. */
export const checkClientId = (value: string): Text | null => check(clientIdSchema, value, texts.clientId);
export const checkIssuer = (value: string): Text | null => check(issuerSchema, value, texts.issuer);
export const checkRedirectUri = (value: string): Text | null => check(redirectUriSchema, value, texts.redirectUri);
/** Scopes as typed: separated by spaces. */
export function checkScopes(value: string): Text | null {
  const scopes = value.split(" ").filter((scope) => scope !== "");
  if (scopes.length === 0) return texts.atLeastOne;
  return scopes.every(isScope) ? null : texts.scope;
}

function check(schema: v.GenericSchema<string>, value: string, wrong: Text): Text | null {
  return v.is(schema, value) ? null : wrong;
}

function withoutSlash(url: string | null): string | null {
  return url === null ? null : url.replace(/\/+$/, "");
}

function describeIssue(issue: v.BaseIssue<unknown>): EnvironmentProblem {
  const path = v.getDotPath(issue) ?? "";
  if (isTextKey(issue.message)) return { path, text: texts[issue.message] };
  const name = path === "" ? { en: "The environment", nb: "Miljøet" } : { en: `“${path}”`, nb: `«${path}»` };
  if (issue.input === undefined) return { path, text: { en: `${name.en} is missing.`, nb: `${name.nb} mangler.` } };
  const kinds: Record<string, Text> = {
    string: { en: "text", nb: "tekst" },
    array: { en: "a list", nb: "en liste" },
    Array: { en: "a list", nb: "en liste" },
    Object: { en: "an object", nb: "et objekt" },
    object: { en: "an object", nb: "et objekt" },
  };
  const kind = kinds[issue.expected ?? ""] ?? { en: issue.expected ?? "?", nb: issue.expected ?? "?" };
  return { path, text: { en: `${name.en} must be ${kind.en}.`, nb: `${name.nb} må være ${kind.nb}.` } };
}

function isTextKey(message: string): message is TextKey {
  return Object.hasOwn(texts, message);
}
