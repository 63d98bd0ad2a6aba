import * as vscode from "vscode";
import { isUnfinished } from "../../submission/unfinished.ts";
import { standingOf } from "../../submission/standing.ts";
import { messageLanguage } from "../settings.ts";
import type { Runs } from "./runs.ts";
import { mayCheck } from "./standing.ts";
import { t } from "../l10n.ts";

const toldKey = "mvaMelding.toldUnfinished";

/**
 * Tells of submissions that a closed window, a crash or a day has left unfinished, with the way on. Each is told of
 * once for where it stands, and not while another window or a terminal is at work on it.
 */
export async function tellOfUnfinished(runs: Runs, memory: vscode.Memento): Promise<void> {
  const { journals } = await runs.store.list();
  const unfinished = journals.filter((journal) => isUnfinished(journal) && !runs.isRunning(journal.id));
  const told = new Set(strings(memory.get<unknown>(toldKey)));
  const news: typeof unfinished = [];
  for (const journal of unfinished) {
    if (!told.has(keyOf(journal)) && !(await runs.store.isLocked(journal.id))) news.push(journal);
  }
  const [only] = news;
  if (only === undefined) return;
  await memory.update(
    toldKey,
    unfinished.filter((journal) => told.has(keyOf(journal)) || news.includes(journal)).map(keyOf),
  );
  const show = t("Show submissions");
  if (news.length > 1) {
    const chosen = await vscode.window.showInformationMessage(
      t("{0} submissions are not finished.", news.length),
      show,
    );
    if (chosen === show) await vscode.commands.executeCommand("mvaMelding.submissions.focus");
    return;
  }
  const go = mayCheck(only) ? t("Check now") : t("Resume");
  const what = t("The submission of {0} to “{1}” is not finished.", only.period, only.environment.name);
  const message = `${what} ${standingOf(only)[messageLanguage()]}`;
  const chosen = await vscode.window.showInformationMessage(message, go, show);
  if (chosen === go) await vscode.commands.executeCommand("mvaMelding.resumeSubmission", only.id);
  if (chosen === show) await vscode.commands.executeCommand("mvaMelding.submissions.focus");
}

function keyOf({ id, updatedAt }: { readonly id: string; readonly updatedAt: string }): string {
  return `${id} ${updatedAt}`;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
