import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LockedError } from "../../../src/submission/lock.ts";
import type { IdPortenTokenSource } from "../../../src/submission/altinnTokens.ts";
import {
  assertAccepted,
  assertWhole,
  openPlace,
  prepare,
  startOver,
  submissionsOf,
  tokensOf,
  truthOf,
} from "./support.ts";
import type { Place } from "./support.ts";

describe("a submission that something came between", function () {
  this.timeout(60_000);
  let place: Place;
  let source: ReturnType<typeof tokensOf>;
  before(async () => {
    place = await openPlace();
    source = tokensOf(place);
  });
  beforeEach(async () => {
    await startOver(place);
    place.sandbox.altinn.settings.change({ scenario: "accepted", verdictDelay: 20_000, receiptDelay: 5_000 });
  });
  after(() => place.close());
  const submissions = (changes = {}) => submissionsOf(place, { idPortenToken: source, ...changes });

  // Calls after which the answer comes too late: somebody else has taken the submission over meanwhile.
  for (const call of [/\/instances$/, /dataType=mvamelding$/, /\/process\/next$/]) {
    it(`writes nothing over another's journal once its lock is lost (at ${call.source})`, async () => {
      const { id } = await prepare(place);
      const folder = place.store.folder(id);
      const [lock, path] = [join(folder, "lock"), join(folder, "journal.json")];
      let before = "";
      const overtaken: typeof fetch = async (input, init) => {
        const response = await fetch(input, init);
        if (before === "" && call.test(typeof input === "string" ? input : "") && init?.method !== "GET") {
          before = await readFile(path, "utf8");
          await writeFile(lock, JSON.stringify({ token: "other", pid: 1, host: "elsewhere.example" }));
        }
        return response;
      };
      await assert.rejects(
        submissions({ fetch: overtaken }).run(id),
        (error) => error instanceof LockedError && error.host === "elsewhere.example",
      );
      assert.equal(await readFile(path, "utf8"), before);
      assert.match(await readFile(lock, "utf8"), /"other"/, "the other's lock stays");
      await rm(lock);
      const journal = await submissions().run(id);
      await assertAccepted(place, journal);
      await assertWhole(place, journal);
    });
  }

  it("takes no draft for its own that another submission makes while it looks", async () => {
    const other = await prepare(place);
    const { id } = await prepare(place);
    let searches = 0;
    const interrupted: typeof fetch = async (input, init) => {
      const isSearch = typeof input === "string" && input.includes("/storage/api/v1/instances?");
      if (isSearch && ++searches === 1) await assert.rejects(submissions().run(other.id), { kind: "forbidden" });
      return fetch(input, init);
    };
    place.sandbox.altinn.faults.add({ call: "createInstance", kind: "resetBefore", count: 1, skip: 0 });
    // The other one stops as soon as its draft is there, which looks like what a lost answer leaves.
    place.sandbox.altinn.faults.add({ call: "putEnvelope", kind: "forbidden", count: 1, skip: 0 });
    const journal = await submissions({ fetch: interrupted }).run(id);
    assert.ok(searches > 1, "it looked until no answer could come any more");
    await assertAccepted(place, journal);
    const { instanceId } = await place.store.load(other.id);
    const ids = (await truthOf(place)).map((instance) => instance.id).sort();
    assert.deepEqual(ids, [instanceId, journal.instanceId].sort());
  });

  it("fetches a receipt that comes later than anybody waits for", async () => {
    place.sandbox.altinn.settings.change({ verdictDelay: 0, receiptDelay: 3_000_000 });
    const { id } = await prepare(place);
    const finished = await submissions().run(id);
    assert.equal(finished.verdict, "accepted");
    assert.equal(finished.state, "finished");
    assert.deepEqual(finished.files.map(({ dataType }) => dataType).sort(), [
      "betalingsinformasjon",
      "valideringsresultat",
    ]);
    const stillNone = await submissions({ pace: { receiptLimit: 0 } }).run(id);
    assert.equal(stillNone.state, "finished");
    place.sandbox.clock.now += 3_000_000;
    const journal = await submissions().run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    const steps = journal.steps.length;
    assert.equal((await submissions().run(id)).steps.length, steps, "with everything there, nothing is asked again");
  });

  it("can be cancelled while somebody is being signed in in the middle of it", async () => {
    const { id } = await prepare(place);
    const controller = new AbortController();
    let asked = 0;
    // Lasts for the first calls only; the next sign-in is one that nobody answers.
    const unanswered: IdPortenTokenSource = async (fresh, signal) => {
      asked++;
      if (asked === 1) return { ...(await source(fresh, signal)), expiresAt: place.sandbox.clock.now + 3_600_000 };
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("cancelled")), { once: true });
        controller.abort();
      });
    };
    place.sandbox.altinn.faults.add({ call: "addData", kind: "unauthorised", count: 1, skip: 0 });
    const run = submissions({ idPortenToken: unanswered }).run(id, { signal: controller.signal });
    await assert.rejects(run, { kind: "cancelled" });
    assert.equal((await truthOf(place)).length, 1);
    const journal = await submissions().run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });
});
