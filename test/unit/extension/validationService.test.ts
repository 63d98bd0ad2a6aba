import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JudgeRequest } from "../../../src/extension/worker/protocol.ts";
import {
  createValidationService,
  type JudgeOutcome,
  type Priority,
  type ValidationService,
} from "../../../src/extension/worker/validationService.ts";
import { defaultOptions } from "../../../src/validation/options.ts";

/** A worker that does what the document's text says. */
const worker = `
import { parentPort } from "node:worker_threads";
let judged = 0;
parentPort.on("message", ({ id, request }) => {
  const { text } = request.content;
  if (text === "hang") for (;;);
  if (text === "crash") throw new Error("told to");
  if (text === "exit") process.exit(7);
  if (text === "refuse") parentPort.postMessage({ kind: "refused", id, message: "no JDK" });
  else parentPort.postMessage({ kind: "judged", id, document: { text, judged: ++judged } });
});
parentPort.postMessage({ kind: "ready" });
`;

describe("the validator's worker thread", () => {
  const folder = mkdtempSync(join(tmpdir(), "mva-worker-"));
  const workerFile = join(folder, "worker.mjs");
  const neverReady = join(folder, "neverReady.mjs");
  const broken = join(folder, "broken.mjs");
  let service: ValidationService;
  let logged: string[];

  before(() => {
    writeFileSync(workerFile, worker);
    writeFileSync(neverReady, "setInterval(() => {}, 1000);");
    writeFileSync(broken, "throw new Error('cannot load');");
  });
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(() => start(workerFile));
  afterEach(() => service.dispose());

  function start(file: string, documentLimit = 1000, startLimit = 20_000): void {
    logged = [];
    service = createValidationService({
      workerFile: file,
      documentLimit,
      startLimit,
      log: (message) => logged.push(message),
    });
  }

  function judge(text: string, priority: Priority = "interactive", signal = new AbortController().signal) {
    const options = defaultOptions("2026-11-01");
    const request: JudgeRequest = { content: { text }, options, language: "en", engine: "builtin" };
    return service.judge(request, priority, signal);
  }

  function textOf(outcome: JudgeOutcome): unknown {
    return outcome.kind === "judged" ? (outcome.document as unknown as { text: string }).text : outcome.kind;
  }

  it("answers each request with its own document", async () => {
    const outcomes = await Promise.all(["a", "b", "c"].map((text) => judge(text)));
    assert.deepEqual(outcomes.map(textOf), ["a", "b", "c"]);
  });

  it("takes what somebody looks at before what waits in a batch", async () => {
    const order: unknown[] = [];
    const note = async (outcome: Promise<JudgeOutcome>): Promise<void> => {
      order.push(textOf(await outcome));
    };
    await Promise.all([
      note(judge("batch 1", "batch")),
      note(judge("batch 2", "batch")),
      note(judge("typed", "interactive")),
    ]);
    assert.deepEqual(order, ["typed", "batch 1", "batch 2"]);
  });

  it("answers an aborted request at once and never sends one that still waits", async () => {
    const abort = new AbortController();
    const first = judge("first");
    const second = judge("second", "interactive", abort.signal);
    abort.abort();
    assert.deepEqual(await second, { kind: "cancelled" });
    assert.equal(textOf(await first), "first");
    const third = await judge("third");
    assert.equal(third.kind === "judged" && (third.document as unknown as { judged: number }).judged, 2);
  });

  it("drops the answer to a request that is aborted while in work", async () => {
    const abort = new AbortController();
    await judge("warm");
    const outcome = judge("in work", "interactive", abort.signal);
    abort.abort();
    assert.deepEqual(await outcome, { kind: "cancelled" });
    assert.equal(textOf(await judge("next")), "next");
  });

  it("ends a document that takes too long, and judges the next in a new worker", async () => {
    assert.deepEqual(await judge("hang"), { kind: "timedOut", limit: 1000 });
    assert.equal(textOf(await judge("after")), "after");
    assert.equal(logged.length, 1);
  });

  for (const text of ["crash", "exit"]) {
    it(`survives a worker that ends (${text})`, async () => {
      const [first, second] = await Promise.all([judge(text), judge("next")]);
      assert.equal(first.kind, "crashed");
      assert.equal(textOf(second), "next");
    });
  }

  it("stops after three failures in a row until it is restarted", async () => {
    for (let i = 0; i < 3; i++) assert.equal((await judge("crash")).kind, "crashed");
    assert.deepEqual(await judge("fine"), { kind: "stopped" });
    service.restart();
    assert.equal(textOf(await judge("fine")), "fine");
  });

  it("counts failures anew after a success", async () => {
    for (const text of ["crash", "crash", "fine", "crash", "crash", "fine"]) await judge(text);
    assert.equal(textOf(await judge("still there")), "still there");
  });

  it("passes a refusal on, and goes on", async () => {
    assert.deepEqual(await judge("refuse"), { kind: "refused", reason: "no JDK" });
    assert.equal(textOf(await judge("next")), "next");
  });

  it("tells of a worker that cannot be loaded", async () => {
    service.dispose();
    start(broken);
    assert.equal((await judge("a")).kind, "crashed");
  });

  it("tells of a worker that never gets ready", async () => {
    service.dispose();
    start(neverReady, 1000, 500);
    assert.deepEqual(await judge("a"), { kind: "timedOut", limit: 500 });
  });

  it("answers everything with cancelled when it is disposed", async () => {
    const waiting = [judge("a"), judge("b", "batch")];
    service.dispose();
    assert.deepEqual(await Promise.all(waiting), [{ kind: "cancelled" }, { kind: "cancelled" }]);
    assert.deepEqual(await judge("late"), { kind: "cancelled" });
  });
});
