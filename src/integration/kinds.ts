import { olderSubmissionScopes, submissionScopes, validationScopes } from "../services/environments.ts";
import type { Text } from "../vatReturn/text.ts";
import { businessCentralRedirect, microsoftSettings } from "./microsoft.ts";
import type { RegistrationFor } from "./problem.ts";
import { reasonsFor } from "./reasons.ts";
import type { FieldName, GivenFields } from "./registration.ts";

/** The ready-made registrations. */
export const kindNames = ["desktop", "web", "spa", "dynamics365", "businesscentral"] as const;
export type KindName = (typeof kindNames)[number];

/** What a kind is, for whoever has to choose one. */
export const kindTexts: Readonly<Record<KindName, { readonly name: Text; readonly about: Text }>> = {
  desktop: {
    name: { en: "Desktop system", nb: "Skrivebordssystem" },
    about: {
      en: "A program on the user's machine: public client, any free port of 127.0.0.1.",
      nb: "Et program på brukerens maskin: offentlig klient, en ledig port på 127.0.0.1.",
    },
  },
  web: {
    name: { en: "Web system", nb: "Websystem" },
    about: {
      en: "A system with a server of its own, which keeps a secret and may renew its sessions.",
      nb: "Et system med egen server, som holder på en hemmelighet og kan fornye øktene sine.",
    },
  },
  spa: {
    name: { en: "Single-page application", nb: "Ensidesapplikasjon" },
    about: {
      en: "All of it in the browser. Public client without a secret and without refresh tokens.",
      nb: "I sin helhet i nettleseren. Offentlig klient uten hemmelighet og uten refresh token.",
    },
  },
  dynamics365: {
    name: { en: "Microsoft Dynamics 365 Finance", nb: "Microsoft Dynamics 365 Finance" },
    about: {
      en: "A web client with one-time refresh tokens, as Microsoft's documentation has it.",
      nb: "En web-klient med engangs refresh token, slik Microsofts dokumentasjon vil ha den.",
    },
  },
  businesscentral: {
    name: { en: "Microsoft Dynamics 365 Business Central", nb: "Microsoft Dynamics 365 Business Central" },
    about: {
      en: "As Microsoft's documentation asks for it; online the redirect URI is given.",
      nb: "Slik Microsofts dokumentasjon ber om den; i nettversjonen er redirect-URI-en gitt.",
    },
  },
};

/** What has to be known to make a registration of a kind. null: as usual. */
export interface KindAnswers {
  /** Whether each organisation has a client of its own, or a supplier's one client serves all its customers. */
  readonly ownership: "own" | "shared";
  readonly registrationFor: RegistrationFor;
  /** Only a web system may choose. */
  readonly refreshTokens: boolean;
  readonly organisationNumber: string | null;
  readonly name: string | null;
  /** Empty: those that the kind has by itself, if it has any. */
  readonly redirectUris: readonly string[];
  readonly postLogoutUri: string | null;
  readonly backUri: string | null;
}

export const usualAnswers: KindAnswers = {
  ownership: "own",
  registrationFor: "test",
  refreshTokens: true,
  organisationNumber: null,
  name: null,
  redirectUris: [],
  postLogoutUri: null,
  backUri: null,
};

export interface CreatedIntegration {
  readonly kind: KindName;
  /** In the shape of the self-service API, fields in their usual order. */
  readonly registration: GivenFields;
  /** Why each field is as it is, those that are left out included. */
  readonly reasons: Readonly<Partial<Record<FieldName, Text>>>;
}

/** A page that is there, for whoever names none of their own: what Microsoft's guides put here too. */
const someonesPage = "https://skatteetaten.no";
const scopes = [...validationScopes, ...submissionScopes];
/** An hour, which is what Skatteetaten's own public test client has. */
const usualAccess = 3600;
const workday = 28_800;

