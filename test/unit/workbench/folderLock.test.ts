import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withFolderLock } from "../../workbench/folderLock.ts";

describe("the lock of an install", () => {
  let folder: string;
  const silent = (): void => undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-lock-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("lets one at a time in, and everybody in the end", async () => {
    const lock = join(folder, "lock");
    let inside = 0;
    const entered: number[] = [];
    const enter = (): Promise<void> =>
      withFolderLock(lock, silent, async () => {
        inside += 1;
        entered.push(inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      });
    await Promise.all([enter(), enter(), enter()]);
    assert.deepEqual(entered, [1, 1, 1]);
    assert.equal(existsSync(lock), false);
  });

  it("is taken over from an owner that has died", async () => {
    const lock = join(folder, "lock");
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    await mkdir(lock);
    await writeFile(join(lock, "owner"), String(dead));
    assert.equal(await withFolderLock(lock, silent, () => Promise.resolve("in")), "in");
  });

  it("is given back when the work fails", async () => {
    const lock = join(folder, "lock");
    await assert.rejects(
      withFolderLock(lock, silent, () => Promise.reject(new Error("broken"))),
      /broken/,
    );
    assert.equal(existsSync(lock), false);
  });
});
