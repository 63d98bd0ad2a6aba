import { withWorkbench } from "./harness/withWorkbench.ts";
import { untilCount } from "./harness/workbench.ts";

describe("the samples in the editor, as a user sees them", function () {
  this.timeout(120_000);
  const workbench = withWorkbench();

  it("underlines what is wrong and lists it in Problems", async () => {
    await workbench().openFile("many-mistakes.xml");
    await workbench().squiggles("error").first().waitFor();
    await workbench().openProblems();
    await workbench().problemRows("mva-melding").first().waitFor();
    await workbench().screenshot("problems");
  });

  it("finds nothing wrong in a clean return, and says so in the language status", async () => {
    await workbench().openFile("clean-general.xml");
    await workbench().run("MVA: Validate VAT return");
    const status = await workbench().languageStatus();
    await status.filter({ hasText: "No errors found" }).first().waitFor();
    await untilCount(workbench().squiggles("error"), 0);
    await workbench().screenshot("clean");
  });
});
