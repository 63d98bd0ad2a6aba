import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimState, StateInUseError } from "../../../src/sandbox/discoveryFile.ts";

describe("sandbox: the claim to its state folder", () => {
  let folder: string;
  let lock: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-state-"));
    lock = join(folder, "sandbox.lock");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is one process's at a time, and can be given up", async () => {
    const release = await claimState(folder);
    assert.equal(await readFile(lock, "utf8"), String(process.pid));
    await assert.rejects(claimState(folder), StateInUseError);
    await release();
    await (
      await claimState(folder)
    )();
  });

  it("is not taken from a process that has not written its number yet", async () => {
    await writeFile(lock, "");
    const refused = assert.rejects(claimState(folder), StateInUseError);
    await writeFile(lock, String(process.pid));
    await refused;
  });

  it("is taken over from a process that fell before it wrote its number, or after", async () => {
    for (const left of ["", "999999999"]) {
      await writeFile(lock, left);
      await (
        await claimState(folder)
      )();
    }
  });
});
