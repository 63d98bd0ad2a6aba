import { closestOf } from "./closest.ts";
import { isMissing, problem, remedy, remove, setTo, type Check, type Problem, type Remedy } from "../problem.ts";
import { methodsOf, type ApplicationType, type GivenFields } from "../registration.ts";
import { anyPort } from "./redirects.ts";
import type { Text } from "../../vatReturn/text.ts";

const words: Readonly<Record<ApplicationType, { readonly en: string; readonly nb: string }>> = {
  web: { en: "a web system keeps its secret on a server", nb: "et websystem har hemmeligheten sin på en server" },
  native: {
    en: "a program on other people's machines can keep no secret",
    nb: "et program på andres maskiner kan ikke holde på en hemmelighet",
  },
  browser: {
    en: "a page in the browser can keep no secret",
    nb: "en side i nettleseren kan ikke holde på en hemmelighet",
  },
};

export const checkIntegrationType: Check = (subject) => {
  const type = subject.given.integration_type;
  if (type === "api_klient") return [];
  const fix = [setTo(["integration_type"], "api_klient")];
  if (type === undefined) {
    if (!isMissing(subject, "integration_type")) return [];
    const message = {
      en: "integration_type is missing. The VAT scopes belong to others than Digdir, and only a client of the type api_klient (API-klient) may hold such scopes. The type can't be changed once the client is made.",
      nb: "integration_type mangler. Mva-scopene eies av andre enn Digdir, og bare en klient av typen api_klient (API-klient) kan ha slike scope. Typen kan ikke endres når klienten først er opprettet.",
    };
    return [problem("integration-type-missing", "error", ["integration_type"], message, { remedies: fix })];
  }
  const message =
    type === "idporten"
      ? {
          en: "A client of the type idporten has openid and profile and can be given nothing else: no scope for the VAT return. It takes api_klient. The type can't be changed afterwards, so a client that is registered like this has to be made anew.",
          nb: "En klient av typen idporten har openid og profile og kan ikke få noe annet: ingen scope for mva-meldingen. Det må være api_klient. Typen kan ikke endres i ettertid, så en klient som er registrert slik, må opprettes på nytt.",
        }
      : {
          en: `A client of the type ${type} is for something else than signing people in with the scopes of the VAT return, and can't be given them. It takes api_klient. The type can't be changed afterwards, so a client that is registered like this has to be made anew.`,
          nb: `En klient av typen ${type} er til noe annet enn å logge inn folk med mva-meldingens scope, og kan ikke få dem. Det må være api_klient. Typen kan ikke endres i ettertid, så en klient som er registrert slik, må opprettes på nytt.`,
        };
  return [problem("wrong-integration-type", "error", ["integration_type"], message, { remedies: fix })];
};

export const checkApplicationType: Check = (subject) => {
  if (!isMissing(subject, "application_type")) return [];
  const remedies = guesses(subject.method === "none").map((type) => setTo(["application_type"], type, false));
  const message = {
    en: "application_type is missing, and ID-porten then takes the client for a web system. Say which it is: native (a program on the user's machine), browser (a single-page application) or web (with a server of its own).",
    nb: "application_type mangler, og da regner ID-porten klienten som et websystem. Oppgi hva den er: native (et program på brukerens maskin), browser (en ensidesapplikasjon) eller web (med egen server).",
  };
  return [problem("application-type-missing", "warning", ["application_type"], message, { remedies })];
};

function guesses(isPublic: boolean): readonly ApplicationType[] {
  return isPublic ? ["native", "browser"] : ["web"];
}

