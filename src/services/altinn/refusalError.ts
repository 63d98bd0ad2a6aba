import type { Text } from "../../vatReturn/text.ts";
import type { Call, CallResult } from "../http.ts";
import { ServiceError } from "../serviceError.ts";
import type { CallEffect, ServiceErrorKind } from "../serviceError.ts";
import { readRefusal } from "./conflict.ts";
import type { Refusal } from "./conflict.ts";
import { holdersText } from "./policy.ts";
import type { PolicyHolders } from "./policy.ts";
import { rolesFor } from "./roles.ts";
import type { PolicyStep } from "./roles.ts";
import { issuesText } from "./validationIssues.ts";

/** A call that Altinn answered with something else than success; keeps the decoded body. */
export class AltinnRefusal extends ServiceError {
  override readonly name = "AltinnRefusal";
  readonly refusal: Refusal;
  /** The right that the call needs, for the explanation of a 403. */
  readonly step: PolicyStep | null;

  /** @param holders who may take the step by the app's live policy; null where it could not be read. */
  constructor(call: Call, result: CallResult, step: PolicyStep | null, holders: PolicyHolders | null = null) {
    const refusal = readRefusal(result.text);
    const kind = kindOf(result.status);
    super({
      service: "altinn",
      call: call.name,
      kind,
      status: result.status,
      effect: effectOf(call.method, result.status),
      text: describe(call.title, result.status, meaningOf(kind, refusal, step, holders), refusal),
      correlationId: correlationIdOf(result.headers, refusal),
      answer: answerOf(refusal),
    });
    this.refusal = refusal;
    this.step = step;
  }
}

const kinds: Readonly<Record<number, ServiceErrorKind>> = {
  400: "badRequest",
  401: "unauthorised",
  403: "forbidden",
  404: "notFound",
  406: "badRequest",
  409: "conflict",
  410: "decommissioned",
  413: "tooLarge",
  415: "badRequest",
  418: "decommissioned",
  422: "badRequest",
  429: "tooManyRequests",
};

export function kindOf(status: number): ServiceErrorKind {
  return kinds[status] ?? (status >= 499 && status <= 599 ? "server" : "unexpectedStatus");
}

/** A refusal in the 400s has changed nothing; after a server error only a look at the state tells. */
function effectOf(method: Call["method"], status: number): CallEffect {
  return method === "GET" || (status >= 400 && status < 499) ? "none" : "unknown";
}

export function correlationIdOf(headers: Headers, refusal?: Refusal): string | null {
  if (refusal?.shape === "problem" && refusal.traceId !== null) return refusal.traceId;
  for (const name of ["korrelasjonsid", "x-correlation-id", "x-request-id", "request-id", "traceparent"]) {
    const value = headers.get(name);
    if (value !== null) return value;
  }
  return null;
}

function answerOf(refusal: Refusal): string | null {
  switch (refusal.shape) {
    case "sentence":
    case "problem":
      return refusal.sentence;
    case "validationResult":
      return refusal.answer.verdict;
    case "empty":
    case "webPage":
      return null;
  }
}

function describe(title: Text, status: number, meaning: Text, refusal: Refusal): Text {
  const said = answerOf(refusal);
  const quote = said === null ? { en: "", nb: "" } : { en: ` Altinn says: ${said}`, nb: ` Altinn sier: ${said}` };
  const issues = refusal.shape === "problem" ? issuesText(refusal.issues) : { en: "", nb: "" };
  const list = (text: string): string => (text === "" ? "" : ` (${text})`);
  return {
    en: `${title.en}: Altinn answered ${status}. ${meaning.en}${quote.en}${list(issues.en)}`,
    nb: `${title.nb}: Altinn svarte ${status}. ${meaning.nb}${quote.nb}${list(issues.nb)}`,
  };
}

function meaningOf(
  kind: ServiceErrorKind,
  refusal: Refusal,
  step: PolicyStep | null,
  holders: PolicyHolders | null,
): Text {
  switch (kind) {
    case "unauthorised":
      return {
        en: "The token is missing, invalid or expired. Sign in again; what is stored at Altinn stays.",
        nb: "Tokenet mangler, er ugyldig eller utløpt. Logg inn på nytt; det som er lagret i Altinn, blir stående.",
      };
    case "forbidden":
      return forbiddenMeaning(step, holders);
    case "notFound":
      return {
        en: "Altinn does not know the organisation, instance or file. A new instance can take a couple of minutes to appear in the test environment.",
        nb: "Altinn kjenner ikke organisasjonen, instansen eller filen. En ny instans kan bruke et par minutter på å vises i testmiljøet.",
      };
    case "conflict":
      return refusal.shape === "validationResult"
        ? { en: "The authority's validation refuses the return.", nb: "Skatteetatens validering avviser meldingen." }
        : {
            en: "The instance is not in a state that allows this, or its content does not hold together.",
            nb: "Instansen er ikke i en tilstand som tillater dette, eller innholdet henger ikke sammen.",
          };
    case "tooLarge":
      return {
        en: "The file is larger than the 26,214,400 bytes that the app takes.",
        nb: "Filen er større enn de 26 214 400 bytene som appen tar imot.",
      };
    case "decommissioned":
      return {
        en: "This app has been taken out of service: the environment's Altinn app address is out of date.",
        nb: "Denne appen er tatt ut av drift: adressen til Altinn-appen i miljøet er utdatert.",
      };
    case "tooManyRequests":
      return { en: "Too many calls; wait a minute and go on.", nb: "For mange kall; vent et minutt og fortsett." };
    case "badRequest":
      return { en: "Altinn does not accept what was sent.", nb: "Altinn godtar ikke det som ble sendt." };
    default:
      return {
        en: "Something failed at Altinn. Whether the call took effect is found out before anything is sent again.",
        nb: "Noe feilet hos Altinn. Om kallet fikk virkning, undersøkes før noe sendes på nytt.",
      };
  }
}

function forbiddenMeaning(step: PolicyStep | null, holders: PolicyHolders | null): Text {
  const start = {
    en: "The token is valid, but this person may not do this for this organisation (or the instance is not visible to them).",
    nb: "Tokenet er gyldig, men personen har ikke rett til dette for organisasjonen (eller ser ikke instansen).",
  };
  if (step === null || step === "feedback") return start;
  const who = holders === null ? publishedPolicy(step) : livePolicy(holders);
  return {
    en: `${start.en} ${who.en} In the test environment only synthetic persons and organisations from Tenor work.`,
    nb: `${start.nb} ${who.nb} I testmiljøet virker bare syntetiske personer og organisasjoner fra Tenor.`,
  };
}

function livePolicy(holders: PolicyHolders): Text {
  const who = holdersText(holders);
  const packages =
    holders.packages.length > 0
      ? { en: "", nb: "" }
      : {
          en: " Access packages replace these roles during 2026.",
          nb: " Tilgangspakker erstatter rollene i løpet av 2026.",
        };
  return {
    en: `By the app's policy as it stands now it takes one of: ${who.en}.${packages.en}`,
    nb: `Etter appens tilgangsregler slik de er nå, kreves en av: ${who.nb}.${packages.nb}`,
  };
}

function publishedPolicy(step: PolicyStep): Text {
  const roles = rolesFor(step);
  return {
    en: `By the policy published in 2023 it takes one of: ${roles.en}. Access packages replace these roles during 2026.`,
    nb: `Etter tilgangsreglene publisert i 2023 kreves en av: ${roles.nb}. Tilgangspakker erstatter rollene i løpet av 2026.`,
  };
}
