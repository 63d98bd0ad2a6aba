import { lowestHost } from "../workbench/hostVersions.ts";
import { packageExtension } from "../workbench/project.ts";
import { withWorkbench } from "../e2e/harness/withWorkbench.ts";

describe("signing in with the packaged extension, in the lowest VS Code, in bokmål", function () {
  this.timeout(180_000);
  const entry = /Sign in with ID-porten \(sandkasse\)/;
  const account = /^Modig Furustamme · [0-9A-Z]{6} \(ID-porten \(sandkasse\)\)/;
  const workbench = withWorkbench(async () => ({
    extension: { vsix: await packageExtension() },
    version: lowestHost,
    driven: false,
    language: "nb",
  }));

  it("goes from the Accounts menu to the person's page and back", async () => {
    const { context, page: window } = workbench();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await workbench().openFile("clean-general.xml");
    await workbench().waitForSignInRequest();
    const page = await workbench().signInFromAccounts(entry);
    // This VS Code, in the browser, opens a loopback address without its path: the way round is to copy the address.
    await window.bringToFront();
    await workbench().run("MVA: Lim inn innloggingsadresse");
    await workbench().quickInput.getByRole("button", { name: "Kopier innloggingsadressen" }).click();
    await workbench().screenshot("paste-bokmaal");
    await page.goto(String(await window.evaluate("navigator.clipboard.readText()")));
    await page.getByRole("heading", { name: "Hvem logger inn?" }).waitFor();
    await page.screenshot({ path: "out/screenshots/sandbox-login-bokmaal.png", fullPage: true });
    await page.getByRole("button", { name: "Modig Furustamme" }).click();
    await page.getByText("Du kan lukke denne").waitFor();
    await page.screenshot({ path: "out/screenshots/signed-in-page-bokmaal.png" });
    await page.close();
    await workbench().accountsItem(account);
    await workbench().screenshot("account-lowest");
    await workbench().page.keyboard.press("Escape");
    await workbench().run("MVA: Vis økt");
    await workbench().page.locator(".monaco-dialog-box").getByText("Logget inn i «sandbox»").waitFor();
    await workbench().screenshot("session-bokmaal");
  });

  it("signs out", async () => {
    await workbench().page.keyboard.press("Escape");
    await workbench().signOut(account);
    await workbench().accountsItem(entry);
  });
});
