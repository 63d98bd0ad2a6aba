import type { Text } from "../../vatReturn/text.ts";
import type { SignInProblem } from "./problem.ts";
import {
  idTokenRefused,
  levelNotMet,
  pastedAddress,
  scopeNotGranted,
  storeUnsafe,
  timedOut,
  unreachable,
  wrongAuthenticationMethod,
} from "./problemTextCases.ts";
import { clockDifference, inParentheses, onlyTenor, said } from "./problemTextParts.ts";

/** A problem in words: what it means, then what to do. Plain text without links or markup. */
export function problemText(problem: SignInProblem): Text {
  switch (problem.code) {
    case "cancelled":
      return { en: "The sign-in was cancelled.", nb: "Innloggingen ble avbrutt." };
    case "superseded":
      return {
        en: "This sign-in was ended because a new one was started.",
        nb: "Denne innloggingen ble avsluttet fordi en ny ble startet.",
      };
    case "timedOut":
      return timedOut(problem.minutes, problem.refusedCallback);
    case "browserNotOpened":
      return {
        en: "The browser could not be opened. Copy the sign-in address and open it yourself, then paste the address you end up on.",
        nb: "Nettleseren kunne ikke åpnes. Kopier innloggingsadressen og åpne den selv, og lim deretter inn adressen du ender på.",
      };
    case "portTaken": {
      const ports = problem.ports.join(", ");
      return {
        en: `Port ${ports} on this machine is in use by another program${inParentheses(problem.systemCode)}, so ID-porten's answer can't be received there. Close the other program and try again, register another redirect URI, or sign in and paste the address.`,
        nb: `Port ${ports} på denne maskinen er i bruk av et annet program${inParentheses(problem.systemCode)}, så svaret fra ID-porten kan ikke tas imot der. Lukk det andre programmet og prøv igjen, registrer en annen redirect-URI, eller logg inn og lim inn adressen.`,
      };
    }
    case "pastedAddress":
      return pastedAddress(problem.reason, problem.expected);
    case "accessDenied":
      return {
        en: `The sign-in was cancelled or refused at ID-porten${said(problem.server).en}.${onlyTenor(problem.issuer).en}`,
        nb: `Innloggingen ble avbrutt eller avvist hos ID-porten${said(problem.server).nb}.${onlyTenor(problem.issuer).nb}`,
      };
    case "unknownClient":
      return {
        en: `ID-porten (${problem.issuer}) does not know the client ${problem.clientId}. The client may belong to another environment, be withdrawn, or have been created less than two minutes ago. Use a client of your own, or the sandbox.`,
        nb: `ID-porten (${problem.issuer}) kjenner ikke klienten ${problem.clientId}. Klienten kan høre til et annet miljø, være trukket tilbake eller være opprettet for under to minutter siden. Bruk din egen klient, eller sandkassen.`,
      };
    case "redirectUriNotRegistered":
      return {
        en: `The redirect URI ${problem.redirectUri} is not registered on the client ${problem.clientId}. It must match character by character, port and path included. Register it in Digdir's self-service, or change the setting to one that is registered.`,
        nb: `Redirect-URI-en ${problem.redirectUri} er ikke registrert på klienten ${problem.clientId}. Den må stemme tegn for tegn, også port og sti. Registrer den i Digdirs selvbetjening, eller endre innstillingen til en som er registrert.`,
      };
    case "scopeNotGranted":
      return scopeNotGranted(problem.requested, problem.named, problem.clientId);
    case "scopeDeclined":
      return {
        en: `Access was not given to ${problem.declined.join(", ")}: it was declined on ID-porten's page. Sign in again and accept it there.`,
        nb: `Det ble ikke gitt tilgang til ${problem.declined.join(", ")}: det ble avslått på ID-portens side. Logg inn på nytt og godta det der.`,
      };
    case "acrTooLow":
      return {
        en: `Security level ${problem.asked} was asked for, but the sign-in was made at ${problem.got ?? "an unknown level"}. Sign in again with a stronger electronic ID.`,
        nb: `Det ble bedt om sikkerhetsnivå ${problem.asked}, men innloggingen ble gjort på ${problem.got ?? "et ukjent nivå"}. Logg inn på nytt med en sterkere elektronisk ID.`,
      };
    case "levelNotMet":
      return levelNotMet(problem.asked, problem.server);
    case "wrongAuthenticationMethod":
      return wrongAuthenticationMethod(problem.method, problem.clientId, problem.server);
    case "requestRefused":
      return {
        en: `ID-porten does not take the request to sign in as it is${said(problem.server).en}. Trying again changes nothing: a value in the environment's settings is most likely not one of ID-porten's, such as the security level (“acr”, here ${problem.acr}) or the prompt. Correct it there, or send the diagnosis to servicedesk@digdir.no.`,
        nb: `ID-porten godtar ikke forespørselen om innlogging slik den er${said(problem.server).nb}. Det hjelper ikke å prøve igjen: sannsynligvis er en verdi i innstillingene for miljøet ikke en av ID-portens, for eksempel sikkerhetsnivået («acr», her ${problem.acr}) eller prompt. Rett den der, eller send diagnosen til servicedesk@digdir.no.`,
      };
    case "grantNotAllowed":
      return {
        en: `The client ${problem.clientId} is not registered for this kind of sign-in${said(problem.server).en}. It needs the grants authorization_code and, for renewal, refresh_token.`,
        nb: `Klienten ${problem.clientId} er ikke registrert for denne typen innlogging${said(problem.server).nb}. Den trenger grant-typene authorization_code og, for fornyelse, refresh_token.`,
      };
    case "secretMissing":
      return {
        en: `The client of the environment “${problem.environment}” authenticates with a secret, and none is stored. Enter the client secret first.`,
        nb: `Klienten i miljøet «${problem.environment}» autentiserer seg med en hemmelighet, og ingen er lagret. Legg inn klienthemmeligheten først.`,
      };
    case "sessionPageExpired":
      return {
        en: "ID-porten's sign-in page had expired. It can't be bookmarked, reloaded or opened twice, and needs cookies. Start the sign-in again.",
        nb: "Innloggingssiden hos ID-porten var utløpt. Den kan ikke bokmerkes, lastes på nytt eller åpnes to ganger, og den trenger informasjonskapsler. Start innloggingen på nytt.",
      };
    case "errorPage":
      return {
        en: `ID-porten answers this sign-in with an error page (HTTP ${problem.status}). Most often the client ${problem.clientId} is unknown in this environment, or the redirect URI ${problem.redirectUri} is not registered on it exactly like that.`,
        nb: `ID-porten svarer på denne innloggingen med en feilside (HTTP ${problem.status}). Oftest er klienten ${problem.clientId} ukjent i dette miljøet, eller så er ikke redirect-URI-en ${problem.redirectUri} registrert på den nøyaktig slik.`,
      };
    case "loginRequired":
      return {
        en: `ID-porten wants the person to sign in or consent on its own page${said(problem.server).en}. Sign in again.`,
        nb: `ID-porten vil at personen logger inn eller samtykker på deres egen side${said(problem.server).nb}. Logg inn på nytt.`,
      };
    case "codeRefused":
      return {
        en: `ID-porten did not accept the sign-in's one-time code${said(problem.server).en}. It was used already, was too old, or belongs to another address. Sign in again.`,
        nb: `ID-porten godtok ikke engangskoden fra innloggingen${said(problem.server).nb}. Den var brukt, for gammel eller hører til en annen adresse. Logg inn på nytt.`,
      };
    case "serverError":
      return {
        en: `ID-porten reported an error${said(problem.server).en}. Try again in a while; if it goes on, send the diagnosis to servicedesk@digdir.no.`,
        nb: `ID-porten meldte om en feil${said(problem.server).nb}. Prøv igjen om en stund; vedvarer det, send diagnosen til servicedesk@digdir.no.`,
      };
    case "wrongEnvironment":
      return {
        en: `The answer came from ${problem.got ?? "an unnamed issuer"}, not from ${problem.expected}. It belongs to another environment and was refused. Check the issuer in the settings.`,
        nb: `Svaret kom fra ${problem.got ?? "en utsteder uten navn"}, ikke fra ${problem.expected}. Det hører til et annet miljø og ble avvist. Kontroller utstederen i innstillingene.`,
      };
    case "issuerMissing":
      return {
        en: `The answer does not say that it comes from ${problem.expected} (“iss” is missing), so it was refused${said(problem.server).en}. Sign in again.`,
        nb: `Svaret sier ikke at det kommer fra ${problem.expected} («iss» mangler), og ble derfor avvist${said(problem.server).nb}. Logg inn på nytt.`,
      };
    case "stateMismatch":
      return {
        en: "The answer belongs to another sign-in than this one and was refused. Sign in again, and finish in the page that opens last.",
        nb: "Svaret hører til en annen innlogging enn denne og ble avvist. Logg inn på nytt, og fullfør på siden som åpnes sist.",
      };
    case "idTokenRefused":
      return idTokenRefused(problem.fault, problem.detail);
    case "clockOff": {
      const off = clockDifference(problem.differenceSeconds);
      return {
        en: `The clock of this machine is ${off.en} ID-porten's, so its answer can't be accepted. Set the clock right, and sign in again.`,
        nb: `Klokken på denne maskinen går ${off.nb} ID-portens, så svaret kan ikke godtas. Still klokken riktig, og logg inn på nytt.`,
      };
    }
    case "metadataRefused":
      return {
        en: `ID-porten's description of itself can't be used: ${problem.detail}. Check the issuer in the settings.`,
        nb: `ID-portens beskrivelse av seg selv kan ikke brukes: ${problem.detail}. Kontroller utstederen i innstillingene.`,
      };
    case "unreachable":
      return unreachable(problem.host, problem.kind, problem.systemCode);
    case "certificateUnknown":
      return {
        en: `The certificate of ${problem.host} is not trusted by this machine${inParentheses(problem.systemCode)}. If your organisation's proxy opens TLS, its certificate must be in the operating system's store (VS Code reads it) or in NODE_EXTRA_CA_CERTS (terminal). If it is said to be expired or not yet valid, check the clock too.`,
        nb: `Denne maskinen stoler ikke på sertifikatet til ${problem.host}${inParentheses(problem.systemCode)}. Hvis virksomhetens mellomtjener åpner TLS, må sertifikatet dens ligge i operativsystemets lager (VS Code leser det) eller i NODE_EXTRA_CA_CERTS (terminal). Sies det å være utløpt eller ennå ikke gyldig, kontroller også klokken.`,
      };
    case "proxyInTheWay":
      return problem.status === 407
        ? {
            en: "The proxy between this machine and ID-porten demands a user name and password (407). Enter them in VS Code's proxy settings or in HTTPS_PROXY.",
            nb: "Mellomtjeneren mellom denne maskinen og ID-porten krever brukernavn og passord (407). Legg dem inn i VS Codes innstillinger for mellomtjener eller i HTTPS_PROXY.",
          }
        : {
            en: `Something between this machine and ${problem.host} answered with a web page (HTTP ${problem.status}) instead of ID-porten's data: most often a proxy, a filter or a network sign-in page. Open ${problem.host} in a browser to see it, and check the proxy settings.`,
            nb: `Noe mellom denne maskinen og ${problem.host} svarte med en nettside (HTTP ${problem.status}) i stedet for ID-portens data: oftest en mellomtjener, et filter eller en påloggingsside for nettet. Åpne ${problem.host} i en nettleser for å se den, og kontroller innstillingene for mellomtjener.`,
          };
    case "unexpectedAnswer":
      return {
        en: `ID-porten's answer could not be understood${problem.status === null ? "" : ` (HTTP ${problem.status})`}: ${problem.detail}. Try again; if it goes on, copy the diagnosis.`,
        nb: `Svaret fra ID-porten kunne ikke forstås${problem.status === null ? "" : ` (HTTP ${problem.status})`}: ${problem.detail}. Prøv igjen; vedvarer det, kopier diagnosen.`,
      };
    case "sessionExpired":
      return {
        en: `The session in “${problem.environment}” has run out. Sessions are short by design (often two minutes): sign in again, ID-porten usually remembers you.`,
        nb: `Økten i «${problem.environment}» er utløpt. Økter er korte med vilje (ofte to minutter): logg inn på nytt, ID-porten husker deg som regel.`,
      };
    case "sessionEnded":
      return {
        en: `ID-porten has ended the session in “${problem.environment}”${said(problem.server).en}. Sign in again.`,
        nb: `ID-porten har avsluttet økten i «${problem.environment}»${said(problem.server).nb}. Logg inn på nytt.`,
      };
    case "refreshUncertain":
      return {
        en: `The connection broke while the session in “${problem.environment}” was being renewed. Whether ID-porten used up the renewal can't be known, so it is not tried twice. Sign in again when the session runs out.`,
        nb: `Forbindelsen ble brutt mens økten i «${problem.environment}» ble fornyet. Om ID-porten har brukt opp fornyelsen, kan ikke vites, så den prøves ikke to ganger. Logg inn på nytt når økten løper ut.`,
      };
    case "storeUnsafe":
      return storeUnsafe(problem.path, problem.reason);
    case "testPersonNotAllowed":
      return {
        en: `Signing in as a test person works only in the sandbox and in ID-porten's test environment, not in “${problem.environment}”.`,
        nb: `Innlogging som testperson virker bare i sandkassen og i ID-portens testmiljø, ikke i «${problem.environment}».`,
      };
    case "testPersonNotSynthetic":
      return {
        en: "The number is not that of a synthetic test person: eleven digits, with 80 added to the month, as in Tenor.",
        nb: "Nummeret er ikke nummeret til en syntetisk testperson: elleve siffer, med 80 lagt til måneden, som i Tenor.",
      };
    case "testPersonRefused":
      return {
        en: `ID-porten (${problem.issuer}) did not sign the test person in (HTTP ${problem.status}). The person must be one that is known there, and the client too.${onlyTenor(problem.issuer).en}`,
        nb: `ID-porten (${problem.issuer}) logget ikke inn testpersonen (HTTP ${problem.status}). Personen må være en som er kjent der, og klienten likeså.${onlyTenor(problem.issuer).nb}`,
      };
  }
}
