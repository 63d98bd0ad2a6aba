import { resolve as absolute } from "node:path";
import { Worker } from "node:worker_threads";
import type { JudgeRequest, WorkerReply } from "../../src/extension/worker/protocol.ts";
import { defaultOptions } from "../../src/validation/options.ts";
import { timingOf, type Timing } from "./measure.ts";
import { returnWith } from "./returns.ts";

/**
 * What the first judgement after activation takes, in milliseconds: the worker is started, the schema engine loaded, a
 * return of 30 lines judged. Each in a new worker.
 */
export async function measureFirstJudgement(workerFile: string, runs: number): Promise<Timing> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await firstJudgement(workerFile));
  return timingOf(times);
}

function firstJudgement(workerFile: string): Promise<number> {
  const request: JudgeRequest = {
    content: { text: returnWith(30) },
    options: defaultOptions("2026-06-15"),
    language: "en",
    engine: "builtin",
  };
  const start = performance.now();
  const worker = new Worker(absolute(workerFile));
  worker.postMessage({ id: 1, request });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (reply: WorkerReply) => {
      if (reply.kind === "ready") return;
      const took = performance.now() - start;
      void worker.terminate();
      if (reply.kind === "judged") resolve(took);
      else reject(new Error("The worker did not judge the return."));
    });
  });
}
