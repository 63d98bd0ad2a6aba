import type { Text } from "../vatReturn/text.ts";
import {
  applicationTypes,
  authenticationMethods,
  challengeMethods,
  integrationTypes,
  refreshTokenUsages,
  type FieldName,
} from "./registration.ts";

/** A value that a field may have. */
export interface FieldValue {
  readonly value: string;
  /** What the portal shows for it, where that is another word. */
  readonly portal?: string;
  readonly meaning: Text;
}

/** One field of a registration, as the self-service API, the portal and people call it. */
export interface Field {
  readonly name: FieldName;
  /** The portal's name, in Norwegian whatever language the portal is read in; null where it shows none. */
  readonly portal: string | null;
  readonly label: Text;
  readonly meaning: Text;
  readonly type: "text" | "texts" | "seconds" | "yesOrNo" | "keys";
  readonly values?: readonly FieldValue[];
  /** Values to offer where any text will do. */
  readonly examples?: readonly FieldValue[];
}

const known = <Value extends string>(
  values: readonly Value[],
  meanings: Readonly<Record<Value, { readonly portal?: string; readonly en: string; readonly nb: string }>>,
): readonly FieldValue[] =>
  values.map((value) => {
    const { portal, en, nb } = meanings[value];
    return { value, ...(portal === undefined ? {} : { portal }), meaning: { en, nb } };
  });

/**
 * The fields in the order in which a file has them. Portal names: Microsoft's pages on the VAT return, which show them
 * in Norwegian, and Skatteetaten's page on authentication.
 */
