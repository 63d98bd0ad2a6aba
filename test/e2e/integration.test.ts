import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { FrameLocator } from "playwright-core";
import { createIntegration, integrationText, usualAnswers, type KindName } from "../../src/integration/kinds.ts";
import { insist, untilCount, type Workbench } from "./harness/workbench.ts";
import { withWorkbench } from "./harness/withWorkbench.ts";

const made = "desktop.test.idporten.json";
const settings = { "editor.minimap.enabled": false };

function textOf(kind: KindName, changes: Readonly<Record<string, unknown>>): string {
  const created = createIntegration(kind, usualAnswers);
  return integrationText({ ...created, registration: { ...created.registration, ...changes } });
}

/** Three mistakes that cost days: a misspelt scope, an address with a slash too many, a token that is too short. */
const wrong = textOf("desktop", {
  integration_type: "idporten",
  scopes: ["openid", "skatteetaten:mvameldingvaldering", "altinn:instances.read", "altinn:instances.write"],
  redirect_uris: ["http://localhost:0/callback"],
  access_token_lifetime: 120,
});

/** In the order of the file. */
const wrongCodes = ["wrong-integration-type", "scope-misspelt", "any-port-other-host", "access-token-too-short"];

/** Commands are found once the extension's own entry is there. */
async function isThere({ page }: Workbench): Promise<void> {
  await page.locator('.activitybar [aria-label="MVA"]').first().waitFor();
}

/** Answers the question that shows: by the first entry, or by what is typed. Keyboard only. */
async function answer({ quickInput, page }: Workbench, question: string, typed?: string): Promise<void> {
  await quickInput
    .filter({ has: page.locator(`input[placeholder^="${question}"]`) })
    .or(quickInput.filter({ hasText: question }))
    .first()
    .waitFor();
  const input = quickInput.locator("input").first();
  if (typed !== undefined) await input.fill(typed);
  // Into the question, wherever the focus is: it may still be on its way from the editor.
  await input.press("Enter");
}

function preview({ page }: Workbench): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
}

/** Goes from problem to problem by keyboard and takes the first quick fix of each, until none is left. */
async function fixAll(workbench: Workbench, codes: readonly string[]): Promise<void> {
  const { page } = workbench;
  const menu = page.locator(".action-widget");
  for (const code of codes) {
    const row = page.locator(".markers-panel .monaco-list-row").filter({ hasText: code });
    await insist(
      () => row.first().waitFor({ state: "detached", timeout: 3000 }),
      async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("ControlOrMeta+1");
        await page.keyboard.press("ControlOrMeta+Home");
        await page.keyboard.press("F8");
        await page.keyboard.press("Escape");
        await page.keyboard.press("ControlOrMeta+.");
        const fix = menu.getByText(/^(?:Set|Replace|Add|Remove)/).first();
        // A menu that came before the findings did is opened anew.
        if (
          await fix.waitFor({ timeout: 3000 }).then(
            () => true,
            () => false,
          )
        )
          await page.keyboard.press("Enter");
      },
    );
  }
  for (const severity of ["error", "warning"] as const) await untilCount(workbench.squiggles(severity), 0);
}

