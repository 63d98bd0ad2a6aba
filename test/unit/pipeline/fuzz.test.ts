import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import type { FuzzOrder, FuzzReport } from "./fuzzWorker.ts";

/** No document takes anywhere near this long; what does never ends. */
const patience = 60_000;
const runs = process.env["MVA_TEST_FULL"] === "1" ? 20_000 : 2_000;

/** Runs in a thread of its own, so that a document that never ends can be named instead of waited for. */
describe("mutated documents through the whole check", () => {
  it(`throw nothing, hang nowhere, and every finding stands inside the document (${String(runs)})`, async function () {
    this.timeout(0);
    const order: FuzzOrder = { runs, seed: 20260204 };
    const ends = await fuzz(order);
    assert.equal(ends.failure, null, ends.failure ?? "");
    const judged = Object.values(ends.verdicts).reduce((sum, number) => sum + number, 0);
    assert.ok(judged >= runs);
    for (const verdict of ["valid", "deviating", "invalid", "malformed", "notARecognisedDocument"])
      assert.ok((ends.verdicts[verdict] ?? 0) > 0, `no document came out as ${verdict}: ${JSON.stringify(ends.verdicts)}`);
  });
});

function fuzz(order: FuzzOrder): Promise<Extract<FuzzReport, { kind: "ends" }>> {
  const worker = new Worker(new URL("./fuzzWorker.ts", import.meta.url), {
    workerData: order,
    execArgv: ["--import", "tsx"],
  });
  let current = "(no document yet)";
  return new Promise((resolve, reject) => {
    const stalled = (): void => {
      void worker.terminate();
      reject(new Error(`This document was not judged within ${String(patience)} ms:\n${current}`));
    };
    let watch = setTimeout(stalled, patience);
    worker.on("message", (report: FuzzReport) => {
      clearTimeout(watch);
      if (report.kind === "ends") {
        void worker.terminate();
        resolve(report);
      } else {
        current = report.text;
        watch = setTimeout(stalled, patience);
      }
    });
    worker.on("error", (error) => {
      clearTimeout(watch);
      reject(new Error(`The thread ended at this document:\n${current}`, { cause: error }));
    });
  });
}
