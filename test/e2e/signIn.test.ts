import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { withWorkbench } from "./harness/withWorkbench.ts";

const signInEntry = /Sign in with ID-porten \(sandbox\)/;
const manager = /^Modig Furustamme · [0-9A-Z]{6} \(ID-porten \(sandbox\)\)/;
const accountant = /^Nøyaktig Kulerammen · [0-9A-Z]{6} \(ID-porten \(sandbox\)\)/;

/** Chooses a person on the sandbox's page, and waits for the page that says that it is done. */
async function pickPerson(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).click();
  await page.getByText(/You can close this|Du kan lukke denne/).waitFor();
}

describe("signing in from the Accounts menu", function () {
  this.timeout(180_000);
  const workbench = withWorkbench();

  it("asks for nothing before a return is open", async () => {
    assert.equal(await workbench().statusItem("MVA: sandbox").count(), 0);
    await workbench().openFile("clean-general.xml");
    await workbench().statusItem("MVA: sandbox").waitFor();
  });

  it("offers it for the active environment only", async () => {
    await workbench().waitForSignInRequest();
    for (const [name, other] of [
      ["test", "sandbox"],
      ["sandbox", "test"],
    ] as const) {
      await workbench().run("MVA: Switch environment");
      await workbench().quickInputRow(name).first().click();
      await workbench().statusItem(`MVA: ${name}`).waitFor();
      const entry = new RegExp(String.raw`Sign in with ID-porten \(${name}\)`);
      await workbench().accountsItem(entry, `ID-porten (${other})`);
      await workbench().page.keyboard.press("Escape");
    }
  });

  it("signs in a person chosen in the browser, and shows the account", async () => {
    const page = await workbench().signInFromAccounts(signInEntry);
    await page.getByRole("button", { name: "Modig Furustamme" }).waitFor();
    await page.screenshot({ path: "out/screenshots/sandbox-login.png" });
    await pickPerson(page, "Modig Furustamme");
    await page.screenshot({ path: "out/screenshots/signed-in-page.png" });
    await page.close();
    await workbench().accountsItem(manager, signInEntry);
    await workbench().screenshot("account");
  });

  it("shows the session without a token", async () => {
    await workbench().page.keyboard.press("Escape");
    await workbench().run("MVA: Show session");
    const dialog = workbench().page.locator(".monaco-dialog-box");
    await dialog.getByText("Signed in to").waitFor();
    await workbench().screenshot("session");
    assert.doesNotMatch(await dialog.innerText(), /eyJ/);
    await workbench().page.keyboard.press("Escape");
  });

  it("signs in a second person beside the first", async () => {
    await workbench().run("MVA: Sign in");
    await workbench().answerDialog("Allow");
    await workbench().quickInputRow("Sign in to another account").first().waitFor();
    await workbench().screenshot("choose-account");
    const [page] = await Promise.all([
      workbench().context.waitForEvent("page"),
      workbench().quickInputRow("Sign in to another account").first().click(),
    ]);
    await pickPerson(page, "Nøyaktig Kulerammen");
    await page.close();
    await workbench().accountsItem(accountant);
    await workbench().page.getByRole("menuitem", { name: manager }).waitFor();
    await workbench().screenshot("two-accounts");
    await workbench().page.keyboard.press("Escape");
  });

  it("signs out the one that is chosen, and keeps the other", async () => {
    await workbench().run("MVA: Sign out");
    await workbench().quickInputRow("Nøyaktig Kulerammen").first().click();
    await workbench().accountsItem(manager, accountant);
    await workbench().page.keyboard.press("Escape");
  });

  it("is still signed in after a reload", async () => {
    await workbench().run("View: Close All Editors");
    await workbench().reload();
    await workbench().accountsItem(manager);
    await workbench().page.keyboard.press("Escape");
  });

  it("signs out, and offers to sign in again, also where no return is open", async () => {
    await workbench().signOut(manager);
    await workbench().accountsItem(signInEntry);
    await workbench().screenshot("signed-out");
  });
});

describe("signing in from the view", function () {
  this.timeout(180_000);
  const workbench = withWorkbench({ files: { "note.txt": "No return." } });

  it("is offered once the view is shown, with no return anywhere", async () => {
    await workbench().openFile("note.txt");
    assert.equal(await workbench().statusItem("MVA: sandbox").count(), 0);
    await workbench().run("MVA: Focus on Environment View");
    await workbench().statusItem("MVA: sandbox").waitFor();
    await workbench().accountsItem(signInEntry);
  });
});
