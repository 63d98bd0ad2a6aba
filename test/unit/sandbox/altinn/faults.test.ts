import assert from "node:assert/strict";
import { callFaultKinds, type CallFaultKind } from "../../../../src/sandbox/callFaults.ts";
import { ServiceError, type ServiceErrorKind } from "../../../../src/services/serviceError.ts";
import { control } from "../support.ts";
import { clientFor, filledIn, pdfUpload, raw, sampleOrganisation, startAltinn, type AltinnSandbox } from "./support.ts";

/** What the product's client makes of each kind, and what is true at the other end. */
const kinds: Readonly<Record<CallFaultKind, ServiceErrorKind | null>> = {
  timeoutBefore: "timeout",
  timeoutAfter: "timeout",
  resetBefore: "network",
  resetAfter: "network",
  lateEffect: "network",
  unauthorised: "unauthorised",
  forbidden: "forbidden",
  forbiddenEmpty: "forbidden",
  notFound: "notFound",
  conflictSentence: "conflict",
  conflictValidationResult: "conflict",
  conflictProblem: "conflict",
  decommissioned: "decommissioned",
  tooManyRequests: "tooManyRequests",
  serverErrorBefore: "server",
  serverErrorAfter: "server",
  badGatewayBefore: "server",
  badGatewayAfter: "server",
  gatewayTimeoutBefore: "server",
  gatewayTimeoutAfter: "server",
  truncated: "network",
  slow: null,
};

describe("sandbox: faults of calls", function () {
  this.timeout(180_000);
  let sandbox: AltinnSandbox;
  before(async () => (sandbox = await startAltinn()));
  after(() => sandbox.close());
  beforeEach(async () => {
    await control(sandbox.issuer, "DELETE", "/instances");
    await control(sandbox.issuer, "DELETE", "/calls");
    await control(sandbox.issuer, "DELETE", "/faults");
  });

  const ask = async (fault: Record<string, unknown>): Promise<number> =>
    (await control(sandbox.issuer, "POST", "/faults", fault)).status;
  const count = async (): Promise<number> => {
    const { body } = await control(sandbox.issuer, "GET", "/instances");
    return (body["instances"] as unknown[]).length;
  };

  for (const [kind, expected] of Object.entries(kinds)) {
    it(`${kind} strikes once, with or without effect`, async () => {
      const client = await clientFor(sandbox, undefined, expected === "timeout" ? 300 : undefined);
      assert.equal(await ask({ call: "createInstance", kind, milliseconds: 50 }), 200);
      if (expected === null) await client.createInstance(sampleOrganisation);
      else {
        await assert.rejects(client.createInstance(sampleOrganisation), (error) => {
          assert.ok(error instanceof ServiceError);
          assert.equal(error.kind, expected);
          return true;
        });
      }
      const { takesEffect } = callFaultKinds[kind as CallFaultKind];
      if (kind === "lateEffect") {
        assert.equal(await count(), 0);
        while ((await count()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assert.equal(await count(), takesEffect ? 1 : 0);
      await (await clientFor(sandbox)).createInstance(sampleOrganisation);
      assert.equal(await count(), takesEffect ? 2 : 1);
    });
  }

  it("say in Retry-After how long to wait", async () => {
    await ask({ call: "applicationMetadata", kind: "tooManyRequests", seconds: 7 });
    const { status, headers } = await raw(`${sandbox.description.altinnAppUrl}/api/v1/applicationmetadata`);
    assert.deepEqual([status, headers.get("retry-after")], [429, "7"]);
  });

  it("are chosen by data type, by file name, by turn, and as often as asked for", async () => {
    const client = await clientFor(sandbox);
    const { id } = await client.createInstance(sampleOrganisation);
    await ask({ call: "addData", kind: "notFound", fileName: "økonomi.pdf", count: 2 });
    await client.addData(id, pdfUpload("a.pdf"));
    for (let time = 0; time < 2; time++) {
      await assert.rejects(client.addData(id, pdfUpload("økonomi.pdf")), { kind: "notFound" });
    }
    await client.addData(id, pdfUpload("økonomi.pdf"));
    await ask({ call: "addData", kind: "notFound", dataType: "binaerVedlegg", skip: 1 });
    await client.addData(id, pdfUpload("b.pdf"));
    await assert.rejects(client.addData(id, pdfUpload("c.pdf")), { kind: "notFound" });
    await client.addData(id, pdfUpload("c.pdf"));
  });

  it("tell the two steps of the process apart", async () => {
    const client = await clientFor(sandbox);
    const { id } = await filledIn(client);
    await ask({ call: "submit", kind: "resetAfter" });
    await client.next(id, "fillIn");
    await assert.rejects(client.next(id, "submit"), { kind: "network" });
    assert.equal((await client.process(id)).currentTask?.elementId, "Task_3");
  });

  it("stay where they are sticky, until they are taken back", async () => {
    const client = await clientFor(sandbox);
    const { id } = await client.createInstance(sampleOrganisation);
    await ask({ call: "process", kind: "unauthorised", mode: "sticky" });
    for (let time = 0; time < 3; time++) await assert.rejects(client.process(id), { kind: "unauthorised" });
    const { body } = await control(sandbox.issuer, "GET", "/faults");
    assert.deepEqual(body["activeCalls"], [{ call: "process", kind: "unauthorised", count: null, skip: 0 }]);
    await control(sandbox.issuer, "DELETE", "/faults/process");
    await client.process(id);
  });

  it("leave a trace among the calls, with what was answered", async () => {
    const client = await clientFor(sandbox);
    await control(sandbox.issuer, "DELETE", "/calls");
    await ask({ call: "any", kind: "badGatewayAfter" });
    await assert.rejects(client.createInstance(sampleOrganisation), { kind: "server", status: 502 });
    const { body } = await control(sandbox.issuer, "GET", "/calls");
    assert.deepEqual(body["counts"], { createInstance: 1 });
    const [call] = body["calls"] as Record<string, unknown>[];
    assert.deepEqual([call?.["fault"], call?.["status"], call?.["method"]], ["badGatewayAfter", 502, "POST"]);
  });

  for (const wrong of [
    { call: "createInstances", kind: "slow" },
    { call: "createInstance", kind: "slower" },
    { call: "createInstance", kind: "slow", count: 0 },
    { call: "createInstance", kind: "slow", extra: 1 },
  ]) {
    it(`are not understood as ${JSON.stringify(wrong)}`, async () => assert.equal(await ask(wrong), 400));
  }

  it("and settings are refused where they make no sense", async () => {
    const post = async (path: string, body: unknown): Promise<number> =>
      (await control(sandbox.issuer, "POST", path, body)).status;
    assert.equal(await post("/scenario", { scenario: "lucky" }), 400);
    assert.equal(await post("/settings", { verdictDelay: -1 }), 400);
    assert.equal(await post("/settings", { speed: 1 }), 400);
    assert.equal(await post("/settings", { verdictDelay: 1 }), 200);
    const { body } = await control(sandbox.issuer, "GET", "/settings");
    assert.equal(body["verdictDelay"], 1);
  });
});
