import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const pollMilliseconds = 1000;
/** A lock folder without an owner's name is being written; after this long its writer must have died. */
const namelessMilliseconds = 10_000;

/**
 * Runs `work` while holding the lock `folder`, which only one process at a time can make. Waits for a living owner;
 * takes the lock over from one that has died.
 */
export async function withFolderLock<T>(
  folder: string,
  say: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  let told = false;
  while (!(await tryTake(folder))) {
    if (await isAbandoned(folder)) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) say(`Waiting for another process that holds ${folder} …`);
    told = true;
    await pause(pollMilliseconds);
  }
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tryTake(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  await writeFile(join(folder, "owner"), String(process.pid));
  return true;
}

async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(join(folder, "owner"), "utf8"));
    if (Number.isInteger(owner) && owner > 0) return !isAlive(owner);
  } catch {
    // No owner yet: judged by age below.
  }
  try {
    return Date.now() - (await stat(folder)).mtimeMs > namelessMilliseconds;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