describe("an integration, from its settings to its check", function () {
  this.timeout(300_000);
  const workbench = withWorkbench({ settings, files: { "README.md": "# Ours", "wrong.idporten.json": wrong } });

  it("is made by a few questions, and comes with its table", async () => {
    const { page } = workbench();
    await isThere(workbench());
    await workbench().run("MVA: Create integration settings");
    await workbench().quickInputRow("Microsoft Dynamics 365 Finance").first().waitFor();
    await workbench().screenshot("integration-kind");
    await answer(workbench(), "What kind of system is it?");
    await answer(workbench(), "Which of ID-porten's environments is it for?");
    await answer(workbench(), "Whose client is it?");
    await answer(workbench(), "The owner's organisation number", "974761077");
    await workbench().quickInput.getByText("nine digits").first().waitFor();
    await workbench().quickInput.locator("input").first().fill("974 761 076");
    await page.keyboard.press("Enter");
    await answer(workbench(), "The page that the back button");
    await page.locator(`.tabs-container .tab[data-resource-name="${made}"]`).waitFor();
    // The table needs the whole width; the file stands in the tab before it.
    const table = preview(workbench());
    await table.getByRole("cell", { name: "Gyldig(e) redirect uri-er", exact: true }).waitFor();
    await table.getByText("API-klient (api_klient)").first().waitFor();
    await table.getByText("one client serves all installations").first().waitFor();
    await workbench().screenshot("integration-created");
    const written = JSON.parse(await readFile(join(workbench().folder, made), "utf8")) as Record<string, unknown>;
    assert.equal(written["client_orgno"], "974761076");
    assert.deepEqual((await readdir(workbench().folder)).sort(), ["README.md", made, "wrong.idporten.json"].sort());
  });

  it("shows what is wrong in a file, here and in the Problems panel", async () => {
    await workbench().run("View: Close All Editors");
    await workbench().openFile("wrong.idporten.json");
    await workbench().squiggles("error").first().waitFor();
    await workbench().openProblems();
    for (const code of wrongCodes) {
      await workbench().problemRows(code).first().waitFor();
    }
    await workbench().screenshot("integration-problems");
    assert.equal(await workbench().problemRows(made).count(), 0, "the file that was made is clean");
    await workbench().page.keyboard.press("ControlOrMeta+j");
    await workbench().page.locator(".markers-panel").waitFor({ state: "hidden" });
  });

  it("explains fields and completes values in the user's words", async () => {
    const { page, editor } = workbench();
    await editor.getByText('"access_token_lifetime"').first().hover();
    const hover = page.locator(".monaco-hover:visible");
    await hover.getByText("Access token levetid (sekunder)").first().waitFor();
    await workbench().screenshot("integration-hover");
    await page.keyboard.press("Escape");
    await editor.getByText('"native"').first().dblclick();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ControlOrMeta+Space");
    await page.locator(".suggest-widget").getByText("browser").first().waitFor();
    await workbench().screenshot("integration-completion");
    await page.keyboard.press("Escape");
  });

  it("does so too in a window that was loaded anew with the file open", async () => {
    const { page, editor } = workbench();
    await workbench().reload("wrong.idporten.json");
    await workbench().squiggles("error").first().waitFor();
    const hover = page.locator(".monaco-hover:visible");
    await insist(
      () => hover.getByText("Gyldig(e) redirect uri-er").first().waitFor({ timeout: 3000 }),
      async () => {
        await page.mouse.move(0, 0);
        await editor.getByText('"redirect_uris"').first().hover();
      },
    );
    await page.mouse.move(0, 0);
  });

  it("is put right by quick fixes, by keyboard alone", async () => {
    const { page } = workbench();
    await workbench().openProblems();
    await fixAll(workbench(), wrongCodes);
    await workbench().screenshot("integration-fixed");
    await insist(
      async () => {
        const saved = JSON.parse(await readFile(join(workbench().folder, "wrong.idporten.json"), "utf8")) as unknown;
        assert.deepEqual(saved, {
          ...(JSON.parse(wrong) as object),
          integration_type: "api_klient",
          scopes: ["openid", "skatteetaten:mvameldingvalidering", "altinn:instances.read", "altinn:instances.write"],
          redirect_uris: ["http://127.0.0.1:0/callback"],
          access_token_lifetime: 3600,
        });
      },
      () => page.keyboard.press("ControlOrMeta+s"),
    );
  });

  it("is compared with what the extension sends, and tried without signing in", async () => {
    const { page } = workbench();
    await page.keyboard.press("ControlOrMeta+j");
    await workbench().run("MVA: Check ID-porten integration");
    const report = preview(workbench());
    await report.getByText("Nothing is wrong with it.").waitFor();
    await report.getByText("The request is accepted up to the login page").first().waitFor();
    await report.getByText("which is not registered").first().waitFor();
    await workbench().screenshot("integration-checked");
    await workbench().run("View: Close All Editors");
  });

  it("has its scopes ordered", async () => {
    await workbench().openFile("wrong.idporten.json");
    await workbench().run("MVA: Order scopes");
    await answer(workbench(), "Which of ID-porten's environments is it for?");
    await answer(workbench(), "The organisation number", "974761076");
    await answer(workbench(), "The client id", "11111111-2222-4333-8444-555555555555");
    const { editor } = workbench();
    for (const words of ["skatteetaten:mvameldingvalidering", "974761076", "11111111-2222-4333-8444-555555555555"]) {
      await editor.getByText(words).first().waitFor();
    }
    await workbench().screenshot("integration-order");
  });

  it("of Microsoft's asks for the address of one's own installation", async () => {
    const { page, quickInput } = workbench();
    await workbench().run("View: Close All Editors");
    await page.keyboard.press("Escape");
    await workbench().run("MVA: Create integration settings");
    await answer(workbench(), "What kind of system is it?", "Finance");
    await answer(workbench(), "Which of ID-porten's environments is it for?");
    await answer(workbench(), "Whose client is it?");
    await answer(workbench(), "The address of the page Tax", "contoso.operations.dynamics.com");
    await quickInput.getByText("is not a whole address").first().waitFor();
    const input = quickInput.locator("input").first();
    // Test takes it: it is remarked on, and would be let through.
    await input.fill("http://contoso.operations.dynamics.com/callback");
    await quickInput.getByText("plain http").first().waitFor();
    await input.fill("https://contoso.operations.dynamics.com/?mi=SysWebApplications");
    await page.keyboard.press("Enter");
    await answer(workbench(), "The owner's organisation number", "");
    await answer(workbench(), "The page that the back button");
    const table = preview(workbench());
    await table.getByText("Engangs (ONETIME)").first().waitFor();
    await table.getByText("31536000").first().scrollIntoViewIfNeeded();
    await workbench().screenshot("integration-dynamics365");
    await workbench().openProblems();
    assert.equal(await workbench().problemRows("dynamics365.test").count(), 0, "it is clean");
  });

  it("is taken into the questions about one's own client", async () => {
    const { page, editor, quickInput } = workbench();
    const clientId = "11111111-2222-4333-8444-555555555555";
    const input = quickInput.locator("input").first();
    await workbench().run("View: Close All Editors");
    await workbench().openFile("wrong.idporten.json");
    // The file opens where it was left.
    await page.keyboard.press("ControlOrMeta+Home");
    const lens = editor.getByText("Use this client to sign in").first();
    await lens.waitFor();
    await workbench().screenshot("integration-lens");
    const question = quickInput.getByText("(1 of 3)").first();
    await insist(
      () => question.waitFor({ timeout: 3000 }),
      async () => {
        if (!(await question.isVisible())) await lens.click();
      },
    );
    await answer(workbench(), "The client id", clientId);
    await quickInput.getByText("(2 of 3)").first().waitFor();
    assert.equal(await input.inputValue(), "http://127.0.0.1:0/callback");
    await input.fill("http://[::1]:4000/callback");
    await quickInput.getByText("127.0.0.1 only").first().waitFor();
    await workbench().screenshot("integration-redirect-remark");
    await page.keyboard.press("Enter");
    await quickInput.getByText("(3 of 3)").first().waitFor();
    assert.equal(
      await input.inputValue(),
      "openid skatteetaten:mvameldingvalidering altinn:instances.read altinn:instances.write",
    );
    await page.keyboard.press("Enter");
    await workbench().notification("The environment “own” with your client is active.");
  });

  it("is led to by the walkthrough", async () => {
    const { page } = workbench();
    await workbench().run("Welcome: Open Walkthrough...");
    await workbench().quickInput.locator("input").first().fill("Get access");
    await workbench().quickInputRow("Get access").first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Take ID-porten into use").first().waitFor();
    await workbench().screenshot("integration-walkthrough");
  });
});

