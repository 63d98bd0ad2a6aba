import type { Text } from "../vatReturn/text.ts";
import type { KindAnswers, KindName } from "./kinds.ts";
import type { FieldName, GivenFields } from "./registration.ts";

type Reasons = Partial<Record<FieldName, Text>>;

/** Why each field of a ready-made registration is as it is, in the words of somebody who has to defend it in a review. */
export function reasonsFor(
  kind: KindName,
  registration: GivenFields,
  answers: KindAnswers,
  retiredScope: string,
): Reasons {
  const isMicrosoft = kind === "dynamics365" || kind === "businesscentral";
  return {
    ...common(answers),
    scopes: scopesReason(isMicrosoft, retiredScope),
    ...byKind[kind],
    ...(isMicrosoft ? microsoft(kind) : lifetimes(registration)),
    ...(registration.grant_types?.includes("refresh_token") === true ? {} : withoutRefresh(kind)),
  };
}

function common({ ownership, organisationNumber }: KindAnswers): Reasons {
  const owner: Text =
    ownership === "shared"
      ? {
          en: "The supplier: one client serves all installations and customers, scopes are granted to the supplier once, and the APIs see it as the consumer.",
          nb: "Leverandøren: én klient tjener alle installasjoner og kunder, scope tildeles leverandøren én gang, og API-ene ser den som konsument.",
        }
      : {
          en: "The organisation itself: scopes are granted to it, for this client alone.",
          nb: "Organisasjonen selv: scope tildeles den, for denne klienten alene.",
        };
  const filledIn: Text =
    organisationNumber === null
      ? { en: " The portal fills it in.", nb: " Portalen fyller det ut." }
      : { en: "", nb: "" };
  return {
    client_name: {
      en: "What people see when they sign in. Write the name by which they know the system.",
      nb: "Det folk ser når de logger inn. Skriv navnet de kjenner systemet under.",
    },
    description: { en: "For your colleagues, in the portal only.", nb: "For kollegene dine, bare i portalen." },
    client_id: {
      en: "Digdir gives it when the client is saved. Note it down: the application and the order of scopes need it.",
      nb: "Digdir gir den når klienten lagres. Noter den: applikasjonen og bestillingen av scope trenger den.",
    },
    client_orgno: { en: owner.en + filledIn.en, nb: owner.nb + filledIn.nb },
    integration_type: {
      en: "The VAT scopes belong to Skatteetaten and Altinn, and only this type may hold scopes of third parties. It can't be changed afterwards.",
      nb: "Mva-scopene eies av Skatteetaten og Altinn, og bare denne typen kan ha scope fra tredjeparter. Den kan ikke endres i ettertid.",
    },
    grant_types: {
      en: "authorization_code is how people sign in; refresh_token renews the session without them.",
      nb: "authorization_code er måten folk logger inn på; refresh_token fornyer økten uten dem.",
    },
    code_challenge_method: {
      en: "ID-porten's default. Required of public clients, advised for all: a stolen code is worth nothing.",
      nb: "ID-portens standard. Påkrevd for offentlige klienter, anbefalt for alle: en stjålet kode er verdiløs.",
    },
    sso_disabled: {
      en: "Within 30 minutes ID-porten remembers the user, so that signing in again takes no electronic ID.",
      nb: "I 30 minutter husker ID-porten brukeren, slik at ny innlogging ikke krever elektronisk ID.",
    },
    frontchannel_logout_session_required: {
      en: "Only of use to a page that keeps track of sessions by their id.",
      nb: "Bare nyttig for en side som holder styr på økter etter ID.",
    },
  };
}

