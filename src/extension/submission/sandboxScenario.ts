import * as v from "valibot";
import * as vscode from "vscode";
import type { CommandHandler } from "../commands/commandTable.ts";
import type { SandboxManager } from "../sandbox/sandboxManager.ts";
import { messageLanguage } from "../settings.ts";
import { t } from "../l10n.ts";

const callLimit = 5000;
const text = v.object({ en: v.string(), nb: v.string() });
const scenarioSchema = v.object({ scenario: v.string(), known: v.record(v.string(), text) });

interface ScenarioItem extends vscode.QuickPickItem {
  readonly scenario: string;
}

/** MVA: Sandbox scenario. What becomes of the returns that are submitted to the sandbox from now on. */
export function createSandboxScenario(sandbox: SandboxManager): CommandHandler {
  return async () => {
    const { controlUrl } = await sandbox.start();
    const { scenario, known } = v.parse(scenarioSchema, await call(`${controlUrl}/scenario`));
    const items = Object.entries(known).map(([name, words]): ScenarioItem => ({
      label: name === scenario ? `$(check) ${name}` : name,
      detail: words[messageLanguage()],
      scenario: name,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: t("Sandbox scenario"),
      placeHolder: t("What becomes of returns that are submitted to the sandbox from now on"),
      matchOnDetail: true,
    });
    if (picked === undefined) return;
    await call(`${controlUrl}/scenario`, { scenario: picked.scenario });
    vscode.window.setStatusBarMessage(t("Sandbox scenario: {0}", picked.scenario), 5000);
  };
}

async function call(url: string, body?: object): Promise<unknown> {
  const init: RequestInit = { signal: AbortSignal.timeout(callLimit), redirect: "error" };
  if (body !== undefined) {
    init.method = "POST";
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await globalThis.fetch(url, init);
  if (!response.ok) throw new Error(`${new URL(url).pathname}: ${response.status}`);
  return response.json();
}
