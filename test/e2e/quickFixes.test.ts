import type { Locator } from "playwright-core";
import { withWorkbench } from "./harness/withWorkbench.ts";
import { insist, type Workbench } from "./harness/workbench.ts";

const settings = { "mvaMelding.rules.today": "2026-06-01" };

describe("mending a VAT return", function () {
  this.timeout(180_000);
  const workbench = withWorkbench({ settings });

  it("shows the ways out of a finding at the cursor, and the finding is gone after the first", async () => {
    await workbench().openFile("mistake-wrong-sum.xml");
    await workbench().squiggles("warning").first().waitFor();
    const menu = await quickFixMenu(workbench(), "Set <fastsattMerverdiavgift> to 68000");
    await menu.getByText("Explain R018").first().waitFor();
    await workbench().screenshot("quick-fix-menu");
    await menu.getByText("Set <fastsattMerverdiavgift> to 68000").first().click();
    await workbench().editor.getByText("68000").first().waitFor();
    await workbench().squiggles("warning").first().waitFor({ state: "detached" });
    await workbench().screenshot("quick-fix-applied");
  });

  it("explains the rule with the numbers put in", async () => {
    const { page } = workbench();
    await workbench().openFile("mistake-wrong-vat-amount.xml");
    await workbench().squiggles("warning").first().waitFor();
    await workbench().squiggles("warning").first().click({ force: true });
    await workbench().run("MVA: Explain rule");
    const frame = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await frame.getByRole("heading", { name: /R019/ }).first().waitFor();
    await workbench().screenshot("explain-rule");
  });
});

describe("mending a VAT return in bokmål, without a language pack", function () {
  this.timeout(180_000);
  const workbench = withWorkbench({ settings: { ...settings, "mvaMelding.language": "nb" } });

  it("speaks bokmål in findings and quick fixes", async () => {
    await workbench().openFile("mistake-wrong-sum.xml");
    await workbench().squiggles("warning").first().waitFor();
    await quickFixMenu(workbench(), "Sett <fastsattMerverdiavgift> til 68000");
    await workbench().screenshot("quick-fix-bokmaal");
  });
});

/** Puts the cursor on the total and opens the menu until it shows the fix: the first keys may come before the editor. */
async function quickFixMenu({ page, editor }: Workbench, fix: string): Promise<Locator> {
  const menu = page.locator(".action-widget");
  await insist(
    () => menu.getByText(fix).first().waitFor({ timeout: 3000 }),
    async () => {
      await page.keyboard.press("Escape");
      await editor.getByText("68600").first().click();
      await page.keyboard.press("ControlOrMeta+.");
    },
  );
  return menu;
}
