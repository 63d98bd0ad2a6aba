import assert from "node:assert/strict";
import { claims } from "../support.ts";
import {
  altinnToken,
  idPortenToken,
  manager,
  nobody,
  raw,
  sampleOrganisation,
  sampleReturn,
  startAltinn,
  type AltinnSandbox,
} from "./support.ts";

describe("sandbox: Altinn's tokens", function () {
  this.timeout(180_000);
  let sandbox: AltinnSandbox;
  let exchange: string;
  before(async () => {
    sandbox = await startAltinn();
    exchange = `${sandbox.description.altinnPlatformUrl}/authentication/api/v1/exchange/id-porten`;
  });
  after(() => sandbox.close());

  it("live exactly as long as ID-porten's, and say who signed in without the national identity number", async () => {
    const idPorten = await idPortenToken(sandbox);
    const { status, text, headers } = await raw(exchange, { token: idPorten });
    assert.equal(status, 200);
    assert.match(headers.get("content-type") ?? "", /^text\/plain/);
    const altinn = claims(text);
    assert.equal(altinn["exp"], claims(idPorten)["exp"]);
    assert.equal(altinn["urn:altinn:authlevel"], 4);
    assert.equal(altinn["urn:altinn:userid"], 20_001);
    assert.ok(!JSON.stringify(altinn).includes(manager));
  });

  it("come as a JSON string where JSON is preferred, and at the platform's root too", async () => {
    const token = await idPortenToken(sandbox);
    const quoted = await raw(exchange, { token, headers: { accept: "application/json" } });
    assert.match(quoted.text, /^"[\w-]+\.[\w-]+\.[\w-]+"$/);
    const atRoot = await raw(`${sandbox.issuer}/authentication/api/v1/exchange/id-porten`, { token });
    assert.equal(atRoot.status, 200);
  });

  it("are refused as they should be", async () => {
    const good = await idPortenToken(sandbox);
    const short = await idPortenToken(sandbox, manager, "openid profile");
    const cases: readonly (readonly [string, string | null, string, number])[] = [
      ["without a token", null, exchange, 401],
      ["with nonsense", "nonsense", exchange, 401],
      ["with Altinn's own", await altinnToken(sandbox), exchange, 401],
      ["with a broken signature", `${good.slice(0, -8)}AAAAAAAA`, exchange, 401],
      ["without a scope of Altinn's", short, exchange, 403],
      ["with an unknown provider", good, exchange.replace("id-porten", "bank-porten"), 400],
    ];
    for (const [what, token, url, status] of cases) assert.equal((await raw(url, { token })).status, status, what);
  });

  it("of a partner scope can be had, but open no instances", async () => {
    const token = await altinnToken(sandbox, manager, "openid skatteetaten:mvameldingvalidering");
    const { status } = await raw(`${sandbox.description.altinnAppUrl}/instances`, { method: "POST", token });
    assert.equal(status, 403);
  });

  it("and ID-porten's are never taken for each other", async () => {
    const { altinnAppUrl, validationUrl } = sandbox.description;
    const idPorten = await idPortenToken(sandbox);
    assert.equal((await raw(`${altinnAppUrl}/instances`, { method: "POST", token: idPorten })).status, 401);
    const validation = await raw(validationUrl, {
      method: "POST",
      token: await altinnToken(sandbox),
      headers: { "content-type": "application/xml" },
      body: new Uint8Array(await sampleReturn()),
    });
    assert.equal(validation.status, 401);
  });

  it("expire in the middle, and can be renewed before", async () => {
    const token = await altinnToken(sandbox);
    const refresh = `${sandbox.description.altinnPlatformUrl}/authentication/api/v1/refresh`;
    const list = `${sandbox.description.altinnAppUrl}/instances/50552105/active`;
    const start = sandbox.clock.now;
    sandbox.clock.now += 3_500_000;
    const renewed = await raw(refresh, { token });
    assert.equal(renewed.status, 200);
    sandbox.clock.now += 200_000;
    assert.equal((await raw(refresh, { token })).status, 401);
    assert.equal((await raw(list, { token })).status, 401);
    assert.equal((await raw(list, { token: renewed.text })).status, 200);
    sandbox.clock.now = start;
  });

  it("of somebody without roles show nothing and begin nothing", async () => {
    const token = await altinnToken(sandbox, nobody);
    const { altinnAppUrl } = sandbox.description;
    const created = await raw(`${altinnAppUrl}/instances`, {
      method: "POST",
      token,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ instanceOwner: { organisationNumber: sampleOrganisation } }),
    });
    assert.equal(created.status, 403);
    assert.match(created.text, /"title":"Forbidden"/);
    assert.deepEqual((await raw(`${altinnAppUrl}/instances/50552105/active`, { token })).json, []);
    const profile = await raw(`${altinnAppUrl}/api/v1/profile/user`, { token });
    assert.match(profile.text, /"partyId":51000009/);
  });
});
