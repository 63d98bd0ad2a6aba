import assert from "node:assert/strict";
import {
  allowsTestPersons,
  assertNotProduction,
  builtInEnvironments,
  coversPurpose,
  ProductionRefusedError,
  sandboxEnvironment,
  scopesFor,
  testEnvironment,
} from "../../../src/services/environments.ts";
import {
  checkClientId,
  checkIssuer,
  checkRedirectUri,
  checkScopes,
  readEnvironment,
  readOwnEnvironment,
} from "../../../src/services/environmentSchema.ts";
import { environmentOfSandbox, readSandboxLine } from "../../../src/services/sandboxLine.ts";

const own = {
  name: "own",
  issuer: "https://test.idporten.no",
  clientId: "my-client",
  redirectUris: ["http://127.0.0.1:0/callback"],
};

describe("environments", () => {
  it("that ship are right by their own schema, and none is production", () => {
    for (const environment of builtInEnvironments) {
      assert.deepEqual(readEnvironment(environment), { ok: true, environment });
      for (const url of [
        environment.issuer,
        environment.validationUrl,
        environment.altinnPlatformUrl,
        environment.altinnAppUrl,
      ]) {
        if (url !== null) assertNotProduction(url);
      }
    }
  });

  it("get what was left out, and addresses lose the slash at the end", () => {
    const reading = readEnvironment({
      ...own,
      altinnPlatformUrl: "https://platform.example/",
      altinnAppUrl: "https://app.example/a/b/",
    });
    assert.ok(reading.ok);
    const { environment } = reading;
    assert.equal(environment.altinnPlatformUrl, "https://platform.example");
    assert.equal(environment.altinnAppUrl, "https://app.example/a/b");
    assert.equal(environment.authenticationMethod, "none");
    assert.deepEqual(environment.scopes, testEnvironment.scopes);
  });

  const wrong: readonly (readonly [path: string, value: unknown])[] = [
    ["name", "with blank"],
    ["name", ""],
    ["name", undefined],
    ["issuer", "http://test.idporten.no"],
    ["issuer", "test.idporten.no"],
    ["issuer", "https://user@test.idporten.no"],
    ["issuer", "https://test.idporten.no?x=1"],
    ["issuer", "javascript:alert(1)"],
    ["clientId", "a b"],
    ["clientId", 7],
    ["redirectUris", []],
    ["redirectUris", "http://localhost:1/x"],
    ["redirectUris.0", ["https://127.0.0.1:0/callback"]],
    ["redirectUris.0", ["http://0.0.0.0:0/callback"]],
    ["redirectUris.0", ["http://localhost.evil.example:0/callback"]],
    ["redirectUris.0", ["http://127.0.0.1:0"]],
    ["redirectUris.0", ["http://127.0.0.1:0/"]],
    ["redirectUris.0", ["http://127.0.0.1:0/a?b"]],
    ["redirectUris.0", ["http://127.0.0.1:0/a#b"]],
    ["redirectUris.0", ["http://127.0.0.1:0/a/../b"]],
    ["redirectUris.0", ["http://127.0.0.1:99999/a"]],
    ["redirectUris.0", ["http://x@127.0.0.1:0/a"]],
    ["scopes.validation", { validation: ["skatteetaten:mvameldingvalidering"] }],
    ["scopes.validation.1", { validation: ["openid", "two words"] }],
    ["acr", ""],
    ["authenticationMethod", "client_secret_basic"],
    ["prompt", "none"],
    ["validationUrl", "http://example.org/validate"],
    ["altinnAppUrl", "ftp://example.org"],
  ];
  for (const [path, value] of wrong) {
    it(`${path} can't be ${JSON.stringify(value)}`, () => {
      const property = path.split(".")[0] ?? "";
      const reading = readEnvironment({ ...own, [property]: value });
      assert.ok(!reading.ok);
      assert.deepEqual(
        reading.problems.map((problem) => problem.path),
        [path],
      );
      for (const { text } of reading.problems)
        assert.ok(text.en.length > 10 && text.nb.length > 10 && text.en !== text.nb);
    });
  }

  it("of the user's own can't take the names that ship", () => {
    for (const name of ["test", "sandbox", "Test"]) assert.ok(!readOwnEnvironment({ ...own, name }).ok, name);
    assert.ok(readOwnEnvironment(own).ok);
  });

  it("are never anything else than an object", () => {
    for (const value of [null, undefined, 1, "x", [], {}]) assert.ok(!readEnvironment(value).ok);
  });

  it("are checked value by value while they are typed", () => {
    assert.equal(checkClientId("23cc2587-ea4e-4a5f-aa5c-dfce3d6c5f09"), null);
    assert.match(checkClientId("")?.nb ?? "", /klient/i);
    assert.equal(checkIssuer("https://test.idporten.no"), null);
    assert.ok(checkIssuer("test") !== null);
    assert.equal(checkRedirectUri("http://localhost:12345/token"), null);
    assert.ok(checkRedirectUri("http://localhost:12345") !== null);
    assert.equal(checkScopes("openid  altinn:instances.read"), null);
    assert.ok(checkScopes(" ") !== null);
    assert.ok(checkScopes('openid "x"') !== null);
  });

  it("know which scopes a purpose needs", () => {
    const all = scopesFor(testEnvironment, ["validation", "submission"]);
    assert.deepEqual(all, [
      "openid",
      "skatteetaten:mvameldingvalidering",
      "altinn:instances.read",
      "altinn:instances.write",
    ]);
    assert.ok(coversPurpose(testEnvironment, "validation", ["skatteetaten:mvameldingvalidering"]));
    assert.ok(!coversPurpose(testEnvironment, "submission", ["openid", "altinn:instances.read"]));
  });

  it("allow test persons in the sandbox and in ID-porten's test environment alone", () => {
    assert.ok(allowsTestPersons(testEnvironment));
    assert.ok(allowsTestPersons(sandboxEnvironment));
    for (const issuer of [
      "https://idporten.no",
      "https://test.idporten.no.evil.example",
      "http://test.idporten.no",
      "x",
    ]) {
      assert.ok(!allowsTestPersons({ ...testEnvironment, issuer }), issuer);
    }
  });
});

