import type { Instance } from "../services/altinn/wire.ts";
import { tasks } from "../services/altinn/wire.ts";
import { SubmissionError } from "./submissionError.ts";

/** Where an instance stands. After "submit" nothing but the authority moves it. */
export type Place = "fillIn" | "confirm" | "submitted";

/** @throws SubmissionError where it is deleted, or in no state that a VAT return can be in. */
export function placeOf(instance: Instance): Place {
  if (isDeleted(instance)) {
    throw new SubmissionError("deleted", {
      en: `The instance ${instance.id} has been deleted at Altinn. Submit anew.`,
      nb: `Instansen ${instance.id} er slettet i Altinn. Send inn på nytt.`,
    });
  }
  const { process } = instance;
  if (process === null) throw unexpectedProcess("it has no process", "den har ingen prosess");
  if (process.ended !== null) return "submitted";
  switch (process.currentTask?.elementId) {
    case tasks.fillIn:
      return "fillIn";
    case tasks.confirm:
      return "confirm";
    case undefined:
      throw unexpectedProcess(
        "its process has neither a current task nor an end",
        "prosessen har verken en oppgave eller en slutt",
      );
    default:
      return "submitted";
  }
}

/** What a journal says of an instance that stands there. */
export function stateAt(place: Place): "open" | "readyToSign" | "waiting" {
  switch (place) {
    case "fillIn":
      return "open";
    case "confirm":
      return "readyToSign";
    case "submitted":
      return "waiting";
  }
}

export function isDeleted(instance: Instance): boolean {
  return instance.status?.isSoftDeleted === true || instance.status?.isHardDeleted === true;
}

export function unexpectedProcess(en: string, nb: string): SubmissionError {
  return new SubmissionError("unexpectedProcess", {
    en: `The instance is in a state that this version does not know: ${en}. Nothing was changed.`,
    nb: `Instansen er i en tilstand som denne versjonen ikke kjenner: ${nb}. Ingenting er endret.`,
  });
}
