import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseScenario, controlUrl, post, signIn, submit, treeRow } from "./harness/submissions.ts";
import { withWorkbench } from "./harness/withWorkbench.ts";

const settings = { "mvaMelding.rules.today": "2026-06-01" };

describe("submitting from the editor", function () {
  this.timeout(240_000);
  let home = "";
  const workbench = withWorkbench(async () => {
    home = await mkdtemp(join(tmpdir(), "mva-home-"));
    return { settings, environment: { MVA_HOME: home } };
  });
  after(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  it("asks once before a return leaves the machine, then shows the authority's verdict", async () => {
    await workbench().openFile("clean-general.xml");
    await signIn(workbench());
    await workbench().run("MVA: Validate VAT return");
    await workbench().page.locator(".monaco-dialog-box").waitFor();
    await workbench().screenshot("submission-consent");
    await workbench().answerDialog("Validate there too");
    const status = await workbench().languageStatus();
    await status.filter({ hasText: "Skatteetaten: no deviations" }).first().waitFor();
    await workbench().screenshot("submission-validated");
  });

  it("submits a return, from the checklist to receipt and payment information", async () => {
    await submit(workbench(), "submission-checklist");
    await workbench().notification(/Accepted \(sandbox\).*To pay: 75500 kr to account .*KID/);
    await workbench().screenshot("submission-accepted");
    const [id] = await readdir(join(home, "submissions"));
    const journal = JSON.parse(await readFile(join(home, "submissions", id ?? "", "journal.json"), "utf8")) as {
      verdict: string;
      files: { dataType: string; path: string }[];
    };
    assert.equal(journal.verdict, "accepted");
    assert.deepEqual(journal.files.map(({ dataType }) => dataType).sort(), [
      "betalingsinformasjon",
      "kvittering",
      "valideringsresultat",
    ]);
  });

  it("lists returns, submissions and the environment", async () => {
    await workbench().run("MVA: Focus on Submissions View");
    const row = treeRow(workbench(), "Submissions", /mars-april 2026.*Accepted/).first();
    await row.waitFor();
    await row.click();
    await treeRow(workbench(), "Submissions", "Receipt").first().waitFor();
    await treeRow(workbench(), "VAT returns", "clean-general.xml").first().waitFor();
    await workbench().screenshot("submission-views");
  });

  it("opens the transcript without a token in it", async () => {
    await workbench().run("MVA: Open transcript");
    await workbench().quickInputRow("mars-april 2026").first().click();
    await workbench().page.locator('.tab.active[data-resource-name^="transcript-"]').waitFor();
    await workbench().page.getByText("Copy as curl").first().waitFor();
    await workbench().screenshot("submission-transcript");
    const [id] = await readdir(join(home, "submissions"));
    const kept = await readFile(join(home, "submissions", id ?? "", "transcript.jsonl"), "utf8");
    assert.doesNotMatch(kept, /eyJ[A-Za-z0-9_-]{10}/);
  });

  it("goes on after the window was closed in the middle, with the one instance there is", async () => {
    const control = await controlUrl(workbench());
    await post(`${control}/faults`, { call: "completeFillingIn", kind: "timeoutAfter" });
    await workbench().openFile("clean-primary-industry.xml");
    await submit(workbench());
    const running = treeRow(workbench(), "Submissions", "Complete the filling in").first();
    await treeRow(workbench(), "Submissions", "At work").first().click();
    await running.waitFor();
    await workbench().screenshot("submission-before-reload");
    await workbench().reload();
    // What the view holds shows that the extension is there again.
    await workbench().run("MVA: Focus on Submissions View");
    const draft = treeRow(workbench(), "Submissions", "Being filled in").first();
    await draft.waitFor();
    await workbench().screenshot("submission-after-reload");
    await workbench().run("MVA: Resume submission");
    await workbench().quickInputRow("Being filled in").first().click();
    await workbench().answerDialog("Go on and submit");
    await workbench().notification(/Accepted \(sandbox\): .*314552105/);
    await treeRow(workbench(), "Submissions", "Being filled in").first().waitFor({ state: "detached" });
    await workbench().screenshot("submission-resumed");
    const truth = (await (await fetch(`${control}/instances`)).json()) as { instances: { steps: number }[] };
    // The first test's and this one; each went through the two steps once.
    assert.deepEqual(
      truth.instances.map(({ steps }) => steps),
      [2, 2],
    );
  });

  it("shows a refused return's findings on the return", async () => {
    await chooseScenario(workbench(), "refused");
    await workbench().openFile("clean-reverse-charge.xml");
    await submit(workbench());
    await workbench().notification(/Refused \(sandbox\)/);
    await workbench().problemRows("skatteetaten").first().waitFor();
    await workbench().screenshot("submission-refused");
  });
});

describe("submitting in bokmål, from nobody signed in", function () {
  this.timeout(240_000);
  let home = "";
  const workbench = withWorkbench(async () => {
    home = await mkdtemp(join(tmpdir(), "mva-home-"));
    return { settings, language: "nb", environment: { MVA_HOME: home } };
  });
  after(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  it("leads through the sign-in to a verdict with deviations", async () => {
    await workbench().openFile("clean-general.xml");
    await workbench().run("MVA: Scenario i sandkassen…");
    await workbench().quickInputRow("deviating").first().click();
    await workbench().statusItem("Scenario i sandkassen: deviating").first().waitFor();
    await workbench().run("MVA: Send inn mva-melding");
    const signInRow = workbench().quickInputRow("Logg inn i «sandbox» først").first();
    await signInRow.waitFor();
    await workbench().screenshot("submission-sign-in-first");
    const [page] = await Promise.all([workbench().context.waitForEvent("page"), signInRow.click()]);
    await page.getByRole("button", { name: "Modig Furustamme" }).click();
    await workbench().quickInputRow("Send inn til «sandbox»").first().click();
    await workbench().notification(/Mottatt med avvik \(sandbox\)/);
    await workbench().problemRows("skatteetaten").first().waitFor();
    await workbench().screenshot("submission-deviating");
  });
});
