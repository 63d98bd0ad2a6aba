import type { Journal, JournalStep } from "../../submission/journal.ts";
import { statusWords, stepWords } from "../../submission/words.ts";
import { messageLanguage } from "../settings.ts";
import { t } from "../l10n.ts";

/** What a step does, for people. */
export function stepText({ name, fileName }: Pick<JournalStep, "name" | "fileName">): string {
  const words = stepWords[name][messageLanguage()];
  return fileName === null ? words : `${words} ${fileName}`;
}

/** What a run does right now. */
export function progressText({ steps }: Journal): string {
  const current = steps.findLast((step) => step.endedAt === null) ?? steps.at(-1);
  return current === undefined ? "" : `${stepText(current)} …`;
}

/** Where a submission stands: its verdict once there is one. As the beginning of a line. */
export function standingText(journal: Journal): string {
  const words = statusWords(journal)[messageLanguage()];
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A file from the authority, by its data type at Altinn. */
export function fileText(dataType: string): string {
  switch (dataType) {
    case "betalingsinformasjon":
      return t("Payment information");
    case "kvittering":
      return t("Receipt");
    case "valideringsresultat":
      return t("Validation result");
    default:
      return dataType;
  }
}
