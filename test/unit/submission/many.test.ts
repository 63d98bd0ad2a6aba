import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { toCurl } from "../../../src/services/transcript/curl.ts";
import { readTranscript } from "../../../src/submission/transcript.ts";
import { sayCount } from "./counts.ts";
import { buildCrashingRun, crashingRunScript } from "./crashingRunBundle.ts";
import type { CrashingRun } from "./crashingRun.ts";
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

describe("many submissions and several processes", function () {
  this.timeout(600_000);
  let place: Place;
  let source: ReturnType<typeof tokensOf>;
  before(async () => {
    await buildCrashingRun();
    place = await openPlace();
    place.sandbox.altinn.settings.change({ verdictDelay: 0, receiptDelay: 0 });
    source = tokensOf(place);
  });
  after(() => place.close());
  beforeEach(() => startOver(place));

  it("lets one of two processes go on with a submission, and the other say so", async () => {
    const { id } = await prepare(place);
    const token = await source(false, undefined);
    place.sandbox.altinn.faults.add({ call: "createInstance", kind: "slow", count: 1, skip: 0, milliseconds: 3000 });
    const run: CrashingRun = {
      home: place.home,
      id,
      environment: environmentOf(place),
      token,
      now: place.sandbox.clock.now,
      point: null,
    };
    const children = [1, 2].map(() => {
      const child = spawn(process.execPath, [crashingRunScript], {
        env: { ...process.env, MVA_CRASHING_RUN: JSON.stringify(run) },
        stdio: ["ignore", "ignore", "pipe"],
      });
      return Promise.all([once(child, "exit") as Promise<[number | null]>, text(child.stderr)]);
    });
    const ended = await Promise.all(children);
    const codes = ended.map(([[code]]) => code).sort();
    assert.deepEqual(codes, [0, 1], JSON.stringify(ended));
    assert.match(ended.map(([, stderr]) => stderr).join(""), /works on this submission right now/);
    const journal = await place.store.load(id);
    await assertAccepted(place, journal);
    await assertWhole(place, journal);
  });

  it("leaves nothing open over many submissions, and no secret in any file", async () => {
    const number = full ? 100 : 20;
    const submissions = submissionsOf(place, { idPortenToken: source });
    const resources: number[] = [];
    for (let index = 0; index < number; index++) {
      const { id } = await prepare(place);
      // Some of them with a failure on the way, so that error texts and retries are looked through as well.
      if (index % 5 === 1)
        place.sandbox.altinn.faults.add({ call: "addData", kind: "conflictProblem", count: 1, skip: 0 });
      if (index % 5 === 2)
        place.sandbox.altinn.faults.add({ call: "submit", kind: "badGatewayAfter", count: 1, skip: 0 });
      await submissions.run(id).catch(() => submissions.run(id));
      resources.push(process.getActiveResourcesInfo().length);
    }
    const middle = Math.floor(number / 2);
    assert.ok((resources.at(-1) ?? 0) <= (resources[middle] ?? 0) + 5, `resources: ${resources.join(" ")}`);
    assert.equal((await truthOf(place)).length, number);
    assert.equal(
      (await place.store.list()).journals.filter((journal) => journal.verdict === "accepted").length,
      number,
    );
    for (const { id } of (await place.store.list()).journals) {
      assert.ok((await readTranscript(place.store, id)).length > 10);
    }
    const { files, bytes } = await assertNoSecrets(place, place.sandbox.log());
    sayCount(`${number} submissions; ${files} files with ${bytes} bytes hold no secret`);
  });

  it("prints curl commands that do what the call did", async function () {
    if (
      !(await new Promise<boolean>((resolve) => execFile("curl", ["--version"], (error) => resolve(error === null))))
    ) {
      process.stdout.write("      there is no curl: install it to run this test\n");
      this.skip();
    }
    const { id } = await prepare(place);
    await submissionsOf(place, { idPortenToken: source }).run(id);
    const exchanges = await readTranscript(place.store, id);
    const read = exchanges.findLast(({ request }) => /\/instances\/[0-9]+\/[0-9a-f-]{36}$/.test(request.url));
    const exchange = exchanges.find(({ request }) => request.url.includes("/exchange/"));
    assert.ok(read !== undefined && exchange !== undefined);
    const { value } = await source(false, undefined);
    const altinnToken = await shell(toCurl(exchange).replace("Bearer [removed]", `Bearer ${value}`));
    const answer = await shell(toCurl(read).replace("Bearer [removed]", `Bearer ${altinnToken}`));
    assert.equal((JSON.parse(answer) as { id: string }).id, (await place.store.load(id)).instanceId);
  });
});

function shell(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("sh", ["-c", `${command} --silent`], (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command}: ${error.message}`));
    });
  });
}
