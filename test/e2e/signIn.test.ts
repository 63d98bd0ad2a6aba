import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { withWorkbench } from "./harness/withWorkbench.ts";

const signInEntry = /Sign in with ID-porten \(sandbox\)/;
const account = /^Person [0-9A-Z]{6} \(ID-porten \(sandbox\)\)/;

/** Chooses a person on the sandbox's page, and waits for the page that says that it is done. */
async function pickPerson(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).click();
  await page.getByText("You can close this").waitFor();
}

describe("signing in from the Accounts menu", function () {
  this.timeout(180_000);
  const workbench = withWorkbench();

  it("asks for nothing before a return is open", async () => {
    assert.equal(await workbench().statusItem("MVA: sandbox").count(), 0);
    await workbench().openFile("clean-general.xml");
    await workbench().statusItem("MVA: sandbox").waitFor();
  });

  it("signs in a person chosen in the browser, and shows the account", async () => {
    await workbench().waitForSignInRequest();
    const page = await workbench().signInFromAccounts(signInEntry);
    await page.getByRole("button", { name: "Modig Furustamme" }).waitFor();
    await page.screenshot({ path: "out/screenshots/sandbox-login.png" });
    await pickPerson(page, "Modig Furustamme");
    await page.screenshot({ path: "out/screenshots/signed-in-page.png" });
    await page.close();
    await workbench().accountsItem(account);
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

  it("is still signed in after a reload", async () => {
    await workbench().reload();
    await workbench().accountsItem(account);
    await workbench().page.keyboard.press("Escape");
  });

  it("signs out, and offers to sign in again", async () => {
    await workbench().signOut(account);
    await workbench().accountsItem(signInEntry);
    await workbench().screenshot("signed-out");
  });
});
