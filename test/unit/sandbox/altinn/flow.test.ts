import assert from "node:assert/strict";
import { createSkatteetatenClient } from "../../../../src/services/skatteetaten/client.ts";
import { readValidationAnswer } from "../../../../src/services/skatteetaten/validationAnswer.ts";
import type { ScenarioName } from "../../../../src/sandbox/altinn/settings.ts";
import { defaultFacts } from "../../../../src/sandbox/validation/defaultFacts.ts";
import { createJudge } from "../../../../src/sandbox/validation/judge.ts";
import { control } from "../support.ts";
import {
  accountantWithoutSigning,
  caller,
  clientFor,
  filledIn,
  idPortenToken,
  sampleReturn,
  startAltinn,
  type AltinnSandbox,
} from "./support.ts";

describe("sandbox: a whole submission", function () {
  this.timeout(180_000);
  let sandbox: AltinnSandbox;
  beforeEach(async () => (sandbox = await startAltinn()));
  afterEach(() => sandbox.close());

  it("goes from validation to receipt with the product's own clients", async () => {
    const bytes = await sampleReturn();
    const skatteetaten = createSkatteetatenClient(sandbox.description.validationUrl, caller());
    const validated = await skatteetaten.validate(bytes, await idPortenToken(sandbox));
    assert.deepEqual(validated, { verdict: "ingen avvik", deviations: [] });

    const client = await clientFor(sandbox);
    const { id } = await filledIn(client, ["bilag-1.pdf", "økonomi år.pdf"]);
    assert.deepEqual(await client.validate(id), []);
    const filled = await client.next(id, "fillIn");
    assert.equal(filled.currentTask?.elementId, "Task_2");
    const submitted = await client.next(id, "submit");
    assert.equal(submitted.currentTask?.name, "Tilbakemelding");

    const waiting = await client.instance(id);
    const types = (data: typeof waiting.data): string[] => data.map(({ dataType }) => dataType).sort();
    assert.deepEqual(types(waiting.data), [
      "betalingsinformasjon",
      "binaerVedlegg",
      "binaerVedlegg",
      "mvamelding",
      "no.skatteetaten.fastsetting.avgift.mva.mvameldinginnsending.v1.0",
      "signeringslogg",
      "utfyllingslogg",
    ]);
    assert.equal(await client.isFeedbackProvided(id), false);
    assert.deepEqual(await client.feedback(id), { state: "waiting" });

    sandbox.clock.now += 3000;
    const judged = await client.instance(id);
    assert.ok(judged.data.some(({ dataType }) => dataType === "valideringsresultat"));
    assert.equal(judged.process?.ended, null);
    sandbox.clock.now += 1000;
    const feedback = await client.feedback(id);
    assert.equal(feedback.state, "provided");
    const ended = await client.instance(id);
    const { process, status } = ended;
    assert.deepEqual(
      [process?.currentTask, process?.endEvent, status?.isArchived, status?.substatus?.label],
      [null, "EndEvent_1", true, "Mottatt"],
    );

    const fileOf = async (dataType: string): Promise<Uint8Array> => {
      const element = ended.data.find((candidate) => candidate.dataType === dataType);
      assert.ok(element !== undefined, dataType);
      return client.data(id, element.id);
    };
    assert.deepEqual(Buffer.from(await fileOf("mvamelding")), bytes);
    const verdict = readValidationAnswer(Buffer.from(await fileOf("valideringsresultat")).toString("utf8"));
    assert.equal(verdict.verdict, "ingen avvik");
    assert.match(Buffer.from(await fileOf("kvittering")).toString("latin1"), /^%PDF-1\.4[^]*SANDKASSE[^]*%%EOF\n$/);
    const payment = Buffer.from(await fileOf("betalingsinformasjon")).toString("utf8");
    assert.match(payment, /<beloep>75500<\/beloep>/);
    assert.match(payment, /<kundeidentifikasjonsnummer>3145521052604\d<\/kundeidentifikasjonsnummer>/);
    assert.ok(ended.data.some(({ filename }) => filename === "økonomi år.pdf"));
    assert.ok((await client.events(id)).some(({ eventType }) => eventType === "Submited"));
  });

  it("lets one person fill in and another submit", async () => {
    const assistant = await clientFor(sandbox, accountantWithoutSigning);
    const { id } = await filledIn(assistant);
    await assistant.next(id, "fillIn");
    await assert.rejects(assistant.next(id, "submit"), { kind: "forbidden", status: 403 });
    const manager = await clientFor(sandbox);
    assert.equal((await manager.next(id, "submit")).currentTask?.elementId, "Task_3");
  });

  const outcomes: readonly (readonly [ScenarioName, string | null, boolean])[] = [
    ["accepted", "ingen avvik", true],
    ["deviating", "avvikende skattemelding", true],
    ["incomplete", "mangelfull skattemelding", true],
    ["refused", "ugyldig skattemelding", true],
    ["neverAnswered", null, false],
  ];
  for (const [scenario, verdict, ends] of outcomes) {
    it(`ends as the scenario ${scenario} says`, async () => {
      await control(sandbox.issuer, "POST", "/scenario", { scenario });
      const client = await clientFor(sandbox);
      const { id } = await filledIn(client);
      await client.next(id, "fillIn");
      await client.next(id, "submit");
      sandbox.clock.now += 3_000_000;
      // What was begun under one scenario ends under it.
      await control(sandbox.issuer, "POST", "/scenario", { scenario: "accepted" });
      const { data, process } = await client.instance(id);
      const result = data.find(({ dataType }) => dataType === "valideringsresultat");
      const said =
        result === undefined ? null : readValidationAnswer(Buffer.from(await client.data(id, result.id)).toString());
      assert.equal(said?.verdict ?? null, verdict);
      assert.equal(process?.ended !== null, ends);
      assert.equal(
        data.some(({ dataType }) => dataType === "kvittering"),
        ends,
      );
      assert.ok(data.some(({ dataType }) => dataType === "betalingsinformasjon"));
    });
  }

  it("brings the verdict after the receipt if asked to, and answers at once if told to", async () => {
    await control(sandbox.issuer, "POST", "/scenario", { scenario: "verdictAfterReceipt" });
    const client = await clientFor(sandbox);
    const { id } = await filledIn(client);
    await client.next(id, "fillIn");
    await client.next(id, "submit");
    const seen = async (): Promise<string[]> => {
      const { data } = await client.instance(id);
      return data.map(({ dataType }) => dataType).filter((type) => /^(kvitt|valid)/.test(type));
    };
    assert.deepEqual(await seen(), []);
    sandbox.clock.now += 3000;
    assert.deepEqual(await seen(), ["kvittering"]);
    assert.equal(await client.isFeedbackProvided(id), true);
    assert.deepEqual((await control(sandbox.issuer, "POST", "/answer", {})).body, { answered: 1 });
    assert.deepEqual(await seen(), ["kvittering", "valideringsresultat"]);
  });

  it("the sandbox's own facts let every clean sample pass", async () => {
    const judge = createJudge(
      () => defaultFacts,
      () => Date.parse("2026-06-01T12:00:00Z"),
    );
    for (const name of ["clean-general", "clean-primary-industry", "clean-compensation", "clean-reverse-charge"]) {
      assert.deepEqual(await judge.vatReturn(await sampleReturn(undefined, name)), {
        verdict: "ingen avvik",
        deviations: [],
      });
    }
  });
});
