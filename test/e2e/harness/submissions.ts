import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import type { Journal } from "../../../src/submission/journal.ts";
import { insist, type Workbench } from "./workbench.ts";

/** Signs in the general manager of the samples' organisation, through the Accounts menu and the sandbox's page. */
export async function signIn(workbench: Workbench): Promise<void> {
  await workbench.waitForSignInRequest();
  const page = await workbench.signInFromAccounts(/Sign in with ID-porten \(sandbox\)/);
  await page.getByRole("button", { name: "Modig Furustamme" }).click();
  await page.getByText("You can close this").waitFor();
  await page.close();
  await workbench.accountsItem(/\b[0-9A-Z]{6}\)? \(ID-porten \(sandbox\)\)/);
  await workbench.page.keyboard.press("Escape");
}

/** Opens the checklist for the return in the active editor, and returns its first line. */
export async function openChecklist(workbench: Workbench): Promise<Locator> {
  await workbench.run("MVA: Submit VAT return");
  const row = workbench.quickInputRow("Submit to “sandbox”").first();
  await row.waitFor();
  return row;
}

/** Submits the return in the active editor: the checklist, then its first line. */
export async function submit(workbench: Workbench, screenshot?: string): Promise<void> {
  const row = await openChecklist(workbench);
  if (screenshot !== undefined) await workbench.screenshot(screenshot);
  await row.click();
}

export function treeRow(workbench: Workbench, view: string, text: string | RegExp): Locator {
  const pane = workbench.page.locator(".pane").filter({ hasText: view });
  return pane.locator(".monaco-list-row").filter({ hasText: text });
}

export async function chooseScenario(workbench: Workbench, scenario: string): Promise<void> {
  await workbench.run("MVA: Sandbox scenario…");
  await workbench.quickInputRow(scenario).first().click();
  await workbench.statusItem(`Sandbox scenario: ${scenario}`).first().waitFor();
}

/**
 * Answers VS Code's own file dialog, which asks for a path.
 * @param title what the dialog is called
 */
export async function answerFileDialog(workbench: Workbench, title: string, path: string): Promise<void> {
  const dialog = workbench.quickInput.filter({ hasText: title });
  await dialog.waitFor();
  await insist(
    () => dialog.waitFor({ state: "hidden", timeout: 2000 }),
    async () => {
      if (!(await dialog.isVisible())) return;
      const input = dialog.locator("input").first();
      // What is written before the dialog has found its folder is lost.
      await dialog.locator(".monaco-list-row").first().waitFor();
      await input.fill(path);
      await dialog.locator(".monaco-list-row").first().waitFor();
      if ((await input.inputValue()) === path) {
        await dialog.locator(".quick-input-action .monaco-button").first().click();
      }
    },
  );
}

/** Where the sandbox that the workbench has started is steered from. */
export async function controlUrl(workbench: Workbench): Promise<string> {
  const text = await treeRow(workbench, "Environment", "runs at").first().innerText();
  const origin = /http:\/\/[0-9.:]+/.exec(text)?.[0];
  assert.ok(origin !== undefined, text);
  return `${origin}/sandbox/control`;
}

export async function post(url: string, body: object): Promise<void> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  assert.ok(response.ok, await response.text());
}

/** The journals of a state folder, newest first. */
export async function journalsOf(home: string): Promise<readonly Journal[]> {
  const root = join(home, "submissions");
  const ids = await readdir(root).catch(() => []);
  const texts = await Promise.all(
    ids
      .sort()
      .toReversed()
      .map((id) => readFile(join(root, id, "journal.json"), "utf8")),
  );
  return texts.map((text) => JSON.parse(text) as Journal);
}
