import assert from "node:assert/strict";
import { defaultClientIds } from "../../../src/sandbox/clients.ts";
import { SignInError } from "../../../src/services/idPorten/problem.ts";
import type { IdPortenTokenSource } from "../../../src/submission/altinnTokens.ts";
import { standardPace } from "../../../src/submission/pace.ts";
import { readTranscript } from "../../../src/submission/transcript.ts";
import {
  assertAccepted,
  assertWhole,
  attachments,
  openPlace,
  passTime,
  prepare,
  startOver,
  submissionsOf,
  tokensOf,
  truthOf,
} from "./support.ts";
import type { Place } from "./support.ts";

/** Seconds: what ID-porten gives a client whose registration says nothing else. */
const tokenLifetime = 120;

describe("a submission that outlasts its sign-in", function () {
  this.timeout(60_000);
  let place: Place;
  before(async () => {
    place = await openPlace();
  });
  beforeEach(async () => {
    await startOver(place);
    place.sandbox.altinn.settings.change({ verdictDelay: 0, receiptDelay: 0 });
  });
  after(() => place.close());

  const shortTokens = (): ReturnType<typeof tokensOf> =>
    tokensOf(place, { clientId: defaultClientIds.desktopShort, leastLeft: 0 });

  /** Every call takes so long, in milliseconds of the sandbox's clock; files that are fetched side by side take no time. */
  const slowly =
    (milliseconds: number): typeof fetch =>
    async (input, init) => {
      const response = await fetch(input, init);
      if (!/\/data\/[0-9a-f-]+$/.test(response.url) || init?.method !== "GET") place.sandbox.clock.now += milliseconds;
      return response;
    };

  async function statuses(id: string): Promise<readonly number[]> {
    return (await readTranscript(place.store, id)).map(({ response }) => response?.status ?? 0);
  }

  it("signs in anew before every call that the token would not last for, so that none is refused", async () => {
    const source = shortTokens();
    const { id } = await prepare(place);
    const began = place.sandbox.clock.now;
    const journal = await submissionsOf(place, { idPortenToken: source, fetch: slowly(40_000) }).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    const refused = (await statuses(id)).filter((status) => status === 401);
    assert.deepEqual(refused, [], "no call was made with a token that had run out");
    const lasted = (place.sandbox.clock.now - began) / 1000;
    assert.ok(lasted > 6 * tokenLifetime, `${lasted} s`);
    // Two calls and the exchange fit into one token, so there are many sign-ins, and not one for each call.
    const calls = (await statuses(id)).length;
    assert.ok(source.signIns >= lasted / tokenLifetime && source.signIns <= calls / 2, `${source.signIns} of ${calls}`);
  });

  it("signs in anew while it waits for the verdict", async () => {
    place.sandbox.altinn.settings.change({ verdictDelay: 400_000, receiptDelay: 5_000 });
    const source = shortTokens();
    const { id } = await prepare(place);
    const journal = await submissionsOf(place, { idPortenToken: source }).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    assert.ok(source.signIns >= 3, String(source.signIns));
    assert.ok((await statuses(id)).every((status) => status !== 401));
  });

  /** What a machine whose clock is an hour behind believes: all tokens last for another hour. */
  const hopeful =
    (honest: IdPortenTokenSource): IdPortenTokenSource =>
    async (fresh, signal) => ({
      value: (await honest(fresh, signal)).value,
      expiresAt: place.sandbox.clock.now + 3_600_000,
    });
  const behind = (): Date => new Date(place.sandbox.clock.now - 3_600_000);

  it("signs in anew where the token runs out earlier than this machine's clock says", async () => {
    const honest = shortTokens();
    const { id } = await prepare(place);
    const slow = submissionsOf(place, { idPortenToken: hopeful(honest), fetch: slowly(25_000), now: behind });
    const journal = await slow.run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    assert.ok((await statuses(id)).includes(401));
    const renewals = journal.steps.filter(({ name }) => name === "exchange").length - 1;
    assert.ok(renewals >= 2, `${renewals} renewals`);
    assert.equal(honest.signIns, renewals + 1);
  });

  it("waits no longer for a verdict because of tokens that run out meanwhile", async () => {
    place.sandbox.altinn.settings.change({ verdictDelay: 3_600_000 });
    const { clock } = place.sandbox;
    const longest = clock.now + 2 * standardPace.verdictLimit;
    const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      assert.ok(clock.now < longest, "it waits and waits");
      await passTime(clock, milliseconds, signal);
    };
    const { id } = await prepare(place);
    const honest = shortTokens();
    const journal = await submissionsOf(place, { idPortenToken: hopeful(honest), now: behind, sleep }).run(id);
    assert.equal(journal.state, "waiting");
    assert.equal(journal.error, null);
    assert.ok(honest.signIns >= 3, `${honest.signIns} sign-ins`);
  });

  it("signs in anew for each of two files that Altinn refuses the token for, one after the other", async () => {
    const source = shortTokens();
    const { id } = await prepare(place);
    for (const { fileName } of attachments) {
      place.sandbox.altinn.faults.add({ call: "addData", fileName, kind: "unauthorised", count: 1, skip: 0 });
    }
    const journal = await submissionsOf(place, { idPortenToken: source }).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    assert.deepEqual(
      (await statuses(id)).filter((status) => status >= 400),
      [401, 401],
    );
    assert.equal(source.signIns, 3);
  });

  it("stops where nobody signs in anew, and is gone on with by the next sign-in", async () => {
    const source = shortTokens();
    const declining: IdPortenTokenSource = async (fresh, signal) => {
      const token = await source(fresh, signal);
      if (source.signIns === 3) throw new SignInError({ code: "cancelled" });
      return token;
    };
    const { id } = await prepare(place);
    const slow = submissionsOf(place, { idPortenToken: declining, fetch: slowly(40_000) });
    await assert.rejects(slow.run(id), { name: "SignInError" });
    const stopped = await place.store.load(id);
    assert.equal(stopped.state, "open");
    assert.ok(stopped.error !== null);
    assert.equal(stopped.intent, null, "a call that was not made leaves nothing open");
    assert.equal((await truthOf(place)).length, 1);
    const journal = await submissionsOf(place, { idPortenToken: source }).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });
});