/** Redirect URIs that a kind has by itself; none where only the user can know. */
export function usualRedirects(kind: KindName, registrationFor: RegistrationFor): readonly string[] {
  if (kind === "desktop") return ["http://127.0.0.1:0/callback", "http://localhost:12345/token"];
  if (kind === "businesscentral") return [businessCentralRedirect];
  if (registrationFor === "production") return [];
  if (kind === "web") return ["http://localhost:3000/callback"];
  return kind === "spa" ? ["http://localhost:5173/callback"] : [];
}

/** Makes a registration. @throws RangeError where a redirect URI is needed and none was given */
export function createIntegration(kind: KindName, answers: KindAnswers): CreatedIntegration {
  const redirects =
    answers.redirectUris.length > 0 ? answers.redirectUris : usualRedirects(kind, answers.registrationFor);
  const [redirect] = redirects;
  if (redirect === undefined) throw new RangeError(`${kind} needs a redirect URI`);
  const refreshTokens = kind === "web" ? answers.refreshTokens : kind !== "desktop" && kind !== "spa";
  const registration: GivenFields = {
    client_name: answers.name ?? usualName(kind),
    description: usualDescription(kind),
    ...(answers.organisationNumber === null ? {} : { client_orgno: answers.organisationNumber }),
    integration_type: "api_klient",
    ...typeOf(kind),
    grant_types: refreshTokens ? ["authorization_code", "refresh_token"] : ["authorization_code"],
    scopes,
    redirect_uris: [...redirects],
    ...pagesOf(kind, redirect, answers),
    code_challenge_method: "S256",
    sso_disabled: false,
    ...lifetimesOf(kind, refreshTokens),
  };
  return { kind, registration, reasons: reasonsFor(kind, registration, answers, olderSubmissionScopes[0] ?? "") };
}

function usualName(kind: KindName): string {
  const { name } = kindTexts[kind];
  return kind === "dynamics365" || kind === "businesscentral" ? name.en : "MVA-melding";
}

function usualDescription(kind: KindName): string {
  return kind === "dynamics365" || kind === "businesscentral"
    ? `Integration with ${kindTexts[kind].name.en}`
    : "Validering og innsending av mva-melding";
}

function typeOf(kind: KindName): Pick<GivenFields, "application_type" | "token_endpoint_auth_method"> {
  if (kind === "desktop") return { application_type: "native", token_endpoint_auth_method: "none" };
  if (kind === "spa") return { application_type: "browser", token_endpoint_auth_method: "none" };
  return { application_type: "web", token_endpoint_auth_method: "client_secret_post" };
}

function pagesOf(kind: KindName, redirect: string, { postLogoutUri, backUri }: KindAnswers): GivenFields {
  // A program has no page of its own, and Business Central's has nothing to show.
  const own = kind === "desktop" || kind === "businesscentral" ? null : `${new URL(redirect).origin}/`;
  return {
    post_logout_redirect_uris: [postLogoutUri ?? own ?? someonesPage],
    ...(kind === "dynamics365" && own !== null ? { frontchannel_logout_uri: own } : {}),
    ...(kind === "desktop" ? {} : { frontchannel_logout_session_required: false }),
    client_uri: backUri ?? own ?? someonesPage,
  };
}

function lifetimesOf(kind: KindName, refreshTokens: boolean): GivenFields {
  if (kind === "dynamics365" || kind === "businesscentral") {
    const { authorization_lifetime, access_token_lifetime, refresh_token_lifetime, refresh_token_usage } =
      microsoftSettings;
    return { authorization_lifetime, access_token_lifetime, refresh_token_lifetime, refresh_token_usage };
  }
  if (!refreshTokens) return { authorization_lifetime: 7200, access_token_lifetime: usualAccess };
  return {
    authorization_lifetime: workday,
    access_token_lifetime: usualAccess,
    refresh_token_lifetime: 2 * usualAccess,
    refresh_token_usage: "ONETIME",
  };
}

/** A created registration as the text of its file. */
export function integrationText({ registration }: CreatedIntegration): string {
  return `${JSON.stringify(registration, null, 2)}\n`;
}
