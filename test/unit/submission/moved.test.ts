import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSubmissionStore } from "../../../src/submission/store.ts";
import { startAltinn } from "../sandbox/altinn/support.ts";
import { assertAccepted, assertWhole, environmentOf, prepare, submissionsOf, truthOf } from "./support.ts";
import type { Place } from "./support.ts";

describe("a submission whose sandbox has come up on another port", function () {
  this.timeout(60_000);
  let home = "";
  let place: Place;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "mva-moved-"));
    place = await placeOf("own");
  });
  afterEach(async () => {
    await place.close();
    await rm(home, { recursive: true, force: true });
  });

  /** The submissions of this machine, and a sandbox that keeps what it holds under that name. */
  async function placeOf(name: string): Promise<Place> {
    const stateFolder = join(home, name);
    const sandbox = await startAltinn({ stateFolder, settings: { verdictDelay: 0, receiptDelay: 0 } });
    return { sandbox, home, store: createSubmissionStore(home), tokens: [], close: () => sandbox.close() };
  }

  /** Ends the sandbox, takes its port away, and starts that of this name on another one. */
  async function move(name: string): Promise<void> {
    const { issuer } = place.sandbox;
    await place.close();
    const occupant = createServer((socket) => socket.destroy()).listen(Number(new URL(issuer).port), "127.0.0.1");
    await once(occupant, "listening");
    place = await placeOf(name);
    await new Promise((resolve) => occupant.close(resolve));
    assert.notEqual(place.sandbox.issuer, issuer);
  }

  it("goes on with the instance that the sandbox has kept", async () => {
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "submit", kind: "forbidden", count: 1, skip: 0 });
    await assert.rejects(submissionsOf(place).run(id), { kind: "forbidden" });
    const { instanceId } = await place.store.load(id);
    await move("own");
    const journal = await submissionsOf(place).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    assert.equal(journal.instanceId, instanceId);
    assert.deepEqual(journal.environment, environmentOf(place), "it belongs there from now on");
  });

  it("neither makes a second instance nor calls it gone where another sandbox listens, and goes on in its own", async () => {
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "submit", kind: "forbidden", count: 1, skip: 0 });
    await assert.rejects(submissionsOf(place).run(id));
    const { environment, state } = await place.store.load(id);
    await move("other");
    place.sandbox.clock.now += 3_600_000;
    await assert.rejects(submissionsOf(place).run(id), { kind: "otherEnvironment" });
    await assert.rejects(submissionsOf(place).abandon(id), { kind: "otherEnvironment" });
    assert.deepEqual(await truthOf(place), []);
    const kept = await place.store.load(id);
    assert.deepEqual([kept.environment, kept.state], [environment, state], "the journal knows where the instance is");
    await move("own");
    const journal = await submissionsOf(place).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  it("deletes the draft that the sandbox has kept", async () => {
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "submit", kind: "forbidden", count: 1, skip: 0 });
    await assert.rejects(submissionsOf(place).run(id));
    await move("own");
    assert.equal((await truthOf(place)).length, 1);
    assert.equal((await submissionsOf(place).abandon(id)).state, "abandoned");
    assert.deepEqual(await truthOf(place), []);
  });

  it("begins there where nothing was sent yet", async () => {
    const { id } = await prepare(place);
    await move("other");
    const journal = await submissionsOf(place).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  it("stays at the old port where an instance may have been made there that nobody knows", async () => {
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "createInstance", kind: "resetAfter", count: 1, skip: 0 });
    place.sandbox.altinn.faults.add({ call: "openInstances", kind: "notFound", count: 1, skip: 0 });
    await assert.rejects(submissionsOf(place).run(id));
    const kept = await place.store.load(id);
    assert.deepEqual([kept.instanceId, kept.intent?.step], [null, "createInstance"]);
    await move("own");
    await assert.rejects(submissionsOf(place).run(id), { kind: "otherEnvironment" });
    assert.deepEqual(await place.store.load(id), kept);
    assert.equal((await truthOf(place)).length, 1);
  });
});
