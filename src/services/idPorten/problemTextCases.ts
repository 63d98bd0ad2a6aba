import type { Text } from "../../vatReturn/text.ts";
import type { IdTokenFault, PasteFault, ServerWords } from "./problem.ts";
import { inParentheses, said } from "./problemTextParts.ts";

// Problems that are said differently by what lies behind them.

export function timedOut(minutes: number, refusedCallback: string | null): Text {
  const hint: Text =
    refusedCallback === null
      ? { en: "", nb: "" }
      : {
          en: ` An answer without a valid “state” was received and refused (${refusedCallback}).`,
          nb: ` Et svar uten gyldig «state» ble mottatt og avvist (${refusedCallback}).`,
        };
  return {
    en: `No answer came from the browser within ${minutes} minutes.${hint.en} If ID-porten showed an error page, the client or its redirect URI may be unknown, or the page had expired; its back button does not return here. If the browser ended on an address that can't be reached, paste that address.`,
    nb: `Det kom ikke noe svar fra nettleseren innen ${minutes} minutter.${hint.nb} Hvis ID-porten viste en feilside, kan klienten eller redirect-URI-en være ukjent, eller siden var utløpt; tilbakeknappen der fører ikke hit. Endte nettleseren på en adresse som ikke kan nås, så lim inn den adressen.`,
  };
}

export function pastedAddress(reason: PasteFault, expected: string): Text {
  switch (reason) {
    case "notAnAddress":
      return {
        en: `Paste the whole address from the browser, beginning with ${expected}.`,
        nb: `Lim inn hele adressen fra nettleseren. Den begynner med ${expected}.`,
      };
    case "otherAddress":
      return {
        en: `This is not the address that ID-porten sends you back to. It begins with ${expected}. Finish signing in first.`,
        nb: `Dette er ikke adressen ID-porten sender deg tilbake til. Den begynner med ${expected}. Fullfør innloggingen først.`,
      };
    case "noState":
    case "noCode":
      return {
        en: "The address is cut off: the parts “code” and “state” are needed. Copy the whole of it.",
        nb: "Adressen er avkortet: delene «code» og «state» må være med. Kopier hele.",
      };
    case "otherState":
      return {
        en: "The address is from another sign-in. Paste the one from the page that was opened last.",
        nb: "Adressen er fra en annen innlogging. Lim inn den fra siden som ble åpnet sist.",
      };
    case "twice":
      return {
        en: "A part of the address occurs twice, which a real answer never has.",
        nb: "En del av adressen forekommer to ganger, og det gjør den aldri i et ekte svar.",
      };
  }
}

export function scopeNotGranted(requested: readonly string[], named: readonly string[], clientId: string): Text {
  const scopes = named.length > 0 ? named : requested;
  const which: Text =
    named.length > 0
      ? { en: named.join(", "), nb: named.join(", ") }
      : { en: `at least one of ${scopes.join(", ")}`, nb: `minst ett av ${scopes.join(", ")}` };
  return {
    en: `The client ${clientId} has no access to ${which.en}. ID-porten refuses the whole sign-in when one scope is missing, and adding a scope to the client is not enough: its owner must grant it to your organisation. Sign in without it, or order it.`,
    nb: `Klienten ${clientId} har ikke tilgang til ${which.nb}. ID-porten avviser hele innloggingen når ett scope mangler, og det er ikke nok å legge scopet på klienten: eieren må gi virksomheten tilgang. Logg inn uten det, eller bestill det.`,
  };
}

/** What a refused level means, by whether the level asked for is one of ID-porten's own. */
export function levelNotMet(asked: string, server: ServerWords): Text {
  return asked.startsWith("idporten-loa-")
    ? {
        en: `ID-porten could not sign the person in at the security level ${asked}, which was asked for${said(server).en}. The electronic ID that was used does not reach it: MinID ends at substantial; BankID, Buypass and Commfides reach high. Sign in again with a stronger one, or let the environment ask for a lower level (“acr” in the settings).`,
        nb: `ID-porten kunne ikke logge inn personen på sikkerhetsnivået ${asked}, som det ble bedt om${said(server).nb}. Den elektroniske ID-en som ble brukt, når ikke opp: MinID stopper på substantial; BankID, Buypass og Commfides når high. Logg inn på nytt med en sterkere, eller la miljøet be om et lavere nivå («acr» i innstillingene).`,
      }
    : {
        en: `ID-porten could not meet the security level ${asked}, which was asked for${said(server).en}. Its own levels are idporten-loa-substantial and idporten-loa-high: put one of them in the environment (“acr” in the settings), and sign in again.`,
        nb: `ID-porten kunne ikke oppfylle sikkerhetsnivået ${asked}, som det ble bedt om${said(server).nb}. Dens egne nivåer er idporten-loa-substantial og idporten-loa-high: sett et av dem i miljøet («acr» i innstillingene), og logg inn på nytt.`,
      };
}

