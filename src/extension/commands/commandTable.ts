import * as vscode from "vscode";
import { t } from "../l10n.ts";

/** What a command does; whatever it throws is told to the user once and written to the log. */
export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** Registers every command of the table through one wrapper. */
export function registerCommands(
  commands: Readonly<Record<string, CommandHandler>>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registrations = Object.entries(commands).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await handler(...args);
      } catch (error) {
        log.error(`${id} failed:`, error instanceof Error ? error : String(error));
        // Not awaited: a command is over when its work is, not when its message is dismissed.
        void showErrorWithLog(t("The command failed: {0}", messageOf(error)), log);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

export async function showErrorWithLog(message: string, log: vscode.LogOutputChannel): Promise<void> {
  const showLog = t("Show log");
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
