import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { promisify } from "node:util";

export const cliFile = resolve("dist/cli.js");

/** Builds the terminal command as it is shipped. */
export async function buildCli(): Promise<void> {
  await promisify(execFile)(process.execPath, ["esbuild.mjs", "--only=cli"]);
}

export interface CliRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSetting {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** Ctrl-C once this has been said on standard error. */
  readonly interruptAfter?: string;
}

/** Runs the built command in an environment that says nothing of language and colours, unless the setting does. */
export async function runCli(cliArguments: readonly string[], setting: CliSetting = {}): Promise<CliRun> {
  const child = spawn(process.execPath, [cliFile, ...cliArguments], {
    cwd: setting.cwd,
    env: cliEnvironment(setting.env),
    stdio: "pipe",
  });
  const ended = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  child.stdin.on("error", () => undefined); // it may end without having read
  child.stdin.end(setting.input ?? "");
  let said = "";
  let isInterrupted = false;
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
    if (isInterrupted || setting.interruptAfter === undefined || !said.includes(setting.interruptAfter)) return;
    // A second one would end the process at once.
    isInterrupted = child.kill("SIGINT");
  });
  const [output, stderr] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
  const [code, signal] = await ended;
  return { code, signal, stdout: output.toString("utf8"), stderr };
}

export function cliEnvironment(extra: CliSetting["env"] = {}): NodeJS.ProcessEnv {
  const spoken = { LC_ALL: "C", LC_MESSAGES: undefined, LANG: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined };
  return { ...process.env, ...spoken, ...extra };
}

/** What one document's object of the JSON report holds, as far as the tests look. */
export interface DocumentJson {
  readonly file: string;
  readonly documentType: string | null;
  readonly verdict: string;
  readonly findings: readonly {
    readonly source: string;
    readonly rule: string | null;
    readonly code: string;
    readonly officialSeverity: string | null;
    readonly message: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  }[];
  readonly notEvaluated: readonly string[];
  readonly notEvaluatedBecause: Readonly<Record<string, string>>;
  readonly assumptions: readonly string[];
}

/** Runs `mva validate --format json` and reads what it prints. */
export async function validateJson(
  cliArguments: readonly string[],
  setting: CliSetting = {},
): Promise<CliRun & { readonly documents: readonly DocumentJson[] }> {
  const run = await runCli(["validate", "--format", "json", "--today", "2026-06-15", ...cliArguments], setting);
  return { ...run, documents: JSON.parse(run.stdout) as DocumentJson[] };
}
