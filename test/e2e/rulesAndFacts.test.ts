import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../workbench/project.ts";
import { withWorkbench } from "./harness/withWorkbench.ts";
import { untilCount } from "./harness/workbench.ts";

const clean = readFileSync(join(projectRoot, "samples", "clean-general.xml"), "utf8");
const organisationNumber = /<organisasjonsnummer>(\d+)</.exec(clean)?.[1] ?? "";

function facts(known: object): string {
  return JSON.stringify({ organisations: [{ organisationNumber, ...known }] });
}

describe("taxpayer facts in several folders, and the rules they leave open", function () {
  this.timeout(180_000);
  const workbench = withWorkbench({
    settings: { "mvaMelding.rules.today": "2026-06-01" },
    workspaceFile: "both.code-workspace",
    files: {
      "both.code-workspace": JSON.stringify({ folders: [{ path: "north" }, { path: "south" }] }),
      "north/northern.xml": clean,
      "north/mva-facts.json": facts({ vatRegistrations: [] }),
      "south/southern.xml": clean,
      "south/mva-facts.json": facts({ jointRegistration: { reportingUnit: "888888888" } }),
    },
  });

  it("explains a rule chosen from the list, with no return open", async () => {
    const { page } = workbench();
    // The palette lists what there is when it opens: by now the extension has started.
    await workbench().openFile("northern.xml");
    await workbench().statusItem("MVA: sandbox").first().waitFor();
    await workbench().run("View: Close All Editors");
    await workbench().run("MVA: Explain rule");
    await workbench().quickInputBox.fill("one-off registration");
    const row = workbench().quickInputRow("R083").first();
    await row.waitFor();
    await untilCount(workbench().quickInputRow("R018"), 0);
    await row.click();
    const frame = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await frame.getByRole("heading", { name: /R083/ }).first().waitFor();
    await workbench().screenshot("explain-rule-from-the-list");
    await workbench().run("View: Close All Editors");
  });

  it("decides each return by the facts of its own folder", async () => {
    await workbench().openFile("northern.xml");
    await workbench().openProblems();
    await workbench().problemRows("R047").first().waitFor();
    await untilCount(workbench().problemRows("R051"), 0);
    await workbench().openFile("southern.xml");
    await workbench().problemRows("R051").first().waitFor();
    await untilCount(workbench().problemRows("R047"), 1);
    await untilCount(workbench().problemRows("R051"), 1);
    await workbench().screenshot("facts-of-two-folders");
  });

  it("tells what only Skatteetaten checks from what a setting would decide", async () => {
    await workbench().page.locator('.tabs-container .tab[data-resource-name="northern.xml"]').click();
    const status = await workbench().languageStatus();
    await status
      .filter({ hasText: /\d rules checked only by Skatteetaten/ })
      .first()
      .waitFor();
    await status.filter({ hasText: "1 rule needs a setting" }).first().waitFor();
    await workbench().screenshot("rules-not-decided-status");
    await workbench().run("MVA: Show rules not evaluated");
    const { quickInput } = workbench();
    await quickInput.getByText("Decided once a setting or taxpayer facts say more").waitFor();
    await quickInput.getByText(/^Checked only by Skatteetaten, unless taxpayer facts/).waitFor();
    await workbench().quickInputRow("R085").first().waitFor();
    await workbench().screenshot("rules-not-decided-list");
    await workbench().page.keyboard.press("Escape");
  });
});
