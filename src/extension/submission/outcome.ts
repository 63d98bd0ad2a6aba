import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import type { AltinnRefusal } from "../../services/altinn/refusalError.ts";
import { dataTypes } from "../../services/altinn/wire.ts";
import { readValidationAnswer } from "../../services/skatteetaten/validationAnswer.ts";
import type { Journal } from "../../submission/journal.ts";
import { paymentOf, type PaymentInformation } from "../../submission/payment.ts";
import { findingsOfSentence } from "../../submission/refusalSentences.ts";
import { refusedDocuments, sentFiles } from "../../submission/refusedDocuments.ts";
import { standingOf } from "../../submission/standing.ts";
import { sha256 } from "../../submission/store.ts";
import { showProblems } from "../commands/showProblems.ts";
import type { Finding } from "../../validation/finding.ts";
import type { ValidationAnswer } from "../../validation/remote/answer.ts";
import type { RemoteValidation } from "../remote/remoteValidation.ts";
import { messageLanguage } from "../settings.ts";
import type { FeatureParts } from "./feature.ts";
import { openFile } from "./openFile.ts";
import type { Runs } from "./runs.ts";
import { standingText } from "./words.ts";
import { t } from "../l10n.ts";

/** Tells how a submission has ended: verdict, receipt, payment information, and what the authority objects to. */
export class Outcome {
  readonly #parts: FeatureParts;
  readonly #runs: Runs;
  readonly #remote: RemoteValidation;

  constructor(parts: FeatureParts, runs: Runs, remote: RemoteValidation) {
    this.#parts = parts;
    this.#runs = runs;
    this.#remote = remote;
    runs.onRefusal = (journal, refusal) => this.#showRefusal(journal, refusal);
  }

  /** Shows where the submission stands, with the ways on. What the authority found is on the return already. */
  async show(journal: Journal): Promise<void> {
    // What stood in the way once does not any more.
    this.#remote.clear(vscode.Uri.file(sentFiles(journal, this.#runs.store).envelope));
    if (journal.verdict === null) return this.#showStanding(journal);
    const found = journal.verdict === "accepted" ? 0 : await this.#showFindings(journal);
    const openReceipt = t("Open receipt");
    const openPayment = t("Open payment information");
    const checkNow = t("Check now");
    const transcript = t("Open transcript");
    const receipt = fileOf(journal, dataTypes.receipt);
    const payment = fileOf(journal, dataTypes.paymentInformation);
    const buttons = [
      ...(receipt === null ? [checkNow] : [openReceipt]),
      ...(payment === null ? [] : [openPayment]),
      transcript,
    ];
    const message = await this.#sentence(journal, found);
    const accepted = journal.verdict === "accepted";
    const chosen = await (accepted
      ? vscode.window.showInformationMessage(message, ...buttons)
      : vscode.window.showWarningMessage(message, ...buttons));
    if (chosen === openReceipt && receipt !== null) await openFile(vscode.Uri.file(receipt));
    if (chosen === checkNow) await vscode.commands.executeCommand("mvaMelding.checkSubmission", journal.id);
    if (chosen === openPayment && payment !== null) await openFile(vscode.Uri.file(payment));
    if (chosen === transcript) await vscode.commands.executeCommand("mvaMelding.openTranscript", journal.id);
  }

