import type { Text } from "../vatReturn/text.ts";
import type { Journal, JournalStep, StepName, StepOutcome, SubmissionState, SubmissionVerdict } from "./journal.ts";

/** What the steps of a submission are called. */
export const stepWords: Readonly<Record<StepName, Text>> = {
  exchange: { en: "Sign-in to Altinn", nb: "Innlogging i Altinn" },
  createInstance: { en: "Create the instance", nb: "Opprett instansen" },
  storeEnvelope: { en: "Store the envelope", nb: "Lagre konvolutten" },
  storeReturn: { en: "Store the return", nb: "Lagre meldingen" },
  storeAttachment: { en: "Store the attachment", nb: "Lagre vedlegget" },
  completeFillingIn: { en: "Complete the filling in", nb: "Fullfør utfyllingen" },
  submit: { en: "Submit", nb: "Send inn" },
  awaitVerdict: { en: "Wait for the verdict", nb: "Vent på dommen" },
  download: { en: "Fetch the authority's files", nb: "Hent Skatteetatens filer" },
  settle: { en: "Find out whether the lost call took effect", nb: "Finn ut om det tapte kallet fikk virkning" },
};

export const outcomeWords: Readonly<Record<StepOutcome, Text>> = {
  done: { en: "done", nb: "utført" },
  failed: { en: "failed", nb: "mislyktes" },
  unknown: { en: "outcome unknown", nb: "utfallet er ukjent" },
  cancelled: { en: "cancelled", nb: "avbrutt" },
  interrupted: { en: "interrupted", nb: "brutt av" },
};

export const stateWords: Readonly<Record<SubmissionState, Text>> = {
  prepared: { en: "prepared", nb: "klargjort" },
  open: { en: "being filled in", nb: "under utfylling" },
  readyToSign: { en: "filled in, not submitted", nb: "fylt ut, ikke sendt inn" },
  waiting: { en: "submitted, waiting for the verdict", nb: "sendt inn, venter på dommen" },
  finished: { en: "finished", nb: "ferdig" },
  abandoned: { en: "abandoned", nb: "forkastet" },
};

export const verdictWords: Readonly<Record<SubmissionVerdict, Text>> = {
  accepted: { en: "accepted", nb: "mottatt" },
  acceptedWithDeviations: { en: "accepted with deviations", nb: "mottatt med avvik" },
  incomplete: { en: "incomplete: not counted as accepted", nb: "mangelfull: regnes ikke som mottatt" },
  refused: { en: "refused", nb: "avvist" },
};

/** A step as a line: what, which file, how it went. Why one has failed is told elsewhere, at length. */
export function stepLine(step: JournalStep): Text {
  const file = step.fileName === null ? "" : ` ${step.fileName}`;
  const result = step.outcome === "done" ? step.message : null;
  const outcome = result ?? (step.outcome === null ? { en: "…", nb: "…" } : outcomeWords[step.outcome]);
  const words = stepWords[step.name];
  return { en: `${words.en}${file}: ${outcome.en}`, nb: `${words.nb}${file}: ${outcome.nb}` };
}

/** The verdict where there is one, else where it stands. */
export function statusWords(journal: Journal): Text {
  return journal.verdict === null ? stateWords[journal.state] : verdictWords[journal.verdict];
}
