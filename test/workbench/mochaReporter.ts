import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { countsFile } from "./counts.ts";

/** mocha's spec reporter that also leaves the counts for whoever runs several suites. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      const file = countsFile();
      if (file === undefined) return;
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}
