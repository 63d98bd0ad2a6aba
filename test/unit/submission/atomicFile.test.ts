import assert from "node:assert/strict";
import { mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renamePatiently, writeFileAtomically } from "../../../src/submission/atomicFile.ts";

describe("a file that is written whole or not at all", () => {
  let folder = "";
  let path = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-atomic-"));
    path = join(folder, "journal.json");
    await writeFile(path, "old");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Lets `before` see every flush of a file or folder while `work` is done. */
  async function watchingFlushes(before: (kind: "file" | "folder") => Promise<void>, work: () => Promise<void>) {
    const handle = await open(path, "r");
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    // Called with the handle it belongs to, below.
    const sync: unknown = Reflect.get(prototype, "sync");
    prototype.sync = async function (this: FileHandle) {
      await before((await this.stat()).isDirectory() ? "folder" : "file");
      await (Reflect.apply(sync as () => unknown, this, []) as Promise<void>);
    };
    try {
      await work();
    } finally {
      Object.assign(prototype, { sync });
    }
  }

  it("is on the disk before it takes the old one's place, and so is its name before anybody goes on", async function () {
    if (process.platform === "win32") {
      process.stdout.write("      Windows lets nobody flush a folder\n");
      this.skip();
    }
    const flushed: string[] = [];
    await watchingFlushes(
      async (kind) => void flushed.push(`${kind} while the name stands for the ${await readFile(path, "utf8")} one`),
      () => writeFileAtomically(path, "new"),
    );
    assert.deepEqual(flushed, [
      "file while the name stands for the old one",
      "folder while the name stands for the new one",
    ]);
  });

  for (const code of ["EACCES", "EINVAL", "EISDIR", "ENOTSUP", "EPERM"]) {
    it(`is written where folders can't be flushed (${code})`, async () => {
      await watchingFlushes(failingFor("folder", code), () => writeFileAtomically(path, "new"));
      assert.equal(await readFile(path, "utf8"), "new");
    });
  }

  for (const kind of ["file", "folder"] as const) {
    it(`is not called written where the disk fails for the ${kind}`, async () => {
      const written = watchingFlushes(failingFor(kind, "EIO"), () => writeFileAtomically(path, "new"));
      await assert.rejects(written, { code: "EIO" });
      assert.deepEqual(await readdir(folder), ["journal.json"]);
    });
  }

  it("leaves the old one where it may not be replaced, and nothing beside it", async () => {
    const refuse = (): Promise<void> => Promise.reject(new Error("not yours"));
    await assert.rejects(writeFileAtomically(path, "new", refuse), /not yours/);
    assert.equal(await readFile(path, "utf8"), "old");
    assert.deepEqual(await readdir(folder), ["journal.json"]);
  });
});

describe("a file that takes the place of one that somebody may have open", () => {
  /** Renames with a system that refuses so often. */
  async function renamed(code: string, refusals: number): Promise<{ attempts: number; pauses: readonly number[] }> {
    const pauses: number[] = [];
    let attempts = 0;
    const move = (from: string, to: string): Promise<void> => {
      assert.deepEqual([from, to], ["new", "old"]);
      attempts++;
      return attempts <= refusals ? Promise.reject(Object.assign(new Error("refused"), { code })) : Promise.resolve();
    };
    const wait = (milliseconds: number): Promise<void> => {
      pauses.push(milliseconds);
      return Promise.resolve();
    };
    await renamePatiently("new", "old", move, wait).catch((error: unknown) => {
      throw Object.assign(error as Error, { attempts });
    });
    return { attempts, pauses };
  }

  for (const code of ["EACCES", "EBUSY", "EPERM"]) {
    it(`waits until Windows lets it (${code})`, async () => {
      assert.deepEqual(await renamed(code, 0), { attempts: 1, pauses: [] });
      assert.deepEqual(await renamed(code, 2), { attempts: 3, pauses: [10, 20] });
      assert.equal((await renamed(code, 6)).attempts, 7);
      await assert.rejects(renamed(code, 7), { code, attempts: 7 });
    });
  }

  it("waits for nothing where another reason is given", async () => {
    await assert.rejects(renamed("ENOSPC", 1), { code: "ENOSPC", attempts: 1 });
  });
});

function failingFor(failing: "file" | "folder", code: string): (kind: "file" | "folder") => Promise<void> {
  return (kind) =>
    kind === failing ? Promise.reject(Object.assign(new Error(`the ${kind} fails`), { code })) : Promise.resolve();
}
