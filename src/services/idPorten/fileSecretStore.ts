import { constants } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import * as v from "valibot";
import { SignInError } from "./problem.ts";
import type { SecretStore } from "./secretStore.ts";

const contentSchema = v.record(v.string(), v.string());

export interface FileSecretStoreOptions {
  readonly path: string;
  /** Default: this process's. */
  readonly platform?: NodeJS.Platform;
  readonly log?: (message: string) => void;
}

/**
 * Keeps secrets in one file that only its owner can read (mode 0600, in a folder of mode 0700 if it has to be made).
 * Written whole to a file beside it and renamed, so that it is never half written.
 * Methods reject with SignInError `storeUnsafe` where such a file can't be had or is not what is there.
 */
export function createFileSecretStore(options: FileSecretStoreOptions): SecretStore {
  const { path } = options;
  const listeners = new Set<(change: { readonly key: string }) => unknown>();
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  const assertPlatform = (): void => {
    if ((options.platform ?? process.platform) === "win32") throw unsafe(path, "platform");
  };
  const change = (key: string, value: string | undefined): Promise<void> =>
    inTurn(async () => {
      assertPlatform();
      const content = new Map(Object.entries(await read(path, options.log)));
      if (value === undefined) content.delete(key);
      else content.set(key, value);
      await write(path, Object.fromEntries(content));
      for (const listener of listeners) listener({ key });
    });
  return {
    get: (key) =>
      inTurn(async () => {
        assertPlatform();
        const content = await read(path, options.log);
        return Object.hasOwn(content, key) ? content[key] : undefined;
      }),
    store: change,
    delete: (key) => change(key, undefined),
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}

async function read(path: string, log?: (message: string) => void): Promise<Readonly<Record<string, string>>> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return {};
    throw codeOf(error) === "ELOOP" ? unsafe(path, "link") : error;
  }
  try {
    await assertOwnersOnly(file, path);
    const text = await file.readFile("utf8");
    const parsed = v.safeParse(contentSchema, parseJson(text));
    if (parsed.success) return parsed.output;
    log?.(`What is stored in ${path} can't be read and is dropped.`);
    return {};
  } finally {
    await file.close();
  }
}

async function write(path: string, content: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(content).length === 0) {
    await rm(path, { force: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  await rm(draft, { force: true });
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(draft, flags, 0o600);
  try {
    // Some file systems take any mode and keep none: looked at before anything secret is written.
    await assertOwnersOnly(file, path);
    await file.writeFile(JSON.stringify(content));
    await file.sync();
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

async function assertOwnersOnly(file: FileHandle, path: string): Promise<void> {
  const status = await file.stat();
  if (!status.isFile()) throw unsafe(path, "link");
  if ((status.mode & 0o077) !== 0) throw unsafe(path, "mode");
  if (process.getuid !== undefined && status.uid !== process.getuid()) throw unsafe(path, "owner");
}

function unsafe(path: string, reason: "platform" | "mode" | "owner" | "link"): SignInError {
  return new SignInError({ code: "storeUnsafe", path, reason });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
