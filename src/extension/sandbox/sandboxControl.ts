import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { isLoopbackHost } from "../../services/environments.ts";
import { readSandboxLine, type SandboxLine } from "../../services/sandboxLine.ts";

/** One call to a sandbox on this machine answers at once or not at all. */
const callLimit = 3000;

const discoverySchema = v.object({ controlUrl: v.pipe(v.string(), v.url()) });
const joinSchema = v.object({ lease: v.string(), heartbeatMilliseconds: v.pipe(v.number(), v.minValue(100)) });
const statusSchema = v.object({ sandbox: v.unknown() });

/** This window's place in a sandbox that several windows share. */
export interface Membership {
  readonly line: SandboxLine;
  readonly heartbeatMilliseconds: number;
  /** A sign of life. False where the sandbox is gone or does not know this window any more. */
  beat(): Promise<boolean>;
  /** Leaves; the last window to do so ends the sandbox. Best effort. */
  leave(): Promise<void>;
  /** Ends the sandbox for every window. Best effort. */
  stop(): Promise<void>;
}

/** The control address that a running sandbox left in its state folder; null if there is none. */
export async function findControlUrl(stateFolder: string): Promise<string | null> {
  try {
    const text = await readFile(join(stateFolder, "sandbox.json"), "utf8");
    const found = v.safeParse(discoverySchema, JSON.parse(text));
    // Whatever the file says, nothing but this machine is ever called.
    return found.success && isLoopbackHost(new URL(found.output.controlUrl).hostname) ? found.output.controlUrl : null;
  } catch {
    return null;
  }
}

/** Joins the sandbox that is steered from this address. @returns null where none answers there. */
export async function joinSandbox(controlUrl: string): Promise<Membership | null> {
  try {
    const joined = v.parse(joinSchema, await call(controlUrl, "POST", "/join", {}));
    const status = v.parse(statusSchema, await call(controlUrl, "GET", "/status"));
    const line = readSandboxLine(JSON.stringify(status.sandbox));
    if (line === null) return null;
    const { lease, heartbeatMilliseconds } = joined;
    return {
      line,
      heartbeatMilliseconds,
      beat: () => succeeds(call(controlUrl, "POST", "/heartbeat", { lease })),
      leave: async () => {
        await succeeds(call(controlUrl, "POST", "/leave", { lease }));
      },
      stop: async () => {
        await succeeds(call(controlUrl, "POST", "/stop", {}));
      },
    };
  } catch {
    return null;
  }
}

async function call(controlUrl: string, method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
  const init: RequestInit = { method, signal: AbortSignal.timeout(callLimit), redirect: "error" };
  if (body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`${controlUrl}${path}`, init);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return answer;
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch {
    return false;
  }
}
