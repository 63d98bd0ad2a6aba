import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { countsFile } from "./counts.ts";

/** How long a process may live on when its tests have ended. */
const lingerMilliseconds = 30_000;

/** mocha's spec reporter that also leaves the counts for whoever runs several suites. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures, pending } = this.stats;
      const file = countsFile();
      if (file !== undefined)
        writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      // Unreferenced: it only speaks when something that a test forgot keeps the process alive.
      setTimeout(() => {
        process.stdout.write("    Something that a test left open keeps the process alive; it is ended now.\n");
        process.exit(failures === 0 ? 0 : 1);
      }, lingerMilliseconds).unref();
    });
  }
}
