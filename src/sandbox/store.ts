import { chmod, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { Log } from "./log.ts";

/** One part of the sandbox's state: a value in memory that is kept in a file of its own if there is a state folder. */
export interface Section<T> {
  readonly value: T;
  /** Says that `value` was altered in place; it is written soon, several alterations at once. */
  readonly changed: () => void;
}

/** The sandbox's state. All services share one; each has sections of its own. */
export interface Store {
  /** The folder the state lives in, or null where it lives in memory only. */
  readonly folder: string | null;
  /**
   * Opens a section. What the file holds is checked against `schema`; a file that does not fit is set aside (renamed,
   * with a line in the log) and `initial` takes its place.
   */
  readonly section: <T>(
    name: string,
    schema: v.GenericSchema<unknown, T>,
    initial: () => T | Promise<T>,
  ) => Promise<Section<T>>;
  /** Writes everything that is not yet written. */
  readonly flush: () => Promise<void>;
}

interface OpenSection {
  readonly file: string;
  readonly read: () => unknown;
  dirty: boolean;
}

/**
 * Writes `content` to `file` so that a reader sees either the old or the new content, never a part: to a neighbour first,
 * synchronised, then renamed over. Only the owner can read it.
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const neighbour = `${file}.${String(process.pid)}.tmp`;
  const handle = await open(neighbour, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(neighbour, file);
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function parse<T>(text: string, schema: v.GenericSchema<unknown, T>): T | null {
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

async function setAside(file: string, log: Log): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const aside = `${file}.broken-${String(attempt)}`;
    if ((await readOrNull(aside)) !== null) continue;
    await rename(file, aside);
    log.warn(`The state file ${file} could not be understood. It was set aside as ${aside}, and a new one begun.`);
    return;
  }
}

/** Opens the store in `folder` (made if missing, readable by its owner only), or in memory where `folder` is null. */
export async function openStore(folder: string | null, log: Log): Promise<Store> {
  const sections: OpenSection[] = [];
  let writing: Promise<void> = Promise.resolve();
  let scheduled: NodeJS.Timeout | null = null;

  const writeAll = (): Promise<void> => {
    if (scheduled !== null) clearTimeout(scheduled);
    scheduled = null;
    writing = writing.then(async () => {
      for (const section of sections.filter((candidate) => candidate.dirty)) {
        section.dirty = false;
        try {
          await writeAtomically(section.file, JSON.stringify(section.read()));
        } catch (error) {
          section.dirty = true;
          log.error(`The state file ${section.file} could not be written`, error);
        }
      }
    });
    return writing;
  };

  if (folder !== null) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (process.platform !== "win32") await chmod(folder, 0o700);
  }

  return {
    folder,
    async section<T>(
      name: string,
      schema: v.GenericSchema<unknown, T>,
      initial: () => T | Promise<T>,
    ): Promise<Section<T>> {
      if (folder === null) return { value: await initial(), changed: () => undefined };
      const file = join(folder, `${name}.json`);
      const text = await readOrNull(file);
      const known = text === null ? null : parse(text, schema);
      if (text !== null && known === null) await setAside(file, log);
      const value = known ?? (await initial());
      const section: OpenSection = { file, read: () => value, dirty: known === null };
      sections.push(section);
      if (section.dirty) await writeAll();
      return {
        value,
        changed: () => {
          section.dirty = true;
          scheduled ??= setTimeout(() => void writeAll(), 50);
        },
      };
    },
    flush: writeAll,
  };
}

/** Removes a file, whether it is there or not. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}
