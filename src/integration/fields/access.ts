import type { Field } from "./field.ts";

/** What may be asked for, and where people are sent. */
export const accessFields: readonly Field[] = [
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
];
