import assert from "node:assert/strict";
import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ruleByNumber } from "../../../../src/validation/rules/index.ts";
import { createSkatteetatenClient } from "../../../../src/services/skatteetaten/client.ts";
import { control } from "../support.ts";
import {
  caller,
  clientFor,
  filledIn,
  idPortenToken,
  sampleReturn,
  startAltinn,
  type AltinnSandbox,
} from "./support.ts";

describe("sandbox: the registers", function () {
  this.timeout(60_000);
  let sandbox: AltinnSandbox;
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-registers-"));
    sandbox = await startAltinn({ stateFolder: folder });
  });
  afterEach(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function submitSample(name = "clean-reverse-charge"): Promise<void> {
    const client = await clientFor(sandbox);
    const { id } = await filledIn(client, [], await sampleReturn(undefined, name));
    await client.next(id, "fillIn");
    await client.next(id, "submit");
    sandbox.clock.now += 10_000;
    await client.instance(id);
  }

  /** What is said of a return for the same period whose total is 0. */
  async function codesOfZero(): Promise<readonly string[]> {
    const zero = await sampleReturn(
      (xml) => xml.replace(/<fastsattMerverdiavgift>[^<]*</, "<fastsattMerverdiavgift>0<"),
      "clean-reverse-charge",
    );
    const skatteetaten = createSkatteetatenClient(sandbox.description.validationUrl, caller());
    const { deviations } = await skatteetaten.validate(zero, await idPortenToken(sandbox));
    return deviations.flatMap(({ reasons }) => reasons.map(({ code }) => code));
  }

  it("count a received return as the earlier one of its period, after a restart too", async () => {
    const before = await codesOfZero();
    await submitSample();
    const after = await codesOfZero();
    // A return of 0 is only for correcting one that was sent earlier: R118 is broken no more.
    const [rule = ""] = ruleByNumber("R118")?.identifiers ?? [];
    assert.ok(before.includes(rule), before.join(" "));
    assert.ok(!after.includes(rule), after.join(" "));
    const clock = sandbox.clock.now;
    await sandbox.close();
    sandbox = await startAltinn({ stateFolder: folder });
    sandbox.clock.now = clock;
    assert.deepEqual(await codesOfZero(), after);
    assert.equal((await control(sandbox.issuer, "DELETE", "/instances")).status, 200);
    assert.deepEqual(await codesOfZero(), before, "what is forgotten was never there");
  });

  it("take no notice of a return that was refused or is not judged yet", async () => {
    const before = await codesOfZero();
    for (const scenario of ["refused", "incomplete", "neverAnswered"]) {
      await control(sandbox.issuer, "POST", "/scenario", { scenario });
      await submitSample();
      assert.deepEqual(await codesOfZero(), before, scenario);
    }
  });

  it("hold a second return for the period to be a change, and take it as the latest", async () => {
    await submitSample("clean-general");
    await submitSample("clean-general");
    const facts = sandbox.altinn.judge.facts.find(({ returnHistory }) => returnHistory !== undefined);
    assert.equal(facts?.organisationNumber, "314552105");
    assert.deepEqual(
      facts.returnHistory?.returns.map(({ category, period, year, amount }) => [category, period, year, amount]),
      [["alminnelig", "mars-april", 2026, 75500n]],
    );
  });
});
