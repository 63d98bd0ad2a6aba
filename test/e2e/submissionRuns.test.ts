import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import {
  answerFileDialog,
  controlUrl,
  journalsOf,
  openChecklist,
  post,
  signIn,
  submit,
  treeRow,
} from "./harness/submissions.ts";
import { withWorkbench } from "./harness/withWorkbench.ts";
import { fillInElsewhere } from "./submissionElsewhere.ts";

const settings = { "mvaMelding.rules.today": "2026-06-01" };

describe("what becomes of a submission in the editor", function () {
  this.timeout(300_000);
  let home = "";
  let control = "";
  const workbench = withWorkbench(async () => {
    home = await mkdtemp(join(tmpdir(), "mva-home-"));
    return { settings, environment: { MVA_HOME: home } };
  });
  before(async () => {
    const text = await readFile("samples/clean-general.xml", "utf8");
    const wide = `\uFEFF${text.replace('encoding="UTF-8"', 'encoding="UTF-16"')}`;
    await writeFile(join(workbench().folder, "wide.xml"), wide, "utf16le");
    await workbench().openFile("clean-general.xml");
    await signIn(workbench());
    await workbench().run("MVA: Focus on Submissions View");
    control = await controlUrl(workbench());
  });
  // The newest message may stand above what the centre shows of many.
  beforeEach(() => workbench().run("Notifications: Clear All Notifications"));
  after(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  it("takes attachments and a folder for the authority's files", async () => {
    const { folder } = workbench();
    for (const name of ["økonomi.pdf", "bilag.pdf"]) await writeFile(join(folder, name), `%PDF-1.7 ${name}`);
    await mkdir(join(folder, "receipts"));
    await workbench().openFile("clean-general.xml");
    await openChecklist(workbench());
    for (const name of ["økonomi.pdf", "bilag.pdf"]) {
      await workbench().quickInputRow("Add attachments").first().click();
      await answerFileDialog(workbench(), "Choose attachments", join(folder, name));
    }
    await workbench().quickInputRow("Attachments: økonomi.pdf, bilag.pdf.").first().waitFor();
    await workbench().quickInputRow("Keep receipt and payment information in").first().click();
    await answerFileDialog(workbench(), "Where to keep the files", join(folder, "receipts"));
    await workbench().quickInputRow("Keep these files out of version control").first().waitFor();
    await workbench().screenshot("runs-checklist-choices");
    await workbench().quickInputRow("Submit to “sandbox”").first().click();
    await workbench().notification(/Accepted \(sandbox\).*out of version control/);
    await workbench().screenshot("runs-own-folder");
    const names = await readdir(join(folder, "receipts"));
    assert.equal(names.length, 3, names.join(", "));
    assert.ok(names.every((name) => /^314552105-mars-april-2026-[0-9a-f]{8}-/.test(name)));
    const [journal] = await journalsOf(home);
    assert.deepEqual(
      journal?.attachments.map(({ fileName }) => fileName),
      ["økonomi.pdf", "bilag.pdf"],
    );
  });

  it("has a return validated as it stands on the disk, whatever its encoding", async () => {
    await workbench().openFile("wide.xml");
    await workbench().run("MVA: Validate VAT return");
    await workbench().answerDialog("Validate there too");
    const status = await workbench().languageStatus();
    await status.filter({ hasText: "Skatteetaten: no deviations" }).first().waitFor();
    await workbench().page.keyboard.press("Escape");
  });

  it("copies a call as curl and saves the whole as a HAR file", async () => {
    await workbench().context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await workbench().run("MVA: Open transcript");
    await workbench().quickInputRow("mars-april 2026").first().click();
    const lens = (title: string): Locator =>
      workbench().page.locator(".codelens-decoration a").filter({ hasText: title });
    await lens("Copy as curl").first().click();
    await workbench().statusItem("on the clipboard").first().waitFor();
    await workbench().screenshot("runs-transcript");
    const curl = String(await workbench().page.evaluate("navigator.clipboard.readText()"));
    assert.match(curl, /^curl --request GET 'http:\/\/127\.0\.0\.1:[0-9]+\/altinn-platform\/authentication/);
    assert.match(curl, /authorization: Bearer \[removed\]/);
    const file = join(workbench().folder, "whole.har");
    await lens("Save as HAR").first().click();
    await answerFileDialog(workbench(), "Save as HAR", file);
    const har = JSON.parse(await eventually(() => readFile(file, "utf8"))) as { log: { entries: unknown[] } };
    assert.ok(har.log.entries.length > 10);
    assert.doesNotMatch(JSON.stringify(har), /eyJ[A-Za-z0-9_-]{10}/);
  });

  it("can be cancelled in the middle, abandoned, and deleted", async () => {
    await post(`${control}/faults`, { call: "addData", kind: "timeoutBefore" });
    await workbench().openFile("clean-primary-industry.xml");
    await submit(workbench());
    await workbench().answerNotification("Store the return", "Cancel");
    const cancelled = await workbench().notification(/Cancelled\. Altinn holds a draft .* with 0 of 1 files/);
    await workbench().screenshot("runs-cancelled");
    await cancelled.waitFor();
    await workbench().run("MVA: Abandon submission");
    await workbench().quickInputRow("Being filled in").first().click();
    await workbench().page.locator(".monaco-dialog-box").getByText("is deleted for good").waitFor();
    await workbench().screenshot("runs-abandon");
    await workbench().answerDialog("Abandon");
    await treeRow(workbench(), "Submissions", "Abandoned").first().waitFor();
    const truth = (await (await fetch(`${control}/instances`)).json()) as { instances: { hardDeleted: boolean }[] };
    assert.deepEqual(truth.instances.map(({ hardDeleted }) => hardDeleted).sort(), [false, true]);
    await workbench().run("MVA: Delete run");
    await workbench().quickInputRow("Abandoned").first().click();
    await workbench().answerDialog("Delete");
    await treeRow(workbench(), "Submissions", "Abandoned").first().waitFor({ state: "detached" });
    assert.equal((await journalsOf(home)).length, 1);
  });

  it("shows on the envelope what the app refuses there, and goes on when that is mended", async () => {
    await post(`${control}/faults`, { call: "completeFillingIn", kind: "conflictSentence" });
    await workbench().openFile("clean-primary-industry.xml");
    await submit(workbench());
    await workbench().problemRows("files-differ").first().waitFor();
    await workbench().page.locator('.tab.active[data-resource-name="envelope.xml"]').waitFor();
    await workbench().screenshot("runs-refused-envelope");
    await workbench().answerNotification("Completing the filling in: Altinn answered 409", "Try again");
    await workbench().answerDialog("Go on and submit");
    await eventually(async () => {
      const [newest] = await journalsOf(home);
      assert.deepEqual([newest?.category, newest?.verdict], ["primaernaering", "accepted"]);
    });
    await workbench().problemRows("files-differ").first().waitFor({ state: "detached" });
  });

  it("goes on with a draft that was begun elsewhere", async () => {
    const instanceId = await fillInElsewhere(control);
    await workbench().openFile("clean-general.xml");
    await workbench().run("MVA: Find submissions begun elsewhere");
    const input = workbench().quickInput.locator("input").first();
    await workbench().quickInput.getByText("Organisation number whose drafts").waitFor();
    assert.equal(await input.inputValue(), "314552105", "that of the open return");
    await workbench().page.keyboard.press("Enter");
    const draft = workbench().quickInputRow("mars-april 2026, alminnelig").first();
    await draft.waitFor();
    await workbench().screenshot("runs-drafts");
    await draft.click();
    await workbench().quickInputRow("Go on with it here").first().click();
    await workbench().answerNotification("is on this machine now", "Resume");
    await workbench().answerDialog("Go on and submit");
    await treeRow(workbench(), "Submissions", "Accepted").nth(2).waitFor();
    const [adopted] = await journalsOf(home);
    assert.deepEqual([adopted?.instanceId, adopted?.verdict], [instanceId, "accepted"]);
  });

  it("lets somebody else sign where this person may only fill in", async () => {
    await post(`${control}/faults`, { call: "submit", kind: "forbidden" });
    await workbench().openFile("clean-compensation.xml");
    await submit(workbench());
    const opened = workbench().context.waitForEvent("page", { timeout: 60_000 });
    const refused = /Submitting the return: Altinn answered 403.*as it stands now it takes one of: A0239/;
    await workbench().notification(refused);
    await workbench().screenshot("runs-forbidden");
    await workbench().answerNotification(refused, "Sign in as somebody else");
    const page = await opened;
    await page.getByRole("button", { name: "Modig Furustamme" }).click();
    await page.getByText("You can close this").waitFor();
    await page.close();
    await workbench().answerDialog("Go on and submit");
    await eventually(async () => {
      const [newest] = await journalsOf(home);
      assert.deepEqual([newest?.category, newest?.verdict], ["kompensasjon", "accepted"]);
    });
  });

  it("tells after a restart of what is not finished, with the way on", async () => {
    await post(`${control}/scenario`, { scenario: "neverAnswered" });
    await workbench().openFile("clean-reverse-charge.xml");
    await submit(workbench());
    await treeRow(workbench(), "Submissions", "At work").first().waitFor();
    await eventually(async () => {
      const [newest] = await journalsOf(home);
      assert.equal(newest?.steps.at(-1)?.name, "awaitVerdict");
    });
    await workbench().reload("clean-reverse-charge.xml");
    const told = await workbench().notification(/is not finished\. The return is submitted/);
    await workbench().screenshot("runs-unfinished");
    await told.waitFor();
    await workbench().answerNotification(/is not finished/, "Check now");
    // The sandbox has ended with its last window, and comes up again for this.
    await eventually(() => post(`${control}/answer`, {}));
    await eventually(async () => {
      const [newest] = await journalsOf(home);
      assert.deepEqual([newest?.category, newest?.verdict], ["omvendtAvgiftsplikt", "accepted"]);
    });
  });
});

/** Looks again and again until it is so, or the patience of a workbench has ended. */
async function eventually<Result>(look: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
