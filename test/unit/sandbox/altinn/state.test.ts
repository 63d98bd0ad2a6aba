import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { persons } from "../../../../src/sandbox/persons.ts";
import { control } from "../support.ts";
import { altinnToken, clientFor, filledIn, raw, sampleReturn, startAltinn, type AltinnSandbox } from "./support.ts";

describe("sandbox: what Altinn keeps", function () {
  this.timeout(180_000);
  let stateFolder: string;
  let open: AltinnSandbox[];
  beforeEach(async () => {
    open = [];
    stateFolder = await mkdtemp(join(tmpdir(), "altinn-state-"));
  });
  afterEach(async () => {
    for (const sandbox of open) await sandbox.close();
    await rm(stateFolder, { recursive: true, force: true });
  });
  async function start(port = 0): Promise<AltinnSandbox> {
    const sandbox = await startAltinn({ stateFolder, port });
    open.push(sandbox);
    return sandbox;
  }
  async function stop(sandbox: AltinnSandbox): Promise<void> {
    open.splice(open.indexOf(sandbox), 1);
    await sandbox.close();
  }

  it("outlives a restart: instances, bytes, process and tokens", async () => {
    const first = await start();
    const client = await clientFor(first);
    const token = await altinnToken(first);
    const { id } = await filledIn(client, ["a.pdf"]);
    await client.next(id, "fillIn");
    await client.next(id, "submit");
    const before = await client.instance(id);
    await stop(first);

    const second = await start(first.port);
    const read = await raw(`${second.description.altinnAppUrl}/instances/${id}`, { token });
    assert.equal(read.status, 200);
    const later = await clientFor(second);
    const after = await later.instance(id);
    assert.deepEqual(after.data, before.data);
    const returned = after.data.find(({ dataType }) => dataType === "mvamelding");
    assert.deepEqual(Buffer.from(await later.data(id, returned?.id ?? "")), await sampleReturn());
    second.clock.now += 60_000;
    assert.ok((await later.instance(id)).data.some(({ dataType }) => dataType === "kvittering"));
  });

  it("drops a file whose bytes are gone, and says so", async () => {
    const first = await start();
    const client = await clientFor(first);
    const { id } = await filledIn(client, ["a.pdf"]);
    const { data } = await client.instance(id);
    const attachment = data.find(({ dataType }) => dataType === "binaerVedlegg");
    await stop(first);
    await rm(join(stateFolder, "altinn-files", attachment?.id ?? ""));
    const second = await start();
    assert.equal((await (await clientFor(second)).instance(id)).data.length, data.length - 1);
    assert.match(second.log(), /The bytes of binaerVedlegg .* are gone/);
  });

  it("sets a state aside that makes no sense", async () => {
    await writeFile(join(stateFolder, "altinn-instances.json"), '{"instances":[{"guid":1}]}');
    const sandbox = await start();
    assert.match(sandbox.log(), /altinn-instances\.json could not be understood/);
    assert.deepEqual((await control(sandbox.issuer, "GET", "/instances")).body["instances"], []);
    assert.ok((await readdir(stateFolder)).includes("altinn-instances.json.broken-1"));
  });

  it("holds no token and no national identity number, and neither do log and calls", async () => {
    const sandbox = await start();
    const client = await clientFor(sandbox);
    const token = await altinnToken(sandbox);
    const { id } = await filledIn(client, ["a.pdf"]);
    await client.events(id);
    await raw(`${sandbox.description.altinnAppUrl}/api/v1/profile/user`, { token });
    const calls = JSON.stringify((await control(sandbox.issuer, "GET", "/calls")).body);
    const truth = JSON.stringify((await control(sandbox.issuer, "GET", "/instances")).body);
    await stop(sandbox);
    const kept = await readFile(join(stateFolder, "altinn-instances.json"), "utf8");
    for (const text of [kept, calls, truth, sandbox.log()]) {
      assert.ok(!/ey[\w-]+\.[\w-]+/.test(text));
      for (const { nationalIdentityNumber } of persons) assert.ok(!text.includes(nationalIdentityNumber));
    }
  });

  it("tells the truth to tests: every instance, every file, every step", async () => {
    const sandbox = await start();
    const client = await clientFor(sandbox);
    const { id } = await filledIn(client, ["a.pdf"]);
    await client.next(id, "fillIn");
    const { body } = await control(sandbox.issuer, "GET", "/instances");
    const [instance] = body["instances"] as { id: string; task: string; steps: number; data: { sha256: string }[] }[];
    assert.deepEqual([instance?.id, instance?.task, instance?.steps, instance?.data.length], [id, "Task_2", 1, 4]);
    assert.ok(instance?.data.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256)));
    assert.deepEqual(body["counts"], {
      exchange: 1,
      createInstance: 1,
      putEnvelope: 1,
      addData: 2,
      completeFillingIn: 1,
    });
    await control(sandbox.issuer, "DELETE", "/instances");
    assert.deepEqual(await readdir(join(stateFolder, "altinn-files")), []);
  });
});
