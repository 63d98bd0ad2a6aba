import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { createMemoryDiscoveryCache } from "../../src/services/idPorten/context.ts";
import { signInTestPerson } from "../../src/services/idPorten/testPerson.ts";
import { sleep } from "../../src/services/http.ts";
import { scopesFor } from "../../src/services/environments.ts";
import { environmentOfSandbox, readSandboxLine } from "../../src/services/sandboxLine.ts";
import { standardPace } from "../../src/submission/pace.ts";
import { prepareSubmission } from "../../src/submission/prepare.ts";
import { createSubmissionStore } from "../../src/submission/store.ts";
import { createSubmissions } from "../../src/submission/submissions.ts";
import { parseXml } from "../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../src/vatReturn/vatReturn.ts";
import { timingOf, type Timing } from "./measure.ts";

export interface SubmissionFigures {
  /** A submission with two attachments, without the time that the sandbox takes and without pauses. Milliseconds. */
  readonly overhead: Timing;
  /** From prepared to receipt, sandbox included. Milliseconds. */
  readonly whole: Timing;
  readonly calls: number;
  /** What the heap has grown by from the first half to the end, after collection; kilobytes. */
  readonly heapGrowthKilobytes: number;
  /** Open handles more at the end than half-way. */
  readonly handlesGained: number;
}

const sample = "samples/clean-general.xml";

/** Submits to the built sandbox, a process of its own, one submission after another. */
export async function measureSubmissions(sandboxScript: string, count: number): Promise<SubmissionFigures> {
  const words = ["--port", "0", "--verdict-delay", "0", "--receipt-delay", "0"];
  const child = spawn(process.execPath, [sandboxScript, ...words], { stdio: ["ignore", "pipe", "ignore"] });
  const home = await mkdtemp(join(tmpdir(), "mva-bench-"));
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    return await submitMany(line, home, count);
  } finally {
    child.kill();
    await rm(home, { recursive: true, force: true });
  }
}

async function submitMany(line: string, home: string, count: number): Promise<SubmissionFigures> {
  const described = readSandboxLine(line);
  const reading = described === null ? null : environmentOfSandbox(described);
  const person = described?.persons[0]?.nationalIdentityNumber;
  if (reading?.ok !== true || person === undefined) throw new Error("the sandbox's line can't be read");
  const { environment } = reading;
  const context = { environment, fetch, now: () => Date.now(), discoveryCache: createMemoryDiscoveryCache() };
  const options = { scopes: scopesFor(environment, ["submission"]), language: "en" } as const;
  const { session } = await signInTestPerson(context, person, options);
  const token = { value: session.tokens.access, expiresAt: Date.parse(session.expiresAt) };

  const addresses = {
    name: environment.name,
    platformUrl: environment.altinnPlatformUrl ?? "",
    appUrl: environment.altinnAppUrl ?? "",
  };
  const store = createSubmissionStore(home);
  let elsewhere = 0;
  let calls = 0;
  const timed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const start = performance.now();
    try {
      return await work();
    } finally {
      elsewhere += performance.now() - start;
    }
  };
  const submissions = createSubmissions({
    environment: addresses,
    store,
    idPortenToken: () => Promise.resolve(token),
    fetch: (input, init) =>
      timed(async () => {
        calls++;
        const response = await fetch(input, init);
        const body = await response.arrayBuffer();
        return new Response(body.byteLength === 0 ? null : body, response);
      }),
    sleep: (milliseconds, signal) => timed(() => sleep(Math.min(milliseconds, 5), signal)),
    pace: standardPace,
  });

  const bytes = await readFile(sample);
  const { root } = parseXml(bytes.toString("utf8"));
  if (root === null) throw new Error(`${sample} holds no return`);
  const attachments = ["one.pdf", "two.pdf"].map((fileName) => ({
    fileName,
    contentType: "application/pdf",
    bytes: Buffer.from(`%PDF-1.7 ${fileName}`),
  }));
  const overhead: number[] = [];
  const whole: number[] = [];
  const heap: number[] = [];
  const handles: number[] = [];
  for (let index = 0; index < count; index++) {
    elsewhere = 0;
    calls = 0;
    const start = performance.now();
    const { id } = await prepareSubmission(
      {
        environment: addresses,
        bytes,
        vatReturn: readVatReturn(root),
        sourcePath: sample,
        fileName: "clean-general.xml",
        attachments,
        envelope: null,
        createdBy: "bench",
        goal: "submit",
        outFolder: "",
      },
      store,
      new Date(),
    );
    const { verdict } = await submissions.run(id);
    if (verdict !== "accepted") throw new Error(`submission ${index}: ${verdict ?? "no verdict"}`);
    const time = performance.now() - start;
    whole.push(time);
    overhead.push(time - elsewhere);
    globalThis.gc?.();
    heap.push(process.memoryUsage().heapUsed);
    handles.push(process.getActiveResourcesInfo().length);
  }
  const half = Math.floor(count / 2);
  return {
    overhead: timingOf(overhead),
    whole: timingOf(whole),
    calls,
    heapGrowthKilobytes: ((heap.at(-1) ?? 0) - (heap[half] ?? 0)) / 1024,
    handlesGained: (handles.at(-1) ?? 0) - (handles[half] ?? 0),
  };
}
