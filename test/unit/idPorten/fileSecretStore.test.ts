import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileSecretStore } from "../../../src/services/idPorten/fileSecretStore.ts";
import { problemOf } from "./support.ts";

describe("the file that keeps sessions for the terminal", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-store-"));
    path = join(folder, "new", "sessions.json");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const store = (platform: NodeJS.Platform = "linux"): ReturnType<typeof createFileSecretStore> =>
    createFileSecretStore({ path, platform });
  const mode = async (of: string): Promise<string> => ((await stat(of)).mode & 0o777).toString(8);

  it("can be read by its owner alone, whatever the umask", async () => {
    const umask = process.umask(0);
    try {
      await store().store("key", "secret value");
    } finally {
      process.umask(umask);
    }
    assert.equal(await mode(path), "600");
    assert.equal(await mode(join(folder, "new")), "700");
    assert.equal(await store().get("key"), "secret value");
    assert.deepEqual(await readdir(join(folder, "new")), ["sessions.json"], "nothing is left beside it");
  });

  it("goes with its last value, and tells of changes", async () => {
    const kept = store();
    const heard: string[] = [];
    const subscription = kept.onDidChange(({ key }) => heard.push(key));
    await kept.store("a", "1");
    await kept.store("b", "2");
    await kept.delete("a");
    assert.deepEqual(JSON.parse(await readFile(path, "utf8")), { b: "2" });
    subscription.dispose();
    await kept.delete("b");
    await assert.rejects(stat(path), { code: "ENOENT" });
    assert.deepEqual(heard, ["a", "b", "a"]);
    assert.equal(await kept.get("a"), undefined);
  });

  it("is refused on Windows, where modes protect nothing", async () => {
    assert.equal((await problemOf(Promise.resolve(store("win32").store("a", "1")), "storeUnsafe")).reason, "platform");
    assert.equal((await problemOf(Promise.resolve(store("win32").get("a")), "storeUnsafe")).reason, "platform");
    await assert.rejects(stat(path), { code: "ENOENT" });
  });

  it("is refused where others can read it", async () => {
    await store().store("a", "1");
    for (const open of [0o640, 0o604, 0o660]) {
      await chmod(path, open);
      assert.equal((await problemOf(Promise.resolve(store().get("a")), "storeUnsafe")).reason, "mode");
      assert.equal((await problemOf(Promise.resolve(store().store("b", "2")), "storeUnsafe")).reason, "mode");
    }
  });

  it("is refused where a link stands in its place", async () => {
    await mkdir(join(folder, "new"));
    await writeFile(join(folder, "target"), "{}", { mode: 0o600 });
    await symlink(join(folder, "target"), path);
    assert.equal((await problemOf(Promise.resolve(store().store("a", "1")), "storeUnsafe")).reason, "link");
    assert.equal(await readFile(join(folder, "target"), "utf8"), "{}");
  });

  it("drops what is broken", async () => {
    await mkdir(join(folder, "new"));
    const logged: string[] = [];
    for (const broken of ["", "x", `{"a":1}`]) {
      await writeFile(path, broken, { mode: 0o600 });
      const kept = createFileSecretStore({ path, platform: "linux", log: (message) => logged.push(message) });
      assert.equal(await kept.get("a"), undefined);
    }
    assert.equal(logged.length, 3);
  });
});
