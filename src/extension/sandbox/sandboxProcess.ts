import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { readSandboxLine } from "../../services/sandboxLine.ts";

/** How a start of the sandbox's process went. */
export type StartOutcome =
  | { readonly kind: "listening"; readonly controlUrl: string }
  /** The port is taken, or another window's sandbox has the state folder. */
  | { readonly kind: "refused"; readonly reason: string; readonly portTaken: boolean }
  | { readonly kind: "failed"; readonly reason: string };

export interface StartOptions {
  /** The sandbox's bundle. */
  readonly script: string;
  readonly stateFolder: string;
  /** Null for the usual port or the next free one. */
  readonly port: number | null;
  readonly log: (line: string) => void;
  /** Milliseconds until it must have said that it listens. */
  readonly limit: number;
}

/** Exit code of the sandbox where what was asked for can't be had. */
const exitWrongUse = 2;

/**
 * Starts a sandbox that outlives this window as long as another one uses it. The program is the Node of the extension
 * host; in the desktop editor that is the editor itself, which the environment variable turns into a Node.
 */
export async function startSandboxProcess(options: StartOptions): Promise<StartOutcome> {
  const { script, stateFolder, port, limit } = options;
  const words = [script, "--leased", "--state", stateFolder, ...(port === null ? [] : ["--port", String(port)])];
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "pipe", "pipe"],
    env: environmentOfChild(),
    detached: true,
    windowsHide: true,
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    said.push(line);
    options.log(line);
  });
  const outcome = await firstOutcome(child, limit, () => said.join(" "));
  if (outcome.kind === "listening") child.unref();
  else child.kill();
  return outcome;
}

/** The extension host's environment without the switches that are meant for the editor alone. */
function environmentOfChild(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:NODE_OPTIONS|VSCODE_)/.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: "1" };
}

function firstOutcome(child: ChildProcess, limit: number, said: () => string): Promise<StartOutcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end({ kind: "failed", reason: `no answer within ${limit / 1000} s` }), limit);
    const end = (outcome: StartOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.once("error", (error) => end({ kind: "failed", reason: error.message }));
    child.once("close", (code) => {
      const reason = said() === "" ? `it ended with code ${String(code)}` : said();
      const portTaken = /^Port [0-9]+ on \S+ is taken/m.test(said());
      end(code === exitWrongUse ? { kind: "refused", reason, portTaken } : { kind: "failed", reason });
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).once("line", (line) => {
      const controlUrl = readSandboxLine(line)?.controlUrl ?? null;
      end(
        controlUrl === null ? { kind: "failed", reason: "its line can't be read" } : { kind: "listening", controlUrl },
      );
    });
  });
}
