import { isLoopbackHost } from "../../services/environments.ts";
import type { Text } from "../../vatReturn/text.ts";
import { isMissing, problem, remedy, remove, setTo, type Check, type Problem, type Subject } from "../problem.ts";

/** What ID-porten documents for programs that take any free port: this host, this port, no other. */
export const anyPort = "http://127.0.0.1:0/";

export const checkRedirects: Check = (subject) => {
  const { redirect_uris: uris } = subject.given;
  if (uris === undefined) {
    if (!isMissing(subject, "redirect_uris")) return [];
    const message = {
      en: "redirect_uris is missing: ID-porten sends the user back to registered addresses only, so nobody could sign in.",
      nb: "redirect_uris mangler: ID-porten sender brukeren bare tilbake til registrerte adresser, så ingen kunne logge inn.",
    };
    const remedies = subject.applicationType === "native" ? [setTo(["redirect_uris"], [`${anyPort}callback`])] : [];
    return [problem("redirect-missing", "error", ["redirect_uris"], message, { refused: true, remedies })];
  }
  const problems = uris.flatMap((uri, index) => judge(uri, index, uris, subject) ?? []);
  const hasAnyPort = uris.some(
    (uri) => uri.startsWith(anyPort) || /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(?:\*|0)/.test(uri),
  );
  if (subject.applicationType === "native" && !hasAnyPort && problems.length === 0) problems.push(onlyFixedPorts(uris));
  return problems;
};

/** The first thing that is wrong with one address. */
function judge(uri: string, index: number, uris: readonly string[], subject: Subject): Problem | null {
  const path = ["redirect_uris", index] as const;
  const url = new URL(uri);
  const native = subject.applicationType === "native";
  const error = (code: string, message: Text, fixed: string | null = null, refused = true): Problem =>
    problem(code, "error", path, message, { refused, remedies: fixed === null ? [] : [setTo(path, fixed)] });

  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return error("redirect-scheme", schemeText(uri), schemelessAddress(uri));
  }
  if (uri.includes("#")) {
    const message = {
      en: `${uri} has a fragment (#…). A redirect URI may not have one: the browser keeps it to itself, so it never reaches ID-porten.`,
      nb: `${uri} har et fragment (#…). En redirect-URI kan ikke ha det: nettleseren beholder det selv, så det når aldri ID-porten.`,
    };
    return error("redirect-fragment", message, uri.slice(0, uri.indexOf("#")));
  }
  if (uri.includes("*")) return error("redirect-wildcard", wildcardText(uri), null, false);
  if (url.port === "0") {
    const wrong = anyPortProblem(uri, url, native);
    if (wrong !== null) return error(...wrong);
  }
  if (url.hostname === "[::1]") {
    const message = {
      en: `${uri} stands on IPv6's own address. ID-porten promises 127.0.0.1 only: register that, and listen there.`,
      nb: `${uri} bruker IPv6 sin egen adresse. ID-porten lover bare 127.0.0.1: registrer den, og lytt der.`,
    };
    return error("redirect-ipv6", message, uri.replace("[::1]", "127.0.0.1"), false);
  }
  if (isLoopbackHost(url.hostname)) {
    const wrong = loopbackProblem(uri, url, native, subject);
    if (wrong !== null) return error(...wrong);
  } else if (native) {
    return error(
      "redirect-not-on-this-machine",
      {
        en: `${uri} is not on the user's machine, so a program there hears nothing of the sign-in. A native client listens on ${anyPort}…, or is a web client if a server takes the answer.`,
        nb: `${uri} er ikke på brukerens maskin, så et program der hører ingenting om innloggingen. En native-klient lytter på ${anyPort}…, eller er en web-klient hvis en server tar imot svaret.`,
      },
      null,
      false,
    );
  } else if (url.protocol === "http:") {
    const message = {
      en: `${uri} is plain http: the code would pass through the network readable to all. Use https; only addresses on this machine go without.`,
      nb: `${uri} er ren http: koden ville gått lesbar gjennom nettet. Bruk https; bare adresser på denne maskinen går uten.`,
    };
    const inProduction = subject.options.registrationFor === "production";
    // ID-porten's test environment takes http.
    return problem("redirect-plain-http", inProduction ? "error" : "warning", path, message, {
      refused: inProduction,
      remedies: [setTo(path, uri.replace(/^http:/i, "https:"))],
    });
  }
  return asWritten(uri, index, uris, url);
}

export function wildcardText(uri: string): Text {
  return {
    en: `${uri} has a wildcard, and ID-porten compares character by character. For any free port on the user's machine, register ${anyPort}… (http, and the port 0).`,
    nb: `${uri} har et jokertegn, og ID-porten sammenligner tegn for tegn. For en hvilken som helst ledig port på brukerens maskin, registrer ${anyPort}… (http, og porten 0).`,
  };
}