export const checkMethod: Check = (subject) => {
  const { applicationType, method } = subject;
  if (isMissing(subject, "token_endpoint_auth_method")) {
    const usual = applicationType === "web" ? "client_secret_post" : "none";
    const message = {
      en: "token_endpoint_auth_method is missing. ID-porten accepts exactly the method that is registered, so it has to be said which one the application uses.",
      nb: "token_endpoint_auth_method mangler. ID-porten godtar bare den metoden som er registrert, så det må oppgis hvilken applikasjonen bruker.",
    };
    return [
      problem("method-missing", "error", ["token_endpoint_auth_method"], message, {
        refused: true,
        remedies: applicationType === null ? [] : [setTo(["token_endpoint_auth_method"], usual)],
      }),
    ];
  }
  if (method === null || applicationType === null) return [];
  const allowed = methodsOf[applicationType];
  const registered = subject.given.application_type;
  if (registered !== undefined && registered !== applicationType) {
    return [typeAmongOthers(registered, applicationType, method)];
  }
  if (!allowed.includes(method)) {
    const type = words[applicationType];
    const message = {
      en: `${method} does not go with application_type ${applicationType}, which takes ${listed(allowed, "or")}: ${type.en}.`,
      nb: `${method} passer ikke til application_type ${applicationType}, som tar ${listed(allowed, "eller")}: ${type.nb}.`,
    };
    return [
      problem("method-for-other-type", "error", ["token_endpoint_auth_method"], message, {
        refused: true,
        remedies: [
          ...allowed.map((other) => setTo(["token_endpoint_auth_method"], other, allowed.length === 1)),
          ...guesses(method === "none").map((other) => setTo(["application_type"], other, false)),
        ],
      }),
    ];
  }
  if (method !== "client_secret_basic") return [];
  const message = {
    en: "Digdir advises against client_secret_basic, and this product sends the secret with client_secret_post only. A library that sends it the other way than registered is answered with invalid_client.",
    nb: "Digdir fraråder client_secret_basic, og dette produktet sender hemmeligheten bare med client_secret_post. Et bibliotek som sender den på en annen måte enn registrert, får svaret invalid_client.",
  };
  const change = setTo(["token_endpoint_auth_method"], "client_secret_post", false);
  return [problem("secret-in-header", "information", ["token_endpoint_auth_method"], message, { remedies: [change] })];
};

/** The type is what is wrong where method, redirect and grants all are those of another one. */
function typeAmongOthers(registered: ApplicationType, likely: ApplicationType, method: string): Problem {
  const evidence: Readonly<Record<ApplicationType, Text>> = {
    native: {
      en: "a redirect to any free port and no secret",
      nb: "en redirect til en hvilken som helst ledig port og ingen hemmelighet",
    },
    web: {
      en: "a client that authenticates, and answers or renewals that take a server",
      nb: "en klient som autentiserer seg, og svar eller fornyinger som trenger en server",
    },
    browser: { en: "a page without a secret", nb: "en side uten hemmelighet" },
  };
  const message = {
    en: `application_type ${registered} does not go with the rest: ${evidence[likely].en} are those of ${likely}. ${method} does not go with application_type ${registered} either, so the client could not be used.`,
    nb: `application_type ${registered} passer ikke til resten: ${evidence[likely].nb} hører til ${likely}. ${method} går heller ikke sammen med application_type ${registered}, så klienten kunne ikke brukes.`,
  };
  const fix = setTo(["application_type"], likely);
  return problem("other-application-type", "error", ["application_type"], message, { refused: true, remedies: [fix] });
}

/**
 * The type that everything but the type speaks for, where it disagrees with the authentication method; null where the
 * method may as well be what is wrong.
 */
export function likelyType(given: GivenFields): ApplicationType | null {
  const { application_type: type, token_endpoint_auth_method: method, redirect_uris: redirects = [] } = given;
  if (type === undefined || method === undefined || methodsOf[type].includes(method)) return null;
  if (method === "none") return redirects.some((uri) => uri.startsWith(anyPort)) ? "native" : null;
  const isServed =
    redirects.some((uri) => uri.startsWith("https:")) && !redirects.some((uri) => uri.startsWith(anyPort));
  return isServed || given.grant_types?.includes("refresh_token") === true ? "web" : null;
}

const knownGrants = ["authorization_code", "refresh_token"];

