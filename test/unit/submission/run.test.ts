import assert from "node:assert/strict";
import { assertAccepted, assertWhole, openPlace, prepare, startOver, submissionsOf } from "./support.ts";
import type { Place } from "./support.ts";

describe("a submission's run", function () {
  this.timeout(180_000);
  let place: Place;
  before(async () => {
    place = await openPlace();
  });
  beforeEach(() => startOver(place));
  after(() => place.close());

  it("goes from a prepared return to the verdict and the authority's files", async () => {
    const { id } = await prepare(place);
    const states: string[] = [];
    const journal = await submissionsOf(place).run(id, { onProgress: ({ state }) => states.push(state) });
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    assert.deepEqual([...new Set(states)], ["prepared", "open", "readyToSign", "waiting", "finished"]);
    assert.deepEqual(
      journal.steps.map(({ name, fileName, outcome }) => [name, fileName, outcome].filter(Boolean).join(" ")),
      [
        "exchange done",
        "createInstance done",
        "storeEnvelope done",
        "storeReturn mva-melding.xml done",
        "storeAttachment bilag 1.pdf done",
        "storeAttachment økonomi.pdf done",
        "completeFillingIn done",
        "submit done",
        "awaitVerdict done",
        "download done",
      ],
    );
  });
});
