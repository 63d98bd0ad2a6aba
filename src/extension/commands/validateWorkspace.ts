import * as vscode from "vscode";
import type { Verdict } from "../../validation/result.ts";
import { findXmlFiles } from "../editor/documents.ts";
import type { FileOutcome, FileValidation } from "../editor/fileValidation.ts";
import { showProblems } from "./showProblems.ts";
import { failureText, verdictText } from "../editor/statusText.ts";
import { t } from "../l10n.ts";

/** How many of the files came to which end. */
export interface WorkspaceSummary {
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Files that could not be read or judged. */
  readonly failed: number;
  readonly cancelled: boolean;
}

/** MVA: Validate all VAT returns in the workspace, and the same for any set of files. */
export class ValidateWorkspace {
  readonly #files: FileValidation;
  readonly #log: vscode.LogOutputChannel;

  constructor(files: FileValidation, log: vscode.LogOutputChannel) {
    this.#files = files;
    this.#log = log;
  }

  /** @param uris the files to judge; by default the workspace's. */
  async validate(uris?: readonly vscode.Uri[]): Promise<WorkspaceSummary> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: t("Validating VAT returns"),
      cancellable: true,
    };
    const summary = await vscode.window.withProgress(options, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      progress.report({ message: t("looking for files …") });
      const files = uris ?? (await findXmlFiles(token));
      return this.#run(files, abort.signal, progress);
    });
    const text = summaryText(summary);
    this.#log.info(text);
    void vscode.window.setStatusBarMessage(`$(checklist) ${text}`, 15_000);
    const { deviating, invalid, malformed } = summary.verdicts;
    if (deviating + invalid + malformed > 0) await showProblems();
    return summary;
  }

  async #run(
    files: readonly vscode.Uri[],
    signal: AbortSignal,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
  ): Promise<WorkspaceSummary> {
    const verdicts = { valid: 0, deviating: 0, invalid: 0, malformed: 0, notARecognisedDocument: 0 };
    let failed = 0;
    let done = 0;
    let percent = 0;
    await this.#files.validateFiles(files, signal, (uri, outcome) => {
      done++;
      if (outcome.kind === "judged") verdicts[outcome.document.verdict]++;
      else if (outcome.kind === "unrecognised") verdicts.notARecognisedDocument++;
      else if (outcome.kind !== "cancelled") failed++;
      this.#logOutcome(uri, outcome);
      // One report for each whole per cent: the progress bar shows no more than that.
      const now = Math.floor((100 * done) / files.length);
      if (now > percent) {
        progress.report({ message: t("{0} of {1}", done, files.length), increment: now - percent });
        percent = now;
      }
    });
    return { verdicts, failed, cancelled: signal.aborted };
  }

  #logOutcome(uri: vscode.Uri, outcome: FileOutcome): void {
    const name = vscode.workspace.asRelativePath(uri);
    switch (outcome.kind) {
      case "judged":
        this.#log.debug(`${name}: ${verdictText(outcome.document)}`);
        break;
      case "unreadable":
        this.#log.warn(`${name}: ${outcome.reason}`);
        break;
      case "unrecognised":
      case "cancelled":
        break;
      case "timedOut":
      case "crashed":
      case "stopped":
      case "refused":
        this.#log.error(`${name}: ${failureText(outcome)}`);
        break;
    }
  }
}

/** What the status bar has room for: that it was stopped first, and of the rest what there was. */
function summaryText({ verdicts, failed, cancelled }: WorkspaceSummary): string {
  const judged = verdicts.valid + verdicts.deviating + verdicts.invalid + verdicts.malformed;
  const parts = [t("Validated: {0}", judged), t("without errors: {0}", verdicts.valid)];
  if (cancelled) parts.unshift(t("Stopped before the end"));
  if (verdicts.deviating > 0) parts.push(t("with remarks: {0}", verdicts.deviating));
  if (verdicts.invalid > 0) parts.push(t("refused: {0}", verdicts.invalid));
  if (verdicts.malformed > 0) parts.push(t("not readable as XML: {0}", verdicts.malformed));
  if (failed > 0) parts.push(t("could not be checked: {0}", failed));
  return parts.join(", ");
}
