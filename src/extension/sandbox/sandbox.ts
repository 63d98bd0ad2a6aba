import * as path from "node:path";
import * as vscode from "vscode";
import type { CommandHandler } from "../commands/commandTable.ts";
import { SandboxFailedError, SandboxManager } from "./sandboxManager.ts";
import { t } from "../l10n.ts";

const portKey = "mvaMelding.sandboxPort";

/** The sandbox of the user, as this window sees it; its state folder is the same for all windows. */
export function createSandbox(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): SandboxManager {
  const { globalState, globalStorageUri, extensionPath } = context;
  return new SandboxManager({
    script: path.join(extensionPath, "dist", "sandbox.js"),
    stateFolder: path.join(globalStorageUri.fsPath, "sandbox"),
    log: (message) => log.info(message),
    lastPort: {
      get: () => {
        const port = globalState.get<unknown>(portKey);
        return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
      },
      set: (port) => void globalState.update(portKey, port),
    },
  });
}

/** MVA: Start sandbox. */
export function createStartSandbox(sandbox: SandboxManager): CommandHandler {
  return async () => {
    try {
      const title = t("Starting the sandbox");
      const options = { location: vscode.ProgressLocation.Notification, title };
      const { issuer } = await vscode.window.withProgress(options, () => sandbox.start());
      void vscode.window.showInformationMessage(t("The sandbox runs at {0}.", issuer));
    } catch (error) {
      if (!(error instanceof SandboxFailedError)) throw error;
      throw new Error(t("The sandbox could not be started: {0}", error.message));
    }
  };
}

/** MVA: Stop sandbox, for every window. */
export function createStopSandbox(sandbox: SandboxManager): CommandHandler {
  return async () => {
    const running = await sandbox.joinRunning();
    await sandbox.stop();
    void vscode.window.showInformationMessage(
      running === null ? t("The sandbox does not run.") : t("The sandbox was stopped."),
    );
  };
}
