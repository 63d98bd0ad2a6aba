import { parentPort } from "node:worker_threads";
import { createJudge } from "./worker/judge.ts";
import type { WorkerReply, WorkerRequest } from "./worker/protocol.ts";

/**
 * The thread that judges documents, the schema engine with it. It answers each request once, in order; what it throws
 * ends it, and the service that started it takes that as a crash.
 */
const judge = createJudge();

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}

parentPort?.on("message", ({ id, request }: WorkerRequest) => {
  judge(request).then(
    (outcome) => {
      reply(
        typeof outcome === "string"
          ? { kind: "refused", id, message: outcome }
          : { kind: "judged", id, document: outcome },
      );
    },
    (error: unknown) => {
      // Out of the promise chain, so that it ends the thread.
      setImmediate(() => {
        throw error;
      });
    },
  );
});
reply({ kind: "ready" });
