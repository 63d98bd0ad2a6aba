import assert from "node:assert/strict";
import { withWorkbench } from "./harness/withWorkbench.ts";

describe("a return in the editor, as a user sees it", function () {
  this.timeout(120_000);
  const workbench = withWorkbench({
    files: {
      "broken.xml":
        '<mvaMeldingDto xmlns="no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0"><x></mvaMeldingDto>\n',
    },
  });

  it("is underlined where it is wrong, and listed in Problems", async () => {
    await workbench().openFile("broken.xml");
    await workbench().squiggles("error").first().waitFor();
    await workbench().openProblems();
    await workbench().problemRows("mva-melding").first().waitFor();
    assert.ok((await workbench().problemRows("mva-melding").count()) >= 1);
  });
});
