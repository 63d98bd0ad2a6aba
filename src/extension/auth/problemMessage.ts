import * as vscode from "vscode";
import type { Environment } from "../../services/environments.ts";
import { problemActions } from "../../services/idPorten/problemActions.ts";
import { problemText } from "../../services/idPorten/problemText.ts";
import { publicTestClientAdvice } from "../../services/idPorten/publicTestClient.ts";
import type { ActionHint, SignInError } from "../../services/idPorten/problem.ts";
import { messageLanguage } from "../settings.ts";
import { t } from "../l10n.ts";

/** What the buttons of a message do. */
export interface WaysOn {
  readonly retry: () => Promise<void>;
  readonly pasteAddress: () => Promise<void>;
  readonly validationOnly: () => Promise<void>;
  readonly olderSubmissionScope: () => Promise<void>;
  readonly useOwnClient: () => Promise<void>;
  readonly enterSecret: () => Promise<void>;
  readonly switchEnvironment: () => Promise<void>;
  readonly useSandbox: () => Promise<void>;
  readonly copyDiagnosis: () => Promise<void>;
}

interface Button extends vscode.MessageItem {
  readonly act: () => Thenable<unknown>;
}

/** Tells what went wrong, once, with the ways on as buttons. Resolves when the message is gone and the way has been gone. */
export async function showProblem(error: SignInError, environment: Environment, ways: WaysOn): Promise<void> {
  const { problem } = error;
  // Whoever cancelled or started anew knows that already.
  if (problem.code === "cancelled" || problem.code === "superseded") return;
  const advice = publicTestClientAdvice(problem, environment);
  const hints = advice?.actions ?? problemActions(problem);
  const letters = hints.flatMap((hint) => (hint.kind === "orderScope" ? [letterOf(hint)] : []));
  const buttons = chooseHints(hints).flatMap((hint) => buttonOf(hint, ways, letters) ?? []);
  const texts = advice === null ? [problemText(problem)] : [problemText(problem), advice.hint];
  const text = texts.map((part) => part[messageLanguage()]).join(" ");
  const chosen = await vscode.window.showErrorMessage<Button>(text, ...buttons);
  await chosen?.act();
}

/** As many as a message has room for: what the status item leads to anyway, and what is behind another way, is left out. */
function chooseHints(hints: readonly ActionHint[]): readonly ActionHint[] {
  const kinds = new Set(hints.map(({ kind }) => kind));
  const leftOut = new Set<ActionHint["kind"]>();
  if (kinds.has("startSandbox")) leftOut.add("switchEnvironment");
  if (kinds.has("useOwnClient")) leftOut.add("openSettings");
  const [letter, ...others] = hints.filter(({ kind }) => kind === "orderScope");
  return hints.filter((hint) => !leftOut.has(hint.kind) && !(letter !== undefined && others.includes(hint)));
}

function buttonOf(hint: ActionHint, ways: WaysOn, letters: readonly string[]): Button | null {
  switch (hint.kind) {
    case "retry":
      return { title: t("Try again"), act: ways.retry };
    case "signInAgain":
      return { title: t("Sign in again"), act: ways.retry };
    case "useOwnClient":
      return { title: t("Own client"), act: ways.useOwnClient };
    case "enterSecret":
      return { title: t("Enter client secret"), act: ways.enterSecret };
    case "validationOnly":
      return { title: t("Validation only"), act: ways.validationOnly };
    case "olderSubmissionScope":
      return { title: t("Older scope"), act: ways.olderSubmissionScope };
    case "orderScope":
      return { title: t("How to order"), act: () => showLetters(letters) };
    case "switchEnvironment":
      return { title: t("Switch environment"), act: ways.switchEnvironment };
    case "startSandbox":
      return { title: t("Use the sandbox"), act: ways.useSandbox };
    case "openSettings":
      return { title: t("Open settings"), act: () => openSettings("mvaMelding.environment") };
    case "pasteAddress":
      return { title: t("Paste the address"), act: ways.pasteAddress };
    case "checkProxy":
      return { title: t("Proxy settings"), act: () => openSettings("http.proxy") };
    case "copyDiagnosis":
      return { title: t("Copy diagnosis"), act: ways.copyDiagnosis };
    // The text says what to do; VS Code has no place to do it.
    case "checkClock":
    case "checkCertificate":
      return null;
  }
}

function openSettings(query: string): Thenable<unknown> {
  return vscode.commands.executeCommand("workbench.action.openSettings", query);
}

function letterOf({ to, address, letter }: Extract<ActionHint, { kind: "orderScope" }>): string {
  const language = messageLanguage();
  const receiver = address === null ? to[language] : `${to[language]} (${address})`;
  return `${t("To {0}:", receiver)}\n\n${letter[language]}\n`;
}

/** Each scope is ordered from its owner: one text for each, ready to be sent. */
async function showLetters(letters: readonly string[]): Promise<void> {
  const content = letters.join("\n----\n\n");
  const document = await vscode.workspace.openTextDocument({ content, language: "plaintext" });
  await vscode.window.showTextDocument(document);
}
