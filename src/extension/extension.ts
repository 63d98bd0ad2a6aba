import * as path from "node:path";
import * as vscode from "vscode";
import { createAuthentication } from "./auth/authentication.ts";
import { registerCommands, showErrorWithLog } from "./commands/commandTable.ts";
import { createShowRulesNotEvaluated } from "./commands/showRulesNotEvaluated.ts";
import { createValidateReturn } from "./commands/validateReturn.ts";
import { createValidateWithJava } from "./commands/validateWithJava.ts";
import { ValidateWorkspace } from "./commands/validateWorkspace.ts";
import { createAssistance } from "./editor/assistance.ts";
import { onFirstReturn } from "./editor/firstReturn.ts";
import { createValidation } from "./editor/validation.ts";
import { createIntegrationDoor } from "./integration/door.ts";
import { createSandbox, createStartSandbox, createStopSandbox } from "./sandbox/sandbox.ts";
import type { SandboxManager } from "./sandbox/sandboxManager.ts";
import { createSubmissionDoor } from "./submission/door.ts";
import { t } from "./l10n.ts";

let sandbox: SandboxManager | undefined;

/** Builds the parts and registers them. Nothing is judged and no worker runs before a document asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  const began = performance.now();
  const log = vscode.window.createOutputChannel("MVA-melding", { log: true });
  context.subscriptions.push(log);
  try {
    const validation = createValidation(path.join(context.extensionPath, "dist", "validator.mjs"), log);
    const { live, files, disposables } = validation;
    const assistance = createAssistance(validation);
    const workspace = new ValidateWorkspace(files, log);
    sandbox = createSandbox(context, log);
    const authentication = createAuthentication(context, sandbox, log);
    const submission = createSubmissionDoor(context, { authentication, validation, sandbox, log });
    const integration = createIntegrationDoor(context, authentication, log);
    const commands = registerCommands(
      {
        "mvaMelding.validate": createValidateReturn(live, workspace, submission.validateRemotely),
        "mvaMelding.validateWorkspace": () => workspace.validate(),
        "mvaMelding.validateWithJava": createValidateWithJava(live),
        "mvaMelding.showRulesNotEvaluated": createShowRulesNotEvaluated(live),
        ...assistance.commands,
        ...authentication.commands,
        ...submission.commands,
        ...integration.commands,
        "mvaMelding.startSandbox": createStartSandbox(sandbox),
        "mvaMelding.stopSandbox": createStopSandbox(sandbox),
        "mvaMelding.showLog": () => log.show(),
      },
      log,
    );
    context.subscriptions.push(...disposables, ...assistance.disposables, ...authentication.disposables, commands);
    context.subscriptions.push(submission, integration, onFirstReturn(live, authentication.inUse));
  } catch (error) {
    log.error("Activation failed:", error instanceof Error ? error : String(error));
    void showErrorWithLog(t("MVA-melding could not be started."), log);
    throw error;
  }
  log.debug(`Activated in ${(performance.now() - began).toFixed(1)} ms`);
}

/** Leaves the sandbox, which ends when the last window has left. */
export async function deactivate(): Promise<void> {
  await sandbox?.dispose();
}
