import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { LiveValidation } from "../../src/extension/editor/liveValidation.ts";
import type { JudgedDocument, JudgeRequest } from "../../src/extension/worker/protocol.ts";
import {
  createValidationService,
  type JudgeFailure,
  type JudgeOutcome,
  type ValidationService,
} from "../../src/extension/worker/validationService.ts";
import { defaultOptions } from "../../src/validation/options.ts";
import { closeEditors, replace, showFile, today } from "./support.ts";

interface Asked {
  readonly text: string;
  readonly signal: AbortSignal;
  readonly answer: (outcome: JudgeOutcome) => void;
}

/** A service whose answers come when the test says so. Other tests' documents, which may be open still, get none. */
class HeldService implements ValidationService {
  readonly asked: Asked[] = [];
  readonly #start: string;
  #waiting: (() => void) | null = null;

  constructor(start: string) {
    this.#start = start;
  }

  judge({ content }: JudgeRequest, _priority: string, signal: AbortSignal): Promise<JudgeOutcome> {
    return new Promise((resolve) => {
      const text = "text" in content ? content.text : "";
      if (!text.startsWith(this.#start)) return;
      this.asked.push({ text, signal, answer: resolve });
      this.#waiting?.();
    });
  }

  ask(): Promise<null> {
    return Promise.resolve(null);
  }

  async nth(count: number): Promise<Asked> {
    while (this.asked.length < count) await new Promise<void>((resolve) => (this.#waiting = resolve));
    const asked = this.asked[count - 1];
    assert.ok(asked);
    return asked;
  }

  restart(): void {
    this.#waiting = null;
  }

  dispose(): void {
    this.#waiting = null;
  }
}

/** A verdict with one finding that repeats the text it was computed on. */
function verdictOn(text: string): JudgeOutcome {
  const document: JudgedDocument = {
    documentType: "vatReturn",
    verdict: "invalid",
    findings: [
      {
        source: "rule",
        rule: "R018",
        code: "code",
        severity: "error",
        officialSeverity: "ugyldig",
        message: text,
        range: [0, 0, 0, 1],
        related: [],
        path: null,
        specificationLine: null,
        documentation: "https://example.org/",
        data: null,
      },
    ],
    counts: { error: 1, warning: 0, information: 0 },
    turnedOff: 0,
    notEvaluated: [],
    assumptions: [],
    summary: null,
    engine: "builtin",
    remote: null,
    duration: 1,
  };
  return { kind: "judged", document };
}

describe("a check that is overtaken or breaks", () => {
  const diagnostics = vscode.languages.createDiagnosticCollection("test");
  let live: LiveValidation | null = null;
  let failures: JudgeFailure[];

  function watch(service: ValidationService): LiveValidation {
    failures = [];
    live = new LiveValidation({
      services: { builtin: service, java: service },
      diagnostics,
      readRequest: () => ({ options: defaultOptions(today), language: "en" }),
      readRun: () => "onType",
      debounce: 5,
      reportFailure: (_document, failure) => failures.push(failure),
      afterClose: () => undefined,
    });
    return live;
  }

  function messages(document: vscode.TextDocument): readonly string[] {
    return (diagnostics.get(document.uri) ?? []).map(({ message }) => message);
  }

  function untilState(watched: LiveValidation, document: vscode.TextDocument, wanted: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const listener = watched.onDidChangeState((changed) => {
        if (changed !== document || !wanted()) return;
        listener.dispose();
        resolve();
      });
      if (wanted()) {
        listener.dispose();
        resolve();
      }
    });
  }

  afterEach(async () => {
    live?.dispose();
    live = null;
    await closeEditors();
  });
  after(() => diagnostics.dispose());

  it("publishes nothing of a version that was typed over, and the verdict on the last one", async () => {
    const document = await showFile("overtaken.txt", '<mvaMeldingDto overtaken="">first</mvaMeldingDto>');
    const service = new HeldService("<mvaMeldingDto overtaken");
    const watched = watch(service);
    const first = await service.nth(1);
    await replace(document, "first", "second");
    const second = await service.nth(2);
    assert.ok(first.signal.aborted, "the first check was given up");
    first.answer(verdictOn(first.text));
    await Promise.resolve();
    assert.deepEqual(messages(document), []);
    second.answer(verdictOn(second.text));
    await untilState(watched, document, () => messages(document).length > 0);
    assert.deepEqual(messages(document), ['<mvaMeldingDto overtaken="">second</mvaMeldingDto>']);
  });

  it("publishes nothing for a document that was closed meanwhile", async () => {
    const document = await showFile("closed.txt", '<mvaMeldingDto closed="">closed</mvaMeldingDto>');
    const service = new HeldService("<mvaMeldingDto closed");
    const watched = watch(service);
    const asked = await service.nth(1);
    await closeEditors();
    await untilState(watched, document, () => watched.stateOf(document) === null);
    asked.answer(verdictOn(asked.text));
    await Promise.resolve();
    assert.deepEqual(messages(document), []);
    assert.ok(asked.signal.aborted, "the check was given up");
  });

  it("asks once for many keystrokes in a row", async () => {
    const document = await showFile("keystrokes.txt", '<mvaMeldingDto keystrokes="">0</mvaMeldingDto>');
    const service = new HeldService("<mvaMeldingDto keystrokes");
    const watched = watch(service);
    (await service.nth(1)).answer(verdictOn("opened"));
    await untilState(watched, document, () => messages(document).length > 0);
    const edit = new vscode.WorkspaceEdit();
    for (let i = 0; i < 5; i++) edit.insert(document.uri, new vscode.Position(0, 29), "x");
    await vscode.workspace.applyEdit(edit);
    const second = await service.nth(2);
    assert.match(second.text, /xxxxx0/);
    assert.equal(service.asked.length, 2);
  });

  it("names the failure of a check that hangs or crashes, leaves typing alone, and recovers when asked", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mva-worker-"));
    const workerFile = join(folder, "worker.mjs");
    writeFileSync(
      workerFile,
      `import { parentPort } from "node:worker_threads";
      const outcome = ${JSON.stringify(verdictOn("judged"))};
      parentPort.on("message", ({ id, request }) => {
        if (request.content.text.includes("HANG")) for (;;);
        if (request.content.text.includes("CRASH")) throw new Error("told to");
        parentPort.postMessage({ kind: "judged", id, document: outcome.document });
      });
      parentPort.postMessage({ kind: "ready" });`,
    );
    const service = createValidationService({
      workerFile,
      documentLimit: 500,
      startLimit: 20_000,
      log: () => undefined,
    });
    try {
      const document = await showFile("hang.txt", "<mvaMeldingDto>HANG</mvaMeldingDto>");
      const watched = watch(service);
      await untilState(watched, document, () => failures.length === 1);
      assert.deepEqual(watched.stateOf(document)?.failure, { kind: "timedOut", limit: 500 });
      await replace(document, "HANG", "CRASH");
      assert.equal(watched.stateOf(document)?.busy, false);
      assert.equal((await watched.validateNow(document, "builtin")).kind, "crashed");
      await replace(document, "CRASH", "fine");
      assert.equal((await watched.validateNow(document, "builtin")).kind, "judged");
      assert.deepEqual(messages(document), ["judged"]);
      assert.equal(watched.stateOf(document)?.failure, null);
    } finally {
      service.dispose();
      rmSync(folder, { recursive: true });
    }
  });
});
