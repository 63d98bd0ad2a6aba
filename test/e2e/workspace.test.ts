import assert from "node:assert/strict";
import { returnWith } from "../bench/returns.ts";
import { withWorkbench } from "./harness/withWorkbench.ts";

describe("validating a workspace of many VAT returns", function () {
  this.timeout(240_000);
  const many = 6000;
  const files = Object.fromEntries(
    Array.from({ length: many }, (_, index) => [`return-${String(index)}.xml`, returnWith(30, index)]),
  );
  const workbench = withWorkbench({ files });

  it("stops when asked to, and says how far it came", async () => {
    await workbench().openFile("return-5999.xml");
    await workbench().run("MVA: Validate all VAT returns in the workspace");
    const progress = await workbench().notification(/Validating VAT returns/);
    await progress.getByRole("button", { name: "Cancel" }).click();
    const status = workbench()
      .statusItem(/Stopped before the end/)
      .first();
    await status.waitFor();
    await workbench().screenshot("workspace-cancelled");
    const judged = /Validated: (\d+)/.exec(await status.innerText())?.[1];
    assert.ok(Number(judged) < many, `${String(judged)} of ${String(many)} were judged before the stop.`);
  });
});