describe("production", () => {
  const refused = [
    "https://skd.apps.altinn.no/skd/mva-melding-innsending-v1",
    "https://platform.altinn.no",
    "https://PLATFORM.Altinn.NO./x",
    "https://altinn.no",
    "https://idporten.no",
    "https://login.idporten.no/authorize",
    "https://idporten.api.skatteetaten.no/api/mva",
    "https://user:pass@platform.altinn.no:8443/",
    "https://tt02.altinn.no.altinn.no/",
  ];
  for (const url of refused)
    it(`is refused: ${url}`, () => assert.throws(() => assertNotProduction(url), ProductionRefusedError));

  const allowed = [
    "https://skd.apps.tt02.altinn.no/skd/x",
    "https://platform.tt02.altinn.no",
    "https://test.idporten.no",
    "https://login.test.idporten.no",
    "https://idporten-api-test.sits.no/api",
    "http://127.0.0.1:8088",
    "https://altinn.no.example.org",
    "https://notaltinn.no",
  ];
  for (const url of allowed) it(`is not: ${url}`, () => assert.doesNotThrow(() => assertNotProduction(url)));
});

describe("the sandbox's line", () => {
  const client = {
    clientId: "public",
    clientSecret: null,
    applicationType: "native",
    tokenEndpointAuthMethod: "none",
    redirectUris: ["http://127.0.0.1:0/callback"],
    scopes: ["openid", "skatteetaten:mvameldingvalidering", "altinn:instances.read", "altinn:instances.write"],
  };
  const line = {
    issuer: "http://127.0.0.1:4711",
    clients: [
      { ...client, clientId: "secret", clientSecret: "s", tokenEndpointAuthMethod: "client_secret_post" },
      client,
    ],
    persons: [],
  };

  it("is an environment with its public client, or with the one asked for", () => {
    const read = readSandboxLine(JSON.stringify(line));
    assert.ok(read !== null);
    const usual = environmentOfSandbox(read);
    assert.ok(usual.ok);
    assert.equal(usual.environment.clientId, "public");
    assert.equal(usual.environment.issuer, "http://127.0.0.1:4711");
    const asked = environmentOfSandbox(read, "secret");
    assert.ok(asked.ok);
    assert.equal(asked.environment.authenticationMethod, "client_secret_post");
    assert.ok(!JSON.stringify(asked.environment).includes('"s"'), "the secret is not part of it");
    assert.ok(!environmentOfSandbox(read, "unknown").ok);
  });

  it("asks only for scopes that the client has", () => {
    const read = readSandboxLine(
      JSON.stringify({ ...line, clients: [{ ...client, scopes: ["openid", "skatteetaten:mvameldinginnsending"] }] }),
    );
    assert.ok(read !== null);
    const reading = environmentOfSandbox(read);
    assert.ok(reading.ok);
    assert.deepEqual(reading.environment.scopes, {
      validation: ["openid"],
      submission: ["skatteetaten:mvameldinginnsending"],
    });
  });

  it("is nothing else", () => {
    for (const text of ["", "x", "{}", "[]", '{"issuer":"x","clients":[],"persons":[]}'])
      assert.equal(readSandboxLine(text), null);
  });
});
