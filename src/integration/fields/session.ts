import { challengeMethods, refreshTokenUsages } from "../registration.ts";
import { known, type Field } from "./field.ts";

/** How a sign-in goes, and how long what follows from it lasts. */
export const sessionFields: readonly Field[] = [
  {
    name: "code_challenge_method",
    portal: "PKCE",
    label: { en: "PKCE", nb: "PKCE" },
    meaning: {
      en: "Whether a sign-in has to prove that code and token call belong together.",
      nb: "Om en innlogging må bevise at kode og token-kall hører sammen.",
    },
    type: "text",
    values: known(challengeMethods, {
      S256: { en: "Required. ID-porten's default.", nb: "Påkrevd. ID-portens standard." },
      none: { en: "Off.", nb: "Av." },
    }),
  },
  {
    name: "sso_disabled",
    portal: null,
    label: { en: "Outside single sign-on", nb: "Utenfor engangspålogging" },
    meaning: {
      en: "true keeps the client out of single sign-on: everybody signs in anew each time.",
      nb: "true holder klienten utenfor engangspåloggingen: alle logger inn på nytt hver gang.",
    },
    type: "yesOrNo",
  },
  {
    name: "authorization_lifetime",
    portal: "Authorization levetid (sekunder)",
    label: { en: "Authorization lifetime (seconds)", nb: "Autorisasjonens levetid (sekunder)" },
    meaning: {
      en: "The outer limit of everything that follows from one sign-in. 7200 if not given.",
      nb: "Den ytre grensen for alt som følger av én innlogging. 7200 om den ikke oppgis.",
    },
    type: "seconds",
  },
  {
    name: "access_token_lifetime",
    portal: "Access token levetid (sekunder)",
    label: { en: "Access token lifetime (seconds)", nb: "Levetid for access token (sekunder)" },
    meaning: {
      en: "How long an access token is valid; Altinn's token ends with it. 120 if not given, 28800 at most with Skatteetaten's scopes.",
      nb: "Hvor lenge et access token er gyldig; Altinns token slutter samtidig. 120 om den ikke oppgis, høyst 28800 med Skatteetatens scope.",
    },
    type: "seconds",
  },
  {
    name: "refresh_token_lifetime",
    portal: "Refresh token levetid (sekunder)",
    label: { en: "Refresh token lifetime (seconds)", nb: "Levetid for refresh token (sekunder)" },
    meaning: {
      en: "How long a refresh token may lie unused: longer than the access token, at most the authorization. 600 if not given.",
      nb: "Hvor lenge et refresh token kan ligge ubrukt: lenger enn access token, høyst autorisasjonen. 600 om den ikke oppgis.",
    },
    type: "seconds",
  },
  {
    name: "refresh_token_usage",
    portal: "Refresh token type",
    label: { en: "Refresh token type", nb: "Type refresh token" },
    meaning: {
      en: "Whether a refresh token is replaced when it is used.",
      nb: "Om et refresh token byttes ut når det brukes.",
    },
    type: "text",
    values: known(refreshTokenUsages, {
      ONETIME: {
        portal: "Engangs",
        en: "A new one with every renewal; the old one is used up.",
        nb: "Et nytt ved hver fornying; det gamle er brukt opp.",
      },
      REUSE: { portal: "Gjenbrukbart", en: "The same one until it runs out.", nb: "Det samme til det utløper." },
    }),
  },
];
