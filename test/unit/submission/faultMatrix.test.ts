import assert from "node:assert/strict";
import { callFaultKinds } from "../../../src/sandbox/callFaults.ts";
import type { CallFault, CallFaultKind } from "../../../src/sandbox/callFaults.ts";
import { AltinnRefusal } from "../../../src/services/altinn/refusalError.ts";
import { ServiceError } from "../../../src/services/serviceError.ts";
import { sayCount } from "./counts.ts";
import {
  assertAccepted,
  assertNoSecrets,
  assertWhole,
  openPlace,
  prepare,
  startOver,
  submissionsOf,
  tokensOf,
  truthOf,
} from "./support.ts";
import type { Place } from "./support.ts";

/** The calls of one submission with two attachments, in their order; the last ones after the return is submitted. */
const calls: readonly (Pick<CallFault, "call"> & Partial<CallFault> & { readonly title: string })[] = [
  { title: "exchange", call: "exchange" },
  { title: "create", call: "createInstance" },
  { title: "read the new instance", call: "instance" },
  { title: "envelope", call: "putEnvelope" },
  { title: "return", call: "addData", dataType: "mvamelding" },
  { title: "first attachment", call: "addData", fileName: "bilag 1.pdf" },
  { title: "second attachment", call: "addData", fileName: "økonomi.pdf" },
  { title: "read before completing", call: "instance", skip: 2 },
  { title: "complete the filling in", call: "completeFillingIn" },
  { title: "submit", call: "submit" },
  { title: "wait for the verdict", call: "instance", skip: 5 },
  { title: "payment information", call: "data", dataType: "betalingsinformasjon" },
  { title: "validation result", call: "data", dataType: "valideringsresultat" },
  { title: "receipt", call: "data", dataType: "kvittering" },
];
const kinds = Object.keys(callFaultKinds) as CallFaultKind[];
const full = process.env["MVA_TEST_FULL"] === "1";
/** What the client waits where no answer comes, and elsewhere, so that no busy machine adds a fault. Real milliseconds. */
const [shortTimeout, longTimeout] = [1500, 10_000];

describe("every fault at every step of a submission", function () {
  this.timeout(600_000);
  let place: Place;
  const count = { cells: 0, recovered: 0, resumed: 0, bytes: 0 };
  before(async () => {
    place = await openPlace();
  });
  after(async () => {
    await assertNoSecrets(place, place.sandbox.log());
    await place.close();
    sayCount(
      `fault matrix: ${count.cells} cells; ${count.recovered} recovered by themselves, ${count.resumed} stopped with a clear error and were resumed; ${count.bytes} bytes hold no secret`,
    );
  });

  for (const [row, { title, ...call }] of calls.entries()) {
    it(`${title}: never a double, never a lost file`, async () => {
      for (const [column, kind] of kinds.entries()) {
        if (!full && (row * 3 + column) % 5 > 1) continue;
        await startOver(place);
        const fault: CallFault = { ...call, kind, count: 1, skip: call.skip ?? 0, milliseconds: 40 };
        await cell(place, fault).catch((error: unknown) => {
          assert.fail(`${title}, ${kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        });
        count.bytes += (await assertNoSecrets(place)).bytes;
      }
    });
  }

  it("were at least 120 cells", () => assert.ok(count.cells >= 120, String(count.cells)));

  async function cell(place: Place, fault: CallFault): Promise<void> {
    count.cells++;
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add(fault);
    const timeout = fault.kind.startsWith("timeout") ? shortTimeout : longTimeout;
    const submissions = submissionsOf(place, { timeout, idPortenToken: tokens(place) });
    try {
      const journal = await submissions.run(id);
      assert.deepEqual(place.sandbox.altinn.faults.active(), [], "the fault has struck");
      await assertAccepted(place, journal);
      await assertWhole(place, journal);
      count.recovered++;
      return;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      assertClear(error, fault);
    }
    const stopped = await place.store.load(id);
    assert.ok(stopped.error !== null);
    assert.ok((await truthOf(place)).length <= 1, "no second instance");
    const journal = await submissions.run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    count.resumed++;
  }
});

/** One sign-in serves many cells. */
const perPlace = new WeakMap<Place, ReturnType<typeof tokensOf>>();
function tokens(place: Place): ReturnType<typeof tokensOf> {
  const known = perPlace.get(place) ?? tokensOf(place);
  perPlace.set(place, known);
  return known;
}

/** Says in both languages which call it was, what came, and what that means. */
function assertClear(error: ServiceError, fault: CallFault): void {
  for (const text of [error.text.en, error.text.nb]) assert.match(text, /^[A-ZÆØÅ].+: .{20,}\.?/s);
  assert.notEqual(error.text.en, error.text.nb);
  if (error instanceof AltinnRefusal) assert.ok(error.text.en.includes(String(error.status)), error.text.en);
  assert.ok(!callFaultKinds[fault.kind].takesEffect || error.effect === "unknown" || error.kind === "unreadable");
}
