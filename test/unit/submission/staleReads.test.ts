import assert from "node:assert/strict";
import { SubmissionError } from "../../../src/submission/submissionError.ts";
import { assertAccepted, assertWhole, openPlace, prepare, startOver, submissionsOf, truthOf } from "./support.ts";
import type { Place } from "./support.ts";

describe("a submission whose instance is shown as it was before", function () {
  this.timeout(60_000);
  let place: Place;
  before(async () => {
    place = await openPlace();
  });
  beforeEach(() => startOver(place));
  after(() => place.close());

  /** After each step of the process, the instance is read this often as it was before. */
  const stale = (looks: number): typeof fetch => {
    let kept = "";
    let left = 0;
    return async (input, init) => {
      const response = await fetch(input, init);
      const { pathname } = new URL(response.url);
      if (response.ok && init?.method === "PUT" && pathname.endsWith("/process/next")) left = looks;
      if (!response.ok || init?.method !== "GET" || !/\/instances\/\d+\/[0-9a-f-]+$/.test(pathname)) return response;
      const text = await response.text();
      if (left === 0) kept = text;
      else left--;
      return new Response(kept, response);
    };
  };

  it("is not submitted where it was only to be filled in", async () => {
    const { id } = await prepare(place, { goal: "fillIn" });
    const journal = await submissionsOf(place, { fetch: stale(3) }).run(id);
    assert.equal(journal.state, "readyToSign", JSON.stringify(journal.error));
    const [instance] = await truthOf(place);
    assert.deepEqual([instance?.steps, instance?.submission], [1, null]);
  });

  it("goes through each step of the process once", async () => {
    const { id } = await prepare(place);
    const journal = await submissionsOf(place, { fetch: stale(3) }).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  it("ends with an error where it is never shown otherwise, and goes on when it is", async () => {
    const { id } = await prepare(place);
    await assert.rejects(
      submissionsOf(place, { fetch: stale(Infinity) }).run(id),
      (error) => error instanceof SubmissionError && error.kind === "unexpectedProcess",
    );
    const [instance] = await truthOf(place);
    assert.deepEqual([instance?.steps, instance?.submission], [1, null]);
    const journal = await submissionsOf(place).run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });
});
