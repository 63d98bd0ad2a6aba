import { randomUUID } from "node:crypto";
import { link, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import * as v from "valibot";
import type { Text } from "../vatReturn/text.ts";

const owner = v.object({ token: v.string(), pid: v.number(), host: v.string() });
type Owner = v.InferOutput<typeof owner>;

/** Another window or terminal works on the same submission right now. */
export class LockedError extends Error {
  override readonly name = "LockedError";
  readonly processId: number;
  readonly host: string;
  readonly text: Text;
  constructor(holder: Owner) {
    const text = {
      en: `Another window or terminal works on this submission right now (process ${holder.pid} on ${holder.host}). Wait for it, or end it there.`,
      nb: `Et annet vindu eller en annen terminal arbeider med denne innsendingen akkurat nå (prosess ${holder.pid} på ${holder.host}). Vent på den, eller avslutt den der.`,
    };
    super(text.en);
    this.text = text;
    this.processId = holder.pid;
    this.host = holder.host;
  }
}

export interface Lock {
  /**
   * A process that was asleep for long may have lost its lock to another: asked before the journal is written.
   * @throws LockedError where somebody else holds it now.
   */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

const heartbeat = 5_000;
const longestSilence = 30_000;

/**
 * Takes a lock file, exclusively among all processes that share the folder. One left behind by a process that died is
 * taken over: at once where the process can be seen to be gone, after 30 s without a heartbeat elsewhere.
 * @throws LockedError where somebody else holds it.
 */
export async function acquireLock(path: string): Promise<Lock> {
  const mine: Owner = { token: randomUUID(), pid: process.pid, host: hostname() };
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await createExclusively(path, mine)) return hold(path, mine);
    const holder = await readOwner(path);
    if (holder !== null && !(await isLeftBehind(path, holder))) throw new LockedError(holder);
    await removeStale(path, holder, mine);
  }
  throw new LockedError((await readOwner(path)) ?? mine);
}

/** Whether another process holds the lock, or this one. What is left behind counts as nobody's. */
export async function isLockHeld(path: string): Promise<boolean> {
  const holder = await readOwner(path);
  return holder !== null && !(await isLeftBehind(path, holder));
}

/** The file appears with its content or not at all: a link is made to one already written. */
async function createExclusively(path: string, mine: Owner): Promise<boolean> {
  const written = `${path}.${mine.token}`;
  await writeFile(written, JSON.stringify(mine), { mode: 0o600 });
  try {
    await link(written, path);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(written, { force: true });
  }
}

/**
 * Removes a stale lock. Two processes may find the same lock stale, and the slower one must not remove the fresh lock
 * of the faster: so only who holds the right to take over looks again and removes.
 */
async function removeStale(path: string, stale: Owner | null, mine: Owner): Promise<void> {
  const takeOver = `${path}.takeover`;
  if (!(await createExclusively(takeOver, mine))) {
    if (await isSilent(takeOver)) await rm(takeOver, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 50));
    return;
  }
  try {
    const now = await readOwner(path);
    if (now?.token === stale?.token) await rm(path, { force: true });
  } finally {
    await rm(takeOver, { force: true });
  }
}

async function isLeftBehind(path: string, holder: Owner): Promise<boolean> {
  if (holder.host === hostname() && holder.pid !== process.pid && !isAlive(holder.pid)) return true;
  return isSilent(path);
}

/** Whether the file's owner has not touched it for long, or it is gone. */
async function isSilent(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > longestSilence;
  } catch (error) {
    if (isCode(error, "ENOENT")) return true;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

/** null where the file is gone or is no lock of ours. */
async function readOwner(path: string): Promise<Owner | null> {
  try {
    const parsed = v.safeParse(owner, JSON.parse(await readFile(path, "utf8")));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    if (isCode(error, "ENOENT") || error instanceof SyntaxError) return null;
    throw error;
  }
}

function hold(path: string, mine: Owner): Lock {
  const beat = async (): Promise<void> => {
    const now = new Date();
    if ((await readOwner(path))?.token === mine.token) await utimes(path, now, now);
  };
  const timer = setInterval(() => {
    beat().catch(() => undefined);
  }, heartbeat);
  timer.unref();
  return {
    async assertHeld() {
      const holder = await readOwner(path);
      if (holder?.token !== mine.token) throw new LockedError(holder ?? mine);
    },
    async release() {
      clearInterval(timer);
      if ((await readOwner(path))?.token === mine.token) await rm(path, { force: true });
    },
  };
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
