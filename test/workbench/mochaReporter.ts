import Mocha from "mocha";
import { reportCounts } from "./counts.ts";

/** How long a process may live on when its tests have ended. */
const lingerMilliseconds = 30_000;

/** mocha's spec reporter that also leaves the counts for whoever runs several suites. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const failed: string[] = [];
    const retried = new Map<string, string>();
    runner.on("retry", (test: Mocha.Test, error: unknown) => {
      retried.set(test.fullTitle(), `${test.fullTitle()}\n${shortened(error)}`);
    });
    runner.on("fail", (test, error: unknown) => {
      const before = retried.get(test.fullTitle());
      retried.delete(test.fullTitle());
      const first = before === undefined ? "" : `\nThe first go: ${before}`;
      failed.push(`${test.fullTitle()}\n${shortened(error)}${first}`);
    });
    runner.once("end", () => {
      const { passes, failures, pending } = this.stats;
      reportCounts({
        passed: passes,
        failed: failures,
        skipped: pending,
        failures: failed,
        retried: [...retried.values()],
      });
      // Unreferenced: it only speaks when something that a test forgot keeps the process alive.
      setTimeout(() => {
        process.stdout.write("    Something that a test left open keeps the process alive; it is ended now.\n");
        process.exit(failures === 0 ? 0 : 1);
      }, lingerMilliseconds).unref();
    });
  }
}

/** The error's beginning: a counterexample or a difference can be pages long, and stands whole further up. */
function shortened(error: unknown): string {
  // One that comes from a process beside this one is no `Error` any more.
  const { stack, message }: { readonly stack?: unknown; readonly message?: unknown } = Object(error) as object;
  const text = String(stack ?? message ?? error);
  return text.length > 3000 ? `${text.slice(0, 3000)} …` : text;
}
