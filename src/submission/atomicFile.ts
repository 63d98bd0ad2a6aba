import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { allOver } from "./allOver.ts";

/**
 * Writes a file whole or not at all: into a neighbour first, flushed to the disk, then renamed over the old one. Only
 * its owner can read it. When the promise resolves, a power cut brings back no older version.
 * @param mayReplace asked meanwhile; where it rejects, the old file stays, and that is the error
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  mayReplace: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const folder = openFolder(dirname(path));
  try {
    await allOver<unknown>([writeFileDurably(temporary, content), mayReplace(), folder]);
    await renamePatiently(temporary, path);
    await flush(await folder);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await (await folder.catch(() => null))?.close();
  }
}

/** Writes a new file that only its owner can read, and waits until it is on the disk. */
export async function writeFileDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What Windows answers while somebody has the file open: another window that reads the journal, a virus scanner. */
const inUse: ReadonlySet<unknown> = new Set(["EACCES", "EBUSY", "EPERM"]);
/** Milliseconds. */
const pauses = [10, 20, 40, 80, 160, 320] as const;

/**
 * Gives a file or folder another name; a file of that name gives way. On Windows that has to wait for whoever reads it.
 * @param move the system's own
 * @param wait between two attempts, in milliseconds
 */
export async function renamePatiently(
  from: string,
  to: string,
  move: (from: string, to: string) => Promise<void> = rename,
  wait: (milliseconds: number) => Promise<unknown> = delay,
): Promise<void> {
  for (const pause of pauses) {
    try {
      await move(from, to);
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && inUse.has(error.code))) throw error;
    }
    await wait(pause);
  }
  await move(from, to);
}

/** Waits until the names in a folder are on the disk: without it a power cut may take a new or renamed file away. */
export async function flushFolder(path: string): Promise<void> {
  const folder = await openFolder(path);
  try {
    await flush(folder);
  } finally {
    await folder?.close();
  }
}

/** What systems answer that can't open or flush a folder (Windows, some network drives). They see to it themselves. */
const unable: ReadonlySet<unknown> = new Set(["EACCES", "EINVAL", "EISDIR", "ENOTSUP", "EPERM"]);

/** @returns null where a folder can't be opened */
async function openFolder(path: string): Promise<FileHandle | null> {
  return open(path, "r").catch(nullWhereUnable);
}

async function flush(folder: FileHandle | null): Promise<void> {
  await folder?.sync().catch(nullWhereUnable);
}

function nullWhereUnable(error: unknown): null {
  if (error instanceof Error && "code" in error && unable.has(error.code)) return null;
  throw error;
}