  async #showStanding(journal: Journal): Promise<void> {
    const text = standingOf(journal)[messageLanguage()];
    const checkNow = t("Check now");
    const sign = t("Submit now");
    const buttons = journal.state === "waiting" ? [checkNow] : journal.state === "readyToSign" ? [sign] : [];
    const chosen = await vscode.window.showInformationMessage(text, ...buttons);
    if (chosen === checkNow) await vscode.commands.executeCommand("mvaMelding.checkSubmission", journal.id);
    if (chosen === sign) await vscode.commands.executeCommand("mvaMelding.resumeSubmission", journal.id);
  }

  async #sentence(journal: Journal, found: number): Promise<string> {
    const verdict = standingText(journal);
    const name = journal.environment.name;
    const what = t("{0} ({1}): {2} for {3}.", verdict, name, journal.period, journal.organisationNumber);
    const findings =
      found === 0
        ? ""
        : found === 1
          ? t("1 finding of Skatteetaten is in Problems.")
          : t("{0} findings of Skatteetaten are in Problems.", found);
    const payment = await paymentOf(journal);
    const pay = payment === null ? "" : paymentText(payment);
    const receipt = fileOf(journal, dataTypes.receipt) === null ? t("The receipt has not come yet.") : "";
    const files = keptInWorkspace(journal) ? t("Keep the files in {0} out of version control.", journal.outFolder) : "";
    const error = journal.error?.[messageLanguage()] ?? "";
    return [what, findings, pay, receipt, files, error].filter((part) => part !== "").join(" ");
  }

  /** Puts the validation result's findings on the return as it was sent. @returns how many there are */
  async #showFindings(journal: Journal): Promise<number> {
    const result = fileOf(journal, dataTypes.validationResult);
    if (result === null) return 0;
    try {
      return await this.showAnswer(journal, readValidationAnswer(await readFile(result, "utf8")));
    } catch (error) {
      this.#parts.log.warn(`${journal.id}: the validation result could not be shown: ${String(error)}`);
      return 0;
    }
  }

  /** Shows what a refusal says in the document that it speaks of: the return, or the envelope as it was sent. */
  async #showRefusal(journal: Journal, { refusal }: AltinnRefusal): Promise<void> {
    if (refusal.shape === "validationResult") {
      await this.showAnswer(journal, refusal.answer);
      return;
    }
    const documents = await refusedDocuments(journal, this.#runs.store);
    if (documents === null || (refusal.shape !== "sentence" && refusal.shape !== "problem")) return;
    const { vatReturn, envelope } = findingsOfSentence(refusal.sentence, documents);
    if (vatReturn.length > 0) await this.#showOn(await this.#sentReturn(journal), vatReturn);
    if (envelope.length > 0) {
      await this.#showOn(vscode.Uri.file(sentFiles(journal, this.#runs.store).envelope), envelope);
    }
  }

  async #showOn(uri: vscode.Uri, findings: readonly Finding[]): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
    this.#remote.showFindings(document, findings);
    await showProblems();
  }

  /** Shows an answer of the authority on the return as it was sent. @returns how many findings it holds */
  async showAnswer(journal: Journal, answer: ValidationAnswer): Promise<number> {
    const uri = await this.#sentReturn(journal);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
    await this.#parts.live.validateNow(document, "builtin");
    await this.#remote.show(document, answer, journal.environment.name);
    await showProblems();
    return answer.deviations.reduce((count, { reasons }) => count + reasons.length, 0);
  }

  /** The file that was submitted, where it has not been changed since; else the copy of what was sent. */
  async #sentReturn(journal: Journal): Promise<vscode.Uri> {
    const { sourcePath } = journal.vatReturn;
    const copy = vscode.Uri.file(sentFiles(journal, this.#runs.store).vatReturn);
    if (sourcePath === "") return copy;
    const source = vscode.Uri.file(sourcePath);
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === source.toString());
    if (open?.isDirty === true) return copy;
    try {
      return sha256(await readFile(sourcePath)) === journal.vatReturn.sha256 ? source : copy;
    } catch {
      return copy;
    }
  }
}

export function paymentText({ amount, account, kid, dueDate }: PaymentInformation): string {
  if (/^0(?:[.,]0*)?$/.test(amount)) return t("Nothing to pay.");
  return t("To pay: {0} kr to account {1}, KID {2}, by {3}.", amount, account, kid, dueDate);
}

/** Whether the authority's files lie where they may go along with the next commit. */
function keptInWorkspace({ outFolder }: Journal): boolean {
  return outFolder !== "" && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(outFolder)) !== undefined;
}

function fileOf(journal: Journal, dataType: string): string | null {
  return journal.files.find((file) => file.dataType === dataType)?.path ?? null;
}