describe("integration files that are none, in bokmål", function () {
  this.timeout(240_000);
  // Nobody listens on the port for throwing away.
  const own = {
    name: "own",
    issuer: "http://127.0.0.1:9",
    clientId: "11111111-2222-4333-8444-555555555555",
    redirectUris: ["http://127.0.0.1:0/callback"],
  };
  const workbench = withWorkbench({
    settings: { ...settings, "mvaMelding.language": "nb" },
    userSettings: { "mvaMelding.environment": "own", "mvaMelding.environments": [own] },
    files: {
      "egen.idporten.json": textOf("desktop", {
        client_id: own.clientId,
        redirect_uris: ["http://127.0.0.1:0/callback/"],
      }),
      "broken.idporten.json": '{\n  "client_name": "Vår",\n  "scopes": [\n}\n',
      "empty.idporten.json": "",
      "huge.idporten.json": `{"description": "${"x".repeat(3_000_000)}"}`,
      "list.idporten.json": "[]\n",
      "vår.idporten.json": wrong,
    },
  });

  it("are told as what they are, and nothing falls", async () => {
    await isThere(workbench());
    await workbench().openProblems();
    for (const words of [
      "Filen er ikke JSON fra og med her",
      "Filen er tom",
      "langt større enn en registrering",
      "En registrering er et objekt",
      "kan ikke endres i ettertid",
      "ulike i skråstreken til slutt",
    ]) {
      await workbench().problemRows(words).first().waitFor();
    }
    await workbench().screenshot("integration-bad-input");
    await workbench().openFile("broken.idporten.json");
    await workbench().squiggles("error").first().waitFor();
    await workbench().screenshot("integration-broken-json");
  });

  it("and the table speaks bokmål, with what is wrong in it", async () => {
    await workbench().openFile("vår.idporten.json");
    await workbench().squiggles("error").first().waitFor();
    await workbench().page.keyboard.press("ControlOrMeta+j");
    await workbench().run("MVA: Show integration as portal fields");
    await preview(workbench()).getByText("er for kort til å fullføre en innsending").first().waitFor();
    await workbench().screenshot("integration-table-bokmaal");
  });

  it("and where ID-porten can't be reached, the check says so", async () => {
    await workbench().run("View: Close All Editors");
    await workbench().openFile("egen.idporten.json");
    await workbench().run("MVA: Check ID-porten integration");
    const report = preview(workbench());
    await report.getByText("Forbindelsen til 127.0.0.1:9 sviktet").first().waitFor();
    await report.getByText("skråstreken til slutt").first().waitFor();
    await workbench().screenshot("integration-unreachable");
  });
});