function scopesReason(isMicrosoft: boolean, retiredScope: string): Text {
  const older: Text = isMicrosoft
    ? {
        en: ` Microsoft's pages still name ${retiredScope} too: add it if your version asks for it and your organisation was granted it.`,
        nb: ` Microsofts sider nevner fortsatt ${retiredScope} også: legg det til hvis versjonen din ber om det og organisasjonen har fått det.`,
      }
    : { en: "", nb: "" };
  return {
    en: `openid says who signed in, the next one validates at Skatteetaten, the last two submit through Altinn. Skatteetaten and Altinn have to grant theirs to the organisation first: one that is not granted refuses the whole sign-in.${older.en}`,
    nb: `openid sier hvem som logget inn, det neste validerer hos Skatteetaten, de to siste sender inn gjennom Altinn. Skatteetaten og Altinn må først tildele organisasjonen sine: er ett ikke tildelt, avvises hele innloggingen.${older.nb}`,
  };
}

const ownPage = {
  post_logout_redirect_uris: {
    en: "The system's start page. At least one is required, and the address is compared byte for byte.",
    nb: "Startsiden til systemet. Minst én er påkrevd, og adressen sammenlignes byte for byte.",
  },
  client_uri: {
    en: "The system's start page: whoever presses Back on the login page lands there, and the redirect URI hears nothing.",
    nb: "Startsiden til systemet: den som trykker Tilbake på innloggingssiden, havner der, og redirect-URI-en hører ingenting.",
  },
} as const satisfies Reasons;

const secret: Text = {
  en: "A server keeps the secret, in the body of the request. It lives for 360 days at most: put its end in the calendar. private_key_jwt is safer where you can manage keys.",
  nb: "En server holder på hemmeligheten, i kroppen til kallet. Den lever i høyst 360 dager: før slutten inn i kalenderen. private_key_jwt er sikrere der dere kan forvalte nøkler.",
};

