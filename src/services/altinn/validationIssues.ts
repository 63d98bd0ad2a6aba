import type { Text } from "../../vatReturn/text.ts";
import { dataTypes } from "./wire.ts";
import type { ValidationIssue } from "./wire.ts";

/** What the app's own checks find, by their codes. */
const meanings: Readonly<Record<string, Text>> = {
  TooFewDataElementsOfType: { en: "there is none, or too few", nb: "mangler, eller det er for få" },
  TooManyDataElementsOfType: { en: "there are too many", nb: "det er for mange" },
  MissingContentType: { en: "the content type is missing", nb: "innholdstypen mangler" },
  ContentTypeNotAllowed: { en: "the content type is not accepted", nb: "innholdstypen godtas ikke" },
  DataElementTooLarge: { en: "the file is too large", nb: "filen er for stor" },
  InvalidFileNameFormat: { en: "the file name is not accepted", nb: "filnavnet godtas ikke" },
  MissingFileName: { en: "the file name is missing", nb: "filnavnet mangler" },
  DataElementFileInfected: { en: "the file is infected", nb: "filen er infisert" },
};

const fields: Readonly<Record<string, Text>> = {
  [dataTypes.envelope]: { en: "envelope", nb: "konvolutt" },
  [dataTypes.vatReturn]: { en: "VAT return", nb: "mva-melding" },
  [dataTypes.attachment]: { en: "attachments", nb: "vedlegg" },
};

/** The issues that block, each as "what: what is wrong with it". Empty where nothing blocks. */
export function issuesText(issues: readonly ValidationIssue[]): Text {
  const blocking = issues.filter(({ severity }) => severity);
  return {
    en: blocking.map((issue) => say(issue, "en")).join("; "),
    nb: blocking.map((issue) => say(issue, "nb")).join("; "),
  };
}

function say({ code, description, field }: ValidationIssue, language: "en" | "nb"): string {
  const meaning = code === null ? undefined : meanings[code]?.[language];
  const what = meaning === undefined ? (description ?? code ?? "?") : `${meaning} (${code ?? ""})`;
  return field === null || field === "" ? what : `${fields[field]?.[language] ?? field}: ${what}`;
}
