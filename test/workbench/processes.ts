import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from "node:child_process";

/** Process trees started here and not yet ended: whatever happens to this process, they go with it. */
const running = new Set<ChildProcess>();
/** What has to be put in order before this process ends on an interruption, temporary folders for instance. */
const cleanups = new Set<() => Promise<void>>();
const cleanupMilliseconds = 8000;
let hooked = false;

/** Has `cleanup` run when this process is interrupted. Returns the function that takes it back. */
export function onInterrupt(cleanup: () => Promise<void>): () => void {
  hookExit();
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * Starts a process at the head of a tree of its own, so that `endTree` can take the whole tree down. The tree is
 * also ended when this process exits or is interrupted.
 */
export function startTree(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  hookExit();
  const child = spawn(command, args, { ...options, detached: process.platform !== "win32" });
  running.add(child);
  return child;
}

/** Ends a process tree: asks first, forces after `graceMilliseconds`. Resolves when its head is gone. */
export async function endTree(child: ChildProcess, graceMilliseconds = 3000): Promise<void> {
  const gone =
    child.exitCode !== null || child.signalCode !== null || child.pid === undefined
      ? Promise.resolve()
      : new Promise<void>((resolve) => {
          child.once("exit", () => resolve());
        });
  signalTree(child, "SIGTERM");
  const force = setTimeout(() => signalTree(child, "SIGKILL"), graceMilliseconds);
  await gone;
  clearTimeout(force);
  // The head is gone; descendants that ignored the first signal follow.
  signalTree(child, "SIGKILL");
  running.delete(child);
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}

function hookExit(): void {
  if (hooked) return;
  hooked = true;
  process.on("exit", () => {
    for (const child of running) signalTree(child, "SIGKILL");
  });
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(code), cleanupMilliseconds).unref();
      void Promise.allSettled([...cleanups].map((cleanup) => cleanup())).then(() => process.exit(code));
    });
  }
}

export type CommandResult = { readonly code: number | null; readonly output: string; readonly tookTooLong: boolean };

/**
 * Runs a command to its end and collects what it prints. Never throws: a command that cannot start has code null. One
 * that has not ended after `limitMilliseconds` is ended with all its descendants.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { readonly echo?: boolean; readonly limitMilliseconds?: number } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const { echo = false, limitMilliseconds, ...spawnOptions } = options;
    const child = startTree(command, args, { ...spawnOptions, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const take = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      if (echo) process.stdout.write(chunk);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    let tookTooLong = false;
    const stop = (): void => {
      tookTooLong = true;
      // Whatever still holds the pipes open, the wait is over when the head is gone.
      void endTree(child).then(() => finish(null));
    };
    const limit = limitMilliseconds === undefined ? undefined : setTimeout(stop, limitMilliseconds);
    const finish = (code: number | null): void => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, output, tookTooLong });
    };
    child.on("error", (error) => {
      output += error.message;
      finish(null);
    });
    child.on("close", finish);
  });
}