const byKind: Readonly<Record<KindName, Reasons>> = {
  desktop: {
    application_type: {
      en: "The program runs on the user's machine. One client id for all installations.",
      nb: "Programmet kjører på brukerens maskin. Én klient-ID for alle installasjoner.",
    },
    token_endpoint_auth_method: {
      en: "A secret in a program that others install is no secret. PKCE takes its place.",
      nb: "En hemmelighet i et program andre installerer, er ingen hemmelighet. PKCE tar plassen.",
    },
    redirect_uris: {
      en: "The first stands for any free port of 127.0.0.1: the program asks the operating system for one and sends the same port with the token call. The second is a fixed port to fall back on. Both are what this extension sends.",
      nb: "Den første står for en hvilken som helst ledig port på 127.0.0.1: programmet ber operativsystemet om en og sender samme port i token-kallet. Den andre er en fast port å falle tilbake på. Begge er det denne utvidelsen sender.",
    },
    post_logout_redirect_uris: {
      en: "At least one is required, and a program has no page of its own. Put one of yours here if you have it.",
      nb: "Minst én er påkrevd, og et program har ingen egen side. Sett inn en av dine om du har.",
    },
    frontchannel_logout_uri: {
      en: "Left out: it needs an https page, which a program does not have.",
      nb: "Utelatt: den trenger en https-side, og det har ikke et program.",
    },
    frontchannel_logout_session_required: {
      en: "Left out with the address that it would go with.",
      nb: "Utelatt sammen med adressen den hører til.",
    },
    client_uri: {
      en: "The back button of the login page leads here, and the program hears nothing of it. Put a help page of yours here that says how to go on.",
      nb: "Tilbakeknappen på innloggingssiden fører hit, og programmet hører ingenting om det. Sett inn en hjelpeside som sier hvordan man kommer videre.",
    },
  },
  web: {
    application_type: {
      en: "The answer is taken by a server, which can keep a secret.",
      nb: "Svaret tas imot av en server, som kan holde på en hemmelighet.",
    },
    token_endpoint_auth_method: secret,
    redirect_uris: {
      en: "Exactly what the server sends, byte for byte: protocol, host, port, path, slash at the end. In test http://localhost is allowed; in production it is https and never localhost.",
      nb: "Nøyaktig det serveren sender, byte for byte: protokoll, vert, port, sti, skråstrek til slutt. I test er http://localhost tillatt; i produksjon er det https og aldri localhost.",
    },
    ...ownPage,
    frontchannel_logout_uri: {
      en: "Left out until the system has a page that ends its own session. Without it, users who sign out elsewhere stay signed in here.",
      nb: "Utelatt til systemet har en side som avslutter sin egen økt. Uten den forblir brukere som logger ut et annet sted, innlogget her.",
    },
  },
  spa: {
    application_type: {
      en: "Everything runs in the browser, where nothing can be kept secret.",
      nb: "Alt kjører i nettleseren, der ingenting kan holdes hemmelig.",
    },
    token_endpoint_auth_method: {
      en: "The only method for a single-page application: PKCE and state take the place of a secret.",
      nb: "Den eneste metoden for en ensidesapplikasjon: PKCE og state tar plassen til en hemmelighet.",
    },
    redirect_uris: {
      en: "Exactly the address of the page that takes the answer, byte for byte. The page fetches the token itself; Digdir does not document which origins may, so try it in test first.",
      nb: "Nøyaktig adressen til siden som tar imot svaret, byte for byte. Siden henter tokenet selv; Digdir dokumenterer ikke hvilke opphav som får det, så prøv det i test først.",
    },
    ...ownPage,
    frontchannel_logout_uri: {
      en: "Left out: there is no server-side session to end.",
      nb: "Utelatt: det finnes ingen økt på en server å avslutte.",
    },
  },
  dynamics365: {
    redirect_uris: {
      en: "The address of Finance's own page Tax > Setup > Electronic messages > Web applications, copied from the browser's address bar in your installation.",
      nb: "Adressen til Finance sin egen side Tax > Setup > Electronic messages > Web applications, kopiert fra adresselinjen i nettleseren i din installasjon.",
    },
    post_logout_redirect_uris: {
      en: "Microsoft: the base address of your Finance environment.",
      nb: "Microsoft: grunnadressen til Finance-miljøet ditt.",
    },
    frontchannel_logout_uri: {
      en: "Microsoft: the base address of your Finance environment, so that a sign-out elsewhere reaches it.",
      nb: "Microsoft: grunnadressen til Finance-miljøet ditt, så en utlogging et annet sted når fram.",
    },
    client_uri: {
      en: "Microsoft: the base address of your Finance environment, where whoever cancels lands.",
      nb: "Microsoft: grunnadressen til Finance-miljøet ditt, der den som avbryter, havner.",
    },
  },
  businesscentral: {
    redirect_uris: {
      en: "Business Central online takes the answer at this address; on premises it is https://HOST/OAuthLanding.htm.",
      nb: "Business Central på nett tar imot svaret på denne adressen; lokalt er det https://VERT/OAuthLanding.htm.",
    },
    post_logout_redirect_uris: {
      en: "Microsoft puts Skatteetaten's page here: Business Central has no page for those who signed out.",
      nb: "Microsoft setter Skatteetatens side her: Business Central har ingen side for dem som har logget ut.",
    },
    frontchannel_logout_uri: {
      en: "Left out: Microsoft says to leave it empty.",
      nb: "Utelatt: Microsoft ber om at den står tom.",
    },
    client_uri: {
      en: "Microsoft puts Skatteetaten's page here for whoever cancels.",
      nb: "Microsoft setter Skatteetatens side her for den som avbryter.",
    },
  },
};

