import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as v from "valibot";
import { removeFile, writeAtomically } from "./store.ts";

/** What a running sandbox writes into its state folder, so that further windows find and join it. */
const discoverySchema = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  port: v.number(),
  issuer: v.string(),
  controlUrl: v.string(),
});

export type DiscoveryFile = v.InferOutput<typeof discoverySchema>;

/** The state folder is in use by a sandbox that runs. */
export class StateInUseError extends Error {}

/** How often, and with which pause in milliseconds, a lock without a number is looked at before it is taken over. */
const looksAtEmptyLock = 80;
const betweenLooks = 25;

const fileIn = (folder: string): string => join(folder, "sandbox.json");
const lockIn = (folder: string): string => join(folder, "sandbox.lock");

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is there, though we may not signal it.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Reads what the running sandbox of this folder left to be found; null if there is none, or it does not run any more. */
export async function findRunningSandbox(folder: string): Promise<DiscoveryFile | null> {
  try {
    const parsed = v.safeParse(discoverySchema, JSON.parse(await readFile(fileIn(folder), "utf8")));
    return parsed.success && isRunning(parsed.output.pid) ? parsed.output : null;
  } catch {
    return null;
  }
}

async function tryToLock(folder: string): Promise<boolean> {
  try {
    const handle = await open(lockIn(folder), "wx", 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** The process that the lock names; 0 where it names none, because its maker fell before it could write. */
async function holderOfLock(folder: string): Promise<number> {
  for (let look = 0; look < looksAtEmptyLock; look++) {
    const text = await readFile(lockIn(folder), "utf8").catch(() => "0");
    if (text !== "") return Number(text);
    // Made a moment ago: the number comes next.
    await pause(betweenLooks);
  }
  return 0;
}

/**
 * Claims the state folder for this process. A claim of a process that no longer runs is taken over.
 *
 * @returns a function that gives it up
 * @throws StateInUseError where another sandbox runs on it
 */
export async function claimState(folder: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await tryToLock(folder)) {
      return async () => {
        await removeFile(fileIn(folder));
        await removeFile(lockIn(folder));
      };
    }
    const holder = await holderOfLock(folder);
    if (Number.isInteger(holder) && holder > 0 && isRunning(holder)) {
      const found = await findRunningSandbox(folder);
      const where = found === null ? "" : ` at ${found.issuer}`;
      throw new StateInUseError(`A sandbox (process ${String(holder)}) already uses ${folder}${where}.`);
    }
    await removeFile(lockIn(folder));
  }
  throw new StateInUseError(`The state folder ${folder} could not be claimed: other sandboxes are starting on it.`);
}

export async function writeDiscoveryFile(folder: string, content: DiscoveryFile): Promise<void> {
  await writeAtomically(fileIn(folder), `${JSON.stringify(content)}\n`);
}
