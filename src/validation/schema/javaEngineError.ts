import type { Text } from "../../vatReturn/text.ts";

/** Why the second opinion could not be had. */
export type JavaEngineErrorKind = "java-not-found" | "helper-missing" | "java-too-old" | "timeout" | "failed";

/** Java could not be asked. `text` says why and what to do, in one sentence or two. */
export class JavaEngineError extends Error {
  readonly kind: JavaEngineErrorKind;
  readonly text: Text;

  constructor(kind: JavaEngineErrorKind, text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.name = "JavaEngineError";
    this.kind = kind;
    this.text = text;
  }
}

export function javaNotFound(command: string, cause?: unknown): JavaEngineError {
  return new JavaEngineError(
    "java-not-found",
    {
      en: `Java was not found (tried “${command}”). Install a JDK, version 11 or newer, and put it in PATH or set JAVA_HOME.`,
      nb: `Fant ikke Java (prøvde «${command}»). Installer en JDK, versjon 11 eller nyere, og legg den i PATH eller sett JAVA_HOME.`,
    },
    { cause },
  );
}

export function helperMissing(): JavaEngineError {
  return new JavaEngineError("helper-missing", {
    en: "This installation lacks the part that asks Java (the package xsd-schema-validator, which is left out where no JDK is found). Install a JDK, then install again.",
    nb: "Denne installasjonen mangler delen som spør Java (pakken xsd-schema-validator, som utelates der det ikke finnes noen JDK). Installer en JDK og installer på nytt.",
  });
}

export function javaTooOld(cause?: unknown): JavaEngineError {
  return new JavaEngineError(
    "java-too-old",
    {
      en: "The Java that was found cannot run the schema check. Install a JDK (not only a runtime), version 11 or newer, and put it first in PATH or set JAVA_HOME.",
      nb: "Den Java-versjonen som ble funnet, kan ikke kjøre skjemakontrollen. Installer en JDK (ikke bare kjøremiljøet), versjon 11 eller nyere, og legg den først i PATH eller sett JAVA_HOME.",
    },
    { cause },
  );
}

export function javaTimedOut(milliseconds: number): JavaEngineError {
  const seconds = Math.round(milliseconds / 1000);
  return new JavaEngineError("timeout", {
    en: `Java did not answer within ${seconds} seconds and was stopped. Try again; if it happens again, see whether “java -version” answers.`,
    nb: `Java svarte ikke innen ${seconds} sekunder og ble stoppet. Prøv igjen. Skjer det på nytt, se om «java -version» svarer.`,
  });
}

/** @param said the first line of what Java wrote, or empty */
export function javaFailed(said: string, cause?: unknown): JavaEngineError {
  const what = said === "" ? { en: "", nb: "" } : { en: ` It said: ${said}`, nb: ` Den skrev: ${said}` };
  return new JavaEngineError(
    "failed",
    {
      en: `Java could not finish the schema check; see whether “java -version” works and is 11 or newer.${what.en}`,
      nb: `Java klarte ikke å fullføre skjemakontrollen. Se om «java -version» virker og er 11 eller nyere.${what.nb}`,
    },
    { cause },
  );
}
