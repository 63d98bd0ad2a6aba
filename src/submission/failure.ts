import { isSignInError } from "../services/idPorten/problem.ts";
import { problemText } from "../services/idPorten/problemText.ts";
import { ServiceError } from "../services/serviceError.ts";
import { UnreadableAnswerError } from "../services/skatteetaten/validationAnswer.ts";
import type { Text } from "../vatReturn/text.ts";

/** What went wrong, for people, whichever part of a submission it went wrong in. */
export function failureText(error: unknown): Text {
  if (isSignInError(error)) return problemText(error.problem);
  if (error instanceof UnreadableAnswerError) {
    return {
      en: `The validation result can't be understood (${error.message}), so there is no verdict yet. It is looked at anew at the next check.`,
      nb: `Valideringsresultatet kan ikke forstås (${error.message}), så det finnes ingen dom ennå. Det leses på nytt ved neste kontroll.`,
    };
  }
  if (error instanceof ServiceError) return withCorrelationId(error);
  if (error instanceof Error && "text" in error && isText(error.text)) return error.text;
  const message = error instanceof Error ? error.message : String(error);
  return { en: message, nb: message };
}

/** What the other end calls the exchange: the first thing that its support asks for. */
function withCorrelationId({ text, correlationId }: ServiceError): Text {
  if (correlationId === null) return text;
  return {
    en: `${text.en} (correlation id ${correlationId})`,
    nb: `${text.nb} (korrelasjons-id ${correlationId})`,
  };
}

/** Whether a failed call is known to have changed nothing at the other end. */
export function changedNothing(error: unknown): boolean {
  return error instanceof ServiceError ? error.effect === "none" : isSignInError(error);
}

function isText(value: unknown): value is Text {
  return (
    typeof value === "object" &&
    value !== null &&
    "en" in value &&
    "nb" in value &&
    typeof value.en === "string" &&
    typeof value.nb === "string"
  );
}