function schemeText(uri: string): Text {
  return {
    en: `${uri} is neither http nor https. ID-porten documents no addresses of other kinds, so a program on the user's machine listens on ${anyPort}… instead.`,
    nb: `${uri} er verken http eller https. ID-porten dokumenterer ingen andre slags adresser, så et program på brukerens maskin lytter heller på ${anyPort}….`,
  };
}

/** `localhost:3000/callback` parses as an address of the scheme “localhost”. */
function schemelessAddress(uri: string): string | null {
  if (/^(?:localhost|127\.0\.0\.1):\d/.test(uri)) return `http://${uri}`;
  return /^[\w-]+(?:\.[\w-]+)+:\d/.test(uri) ? `https://${uri}` : null;
}

type Wrong = readonly [code: string, message: Text, fixed: string | null, refused: boolean];

function anyPortProblem(uri: string, url: URL, native: boolean): Wrong | null {
  if (!native) {
    const message = {
      en: `${uri} (any port) is only for application_type native. Here the port is part of the address: register the one that the application is reached on.`,
      nb: `${uri} (en hvilken som helst port) er bare for application_type native. Her er porten en del av adressen: registrer den applikasjonen nås på.`,
    };
    return ["any-port-not-native", message, null, true];
  }
  if (uri.startsWith(anyPort)) return null;
  const message = {
    en: `${uri}: the port 0 stands for any free port only in the form ${anyPort}… (http, the address 127.0.0.1). localhost, https and other hosts are compared as they are written.`,
    nb: `${uri}: porten 0 står for en hvilken som helst ledig port bare i formen ${anyPort}… (http, adressen 127.0.0.1). localhost, https og andre verter sammenlignes slik de er skrevet.`,
  };
  return ["any-port-other-host", message, anyPort + `${url.pathname}${url.search}`.replace(/^\//, ""), false];
}

function loopbackProblem(uri: string, url: URL, native: boolean, { options }: Subject): Wrong | null {
  if (options.registrationFor === "production" && !native) {
    const message = {
      en: `${uri} leads to the user's own machine. In production ID-porten takes that of native clients only; it is for testing.`,
      nb: `${uri} fører til brukerens egen maskin. I produksjon tar ID-porten bare det fra native-klienter; det er til testing.`,
    };
    return ["loopback-in-production", message, null, true];
  }
  if (url.protocol === "https:") {
    const message = {
      en: `${uri}: on this machine it has to be http, not https. ID-porten asks for it, and no certificate exists for such a host.`,
      nb: `${uri}: på denne maskinen må det være http, ikke https. ID-porten krever det, og det finnes ikke noe sertifikat for en slik vert.`,
    };
    return ["loopback-with-https", message, uri.replace(/^https:/i, "http:"), true];
  }
  return null;
}

/** What is registered is compared with what is sent byte for byte, and most applications send what a parser makes of it. */
function asWritten(uri: string, index: number, uris: readonly string[], url: URL): Problem | null {
  const path = ["redirect_uris", index] as const;
  if (uris.indexOf(uri) < index) {
    const message = { en: `${uri} stands here twice.`, nb: `${uri} står her to ganger.` };
    return problem("redirect-twice", "warning", path, message, { remedies: [remove(path, uri)] });
  }
  if (url.pathname === "/" && url.search === "") {
    const message = {
      en: `${uri} has no path of its own. Some libraries send it with a slash at the end and some without, and ID-porten takes only what is registered. Give it a path, such as /callback.`,
      nb: `${uri} har ingen egen sti. Noen biblioteker sender den med skråstrek til slutt og noen uten, og ID-porten tar bare det som er registrert. Gi den en sti, for eksempel /callback.`,
    };
    const fixed = `${uri.replace(/\/$/, "")}/callback`;
    return problem("redirect-without-path", "warning", path, message, { remedies: [setTo(path, fixed, false)] });
  }
  if (url.href !== uri) {
    const message = {
      en: `${uri} is not how an application sends it: libraries write ${url.href}. ID-porten compares byte for byte, so register that.`,
      nb: `${uri} er ikke slik en applikasjon sender den: biblioteker skriver ${url.href}. ID-porten sammenligner byte for byte, så registrer den.`,
    };
    return problem("redirect-rewritten", "warning", path, message, { remedies: [setTo(path, url.href)] });
  }
  return null;
}

function onlyFixedPorts(uris: readonly string[]): Problem {
  const message = {
    en: `The program can only listen on fixed ports. If one is taken on a user's machine, nobody can sign in there. Register ${anyPort}callback too: it stands for any free port.`,
    nb: `Programmet kan bare lytte på faste porter. Er en av dem opptatt på en brukers maskin, kan ingen logge inn der. Registrer ${anyPort}callback i tillegg: den står for en hvilken som helst ledig port.`,
  };
  const fix = remedy(
    { en: `Add ${anyPort}callback`, nb: `Legg til ${anyPort}callback` },
    [{ kind: "set", path: ["redirect_uris"], value: [`${anyPort}callback`, ...uris] }],
    true,
  );
  return problem("no-free-port", "warning", ["redirect_uris"], message, { remedies: [fix] });
}
