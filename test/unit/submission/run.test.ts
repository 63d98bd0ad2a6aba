import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile, writeFile } from "node:fs/promises";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { ServiceError } from "../../../src/services/serviceError.ts";
import { LockedError } from "../../../src/submission/lock.ts";
import type { Pace } from "../../../src/submission/pace.ts";
import { SubmissionError } from "../../../src/submission/submissionError.ts";
import { readTranscript } from "../../../src/submission/transcript.ts";
import {
  accountantWithoutSigning,
  assertAccepted,
  assertWhole,
  openPlace,
  prepare,
  sampleOrganisation,
  startOver,
  submissionsOf,
  tokensOf,
  truthOf,
} from "./support.ts";
import type { Place } from "./support.ts";

const full = process.env["MVA_TEST_FULL"] === "1";

describe("a submission's run", function () {
  this.timeout(60_000);
  let place: Place;
  let source: ReturnType<typeof tokensOf>;
  before(async () => {
    place = await openPlace();
    source = tokensOf(place);
  });
  beforeEach(async () => {
    await startOver(place);
    place.sandbox.altinn.settings.change({ scenario: "accepted", freshWindow: 0, library: "v8", envelopeStatus: 201 });
  });
  after(() => place.close());
  const submissions = (changes = {}) => submissionsOf(place, { idPortenToken: source, ...changes });

  it("goes from a prepared return to the verdict and the authority's files", async () => {
    const { id } = await prepare(place);
    const states: string[] = [];
    const journal = await submissions().run(id, { onProgress: ({ state }) => states.push(state) });
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

  const scenarios = [
    ["deviating", "acceptedWithDeviations"],
    ["incomplete", "incomplete"],
    ["refused", "refused"],
    ["verdictAfterReceipt", "accepted"],
  ] as const;
  for (const [scenario, verdict] of scenarios) {
    it(`takes the verdict of ${scenario} from the validation result alone`, async () => {
      place.sandbox.altinn.settings.change({ scenario });
      const { id } = await prepare(place);
      const journal = await submissions().run(id);
      assert.equal(journal.verdict, verdict);
      assert.equal(journal.state, "finished");
      await assertWhole(place, journal);
    });
  }

  it("stays waiting where no verdict comes, and finds it another day", async () => {
    place.sandbox.altinn.settings.change({ scenario: "neverAnswered" });
    const { id } = await prepare(place);
    const waiting = await submissions().run(id);
    assert.equal(waiting.state, "waiting");
    assert.equal(waiting.verdict, null);
    assert.equal((await submissions().run(id)).verdict, null);
    place.sandbox.clock.now += 24 * 3_600_000;
    place.sandbox.altinn.settings.change({ scenario: "accepted" });
    await fetch(`${place.sandbox.issuer}/sandbox/control/answer`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    const journal = await submissions().run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  const variants = [
    ["an instance that is not visible at first", { freshWindow: 60_000 }],
    ["an app of an older version", { library: "v7" }],
    ["an envelope that the app has changed (200)", { envelopeStatus: 200 }],
    ["an envelope that the app has changed (303)", { envelopeStatus: 303 }],
    ["unknown instances that are forbidden", { freshWindow: 60_000, unknownIsForbidden: true }],
  ] as const;
  for (const [title, settings] of variants) {
    it(`copes with ${title}`, async () => {
      place.sandbox.altinn.settings.change(settings);
      const { id } = await prepare(place);
      const journal = await submissions().run(id);
      place.sandbox.altinn.settings.change({ unknownIsForbidden: false });
      await assertAccepted(place, journal);
      await assertWhole(place, journal);
    });
  }

  it("lets one person fill in and another one sign", async () => {
    const { id } = await prepare(place, { goal: "fillIn" });
    const accountant = tokensOf(place, { person: accountantWithoutSigning });
    const filledIn = await submissions({ idPortenToken: accountant }).run(id);
    assert.equal(filledIn.state, "readyToSign");
    assert.equal((await truthOf(place))[0]?.submission, null);
    const refused = submissions({ idPortenToken: accountant }).run(id, { goal: "submit" });
    await assert.rejects(refused, (error) => error instanceof ServiceError && error.kind === "forbidden");
    const kept = await place.store.load(id);
    assert.equal(kept.state, "readyToSign");
    assert.match(kept.error?.nb ?? "", /SISKD/);
    const journal = await submissions().run(id, { goal: "submit" });
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  it("goes on after a 401 in the middle, and gives up on the second in a row", async () => {
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "addData", kind: "unauthorised", count: 1, skip: 1 });
    place.sandbox.altinn.faults.add({ call: "submit", kind: "unauthorised", count: 2, skip: 0 });
    await assert.rejects(
      submissions().run(id),
      (error) => error instanceof ServiceError && error.kind === "unauthorised",
    );
    const stopped = await place.store.load(id);
    assert.equal(stopped.state, "readyToSign");
    const journal = await submissions().run(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  it("can be cancelled at every call, says what stands where, and goes on later", async () => {
    const said = new Set<string>();
    let call = 0;
    for (let finished = false; !finished;) {
      call += full ? 1 : 3;
      await startOver(place);
      const { id } = await prepare(place);
      const controller = new AbortController();
      let calls = 0;
      const cancelling: typeof fetch = (input, init) => {
        if (++calls === call) controller.abort();
        return fetch(input, init);
      };
      try {
        await submissions({ fetch: cancelling }).run(id, { signal: controller.signal });
        finished = true;
      } catch (error) {
        assert.ok(error instanceof SubmissionError, String(error));
        assert.equal(error.kind, "cancelled");
        assert.match(error.text.en, /^Cancelled\. .+/);
        said.add(error.text.nb.replace(/instans [^)]+/, "instans"));
      }
      const stopped = await place.store.load(id);
      assert.equal(stopped.state === "finished", finished);
      const journal = await submissions().run(id);
      await assertAccepted(place, journal);
      await assertWhole(place, journal);
    }
    assert.ok(call > 15, `${call} calls`);
    assert.ok(said.size >= (full ? 5 : 2), [...said].join("\n"));
  });

  it("lets one of two runs win, and tells the other who has it", async () => {
    const { id } = await prepare(place);
    const results = await Promise.allSettled([submissions().run(id), submissions().run(id)]);
    const lost = results.filter((result) => result.status === "rejected");
    assert.equal(lost.length, 1);
    const reason: unknown = lost[0]?.reason;
    assert.ok(reason instanceof LockedError);
    assert.ok(reason.text.nb.includes(String(process.pid)));
    const journal = await place.store.load(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  it("sends nothing to another environment than the submission's own", async () => {
    const { id } = await prepare(place, {
      environment: { name: "elsewhere", platformUrl: "http://127.0.0.1:9", appUrl: "http://127.0.0.1:9/skd/app" },
    });
    await assert.rejects(submissions().run(id), { kind: "otherEnvironment" });
    assert.equal((await place.store.load(id)).steps.length, 0);
    const moved = await prepare(place, {
      environment: { name: "sandbox", platformUrl: "http://127.0.0.1:9", appUrl: "http://127.0.0.1:9/skd/app" },
    });
    await assert.rejects(submissions().run(moved.id), (error) => {
      assert.ok(error instanceof SubmissionError);
      assert.equal(error.kind, "otherEnvironment");
      assert.match(error.text.en, /same port again/);
      return true;
    });
  });

  it("does not send a copy that was changed on the disk", async () => {
    const { id } = await prepare(place);
    const folder = place.store.folder(id);
    await writeFile(`${folder}/sent/return.xml`, "<x/>");
    await assert.rejects(submissions().run(id), { kind: "copyDamaged" });
    const [instance] = await truthOf(place);
    assert.ok(instance?.data.every(({ dataType }) => dataType !== "mvamelding"));
  });

  it("stops where somebody else has put files on the instance", async () => {
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "completeFillingIn", kind: "forbidden", count: 1, skip: 0 });
    await assert.rejects(submissions().run(id));
    const { instanceId } = await place.store.load(id);
    const token = await source(false, undefined);
    const exchange = await fetch(
      `${place.sandbox.description.altinnPlatformUrl}/authentication/api/v1/exchange/id-porten`,
      { headers: { authorization: `Bearer ${token.value}` } },
    );
    const stored = await fetch(
      `${place.sandbox.description.altinnAppUrl}/instances/${instanceId ?? ""}/data?dataType=binaerVedlegg`,
      {
        method: "POST",
        headers: {
          authorization: `Bearer ${await exchange.text()}`,
          "content-type": "application/pdf",
          "content-disposition": "attachment; filename=other.pdf",
        },
        body: "%PDF-1.7 somebody else's",
      },
    );
    assert.equal(stored.status, 201);
    await assert.rejects(submissions().run(id), { kind: "foreignFiles" });
    assert.equal((await truthOf(place))[0]?.data.filter(({ dataType }) => dataType === "binaerVedlegg").length, 3);
  });

  it("sees a double where nothing is waited for: the guard is what keeps it away", async () => {
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add({
      call: "createInstance",
      kind: "lateEffect",
      count: 1,
      skip: 0,
      milliseconds: 150,
    });
    const hasty: Partial<Pace> = { settle: 0, longestCall: 0 };
    await submissions({ pace: hasty }).run(id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal((await truthOf(place)).length, 2);
  });

  it("stops rather than guess where several new drafts could be the one", async () => {
    const first = await prepare(place);
    const second = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "createInstance", kind: "resetAfter", count: 2, skip: 0 });
    place.sandbox.altinn.faults.add({ call: "openInstances", kind: "notFound", count: 2, skip: 0 });
    await assert.rejects(submissions().run(first.id));
    await assert.rejects(submissions().run(second.id));
    const [one, other] = await truthOf(place);
    assert.ok(one !== undefined && other !== undefined);
    await assert.rejects(submissions().run(first.id), (error) => {
      assert.ok(error instanceof SubmissionError);
      assert.equal(error.kind, "ambiguousDraft");
      assert.deepEqual(error.instanceIds.toSorted(), [one.id, other.id].toSorted());
      return true;
    });
    await submissions().adoptDraft(first.id, one.id);
    await assert.rejects(submissions().adoptDraft(second.id, one.id), { kind: "adoptedAlready" });
    assert.equal((await submissions().run(first.id)).verdict, "accepted");
    assert.equal((await submissions().run(second.id)).verdict, "accepted");
    const truth = await truthOf(place);
    assert.equal(truth.length, 2);
    assert.ok(truth.every(({ steps }) => steps === 2));
  });

  it("abandons a draft, and nothing that is submitted", async () => {
    const draft = await prepare(place, { goal: "fillIn" });
    await submissions().run(draft.id);
    const abandoned = await submissions().abandon(draft.id);
    assert.equal(abandoned.state, "abandoned");
    assert.deepEqual(await truthOf(place), []);
    assert.equal((await submissions().run(draft.id)).state, "abandoned");
    const sent = await prepare(place);
    await submissions().run(sent.id);
    await assert.rejects(submissions().abandon(sent.id), { kind: "alreadySubmitted" });
  });

  it("abandons at once where only a file was on its way, and says what it waits for where it has to", async () => {
    const draft = await prepare(place);
    const controller = new AbortController();
    const cancelling: typeof fetch = (input, init) => {
      if (typeof input === "string" && input.includes("dataType=")) controller.abort();
      return fetch(input, init);
    };
    const run = submissions({ fetch: cancelling }).run(draft.id, { signal: controller.signal });
    await assert.rejects(run, { kind: "cancelled" });
    assert.equal((await place.store.load(draft.id)).intent?.step, "storeReturn");
    const before = place.sandbox.clock.now;
    assert.equal((await submissions().abandon(draft.id)).state, "abandoned");
    assert.equal(place.sandbox.clock.now, before, "nothing is waited for");
    assert.deepEqual(await truthOf(place), []);

    const lost = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "createInstance", kind: "resetBefore", count: 1, skip: 0 });
    const said = new Set<string>();
    const journal = await submissions().run(lost.id, {
      onProgress: ({ steps }) => said.add(steps.at(-1)?.name ?? ""),
    });
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
    assert.ok(said.has("settle"));
    assert.equal(journal.steps.find(({ name }) => name === "settle")?.outcome, "done");
  });

  it("finds instances that no journal knows, and goes on with them", async () => {
    const lost = await prepare(place, { goal: "fillIn" });
    const { instanceId } = await submissions().run(lost.id);
    await place.store.remove(lost.id);
    assert.ok(instanceId !== null);
    const unknown = await submissions().findUnknown([sampleOrganisation]);
    assert.deepEqual(
      unknown.map(({ id, period, category, state, holdsReturn }) => [id, period, category, state, holdsReturn]),
      [[instanceId, "mars-april 2026", "alminnelig", "readyToSign", true]],
    );
    const input = { goal: "submit", outFolder: "" } as const;
    const both = await Promise.allSettled([
      submissions().adopt(instanceId, input),
      submissions().adopt(instanceId, input),
    ]);
    const [adopted, ...others] = both.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    assert.ok(adopted !== undefined && others.length === 0, "one of two who adopt at once");
    assert.equal((await place.store.list()).journals.length, 1);
    assert.equal(adopted.state, "readyToSign");
    const recorded = (await readTranscript(place.store, adopted.id)).map(({ request }) => request.method);
    assert.ok(recorded.length > 4 && recorded.every((method) => method === "GET"), recorded.join(" "));
    assert.deepEqual(await submissions().findUnknown([sampleOrganisation]), []);
    await assert.rejects(submissions().adopt(instanceId, { goal: "submit", outFolder: "" }), {
      kind: "adoptedAlready",
    });
    const journal = await submissions().run(adopted.id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  it("finds them in the app's own list where the platform refuses to search", async () => {
    const known = await prepare(place, { goal: "fillIn" });
    await submissions().run(known.id);
    const lost = await prepare(place, { goal: "fillIn" });
    const { instanceId } = await submissions().run(lost.id);
    await place.store.remove(lost.id);
    const refused = { call: "openInstances", kind: "forbidden", count: 1, skip: 0 } as const;
    place.sandbox.altinn.faults.add(refused);
    const unknown = await submissions().findUnknown([sampleOrganisation]);
    assert.deepEqual(
      unknown.map(({ id }) => id),
      [instanceId],
    );
    await place.store.remove(known.id);
    place.sandbox.altinn.faults.add(refused);
    // Nobody here knows Altinn's number of the organisation any more, and the list can't be asked for without.
    await assert.rejects(submissions().findUnknown([sampleOrganisation]), { kind: "forbidden" });
  });

  it("deletes a draft that nobody here knows, and nothing else", async () => {
    const { id } = await prepare(place);
    place.sandbox.altinn.faults.add({ call: "putEnvelope", kind: "forbidden", count: 1, skip: 0 });
    await assert.rejects(submissions().run(id));
    const instanceId = (await place.store.load(id)).instanceId ?? "";
    await assert.rejects(submissions().deleteUnknown(instanceId), { kind: "adoptedAlready" });
    await place.store.remove(id);
    const [draft] = await submissions().findUnknown([sampleOrganisation]);
    assert.deepEqual([draft?.id, draft?.period, draft?.holdsReturn], [instanceId, null, false]);
    await assert.rejects(submissions().adopt(instanceId, { goal: "submit", outFolder: "" }), {
      kind: "nothingToAdopt",
    });
    await submissions().deleteUnknown(instanceId);
    assert.deepEqual(await truthOf(place), []);
    const sent = await prepare(place);
    const submitted = await submissions().run(sent.id);
    await place.store.remove(sent.id);
    await assert.rejects(submissions().deleteUnknown(submitted.instanceId ?? ""), { kind: "alreadySubmitted" });
    assert.equal((await truthOf(place)).length, 1);
  });

  it("refuses production by its host, before anything is sent", () => {
    assert.throws(
      () =>
        submissionsOf({
          ...place,
          sandbox: {
            ...place.sandbox,
            description: { ...place.sandbox.description, altinnAppUrl: "https://skd.apps.altinn.no/skd/x" },
          },
        }).findUnknown([sampleOrganisation]),
      { name: "ProductionRefusedError" },
    );
  });

  it("says what is wrong where nobody answers, or somebody else does", async () => {
    const server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const elsewhere: Place = {
      ...place,
      sandbox: {
        ...place.sandbox,
        description: { ...place.sandbox.description, altinnAppUrl: `${url}/skd/app`, altinnPlatformUrl: url },
      },
    };
    const { id } = await prepare(elsewhere);
    await assert.rejects(
      submissionsOf(elsewhere, { idPortenToken: source }).run(id),
      (error) => error instanceof ServiceError && error.kind === "unreadable",
    );
    server.close();
    server.closeAllConnections();
    await assert.rejects(
      submissionsOf(elsewhere, { idPortenToken: source }).run(id),
      (error) => error instanceof ServiceError && error.kind === "network",
    );
    assert.match((await place.store.load(id)).error?.nb ?? "", /kan ikke nås/);
    assert.ok((await readFile(`${place.store.folder(id)}/journal.json`, "utf8")).endsWith("}\n"));
  });
});