function lifetimes({ grant_types: grants = [] }: GivenFields): Reasons {
  const access: Text = {
    en: "An hour, as Skatteetaten's own public test client has: a whole submission fits in. Altinn's token ends with it. More than 28800 (8 hours) is cut by Skatteetaten's scopes.",
    nb: "Én time, som Skatteetatens egen offentlige testklient har: en hel innsending får plass. Altinns token slutter samtidig. Mer enn 28800 (8 timer) kuttes av Skatteetatens scope.",
  };
  if (!grants.includes("refresh_token")) {
    return {
      access_token_lifetime: access,
      authorization_lifetime: {
        en: "ID-porten's default. It only has to be as long as the access token, as nothing is renewed.",
        nb: "ID-portens standard. Den trenger bare å være like lang som access token, siden ingenting fornyes.",
      },
    };
  }
  return {
    access_token_lifetime: access,
    authorization_lifetime: {
      en: "8 hours, a working day: whoever goes on longer signs in again.",
      nb: "8 timer, en arbeidsdag: den som holder på lenger, logger inn på nytt.",
    },
    refresh_token_lifetime: {
      en: "Two hours without activity, then the user signs in again. Longer than the access token, at most the authorization.",
      nb: "To timer uten aktivitet, så logger brukeren inn på nytt. Lenger enn access token, høyst autorisasjonen.",
    },
    refresh_token_usage: {
      en: "Each renewal gives a new refresh token and uses the old one up: a stolen one shows. Renew in one place at a time, and write the new one down before using it.",
      nb: "Hver fornying gir et nytt refresh token og bruker opp det gamle: et stjålet blir oppdaget. Forny ett sted om gangen, og skriv ned det nye før det brukes.",
    },
  };
}

function microsoft(kind: "dynamics365" | "businesscentral"): Reasons {
  const page = kind === "dynamics365" ? "Microsoft (Dynamics 365 Finance)" : "Microsoft (Business Central)";
  const says = (en: string, nb: string): Text => ({ en: `${page}: ${en}`, nb: `${page}: ${nb}` });
  return {
    application_type: says(
      "web. The service's server keeps the secret.",
      "web. Serveren til tjenesten holder på hemmeligheten.",
    ),
    token_endpoint_auth_method: says(
      "client_secret_post. Its secret lives for 360 days at most: put its end in the calendar.",
      "client_secret_post. Hemmeligheten lever i høyst 360 dager: før slutten inn i kalenderen.",
    ),
    grant_types: says("both, since the service renews by itself.", "begge, siden tjenesten fornyer selv."),
    authorization_lifetime: says("31536000, one year.", "31536000, ett år."),
    access_token_lifetime: says("7200, two hours.", "7200, to timer."),
    refresh_token_lifetime: says(
      "0. Digdir does not document what that means; the sandbox takes it as no limit but the authorization's.",
      "0. Digdir dokumenterer ikke hva det betyr; sandkassen tar det som ingen annen grense enn autorisasjonens.",
    ),
    refresh_token_usage: says(
      "Engangs: a new refresh token with every renewal.",
      "Engangs: et nytt refresh token ved hver fornying.",
    ),
    frontchannel_logout_session_required: says("leave the box cleared.", "la avkryssingen stå tom."),
    ...(kind === "dynamics365"
      ? {
          code_challenge_method: {
            en: "ID-porten's default; Microsoft's page does not name the field.",
            nb: "ID-portens standard; Microsofts side nevner ikke feltet.",
          },
        }
      : {
          code_challenge_method: says(
            "S256, which is ID-porten's default too.",
            "S256, som også er ID-portens standard.",
          ),
        }),
  };
}

function withoutRefresh(kind: KindName): Reasons {
  const isPublic = kind === "desktop" || kind === "spa";
  return {
    grant_types: isPublic
      ? {
          en: "No refresh_token: ID-porten gives public clients none. Single sign-on makes signing in again quick.",
          nb: "Ingen refresh_token: ID-porten gir ikke offentlige klienter det. Engangspålogging gjør ny innlogging rask.",
        }
      : {
          en: "Sign-in only: nothing is kept that could renew a session behind the user's back.",
          nb: "Bare innlogging: ingenting tas vare på som kunne fornyet en økt uten brukeren.",
        },
    refresh_token_lifetime: {
      en: "Left out: there are no refresh tokens.",
      nb: "Utelatt: det finnes ingen refresh token.",
    },
    refresh_token_usage: {
      en: "Left out: there are no refresh tokens.",
      nb: "Utelatt: det finnes ingen refresh token.",
    },
  };
}