export const checkGrants: Check = (subject) => {
  const { grant_types: grants } = subject.given;
  const problems: Problem[] = [];
  if (grants === undefined) {
    if (!isMissing(subject, "grant_types")) return [];
    const message = {
      en: "grant_types is missing. A sign-in needs authorization_code; say it, so that the client does not hang on a default.",
      nb: "grant_types mangler. En innlogging trenger authorization_code; oppgi det, så klienten ikke henger på en standardverdi.",
    };
    const fix = setTo(["grant_types"], ["authorization_code"]);
    return [problem("grants-missing", "warning", ["grant_types"], message, { remedies: [fix] })];
  }
  grants.forEach((grant, index) => {
    if (knownGrants.includes(grant)) return;
    problems.push(unknownGrant(grant, index, grants));
  });
  const misspelt = problems.some(({ remedies }) =>
    remedies.some(({ changes }) => JSON.stringify(changes).includes("authorization_code")),
  );
  if (!grants.includes("authorization_code") && !misspelt) {
    const message = {
      en: "Without authorization_code nobody can sign in: it is the only way in that ID-porten has for people.",
      nb: "Uten authorization_code kan ingen logge inn: det er den eneste veien inn ID-porten har for mennesker.",
    };
    const add = remedy(
      { en: "Add authorization_code", nb: "Legg til authorization_code" },
      [{ kind: "set", path: ["grant_types", grants.length], value: "authorization_code" }],
      true,
    );
    problems.push(problem("no-authorization-code", "error", ["grant_types"], message, { remedies: [add] }));
  }
  const refresh = grants.indexOf("refresh_token");
  if (refresh >= 0 && subject.method === "none") {
    const message = {
      en: "A public client (method none) gets no refresh tokens: ID-porten's token endpoint takes them only from clients that authenticate, and Skatteetaten advises against them on users' own machines. Remove the grant, plan for signing in again (single sign-on makes it quick), and let access_token_lifetime be long enough.",
      nb: "En offentlig klient (metoden none) får ikke refresh token: ID-portens token-endepunkt tar dem bare imot fra klienter som autentiserer seg, og Skatteetaten fraråder dem på brukernes egne maskiner. Fjern grant-typen, regn med ny innlogging (engangspålogging gjør den rask), og la access_token_lifetime være lang nok.",
    };
    const fix = remove(["grant_types", refresh], "refresh_token");
    problems.push(
      problem("refresh-for-public-client", "warning", ["grant_types", refresh], message, { remedies: [fix] }),
    );
  }
  return problems;
};

function unknownGrant(grant: string, index: number, grants: readonly string[]): Problem {
  const meant = closestOf(
    grant,
    knownGrants.filter((known) => !grants.includes(known)),
  );
  const remedies: Remedy[] = [
    ...(meant === null ? [] : [setTo(["grant_types", index], meant)]),
    remove(["grant_types", index], grant, meant === null),
  ];
  const message = {
    en: `ID-porten has no grant “${grant}” for people who sign in: authorization_code, and refresh_token for web systems. Implicit, password and client credentials are not offered.`,
    nb: `ID-porten har ikke grant-typen «${grant}» for personer som logger inn: authorization_code, og refresh_token for websystemer. Implicit, password og client credentials tilbys ikke.`,
  };
  return problem("unknown-grant", "error", ["grant_types", index], message, { remedies });
}

export const checkProofKey: Check = ({ given }) => {
  if (given.code_challenge_method !== "none") return [];
  const message = {
    en: "Without PKCE a stolen code is enough to take over the sign-in. ID-porten requires PKCE of public clients, S256 is its default, and this product always sends it.",
    nb: "Uten PKCE er en stjålet kode nok til å overta innloggingen. ID-porten krever PKCE av offentlige klienter, S256 er standard der, og dette produktet sender den alltid.",
  };
  const fix = setTo(["code_challenge_method"], "S256");
  return [problem("no-pkce", "warning", ["code_challenge_method"], message, { remedies: [fix] })];
};

export const checkSingleSignOn: Check = ({ given, refreshes }) => {
  if (given.sso_disabled !== true || refreshes) return [];
  const message = {
    en: "With single sign-on off, every session's end means the whole sign-in with the electronic ID once more: this client has no refresh tokens, and without single sign-on the browser is not remembered for the usual 30 minutes.",
    nb: "Med engangspålogging slått av betyr hver utløpt økt hele innloggingen med elektronisk ID om igjen: denne klienten har ikke refresh token, og uten engangspålogging huskes ikke nettleseren de vanlige 30 minuttene.",
  };
  return [
    problem("single-sign-on-off", "warning", ["sso_disabled"], message, { remedies: [setTo(["sso_disabled"], false)] }),
  ];
};

export const checkName: Check = (subject) => {
  const isBlank = subject.given.client_name?.trim() === "";
  if (!isBlank && !isMissing(subject, "client_name")) return [];
  const message = {
    en: `client_name ${isBlank ? "has nothing but space in it" : "is missing"}: it is the name that people see on ID-porten's login page, and by which they know whom they sign in to.`,
    nb: `client_name ${isBlank ? "inneholder bare mellomrom" : "mangler"}: det er navnet folk ser på ID-portens innloggingsside, og som viser hvem de logger inn hos.`,
  };
  return [problem("name-missing", "warning", ["client_name"], message)];
};

function listed(values: readonly string[], conjunction: string): string {
  const head = values.slice(0, -1).join(", ");
  return head === "" ? values.join("") : `${head} ${conjunction} ${values.at(-1) ?? ""}`;
}
