import { Workbench, type WorkbenchOptions } from "./workbench.ts";

/**
 * Opens a workbench before the tests of the surrounding `describe` and closes it after them. A failing test leaves a
 * screenshot named after it in out/screenshots. Returns a function, because the workbench exists only inside tests.
 */
export function withWorkbench(options: WorkbenchOptions | (() => Promise<WorkbenchOptions>) = {}): () => Workbench {
  let workbench: Workbench | undefined;
  const current = (): Workbench => {
    if (workbench === undefined) throw new Error("The workbench is open only while tests run.");
    return workbench;
  };
  before(async function () {
    this.timeout(600_000);
    workbench = await Workbench.open(typeof options === "function" ? await options() : options);
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench?.screenshot(`failed ${this.currentTest.fullTitle()}`);
  });
  after(async function () {
    this.timeout(180_000);
    await workbench?.close();
  });
  return current;
}
