import { applicationTypes, authenticationMethods, integrationTypes } from "../registration.ts";
import { known, type Field } from "./field.ts";

/** Whose the client is and what kind of client it is. */
export const clientFields: readonly Field[] = [
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
];