export function wrongAuthenticationMethod(method: string, clientId: string, server: ServerWords): Text {
  return method === "none"
    ? {
        en: `ID-porten wants the client ${clientId} to authenticate, but this environment treats it as a public client (method “none”)${said(server).en}. Change the client's registration to application type native with method “none”, or choose client_secret_post here and enter the secret.`,
        nb: `ID-porten vil at klienten ${clientId} autentiserer seg, men dette miljøet behandler den som offentlig klient (metoden «none»)${said(server).nb}. Endre registreringen til applikasjonstype native med metoden «none», eller velg client_secret_post her og legg inn hemmeligheten.`,
      }
    : {
        en: `ID-porten did not accept the secret of the client ${clientId}${said(server).en}. It may be mistyped or expired (a secret lasts 360 days at most), or the client is registered with another method than ${method}: ID-porten accepts exactly the one that is registered.`,
        nb: `ID-porten godtok ikke hemmeligheten til klienten ${clientId}${said(server).nb}. Den kan være feilskrevet eller utløpt (en hemmelighet varer høyst 360 dager), eller klienten er registrert med en annen metode enn ${method}: ID-porten godtar bare den som er registrert.`,
      };
}

export function idTokenRefused(fault: IdTokenFault, detail: string): Text {
  const reasons: Readonly<Record<IdTokenFault, Text>> = {
    missing: { en: "there is none", nb: "det finnes ikke" },
    malformed: { en: "it is not a token at all", nb: "det er ikke noe token" },
    algorithm: {
      en: "it is unsigned or signed in a way that is not allowed",
      nb: "det er usignert eller signert på en måte som ikke er tillatt",
    },
    signature: { en: "its signature is wrong", nb: "signaturen er feil" },
    key: {
      en: "it is signed with a key that ID-porten does not publish",
      nb: "det er signert med en nøkkel ID-porten ikke har publisert",
    },
    issuer: { en: "it was issued by another environment", nb: "det er utstedt av et annet miljø" },
    audience: { en: "it was issued to another client", nb: "det er utstedt til en annen klient" },
    nonce: { en: "it belongs to another sign-in", nb: "det hører til en annen innlogging" },
    expired: {
      en: "it has expired, or this machine's clock is ahead",
      nb: "det er utløpt, eller klokken på denne maskinen går for fort",
    },
    claim: { en: "a part of it is missing or wrong", nb: "en del av det mangler eller er feil" },
  };
  const reason = reasons[fault];
  return {
    en: `ID-porten's proof of who signed in (id_token) was refused: ${reason.en} (${detail}). Nobody was signed in. Sign in again; if it goes on, copy the diagnosis.`,
    nb: `ID-portens bevis for hvem som logget inn (id_token) ble avvist: ${reason.nb} (${detail}). Ingen ble logget inn. Logg inn på nytt; vedvarer det, kopier diagnosen.`,
  };
}

export function unreachable(host: string, kind: string, systemCode: string | null): Text {
  const code = inParentheses(systemCode);
  switch (kind) {
    case "nameNotFound":
      return {
        en: `The name ${host} was not found${code}. Check the network, VPN and proxy settings, and the address.`,
        nb: `Navnet ${host} ble ikke funnet${code}. Kontroller nett, VPN, innstillinger for mellomtjener og adressen.`,
      };
    case "refused":
      return {
        en: `Nothing answers at ${host}${code}. If it is the sandbox, start it; otherwise check the address and the proxy settings.`,
        nb: `Ingenting svarer på ${host}${code}. Er det sandkassen, så start den; ellers kontroller adressen og innstillingene for mellomtjener.`,
      };
    case "timedOut":
      return {
        en: `${host} did not answer in time${code}. Check the network and the proxy settings, and try again.`,
        nb: `${host} svarte ikke i tide${code}. Kontroller nettet og innstillingene for mellomtjener, og prøv igjen.`,
      };
    default:
      return {
        en: `The connection to ${host} failed${code}. Check the network and the proxy settings, and try again.`,
        nb: `Forbindelsen til ${host} sviktet${code}. Kontroller nettet og innstillingene for mellomtjener, og prøv igjen.`,
      };
  }
}

export function storeUnsafe(path: string, reason: "platform" | "mode" | "owner" | "link"): Text {
  const reasons: Readonly<Record<typeof reason, Text>> = {
    platform: {
      en: "file modes protect nothing on this system",
      nb: "filrettigheter beskytter ikke på dette systemet",
    },
    mode: { en: "others than you can read it", nb: "andre enn deg kan lese den" },
    owner: { en: "it belongs to another user", nb: "den tilhører en annen bruker" },
    link: { en: "it is not a regular file", nb: "den er ikke en vanlig fil" },
  };
  return {
    en: `The session is not kept in ${path}: ${reasons[reason].en}. Sign in without storing, or choose a place that only you can read (mode 0600).`,
    nb: `Økten lagres ikke i ${path}: ${reasons[reason].nb}. Logg inn uten lagring, eller velg et sted bare du kan lese (rettigheter 0600).`,
  };
}
