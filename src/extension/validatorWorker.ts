import { parentPort } from "node:worker_threads";
import { createAnswerer } from "./worker/answers.ts";
import { createJudge } from "./worker/judge.ts";
import type { WorkerReply, WorkerRequest } from "./worker/protocol.ts";

/**
 * The thread that judges documents and answers questions about them, the schema engine with it. It answers each
 * request once, in order; what it throws ends it, and the service that started it takes that as a crash.
 */
const judge = createJudge();
const answer = createAnswerer();

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}

async function replyTo({ id, request }: WorkerRequest): Promise<WorkerReply> {
  if ("kind" in request) return { kind: "answered", id, answer: await answer(request) };
  const outcome = await judge(request);
  return typeof outcome === "string"
    ? { kind: "refused", id, message: outcome }
    : { kind: "judged", id, document: outcome };
}

parentPort?.on("message", (request: WorkerRequest) => {
  replyTo(request).then(reply, (error: unknown) => {
    // Out of the promise chain, so that it ends the thread.
    setImmediate(() => {
      throw error;
    });
  });
});
reply({ kind: "ready" });