export const fields: readonly Field[] = [
  {
    name: "client_name",
    portal: "Navn på integrasjonen",
    label: { en: "Name", nb: "Navn" },
    meaning: {
      en: "The name that people see on ID-porten's login page.",
      nb: "Navnet folk ser på ID-portens innloggingsside.",
    },
    type: "text",
  },
  {
    name: "description",
    portal: "Beskrivelse",
    label: { en: "Description", nb: "Beskrivelse" },
    meaning: {
      en: "A few words for whoever looks after the client in the portal.",
      nb: "Noen ord til den som forvalter klienten i portalen.",
    },
    type: "text",
  },
  {
    name: "client_id",
    portal: "Integrasjonens identifikator",
    label: { en: "Client id", nb: "Klient-ID" },
    meaning: {
      en: "Given by Digdir when the client is made. The application and Skatteetaten's order form both ask for it.",
      nb: "Tildeles av Digdir når klienten opprettes. Både applikasjonen og Skatteetatens bestillingsskjema spør etter den.",
    },
    type: "text",
  },
  {
    name: "client_orgno",
    portal: "Kundens org.nr.",
    label: { en: "Owner", nb: "Eier" },
    meaning: {
      en: "The organisation that owns the client. Scopes are granted to it, and APIs see it as the consumer. The portal fills it in.",
      nb: "Organisasjonen som eier klienten. Scope tildeles den, og API-ene ser den som konsument. Portalen fyller det ut.",
    },
    type: "text",
  },
  {
    name: "supplier_orgno",
    portal: null,
    label: { en: "Supplier", nb: "Leverandør" },
    meaning: {
      en: "The supplier that manages the client on behalf of its owner.",
      nb: "Leverandøren som forvalter klienten på vegne av eieren.",
    },
    type: "text",
  },
  {
    name: "integration_type",
    portal: "Difi-tjeneste (integrasjonstype)",
    label: { en: "Integration type", nb: "Integrasjonstype" },
    meaning: {
      en: "What the client is for. It decides which scopes the client may hold, and can't be changed once the client is made.",
      nb: "Hva klienten er for. Det avgjør hvilke scope den kan ha, og kan ikke endres når klienten først er opprettet.",
    },
    type: "text",
    values: known(integrationTypes, {
      api_klient: {
        portal: "API-klient",
        en: "Sign-in with scopes of third parties, such as those of the VAT return.",
        nb: "Innlogging med scope fra tredjeparter, slik som mva-meldingens.",
      },
      idporten: {
        portal: "ID-porten",
        en: "Plain sign-in: openid and profile, nothing else.",
        nb: "Ren innlogging: openid og profile, ikke noe annet.",
      },
      ansattporten: { en: "Sign-in on behalf of an employer.", nb: "Innlogging på vegne av en arbeidsgiver." },
      maskinporten: { en: "Machine to machine, without a person.", nb: "Maskin til maskin, uten en person." },
      krr: { en: "The contact register.", nb: "Kontaktregisteret." },
      eformidling: { en: "eFormidling.", nb: "eFormidling." },
    }),
  },
  {
    name: "application_type",
    portal: "Applikasjonstype",
    label: { en: "Application type", nb: "Applikasjonstype" },
    meaning: {
      en: "Where the application runs, and so whether it can keep a secret.",
      nb: "Hvor applikasjonen kjører, og dermed om den kan holde på en hemmelighet.",
    },
    type: "text",
    values: known(applicationTypes, {
      web: {
        en: "A system with a server of its own, which keeps a secret.",
        nb: "Et system med egen server, som holder på en hemmelighet.",
      },
      native: { en: "A program on the user's machine.", nb: "Et program på brukerens maskin." },
      browser: {
        en: "A single-page application, all of it in the browser.",
        nb: "En ensidesapplikasjon som i sin helhet er i nettleseren.",
      },
    }),
  },
  {
    name: "token_endpoint_auth_method",
    portal: "Klientautentiseringsmetode",
    label: { en: "Client authentication", nb: "Klientautentisering" },
    meaning: {
      en: "How the application proves to be this client when it fetches tokens. ID-porten accepts exactly the registered way.",
      nb: "Hvordan applikasjonen beviser at den er denne klienten når den henter token. ID-porten godtar bare den registrerte måten.",
    },
    type: "text",
    values: known(authenticationMethods, {
      none: {
        en: "Public client: PKCE instead of a secret. For native and browser.",
        nb: "Offentlig klient: PKCE i stedet for hemmelighet. For native og browser.",
      },
      client_secret_post: {
        en: "A secret in the body of the request. It lives for 360 days at most.",
        nb: "En hemmelighet i kroppen til kallet. Den lever i høyst 360 dager.",
      },
      client_secret_basic: {
        en: "A secret in the header. Digdir advises against it.",
        nb: "En hemmelighet i headeren. Digdir fraråder det.",
      },
      private_key_jwt: {
        en: "An assertion signed with a key of one's own or an enterprise certificate. The safest.",
        nb: "En påstand signert med egen nøkkel eller virksomhetssertifikat. Det sikreste.",
      },
    }),
  },
  {
    name: "grant_types",
    portal: "Tillatte grant types",
    label: { en: "Grants", nb: "Grant-typer" },
    meaning: {
      en: "The ways to tokens: authorization_code for the sign-in, refresh_token to renew without the user (web systems only).",
      nb: "Veiene til token: authorization_code for innloggingen, refresh_token for å fornye uten brukeren (bare websystemer).",
    },
    type: "texts",
    examples: [
      { value: "authorization_code", meaning: { en: "Signing in.", nb: "Innlogging." } },
      {
        value: "refresh_token",
        meaning: { en: "Renewing; confidential clients only.", nb: "Fornying; bare konfidensielle klienter." },
      },
    ],
  },
  {
    name: "scopes",
    portal: "Scopes",
    label: { en: "Scopes", nb: "Scope" },
    meaning: {
      en: "What the application may ask for. One scope that was not granted to the organisation refuses the whole sign-in.",
      nb: "Hva applikasjonen kan be om. Ett scope organisasjonen ikke har fått, gjør at hele innloggingen avvises.",
    },
    type: "texts",
    examples: [
      { value: "openid", meaning: { en: "Who signed in.", nb: "Hvem som logget inn." } },
      {
        value: "profile",
        meaning: {
          en: "The person's name, where the electronic ID tells it.",
          nb: "Personens navn, der den elektroniske ID-en oppgir det.",
        },
      },
      {
        value: "skatteetaten:mvameldingvalidering",
        meaning: {
          en: "Validation by Skatteetaten. Ordered from Skatteetaten.",
          nb: "Validering hos Skatteetaten. Bestilles hos Skatteetaten.",
        },
      },
      {
        value: "altinn:instances.read",
        meaning: { en: "Submission: reading in Altinn.", nb: "Innsending: lese i Altinn." },
      },
      {
        value: "altinn:instances.write",
        meaning: { en: "Submission: writing in Altinn.", nb: "Innsending: skrive i Altinn." },
      },
      {
        value: "skatteetaten:mvameldinginnsending",
        meaning: {
          en: "The older submission scope, being phased out.",
          nb: "Det eldre innsendingsscopet, under utfasing.",
        },
      },
    ],
  },
  {
    name: "redirect_uris",
    portal: "Gyldig(e) redirect uri-er",
    label: { en: "Redirect URIs", nb: "Redirect-URI-er" },
    meaning: {
      en: "Where ID-porten may send the user after the sign-in. Compared byte for byte; http://127.0.0.1:0/… stands for any free port, for native clients.",
      nb: "Hvor ID-porten kan sende brukeren etter innloggingen. Sammenlignes byte for byte; http://127.0.0.1:0/… står for en hvilken som helst ledig port, for native-klienter.",
    },
    type: "texts",
    examples: [
      {
        value: "http://127.0.0.1:0/callback",
        meaning: {
          en: "Any free port of the user's machine (native).",
          nb: "En hvilken som helst ledig port på brukerens maskin (native).",
        },
      },
      {
        value: "http://localhost:12345/token",
        meaning: { en: "A fixed port of the user's machine.", nb: "En fast port på brukerens maskin." },
      },
    ],
  },
  {
    name: "post_logout_redirect_uris",
    portal: "Gyldig(e) post logout redirect uri-er",
    label: { en: "After signing out", nb: "Etter utlogging" },
    meaning: {
      en: "Where ID-porten may send the user after signing out. At least one; compared byte for byte.",
      nb: "Hvor ID-porten kan sende brukeren etter utlogging. Minst én; sammenlignes byte for byte.",
    },
    type: "texts",
  },
  {
    name: "frontchannel_logout_uri",
    portal: "Frontchannel logout uri",
    label: { en: "Front-channel logout", nb: "Frontchannel-utlogging" },
    meaning: {
      en: "A page of the application that ID-porten loads when the user signs out elsewhere. Https, on the domain of a redirect URI.",
      nb: "En side i applikasjonen som ID-porten laster når brukeren logger ut et annet sted. Https, på domenet til en redirect-URI.",
    },
    type: "text",
  },
  {
    name: "frontchannel_logout_session_required",
    portal: "Frontchannel logout krever sesjons-id",
    label: { en: "Front-channel logout with session id", nb: "Frontchannel-utlogging med økt-ID" },
    meaning: {
      en: "Whether issuer and session id are sent along to that page.",
      nb: "Om utsteder og økt-ID sendes med til den siden.",
    },
    type: "yesOrNo",
  },
  {
    name: "client_uri",
    portal: "Tilbake-uri",
    label: { en: "Back URI", nb: "Tilbake-URI" },
    meaning: {
      en: "Where the back button of the login page leads. One address; the redirect URI hears nothing when somebody cancels there.",
      nb: "Hvor tilbakeknappen på innloggingssiden fører. Én adresse; redirect-URI-en hører ingenting når noen avbryter der.",
    },
    type: "text",
  },
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
  {
    name: "jwks",
    portal: null,
    label: { en: "Public keys", nb: "Offentlige nøkler" },
    meaning: {
      en: "The public halves of the keys of a client with private_key_jwt: RSA, RS256, five at most, a year at most.",
      nb: "De offentlige halvdelene av nøklene til en klient med private_key_jwt: RSA, RS256, høyst fem, høyst ett år.",
    },
    type: "keys",
  },
  {
    name: "client_secret_expires_at",
    portal: null,
    label: { en: "End of the secret", nb: "Hemmelighetens slutt" },
    meaning: {
      en: "When the secret runs out, in seconds since 1970. Note it here to be warned in time; the secret itself belongs elsewhere.",
      nb: "Når hemmeligheten utløper, i sekunder siden 1970. Noter det her for å bli varslet i tide; hemmeligheten selv hører hjemme et annet sted.",
    },
    type: "seconds",
  },
  {
    name: "client_secret",
    portal: null,
    label: { en: "Secret", nb: "Hemmelighet" },
    meaning: {
      en: "Shown once by the self-service. It does not belong in a file.",
      nb: "Vises én gang av selvbetjeningen. Den hører ikke hjemme i en fil.",
    },
    type: "text",
  },
  {
    name: "created",
    portal: null,
    label: { en: "Created", nb: "Opprettet" },
    meaning: { en: "Set by the self-service.", nb: "Settes av selvbetjeningen." },
    type: "text",
  },
  {
    name: "last_updated",
    portal: null,
    label: { en: "Last changed", nb: "Sist endret" },
    meaning: { en: "Set by the self-service.", nb: "Settes av selvbetjeningen." },
    type: "text",
  },
];

export function fieldNamed(name: string): Field | null {
  return fields.find((field) => field.name === name) ?? null;
}
