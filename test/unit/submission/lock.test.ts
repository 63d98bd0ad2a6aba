import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { acquireLock, LockedError } from "../../../src/submission/lock.ts";

describe("the lock of a submission", () => {
  let folder = "";
  let path = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-lock-"));
    path = join(folder, "lock");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is held by one at a time and leaves nothing behind", async () => {
    const lock = await acquireLock(path);
    await assert.rejects(acquireLock(path), LockedError);
    await lock.release();
    assert.deepEqual(await readdir(folder), []);
    await (await acquireLock(path)).release();
  });

  it("is won by exactly one of many who ask at once", async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(path)));
    assert.equal(asked.filter((answer) => answer.status === "fulfilled").length, 1);
    assert.ok(asked.every((answer) => answer.status === "fulfilled" || answer.reason instanceof LockedError));
  });

  it("is taken over from a process that has died, by exactly one of many", async () => {
    const dead = spawn(process.execPath, ["-e", ""]);
    await once(dead, "exit");
    await writeFile(path, JSON.stringify({ token: "old", pid: dead.pid, host: hostname() }));
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(path)));
    assert.equal(asked.filter((answer) => answer.status === "fulfilled").length, 1);
  });

  it("is taken over from another host only after a long silence", async () => {
    await writeFile(path, JSON.stringify({ token: "old", pid: 1, host: "elsewhere.example" }));
    await assert.rejects(
      acquireLock(path),
      (error) => error instanceof LockedError && error.host === "elsewhere.example",
    );
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(path, longAgo, longAgo);
    await (await acquireLock(path)).release();
  });

  it("survives a file that is no lock", async () => {
    await writeFile(path, "{");
    await (await acquireLock(path)).release();
  });
});
