import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { sayCount } from "./counts.ts";
import type { CrashingRun, CrashPoint } from "./crashingRun.ts";
import { buildCrashingRun, crashingRunScript } from "./crashingRunBundle.ts";
import {
  assertAccepted,
  assertNoSecrets,
  assertWhole,
  environmentOf,
  openPlace,
  prepare,
  startOver,
  submissionsOf,
  tokensOf,
  truthOf,
} from "./support.ts";
import type { Place } from "./support.ts";

const full = process.env["MVA_TEST_FULL"] === "1";

describe("a submission whose process is killed", function () {
  this.timeout(600_000);
  let place: Place;
  let source: ReturnType<typeof tokensOf>;
  before(async () => {
    await buildCrashingRun();
    place = await openPlace();
    source = tokensOf(place);
    place.sandbox.altinn.settings.change({ verdictDelay: 0, receiptDelay: 0 });
  });
  after(() => place.close());

  /** Runs the submission in a process of its own. */
  async function runChild(id: string, point: CrashPoint | null): Promise<{ signal: string | null; output: string }> {
    const { clock } = place.sandbox;
    const token = await source(false, undefined);
    const run: CrashingRun = { home: place.home, id, environment: environmentOf(place), token, now: clock.now, point };
    const child = spawn(process.execPath, [crashingRunScript], {
      env: { ...process.env, MVA_CRASHING_RUN: JSON.stringify(run) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "close") as Promise<[number | null, string | null]>;
    const output = await text(child.stdout);
    const [, signal] = await ended;
    clock.now += 1000;
    return { signal, output };
  }

  async function points(): Promise<readonly CrashPoint[]> {
    await startOver(place);
    const { id } = await prepare(place);
    const { output } = await runChild(id, null);
    await assertWhole(place, await place.store.load(id));
    const counts = JSON.parse(output) as Record<CrashPoint["around"], number>;
    return (["request", "save"] as const).flatMap((around) =>
      Array.from({ length: counts[around] }, (_, index) => index + 1).flatMap((number) =>
        (["before", "after"] as const).map((when): CrashPoint => ({ around, number, when })),
      ),
    );
  }

  it("is resumed to one instance, every document once, the right verdict", async () => {
    const all = await points();
    const chosen = full ? all : all.filter((_, index) => index % 3 === 1);
    assert.ok(chosen.length >= 24, `${chosen.length} points`);
    let bytes = 0;
    for (const point of chosen) {
      await startOver(place);
      const { id } = await prepare(place);
      const { signal } = await runChild(id, point);
      const title = `killed ${point.when} ${point.around} ${point.number}`;
      assert.equal(signal, "SIGKILL", title);
      assert.ok((await truthOf(place)).length <= 1, title);
      // What a killed process leaves behind is looked through as well.
      bytes += (await assertNoSecrets(place)).bytes;
      const journal = await submissionsOf(place, { idPortenToken: source }).run(id);
      await assertAccepted(place, journal).catch((error: unknown) => assert.fail(`${title}: ${String(error)}`));
      await assertWhole(place, journal).catch((error: unknown) => assert.fail(`${title}: ${String(error)}`));
      bytes += (await assertNoSecrets(place)).bytes;
    }
    await assertNoSecrets(place, place.sandbox.log());
    sayCount(
      `crash matrix: ${chosen.length} of ${all.length} points, with two attachments; ${bytes} bytes hold no secret`,
    );
  });

  it("is abandoned without leaving a draft behind, whatever the crash interrupted", async () => {
    const all = (await points()).filter(({ around }) => around === "request");
    let abandoned = 0;
    for (const point of full ? all : all.filter((_, index) => index % 5 === 3)) {
      await startOver(place);
      const { id } = await prepare(place);
      await runChild(id, point);
      const submitted = (await truthOf(place)).some((instance) => instance.submission !== null);
      const abandon = submissionsOf(place, { idPortenToken: source }).abandon(id);
      if (submitted) {
        await assert.rejects(abandon, { kind: "alreadySubmitted" });
        continue;
      }
      assert.equal((await abandon).state, "abandoned");
      assert.deepEqual(await truthOf(place), []);
      abandoned++;
    }
    assert.ok(abandoned > 0);
  });
});
