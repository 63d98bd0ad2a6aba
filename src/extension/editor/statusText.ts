import type { OpenReason } from "../../validation/result.ts";
import type { JudgedDocument } from "../worker/protocol.ts";
import type { JudgeFailure } from "../worker/validationService.ts";
import { t } from "../l10n.ts";

/** The verdict and the number of findings, in one line. */
export function verdictText(document: JudgedDocument): string {
  const counts = countsText(document);
  switch (document.verdict) {
    case "valid":
      return counts === "" ? t("No errors found") : t("No errors found ({0})", counts);
    case "deviating":
      return t("Would be accepted with remarks: {0}", counts);
    case "invalid":
      return t("Would be refused: {0}", counts);
    case "malformed":
      return t("Not readable as XML: {0}", counts);
    case "notARecognisedDocument":
      return t("Not a VAT return");
  }
}

/** How many rules were not decided, and why: what the status says first, and what it says besides. */
export function undecidedText({ notEvaluated }: JudgedDocument): { readonly text: string; readonly detail: string } {
  const number = (reason: OpenReason): number => notEvaluated.filter(({ because }) => because === reason).length;
  const parts: string[] = [];
  const registers = number("registers");
  if (registers === 1) parts.push(t("1 rule checked only by Skatteetaten"));
  else if (registers > 1) parts.push(t("{0} rules checked only by Skatteetaten", registers));
  const setting = number("setting");
  if (setting === 1) parts.push(t("1 rule needs a setting"));
  else if (setting > 1) parts.push(t("{0} rules need a setting", setting));
  const unreadable = number("unreadable");
  if (unreadable === 1) parts.push(t("1 rule could not be decided because of errors in the return"));
  else if (unreadable > 1) parts.push(t("{0} rules could not be decided because of errors in the return", unreadable));
  const [text = "", ...details] = parts;
  return { text, detail: details.join(", ") };
}

/** What went wrong with a check and, where there is a way out, what to do. */
export function failureText(failure: JudgeFailure): string {
  switch (failure.kind) {
    case "cancelled":
      return t("The check was cancelled");
    case "timedOut":
      return t("The check was ended after {0} seconds", failure.limit / 1000);
    case "crashed":
      return t("The validator stopped unexpectedly");
    case "stopped":
      return t("The validator is paused after several failures");
    case "refused":
      return failure.reason;
  }
}

function countsText({ counts, turnedOff }: JudgedDocument): string {
  const parts: string[] = [];
  if (counts.error === 1) parts.push(t("1 error"));
  else if (counts.error > 1) parts.push(t("{0} errors", counts.error));
  if (counts.warning === 1) parts.push(t("1 warning"));
  else if (counts.warning > 1) parts.push(t("{0} warnings", counts.warning));
  if (counts.information === 1) parts.push(t("1 note"));
  else if (counts.information > 1) parts.push(t("{0} notes", counts.information));
  if (turnedOff > 0) parts.push(t("{0} turned off in the settings", turnedOff));
  return parts.join(", ");
}
