import assert from "node:assert/strict";
import { control } from "../support.ts";
import {
  altinnToken,
  clientFor,
  filledIn,
  manager,
  nobody,
  raw,
  sampleOrganisation,
  startAltinn,
  type AltinnSandbox,
  type RawAnswer,
} from "./support.ts";

interface Json {
  readonly [name: string]: unknown;
}

describe("sandbox: Altinn's instances", function () {
  this.timeout(180_000);
  let sandbox: AltinnSandbox;
  let token: string;
  let app: string;
  let storage: string;
  beforeEach(async () => {
    sandbox = await startAltinn();
    token = await altinnToken(sandbox);
    app = sandbox.description.altinnAppUrl;
    storage = `${sandbox.description.altinnPlatformUrl}/storage/api/v1/instances`;
  });
  afterEach(() => sandbox.close());

  const create = (body: unknown, query = "", contentType = "application/json"): Promise<RawAnswer> =>
    raw(`${app}/instances${query}`, {
      method: "POST",
      token,
      headers: { "content-type": contentType },
      ...(body === null ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  const ours = { instanceOwner: { organisationNumber: sampleOrganisation } };

  it("are made with the envelope in them, explicit nulls and numbers for enumerations", async () => {
    const { status, json, headers } = await create(ours);
    assert.equal(status, 201);
    const instance = json as Json & { data: Json[]; process: Json; status: Json; instanceOwner: Json };
    assert.match(String(instance["id"]), /^50552105\/[0-9a-f-]{36}$/);
    assert.equal(headers.get("location"), `${app}/instances/${String(instance["id"])}`);
    assert.equal(instance["appId"], "skd/mva-melding-innsending-test");
    assert.equal(instance["dueBefore"], null);
    assert.equal(instance.status["readStatus"], 1);
    assert.equal(instance.instanceOwner["personNumber"], null);
    assert.match(String(instance["created"]), /T\d\d:\d\d:\d\d\.\d{6,7}Z$/);
    assert.deepEqual(
      instance.data.map(({ dataType, filename, locked }) => [dataType, filename, locked]),
      [["no.skatteetaten.fastsetting.avgift.mva.mvameldinginnsending.v1.0", null, false]],
    );
    assert.equal((instance.process["currentTask"] as Json)["elementId"], "Task_1");
  });

  it("are made in the other ways of saying whose they are", async () => {
    assert.equal((await create({ instanceOwner: { partyId: "50552105" } })).status, 201);
    assert.equal((await create(null, "?instanceOwnerPartyId=50552105")).status, 201);
    assert.equal((await create({ ...ours, appId: "skd/mva-melding-innsending-test" }, "/create")).status, 201);
    const form = new FormData();
    form.append("instance", new Blob([JSON.stringify(ours)], { type: "application/json" }));
    form.append("mvamelding", new Blob(["<a/>"], { type: "text/xml" }), "mva.xml");
    const multipart = await raw(`${app}/instances`, { method: "POST", token, body: form });
    assert.equal(multipart.status, 201, multipart.text);
    assert.match(multipart.text, /"filename":"mva\.xml","contentType":"text\/xml"/);
  });

  const refusals: readonly (readonly [string, unknown, string, number, RegExp])[] = [
    ["nobody's", {}, "", 400, /^"Cannot create an instance without an instanceOwner\.partyId/],
    ["two owners", { instanceOwner: {} }, "?instanceOwnerPartyId=1", 400, /^"/],
    ["not JSON", "{", "", 400, /^"/],
    ["of another app", { instanceOwner: { organisationNumber: "314552105" }, appId: "skd/x" }, "", 400, /^"AppId/],
    [
      "an unknown organisation's",
      { instanceOwner: { organisationNumber: "123456789" } },
      "",
      404,
      /^"Cannot lookup party: Failed to lookup party by organisationNumber: 123456789\. The exception was: 404 - Not Found - "$/,
    ],
    [
      "an organisation's that one has no role for",
      { instanceOwner: { organisationNumber: "310864935" } },
      "",
      403,
      /^\{"type":"https:\/\/tools\.ietf\.org\/html\/rfc7231#section-6\.5\.3","title":"Forbidden","status":403,"traceId":"00-/,
    ],
  ];
  for (const [what, body, query, status, pattern] of refusals) {
    it(`are not made: ${what}`, async () => {
      const answer = await create(body, query);
      assert.equal(answer.status, status);
      assert.match(answer.text, pattern);
      assert.deepEqual((await control(sandbox.issuer, "GET", "/instances")).body["instances"], []);
    });
  }

  it("are not made when one of their parts is refused", async () => {
    const form = new FormData();
    form.append("instance", new Blob([JSON.stringify(ours)], { type: "application/json" }));
    form.append("mvamelding", new Blob(["x"], { type: "text/plain" }), "mva.txt");
    assert.equal((await raw(`${app}/instances`, { method: "POST", token, body: form })).status, 400);
    assert.deepEqual((await control(sandbox.issuer, "GET", "/instances")).body["instances"], []);
  });

  it("name another app in their links where that is asked for", async () => {
    await control(sandbox.issuer, "POST", "/settings", { selfLinksApp: "mva-melding-innsending-sit" });
    const { text } = await create(ours);
    assert.match(text, /"appId":"skd\/mva-melding-innsending-test"/);
    assert.match(text, /"apps":"http:\/\/127\.0\.0\.1:\d+\/skd\/mva-melding-innsending-sit\/instances\//);
  });

  it("are 404 while they are fresh, for the app and not for the search", async () => {
    await control(sandbox.issuer, "POST", "/settings", { freshWindow: 25_000 });
    const { id } = (await create(ours)).json as { id: string };
    for (const path of ["", "/process"])
      assert.equal((await raw(`${app}/instances/${id}${path}`, { token })).status, 404);
    const search = await raw(`${storage}?instanceOwner.partyId=50552105`, { token });
    assert.match(search.text, new RegExp(`"id":"${id}"`));
    sandbox.clock.now += 25_000;
    assert.equal((await raw(`${app}/instances/${id}`, { token })).status, 200);
  });

  it("stay as orphans when making them fails with 500", async () => {
    await control(sandbox.issuer, "POST", "/faults", { call: "createInstance", kind: "serverErrorAfter" });
    const failed = await create(ours);
    assert.equal(failed.status, 500);
    assert.match(failed.text, /^"?Instantiation of data elements failed for instance 50552105\//);
    const active = (await raw(`${app}/instances/50552105/active`, { token })).json as { id: string }[];
    assert.equal(active.length, 1);
  });

  it("are listed and found until they are archived or deleted, newest first", async () => {
    const client = await clientFor(sandbox);
    const { id: first } = await client.createInstance(sampleOrganisation);
    const { id: second } = await client.createInstance(sampleOrganisation);
    const listed = await client.activeInstances("50552105");
    assert.deepEqual(
      listed.map(({ id, lastChangedBy }) => [id, lastChangedBy]),
      [
        [first, "Modig Furustamme"],
        [second, "Modig Furustamme"],
      ],
    );
    assert.deepEqual(
      (await client.openInstances(sampleOrganisation)).map(({ id }) => id),
      [second, first],
    );
    await client.deleteInstance(first, false);
    assert.equal((await raw(`${app}/instances/${first}`, { token })).status, 200);
    await client.deleteInstance(second, true);
    assert.equal((await raw(`${app}/instances/${second}`, { token })).status, 404);
    assert.deepEqual(await client.activeInstances("50552105"), []);
    assert.deepEqual(await client.openInstances(sampleOrganisation), []);
    const all = await raw(`${storage}?instanceOwner.partyId=50552105`, { token });
    assert.equal((all.json as { count: number }).count, 1);
  });

  it("are searched by pages and by task; Storage leaves nulls out and writes words", async () => {
    const client = await clientFor(sandbox);
    for (let made = 0; made < 3; made++) await client.createInstance(sampleOrganisation);
    const page = await raw(`${storage}?instanceOwner.partyId=50552105&size=2`, { token });
    const { count, next, instances } = page.json as { count: number; next: string; instances: Json[] };
    assert.equal(count, 2);
    assert.equal((instances[0]?.["status"] as Json)["readStatus"], "Read");
    assert.ok(!page.text.includes("null"));
    const rest = (await raw(next, { token })).json as { count: number; next?: string };
    assert.deepEqual([rest.count, rest.next], [1, undefined]);
    const byTask = async (task: string): Promise<unknown> =>
      ((await raw(`${storage}?instanceOwner.partyId=50552105&process.currentTask=${task}`, { token })).json as Json)[
        "count"
      ];
    assert.deepEqual([await byTask("Task_1"), await byTask("Task_2")], [3, 0]);
  });

  it("are searched only by saying whose, once", async () => {
    const header = { "x-ai-instanceowneridentifier": `Organisation:${sampleOrganisation}` };
    assert.equal((await raw(storage, { token })).status, 400);
    assert.equal((await raw(`${storage}?instanceOwner.partyId=50552105`, { token, headers: header })).status, 400);
    assert.equal((await raw(storage, { token, headers: header })).status, 200);
    const others = await raw(storage, { token: await altinnToken(sandbox, nobody), headers: header });
    assert.equal((others.json as Json)["count"], 0);
  });

  it("tell their events, with the person's number there and nowhere else", async () => {
    const client = await clientFor(sandbox);
    const { id } = await filledIn(client);
    const events = await raw(`${storage}/${id}/events`, { token });
    assert.match(events.text, new RegExp(`"nationalIdentityNumber":"${manager}"`));
    assert.match(events.text, /"eventType":"process_StartTask"/);
    for (const url of [`${app}/instances/${id}`, `${storage}/${id}`, `${app}/instances/${id}/process`]) {
      assert.ok(!(await raw(url, { token })).text.includes(manager), url);
    }
  });

  it("are seen by nobody without a role", async () => {
    const client = await clientFor(sandbox);
    const { id } = await client.createInstance(sampleOrganisation);
    const stranger = await altinnToken(sandbox, nobody);
    for (const path of ["", "/process", "/validate", "/feedback/status"]) {
      assert.equal((await raw(`${app}/instances/${id}${path}`, { token: stranger })).status, 403, path);
    }
    const unknown = `${app}/instances/50552105/11111111-1111-4111-8111-111111111111`;
    assert.equal((await raw(unknown, { token })).status, 404);
    await control(sandbox.issuer, "POST", "/settings", { unknownIsForbidden: true });
    assert.equal((await raw(unknown, { token })).status, 403);
  });

  it("belong to one app; one that is taken down is a teapot", async () => {
    const client = await clientFor(sandbox);
    const { id } = await client.createInstance(sampleOrganisation);
    assert.equal((await raw(`${sandbox.issuer}/skd/mva-melding-innsending-v1/instances/${id}`, { token })).status, 404);
    assert.equal((await raw(`${sandbox.issuer}/skd/mva-melding-innsending-v1/api/v1/applicationmetadata`)).status, 200);
    const etm2 = `${sandbox.issuer}/skd/mva-melding-innsending-etm2/api/v1/applicationmetadata`;
    assert.equal((await raw(etm2)).status, 418);
    await control(sandbox.issuer, "POST", "/settings", { decommissioned: ["mva-melding-innsending-test"] });
    assert.equal((await raw(`${app}/instances/${id}`, { token })).status, 418);
    assert.equal((await raw(etm2)).status, 200);
  });
});
