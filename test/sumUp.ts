/** Prints the sum of the runs before, as the last line of `.ci/run`: "N passed, N failed". Fails when one is missing. */
import { join } from "node:path";
import { addCounts, readCounts } from "./workbench/counts.ts";
import { projectRoot } from "./workbench/project.ts";
import { endWith, say } from "./workbench/say.ts";

await endWith(() => {
  const runs = ["sum.json", "sum-full.json"].map((name) => readCounts(join(projectRoot, "out", "test-results", name)));
  // A run that left no sum broke off, which is one failure.
  const { passed, failed } = addCounts(runs.map((counts) => counts ?? { passed: 0, failed: 1, skipped: 0 }));
  say(`\n${passed} passed, ${failed} failed`);
  return Promise.resolve(failed === 0 && passed > 0 ? 0 : 1);
});
