import assert from "node:assert/strict";
import fc from "fast-check";
import { callFaultKinds } from "../../../src/sandbox/callFaults.ts";
import type { CallFault, CallFaultKind, CallName } from "../../../src/sandbox/callFaults.ts";
import { sayCount } from "./counts.ts";
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

const full = process.env["MVA_TEST_FULL"] === "1";
const runs = full ? 150 : 30;

const calls: readonly CallName[] = [
  "exchange",
  "createInstance",
  "openInstances",
  "instance",
  "putEnvelope",
  "addData",
  "deleteData",
  "data",
  "completeFillingIn",
  "submit",
];
// Waiting for an answer that never comes takes real time, and is gone through in the fault matrix.
const kinds = (Object.keys(callFaultKinds) as CallFaultKind[]).filter((kind) => !kind.startsWith("timeout"));

const fault: fc.Arbitrary<CallFault> = fc.record({
  call: fc.constantFrom(...calls),
  kind: fc.constantFrom(...kinds),
  count: fc.integer({ min: 1, max: 3 }),
  skip: fc.integer({ min: 0, max: 4 }),
  milliseconds: fc.integer({ min: 0, max: 60 }),
});

describe("any sequence of faults", function () {
  this.timeout(600_000);
  let place: Place;
  let source: ReturnType<typeof tokensOf>;
  before(async () => {
    place = await openPlace();
    source = tokensOf(place);
  });
  after(() => place.close());

  it("never gives two instances, a submission that nobody wanted, or a lost file", async () => {
    let resumed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 6 }), fc.boolean(), async (faults, fillInFirst) => {
        await startOver(place);
        const { id } = await prepare(place, { goal: fillInFirst ? "fillIn" : "submit" });
        for (const each of faults) place.sandbox.altinn.faults.add(each);
        const submissions = submissionsOf(place, { idPortenToken: source });
        for (let round = 0; round < 3; round++) {
          const failed = await submissions.run(id).then(
            () => false,
            () => true,
          );
          const truth = await truthOf(place);
          assert.ok(truth.length <= 1, "one instance at most");
          if (fillInFirst) assert.ok(truth.every((instance) => instance.submission === null && instance.steps <= 1));
          if (!failed) break;
          resumed++;
        }
        place.sandbox.altinn.faults.remove();
        const journal = await submissions.run(id, { goal: "submit" });
        await assertAccepted(place, journal);
        await assertWhole(place, journal);
      }),
      { numRuns: runs, endOnFailure: true },
    );
    sayCount(`random faults: ${runs} submissions, resumed ${resumed} times`);
  });
});
