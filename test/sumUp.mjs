/**
 * Prints the sum of the runs before, as the last line of `.ci/run`: "N passed, N failed". Plain JavaScript without a
 * dependency: the line has to come even when the packages could not be installed.
 */
import { readFileSync } from "node:fs";

const counts = ["sum.json", "sum-full.json"].map((name) => {
  try {
    return JSON.parse(readFileSync(new URL(`../out/test-results/${name}`, import.meta.url), "utf8"));
  } catch {
    // A run that left no sum broke off, which is one failure.
    return { passed: 0, failed: 1 };
  }
});
for (const { failures = [] } of counts) for (const failure of failures) process.stdout.write(`\n✖ ${failure}\n`);
const passed = counts.reduce((sum, each) => sum + each.passed, 0);
const failed = counts.reduce((sum, each) => sum + each.failed, 0);
process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
