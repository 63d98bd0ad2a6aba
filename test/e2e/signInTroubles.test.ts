import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { OAuth2Server } from "oauth2-mock-server";
import type { Page } from "playwright-core";
import { openOwnSandbox, type OwnSandbox } from "./harness/ownSandbox.ts";
import { withWorkbench } from "./harness/withWorkbench.ts";
import { untilCount } from "./harness/workbench.ts";

const scopes = ["openid", "skatteetaten:mvameldingvalidering", "altinn:instances.read", "altinn:instances.write"];
const account = /^Person [0-9A-Z]{6} \(ID-porten \(own\)\)/;
/** Long enough to sign in, short enough to see the end of. */
const shortLifetime = 20;
const vatReturn = `<mvaMeldingDto xmlns="no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0"/>`;

describe("signing in to an environment of one's own", function () {
  this.timeout(180_000);
  let sandbox: OwnSandbox;
  /** Holds the port of the first client's redirect URI. */
  let occupant: Server;
  let occupiedPort = 0;
  let secret = "";
  /** An identity provider that nobody here wrote. It signs everybody in at once. */
  const independent = new OAuth2Server();

  const common = { integration_type: "api_klient", scopes };
  const environment = (clientId: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    name: clientId,
    issuer: sandbox.issuer,
    clientId,
    redirectUris: ["http://127.0.0.1:0/callback"],
    ...more,
  });

  const workbench = withWorkbench(async () => {
    sandbox = await openOwnSandbox();
    // No web server: the browser ends on an address that shows nothing.
    occupant = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(occupant, "listening");
    occupiedPort = (occupant.address() as AddressInfo).port;
    const native = { ...common, application_type: "native", token_endpoint_auth_method: "none" };
    const fixed = [`http://127.0.0.1:${occupiedPort}/callback`];
    const anyPort = ["http://127.0.0.1:0/callback"];
    await sandbox.addClient({ ...native, client_id: "fixed", redirect_uris: fixed, access_token_lifetime: 3600 });
    const older = ["openid", "skatteetaten:mvameldingvalidering", "skatteetaten:mvameldinginnsending"];
    await sandbox.addClient({
      ...native,
      client_id: "older",
      redirect_uris: anyPort,
      scopes: older,
      access_token_lifetime: 3600,
    });
    await independent.issuer.keys.generate("RS256");
    await independent.start(0, "127.0.0.1");
    independent.issuer.url = `http://127.0.0.1:${independent.address().port}`;
    // The one thing of ID-porten's that is not of the standard.
    independent.service.on("beforeTokenSigning", ({ payload }: { readonly payload: Record<string, unknown> }) => {
      payload["acr"] = "idporten-loa-high";
    });
    const short = { access_token_lifetime: shortLifetime };
    await sandbox.addClient({ ...native, ...short, client_id: "short", redirect_uris: anyPort });
    secret =
      (await sandbox.addClient({
        ...common,
        ...short,
        client_id: "confidential",
        application_type: "web",
        token_endpoint_auth_method: "client_secret_post",
        redirect_uris: fixed,
        grant_types: ["authorization_code", "refresh_token"],
      })) ?? "";
    return {
      files: {
        "return.xml": vatReturn,
        // What a cloned repository may bring along: none of it may count.
        ".vscode/settings.json": JSON.stringify({
          "mvaMelding.environment": "evil",
          "mvaMelding.environments": [
            { name: "evil", issuer: "https://id.example", clientId: "x", redirectUris: ["http://127.0.0.1:0/x"] },
            { ...environment("fixed"), issuer: "https://id.example" },
          ],
        }),
      },
      userSettings: {
        "mvaMelding.environment": "fixed",
        "mvaMelding.environments": [
          environment("fixed", { redirectUris: fixed }),
          environment("short"),
          environment("confidential", { redirectUris: fixed }),
          environment("older"),
          environment("independent", {
            issuer: independent.issuer.url,
            scopes: { validation: ["openid", "dummy"], submission: [] },
          }),
        ],
      },
      logLevel: "trace",
    };
  });

  after(async () => {
    occupant.close();
    await independent.stop();
    await sandbox.close();
  });

  const newPage = async (act: () => Promise<void>): Promise<Page> => {
    const [page] = await Promise.all([workbench().context.waitForEvent("page"), act()]);
    return page;
  };
  const pick = (page: Page): Promise<void> => page.getByRole("button", { name: "Modig Furustamme" }).click();
  const switchTo = async (name: string): Promise<void> => {
    await workbench().run("MVA: Switch environment");
    await workbench().quickInputRow(name).first().click();
    await workbench().statusItem(`MVA: ${name}`).waitFor();
  };
  const consent = (): Promise<void> => workbench().answerDialog("Allow");
  const readUserSettings = (): Promise<string> =>
    readFile(join(workbench().server.dataFolder, "server", "data", "User", "settings.json"), "utf8");

  it("takes the environment from the user, whatever the workspace says", async () => {
    await workbench().openFile("return.xml");
    await workbench().statusItem("MVA: fixed").waitFor();
    await workbench().run("MVA: Show session");
    const dialog = workbench().page.locator(".monaco-dialog-box");
    await dialog.getByText(`ID-porten: ${sandbox.issuer}`).waitFor();
    assert.doesNotMatch(await dialog.innerText(), /id\.example/);
    await workbench().answerDialog("Cancel");
  });

  it("asks for consent, says which port is taken, and takes the pasted address instead", async () => {
    await workbench().run("MVA: Sign in");
    await workbench().page.locator(".monaco-dialog-box").getByText("wants to sign in").waitFor();
    await workbench().screenshot("consent");
    await consent();
    await workbench().notification(`Port ${occupiedPort}`);
    await workbench().screenshot("port-taken");
    const page = await newPage(() => workbench().answerNotification(`Port ${occupiedPort}`, "Paste the address"));
    const [request] = await Promise.all([
      page.waitForRequest((candidate) => candidate.url().includes("/callback?code=")),
      pick(page),
    ]);
    await workbench().page.bringToFront();
    const box = workbench().quickInputBox;
    await box.fill("https://example.org/");
    await workbench().quickInput.getByText("It begins with").first().waitFor();
    await workbench().screenshot("paste");
    await box.fill(request.url());
    await box.press("Enter");
    await page.close();
    await workbench().accountsItem(account);
  });

  it("signs out, and tells ID-porten in the browser", async () => {
    await workbench().askToSignOut(account);
    const page = await newPage(() => workbench().answerDialog("Sign Out"));
    await page.waitForURL((url) => url.href.startsWith(`${sandbox.issuer}/logout`));
    await page.screenshot({ path: "out/screenshots/logout-page.png" });
    await page.close();
  });

  it("says nothing when the user cancels", async () => {
    await workbench().run("Notifications: Clear All Notifications");
    await switchTo("short");
    const page = await newPage(async () => {
      await workbench().run("MVA: Sign in");
      await consent();
    });
    await page.close();
    const progress = await workbench().notification("Signing in to");
    await workbench().screenshot("signing-in");
    await progress.hover();
    await progress.getByRole("button", { name: "Cancel" }).click();
    await progress.waitFor({ state: "detached" });
    await untilCount(workbench().page.locator(".notification-list-item"), 0);
  });

  it("tells once what went wrong at ID-porten, also for the sign-in of the Accounts menu", async () => {
    const page = await workbench().signInFromAccounts(/Sign in with ID-porten \(own\)/);
    await page.getByRole("button", { name: "Cancel" }).click();
    await workbench().notification("cancelled or refused at ID-porten");
    await page.close();
    const progress = workbench().page.locator(".notification-list-item").filter({ hasText: "Signing in to" });
    await progress.waitFor({ state: "detached" });
    await workbench().screenshot("refused");
    await untilCount(workbench().page.locator(".notification-list-item"), 1);
  });

  it("signs in for validation only where a submission scope was not granted", async () => {
    const missing = "altinn:instances.write";
    await sandbox.fault("scopeNotGranted", { mode: "sticky", scope: missing });
    const failed = await newPage(async () => {
      await workbench().run("MVA: Sign in");
      await consent();
    });
    await workbench().notification("refuses the whole sign-in");
    await workbench().screenshot("scope-not-granted");
    await sandbox.clearFaults();
    const page = await newPage(() => workbench().answerNotification("refuses the whole sign-in", "Validation only"));
    await pick(page);
    await workbench().accountsItem(account);
    await workbench().page.keyboard.press("Escape");
    await workbench().run("MVA: Show session");
    const dialog = workbench().page.locator(".monaco-dialog-box");
    await dialog.getByText("Scopes: openid skatteetaten:mvameldingvalidering").waitFor();
    assert.ok(!(await dialog.innerText()).includes(missing));
    await workbench().answerDialog("Cancel");
    const logout = await newPage(() => workbench().run("MVA: Sign out"));
    for (const open of [failed, page, logout]) await open.close();
  });

  it("shows how to order a scope, and copies a diagnosis without a secret", async () => {
    await switchTo("older");
    const sent = await newPage(async () => {
      await workbench().run("MVA: Sign in");
      await consent();
    });
    await workbench().answerNotification("The client older has no access", "How to order");
    await workbench().editor.getByText("We ask for access to the following scopes").waitFor();
    await workbench().editor.getByText("altinn:instances.write").waitFor();
    await workbench().editor.getByText(`Environment: ${sandbox.issuer}`).waitFor();
    await workbench().screenshot("how-to-order");
    await workbench().context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await workbench().run("MVA: Copy diagnosis");
    await workbench().notification("The diagnosis is on the clipboard");
    const diagnosis = String(await workbench().page.evaluate("navigator.clipboard.readText()"));
    for (const part of ["Problem: scopeNotGranted", "Client id: older", sandbox.issuer, "Versions: mva-melding "]) {
      assert.ok(diagnosis.includes(part), `“${part}” in:\n${diagnosis}`);
    }
    for (const one of [...sandbox.secrets(), ...sandbox.identityNumbers]) {
      assert.ok(!diagnosis.includes(one), "a secret in the diagnosis");
    }
    await sent.close();
    await workbench().run("View: Revert and Close Editor");
  });

  it("signs in with the older submission scope, and keeps it in the settings", async () => {
    const refused = await newPage(async () => {
      await workbench().run("MVA: Sign in");
      await consent();
    });
    const page = await newPage(() => workbench().answerNotification("The client older has no access", "Older scope"));
    await pick(page);
    await workbench().accountsItem(account);
    await workbench().page.keyboard.press("Escape");
    await workbench().run("MVA: Show session");
    const dialog = workbench().page.locator(".monaco-dialog-box");
    await dialog.getByText("skatteetaten:mvameldingvalidering skatteetaten:mvameldinginnsending").waitFor();
    await workbench().screenshot("older-scope");
    await workbench().answerDialog("Cancel");
    const settings = JSON.parse(await readUserSettings()) as Readonly<Record<string, unknown>>;
    const environments = settings["mvaMelding.environments"] as readonly Readonly<Record<string, unknown>>[];
    const saved = environments.find(({ name }) => name === "older")?.["scopes"] as Readonly<Record<string, unknown>>;
    assert.deepEqual(saved["submission"], ["skatteetaten:mvameldinginnsending"]);
    const logout = await newPage(() => workbench().run("MVA: Sign out"));
    for (const open of [refused, page, logout]) await open.close();
  });

  it("ends a sign-in when a second one is begun", async () => {
    const begin = (): Promise<Page> =>
      newPage(async () => {
        await workbench().run("MVA: Sign in");
        await consent();
      });
    const first = await begin();
    const second = await begin();
    const running = workbench().page.locator(".notification-list-item").filter({ hasText: "Signing in to" });
    await workbench().notification("Signing in to");
    await untilCount(running, 1);
    const [late] = await Promise.all([
      first.waitForEvent("requestfailed", (request) => request.url().includes("/callback?")),
      pick(first),
    ]);
    assert.match(late.failure()?.errorText ?? "", /CONNECTION_REFUSED/);
    // The first page has signed the person in at ID-porten all the same; the second page is still open.
    await pick(second);
    await second.getByText("You can close this page").waitFor();
    await workbench().accountsItem(account);
    await workbench().page.keyboard.press("Escape");
    const logout = await newPage(() => workbench().run("MVA: Sign out"));
    for (const open of [first, second, logout]) await open.close();
  });

  it("signs in at a provider that nobody here wrote", async () => {
    await switchTo("independent");
    const page = await newPage(async () => {
      await workbench().run("MVA: Sign in");
      await consent();
    });
    await page.getByText("You can close this page").waitFor();
    await page.close();
    await workbench().run("MVA: Show session");
    const dialog = workbench().page.locator(".monaco-dialog-box");
    await dialog.getByText(`ID-porten: ${independent.issuer.url ?? ""}`).waitFor();
    await dialog.getByText("Signed in to “independent”").waitFor();
    await workbench().screenshot("independent");
    await workbench().answerDialog("Cancel");
    const logout = await newPage(() => workbench().run("MVA: Sign out"));
    await logout.close();
    await switchTo("short");
  });

  it("warns before a short session ends, and signs in again with one click", async () => {
    const page = await newPage(() => workbench().answerNotification("cancelled or refused", "Try again"));
    await pick(page);
    await workbench().statusItem("signed in for").waitFor();
    await workbench().screenshot("short-session");
    await workbench().statusItem("sign in again").waitFor();
    await workbench().screenshot("session-over");
    // ID-porten remembers who signed in: no page to fill in.
    const again = await newPage(() => workbench().statusItem("sign in again").click());
    await again.getByText("You can close this page").waitFor();
    await workbench().statusItem("signed in for").waitFor();
    await again.close();
    await page.close();
  });

  it("keeps a client secret out of the settings and renews the session with it", async () => {
    await new Promise((resolve) => occupant.close(resolve));
    await switchTo("confidential");
    await workbench().run("MVA: Set client secret");
    await workbench().quickInputBox.fill(secret);
    await workbench().page.keyboard.press("Enter");
    await workbench().statusItem("The client secret is stored").waitFor();
    const page = await newPage(async () => {
      await workbench().run("MVA: Sign in");
      await consent();
    });
    await page.getByText("You can close this page").waitFor();
    await page.close();
    await workbench().accountsItem(account);
    const before = sandbox.secrets().size;
    // The access token runs out; the first use afterwards renews it, without the browser.
    await workbench().run("MVA: Copy access token");
    await workbench().answerDialog("Copy");
    await workbench().run("MVA: Show session");
    await workbench().page.locator(".monaco-dialog-box").getByText("It is renewed when needed").waitFor();
    await workbench().screenshot("renewable-session");
    await workbench().answerDialog("Cancel");
    assert.ok(sandbox.secrets().size > before, "a new token was given out");
    const settings = await readUserSettings();
    assert.match(settings, /client_secret_post/);
    assert.ok(!settings.includes(secret));
  });

  it("leads from a client that is not known to one's own, asked for in three questions", async () => {
    await switchTo("short");
    await workbench().statusItem("sign in again").waitFor();
    await sandbox.fault("unknownClient", { mode: "sticky" });
    const page = await newPage(async () => {
      await workbench().run("MVA: Sign in");
      await consent();
    });
    await workbench().notification("does not know the client");
    await page.close();
    await workbench().screenshot("unknown-client");
    await sandbox.clearFaults();
    await workbench().answerNotification("does not know the client", "Own client");
    const input = workbench().quickInputBox;
    await workbench().quickInput.getByText("1 of 3").waitFor();
    await input.fill("with space");
    await workbench().quickInput.getByText("no spaces").waitFor();
    await workbench().screenshot("own-client");
    await input.fill("short");
    await input.press("Enter");
    await workbench().quickInput.getByText("2 of 3").waitFor();
    await input.press("Enter");
    await workbench().quickInput.getByText("3 of 3").waitFor();
    await input.fill("openid skatteetaten:mvameldingvalidering");
    const again = await newPage(() => input.press("Enter"));
    await again.getByText("You can close this page").waitFor();
    await workbench().statusItem("signed in for").waitFor();
  });

  it("writes no secret anywhere, at trace level", async () => {
    const secrets = [...sandbox.secrets(), secret, ...sandbox.identityNumbers];
    assert.ok(secrets.length > 12, `the sandbox gave out secrets: ${secrets.length}`);
    const folder = join(workbench().server.dataFolder, "server", "data", "logs");
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "utf8")));
    assert.ok(
      texts.some((text) => /Signed in to short/.test(text) && /\[debug\]/.test(text)),
      "our own log is among the files, and at a low level",
    );
    for (const text of [...texts, workbench().server.output()]) {
      for (const one of secrets) assert.ok(!text.includes(one), "a secret in a log");
      assert.doesNotMatch(text, /eyJ[\w-]{10,}\.eyJ/);
    }
  });
});
