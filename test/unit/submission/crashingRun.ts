/**
 * Runs one submission and kills itself at a given point, as a power cut would: nothing is flushed, nothing is released.
 * Without a point it runs to the end and prints how many there are.
 */
import { setTimeout as delay } from "node:timers/promises";
import { standardPace } from "../../../src/submission/pace.ts";
import { createSubmissionStore } from "../../../src/submission/store.ts";
import type { SubmissionStore } from "../../../src/submission/store.ts";
import { createSubmissions } from "../../../src/submission/submissions.ts";

/** Around which request or which writing of the journal, counted from 1, the process ends. */
export interface CrashPoint {
  readonly around: "request" | "save";
  readonly number: number;
  readonly when: "before" | "after";
}

export interface CrashingRun {
  readonly home: string;
  readonly id: string;
  readonly environment: { readonly name: string; readonly platformUrl: string; readonly appUrl: string };
  readonly token: { readonly value: string; readonly expiresAt: number };
  /** What the clock shows at first, milliseconds since 1970. */
  readonly now: number;
  readonly point: CrashPoint | null;
}

const run = JSON.parse(process.env["MVA_CRASHING_RUN"] ?? "null") as CrashingRun | null;
if (run !== null) await crash(run);

async function crash({ home, id, environment, token, now, point }: CrashingRun): Promise<void> {
  const counts = { request: 0, save: 0 };
  const around = async <Result>(what: CrashPoint["around"], work: () => Promise<Result>): Promise<Result> => {
    const number = ++counts[what];
    const isHere = (when: CrashPoint["when"]): boolean =>
      point?.around === what && point.number === number && point.when === when;
    if (isHere("before")) process.kill(process.pid, "SIGKILL");
    const result = await work();
    if (isHere("after")) process.kill(process.pid, "SIGKILL");
    return result;
  };
  const store = createSubmissionStore(home);
  const crashing: SubmissionStore = {
    ...store,
    save: (journal, mayWrite) => around("save", () => store.save(journal, mayWrite)),
  };
  const clock = { now };
  await createSubmissions({
    environment,
    store: crashing,
    idPortenToken: () => Promise.resolve(token),
    fetch: (input, init) =>
      around("request", async () => {
        const response = await fetch(input, init);
        const body = await response.arrayBuffer();
        return new Response(body.byteLength === 0 ? null : body, response);
      }),
    now: () => new Date(clock.now),
    sleep: async (milliseconds) => {
      await delay(milliseconds / 1000);
      clock.now += milliseconds;
    },
    pace: standardPace,
  }).run(id);
  process.stdout.write(JSON.stringify(counts));
}
