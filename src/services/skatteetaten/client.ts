import * as v from "valibot";
import type { ValidationAnswer } from "../../validation/remote/answer.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { Call, CallResult, HttpCaller } from "../http.ts";
import { ServiceError } from "../serviceError.ts";
import type { ServiceErrorKind } from "../serviceError.ts";
import { readServiceXml, UnreadableXmlError } from "../serviceXml.ts";
import { readValidationAnswer, UnreadableAnswerError } from "./validationAnswer.ts";

/** Skatteetaten's own check of a return; nothing is submitted by asking it. */
export interface SkatteetatenClient {
  /**
   * @param xml the return's bytes as they stand on disk.
   * @param idPortenToken ID-porten's access token (not Altinn's) with the scope `skatteetaten:mvameldingvalidering`.
   * @throws ServiceError where no verdict came, or one that can't be understood.
   */
  validate(xml: Uint8Array, idPortenToken: string, signal?: AbortSignal): Promise<ValidationAnswer>;
}

const title: Text = { en: "Validation by Skatteetaten", nb: "Validering hos Skatteetaten" };

/** @param validationUrl the environment's complete address of the validation service. */
export function createSkatteetatenClient(validationUrl: string, caller: HttpCaller): SkatteetatenClient {
  return {
    async validate(xml, idPortenToken, signal) {
      const call: Call = {
        service: "skatteetaten",
        name: "validate",
        title,
        method: "POST",
        url: validationUrl,
        headers: {
          authorization: `Bearer ${idPortenToken}`,
          "content-type": "application/xml",
          accept: "application/xml",
        },
        body: xml,
        storing: false,
        repeatable: true,
      };
      const result = await caller(call, signal);
      if (result.status !== 200) throw refusal(result);
      try {
        return readValidationAnswer(result.text);
      } catch (error) {
        if (!(error instanceof UnreadableAnswerError)) throw error;
        throw new ServiceError({
          service: "skatteetaten",
          call: "validate",
          kind: "unreadable",
          status: 200,
          effect: "none",
          text: {
            en: `${title.en}: the answer can't be understood (${error.message}), so there is no verdict.`,
            nb: `${title.nb}: svaret kan ikke forstås (${error.message}), så det finnes ingen dom over meldingen.`,
          },
          correlationId: result.headers.get("korrelasjonsid"),
        });
      }
    },
  };
}

interface ServiceMessage {
  readonly code: string | null;
  readonly message: string | null;
  readonly correlationId: string | null;
}

const optional = v.nullish(v.string(), null);
const errorBody = v.object({ kode: optional, melding: optional, korrelasjonsid: optional });

/** The service's errors come as JSON or as XML (`feil`), depending on what was asked for and on who answers. */
function readErrorBody(body: string): ServiceMessage {
  const parsed = v.safeParse(errorBody, readObject(body.trim()));
  if (!parsed.success) return { code: null, message: null, correlationId: null };
  const { kode, melding, korrelasjonsid } = parsed.output;
  return { code: kode, message: melding, correlationId: korrelasjonsid };
}

function readObject(body: string): unknown {
  try {
    return body.startsWith("<") ? readServiceXml(body)["feil"] : JSON.parse(body);
  } catch (error) {
    if (error instanceof UnreadableXmlError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function refusal(result: CallResult): ServiceError {
  const said = readErrorBody(result.text);
  const { kind, meaning } = meaningOf(result.status);
  const answer = [said.code, said.message].filter((part) => part !== null).join(": ") || null;
  const quote = answer === null ? { en: "", nb: "" } : { en: ` It says: ${answer}`, nb: ` Den sier: ${answer}` };
  return new ServiceError({
    service: "skatteetaten",
    call: "validate",
    kind,
    status: result.status,
    effect: "none",
    text: {
      en: `${title.en}: the service answered ${result.status}. ${meaning.en}${quote.en}`,
      nb: `${title.nb}: tjenesten svarte ${result.status}. ${meaning.nb}${quote.nb}`,
    },
    correlationId: said.correlationId ?? result.headers.get("korrelasjonsid"),
    answer,
  });
}

function meaningOf(status: number): { readonly kind: ServiceErrorKind; readonly meaning: Text } {
  switch (status) {
    case 401:
      return {
        kind: "unauthorised",
        meaning: {
          en: "The token is missing, invalid or expired, or it is Altinn's instead of ID-porten's. Sign in again.",
          nb: "Tokenet mangler, er ugyldig eller utløpt, eller det er Altinns i stedet for ID-portens. Logg inn på nytt.",
        },
      };
    case 403:
      return {
        kind: "forbidden",
        meaning: {
          en: "The token lacks the scope skatteetaten:mvameldingvalidering, or the person may not act for this organisation. In the test environment only synthetic persons and organisations from Tenor work.",
          nb: "Tokenet mangler scopet skatteetaten:mvameldingvalidering, eller personen kan ikke opptre for organisasjonen. I testmiljøet virker bare syntetiske personer og organisasjoner fra Tenor.",
        },
      };
    case 404:
      return {
        kind: "notFound",
        meaning: {
          en: "There is no validation service at this address: check the environment's validation URL.",
          nb: "Det finnes ingen valideringstjeneste på denne adressen: kontroller miljøets valideringsadresse.",
        },
      };
    case 400:
    case 406:
    case 415:
      return {
        kind: "badRequest",
        meaning: {
          en: "The service does not accept what was sent. Is the file a VAT return in UTF-8?",
          nb: "Tjenesten godtar ikke det som ble sendt. Er filen en mva-melding i UTF-8?",
        },
      };
    case 429:
      return {
        kind: "tooManyRequests",
        meaning: { en: "Too many calls; wait a minute.", nb: "For mange kall; vent et minutt." },
      };
    default:
      return status >= 499
        ? {
            kind: "server",
            meaning: {
              en: "The service fails at the moment; the return was not judged.",
              nb: "Tjenesten feiler for øyeblikket; meldingen ble ikke vurdert.",
            },
          }
        : {
            kind: "unexpectedStatus",
            meaning: {
              en: "That is no answer of the validation service; is a proxy in the way?",
              nb: "Det er ikke et svar fra valideringstjenesten; står en mellomtjener i veien?",
            },
          };
  }
}
