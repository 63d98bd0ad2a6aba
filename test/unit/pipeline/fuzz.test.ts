import assert from "node:assert/strict";
import { fork } from "node:child_process";
import type { FuzzReport } from "./fuzzProcess.ts";

/** No document takes anywhere near this long; what does never ends. */
const patience = 60_000;
const runs = 20_000;

/** Runs in a process of its own, so that a document that never ends can be named instead of waited for. */
describe("mutated documents through the whole check", () => {
  it(`throw nothing, hang nowhere, and every finding stands inside the document (${String(runs)})`, async function () {
    this.timeout(0);
    const ends = await fuzz(runs, 20260204);
    assert.equal(ends.failure, null, ends.failure ?? "");
    const judged = Object.values(ends.verdicts).reduce((sum, number) => sum + number, 0);
    assert.ok(judged >= runs);
    for (const verdict of ["valid", "deviating", "invalid", "malformed", "notARecognisedDocument"])
      assert.ok(
        (ends.verdicts[verdict] ?? 0) > 0,
        `no document came out as ${verdict}: ${JSON.stringify(ends.verdicts)}`,
      );
  });
});

function fuzz(numberOfRuns: number, seed: number): Promise<Extract<FuzzReport, { kind: "ends" }>> {
  const child = fork("test/unit/pipeline/fuzzProcess.ts", [String(numberOfRuns), String(seed)], {
    execArgv: ["--import", "tsx"],
    serialization: "advanced", // texts with half surrogate pairs arrive as they were sent
  });
  let current = "(no document yet)";
  return new Promise((resolve, reject) => {
    const stalled = (): void => {
      child.kill("SIGKILL");
      reject(new Error(`This document was not judged within ${String(patience)} ms:\n${current}`));
    };
    let watch = setTimeout(stalled, patience);
    child.on("message", (report: FuzzReport) => {
      clearTimeout(watch);
      if (report.kind === "ends") {
        resolve(report);
        child.disconnect();
      } else {
        current = report.text;
        watch = setTimeout(stalled, patience);
      }
    });
    child.on("exit", (code, signal) => {
      clearTimeout(watch);
      reject(new Error(`The process ended (${String(code ?? signal)}) at this document:\n${current}`));
    });
  });
}
