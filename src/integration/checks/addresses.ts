import { isLoopbackHost } from "../../services/environments.ts";
import { isMissing, problem, remove, setTo, type Check, type Problem, type Subject } from "../problem.ts";

/** Where the user lands after signing out, and where the back button of the login page leads. */
export const checkAddresses: Check = (subject) => [
  ...postLogout(subject),
  ...backUri(subject),
  ...frontChannel(subject),
];

function postLogout(subject: Subject): readonly Problem[] {
  const { post_logout_redirect_uris: uris } = subject.given;
  if (uris === undefined && !isMissing(subject, "post_logout_redirect_uris")) return [];
  if (uris === undefined || uris.length === 0) {
    const message = {
      en: "post_logout_redirect_uris is missing or empty. The self-service asks for at least one address, and without one the user stays on ID-porten's own page after signing out.",
      nb: "post_logout_redirect_uris mangler eller er tom. Selvbetjeningen krever minst én adresse, og uten den blir brukeren stående på ID-portens egen side etter utlogging.",
    };
    const start = startPage(subject);
    const remedies = start === null ? [] : [setTo(["post_logout_redirect_uris"], [start], false)];
    return [problem("post-logout-missing", "warning", ["post_logout_redirect_uris"], message, { remedies })];
  }
  return uris.flatMap((uri, index) => {
    const path = ["post_logout_redirect_uris", index] as const;
    const url = new URL(uri);
    if (url.protocol !== "https:" && url.protocol !== "http:") {
      const message = {
        en: `${uri} is neither http nor https: ID-porten can't send a browser there after signing out.`,
        nb: `${uri} er verken http eller https: ID-porten kan ikke sende en nettleser dit etter utlogging.`,
      };
      return [problem("post-logout-scheme", "error", path, message)];
    }
    if (url.port === "0" || uri.includes("*")) {
      const message = {
        en: `${uri}: after signing out there is no “any port”. ID-porten documents it for redirect_uris alone; this address is compared as it is written, so nothing matches it.`,
        nb: `${uri}: etter utlogging finnes ikke «en hvilken som helst port». ID-porten dokumenterer det bare for redirect_uris; denne adressen sammenlignes slik den er skrevet, så ingenting passer til den.`,
      };
      return [problem("post-logout-any-port", "warning", path, message)];
    }
    return [];
  });
}

function backUri(subject: Subject): readonly Problem[] {
  const { client_uri: uri } = subject.given;
  if (uri === undefined) {
    if (!isMissing(subject, "client_uri")) return [];
    const message = {
      en: "client_uri (Tilbake-uri) is missing. The back button of ID-porten's login page leads there, not to the application: without it, whoever cancels is left standing on ID-porten's page.",
      nb: "client_uri (Tilbake-uri) mangler. Tilbakeknappen på ID-portens innloggingsside fører dit, ikke til applikasjonen: uten den blir den som avbryter, stående på ID-portens side.",
    };
    const start = startPage(subject);
    const remedies = start === null ? [] : [setTo(["client_uri"], start, false)];
    return [problem("back-uri-missing", "warning", ["client_uri"], message, { remedies })];
  }
  const url = new URL(uri);
  const isWeb = url.protocol === "https:" || (url.protocol === "http:" && subject.options.registrationFor === "test");
  if (!isWeb) {
    const message = {
      en: `client_uri is ${uri}. It is a page for people who cancelled: an https address that a browser can open.`,
      nb: `client_uri er ${uri}. Det er en side for dem som avbrøt: en https-adresse en nettleser kan åpne.`,
    };
    const remedies = url.protocol === "http:" ? [setTo(["client_uri"], uri.replace(/^http:/i, "https:"))] : [];
    return [problem("back-uri-scheme", "error", ["client_uri"], message, { remedies })];
  }
  if (isLoopbackHost(url.hostname) && subject.applicationType === "native") {
    const message = {
      en: `client_uri leads to ${url.host}, where nobody listens once the program has stopped waiting. Name a page of your own on the web that says how to go on.`,
      nb: `client_uri fører til ${url.host}, der ingen lytter når programmet har sluttet å vente. Oppgi en egen side på nettet som sier hvordan man kommer videre.`,
    };
    return [problem("back-uri-on-this-machine", "warning", ["client_uri"], message)];
  }
  return [];
}

function frontChannel(subject: Subject): readonly Problem[] {
  const {
    frontchannel_logout_uri: uri,
    frontchannel_logout_session_required: session,
    redirect_uris: redirects,
  } = subject.given;
  const path = ["frontchannel_logout_uri"] as const;
  if (uri === undefined || uri === "") {
    if (session !== true || !(isMissing(subject, "frontchannel_logout_uri") || uri === "")) return [];
    const message = {
      en: "frontchannel_logout_session_required asks for the session id to be sent along, but there is no frontchannel_logout_uri to send it to.",
      nb: "frontchannel_logout_session_required ber om at økt-ID-en sendes med, men det finnes ingen frontchannel_logout_uri å sende den til.",
    };
    const place = ["frontchannel_logout_session_required"] as const;
    return [problem("front-channel-session-alone", "information", place, message, { remedies: [setTo(place, false)] })];
  }
  if (subject.applicationType === "native") {
    const message = {
      en: "A program on the user's machine can't be called when the user signs out elsewhere: front-channel logout needs an https page. Leave it out.",
      nb: "Et program på brukerens maskin kan ikke kalles når brukeren logger ut et annet sted: frontchannel-utlogging trenger en https-side. Utelat den.",
    };
    return [problem("front-channel-native", "warning", path, message, { remedies: [remove(path, path[0])] })];
  }
  const url = URL.canParse(uri) ? new URL(uri) : null;
  const isSecure = url?.protocol === "https:";
  const isTestPage = url !== null && isLoopbackHost(url.hostname) && subject.options.registrationFor === "test";
  if (!isSecure && !isTestPage) {
    const message = {
      en: `frontchannel_logout_uri is “${uri}”. It is loaded in a frame of ID-porten's page, which takes https only.`,
      nb: `frontchannel_logout_uri er «${uri}». Den lastes i en ramme på ID-portens side, som bare tar https.`,
    };
    const remedies = url?.protocol === "http:" ? [setTo(path, uri.replace(/^http:/i, "https:"))] : [];
    return [problem("front-channel-scheme", "error", path, message, { remedies })];
  }
  const hosts = (redirects ?? []).map((redirect) => new URL(redirect).hostname);
  if (redirects === undefined || hosts.includes(url.hostname)) return [];
  const message = {
    en: `frontchannel_logout_uri is on ${url.hostname}, and no redirect URI is. ID-porten wants them on the same domain.`,
    nb: `frontchannel_logout_uri er på ${url.hostname}, og det er ingen av redirect-URI-ene. ID-porten vil ha dem på samme domene.`,
  };
  const [host] = hosts;
  const moved = host === undefined ? [] : [setTo(path, uri.replace(url.hostname, host), false)];
  return [problem("front-channel-domain", "error", path, message, { remedies: moved })];
}

/** The start page of whoever takes the answers, where that is a page at all. */
function startPage({ given, applicationType }: Subject): string | null {
  const [redirect] = given.redirect_uris ?? [];
  if (redirect === undefined || applicationType === "native" || !/^https?:/.test(redirect)) return null;
  return `${new URL(redirect).origin}/`;
}
