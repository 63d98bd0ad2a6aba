import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { leaveHostFigure } from "../support/hostFigures.ts";
import { packageExtension } from "../workbench/project.ts";
import { withWorkbench } from "./harness/withWorkbench.ts";
import { insist } from "./harness/workbench.ts";

const today = { "mvaMelding.rules.today": "2026-06-01" };
const manyMistakes = readFileSync("samples/many-mistakes.xml", "utf8");
const clean = readFileSync("samples/clean-general.xml", "utf8");

describe("a VAT return in the editor", function () {
  this.timeout(180_000);
  const workbench = withWorkbench({ settings: today });

  it("shows verdict, counts and rules left to Skatteetaten in the language status", async () => {
    await workbench().openFile("many-mistakes.xml");
    await workbench().squiggles("error").first().waitFor();
    const status = await workbench().languageStatus();
    await status
      .filter({ hasText: /Would be refused: \d+ errors/ })
      .first()
      .waitFor();
    await status
      .filter({ hasText: /rules checked only by Skatteetaten/ })
      .first()
      .waitFor();
    await workbench().screenshot("editor-status");
  });

  it("lists the rules that were not evaluated", async () => {
    await workbench().run("MVA: Show rules not evaluated");
    await workbench().quickInputRow("R047").first().waitFor();
    await workbench().screenshot("editor-not-evaluated");
    await workbench().page.keyboard.press("Escape");
  });

  it("offers the command where a return is shown, and nowhere else", async () => {
    const button = workbench().page.locator('.editor-actions a[aria-label^="Validate VAT return"]');
    await button.first().waitFor();
    await workbench().openFile("README.md");
    await button.first().waitFor({ state: "detached" });
  });

  it("offers the returns of the workspace when none is open", async () => {
    await workbench().run("View: Close All Editors");
    await workbench().run("MVA: Validate VAT return");
    await workbench().quickInputRow("clean-general.xml").first().waitFor();
    await workbench().screenshot("editor-pick");
    await workbench().page.keyboard.type("wrong-sum");
    await workbench().quickInputRow("mistake-wrong-sum.xml").first().click();
    await workbench().problemRows("R018").first().waitFor();
  });

  it("validates the whole workspace", async () => {
    await workbench().run("MVA: Validate all VAT returns in the workspace");
    await workbench()
      .statusItem(/Validated: \d+, without errors: \d+/)
      .first()
      .waitFor();
    await workbench().problemRows("many-mistakes.xml").first().waitFor();
    await workbench().screenshot("editor-workspace");
  });

  it("tells the time that its activation took", async function () {
    await workbench().run("Developer: Show Running Extensions");
    const row = workbench().page.locator(".runtime-extensions-editor .extension").filter({ hasText: "MVA-melding" });
    const time = row.locator(".activation-time");
    await insist(
      () => time.first().waitFor({ timeout: 1000 }),
      async () => {
        // The slowest come first, and only what is in view is there.
        await workbench().page.locator(".runtime-extensions-editor").hover();
        await workbench().page.mouse.wheel(0, 300);
      },
    );
    const text = await time.first().innerText();
    this.runnable().title += `: ${text.trim()}`;
    assert.match(text, /\d+ ?ms/);
    leaveHostFigure("activation", text.trim());
    await workbench().screenshot("editor-activation");
  });
});

describe("the packaged extension in Restricted Mode", function () {
  this.timeout(300_000);
  const workbench = withWorkbench(async () => ({
    extension: { vsix: await packageExtension() },
    workspaceTrust: true,
    settings: today,
    files: { "many-mistakes.xml": manyMistakes, "clean.xml": clean },
  }));

  it("validates an open return", async () => {
    await workbench().openFile("many-mistakes.xml");
    await workbench().squiggles("error").first().waitFor();
    await workbench().run("MVA: Validate VAT return");
    await workbench().problemRows("mva-melding").first().waitFor();
    await workbench().statusItem("Restricted Mode").first().waitFor();
    await workbench().screenshot("editor-restricted");
  });
});

describe("the editor in bokmål", function () {
  this.timeout(180_000);
  const workbench = withWorkbench({
    language: "nb",
    settings: today,
    files: { "many-mistakes.xml": manyMistakes, "clean.xml": clean },
  });

  it("speaks bokmål in commands, diagnostics and the status", async () => {
    await workbench().openFile("many-mistakes.xml");
    await workbench().squiggles("error").first().waitFor();
    await workbench().run("MVA: Valider mva-melding");
    await workbench().problemRows("mva-melding").first().waitFor();
    const status = await workbench().languageStatus();
    await status
      .filter({ hasText: /Ville blitt avvist: \d+ feil/ })
      .first()
      .waitFor();
    await workbench().screenshot("editor-bokmaal");
  });
});
