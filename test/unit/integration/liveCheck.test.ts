import assert from "node:assert/strict";
import { scopesFor, type Environment } from "../../../src/services/environments.ts";
import { checkLive, type LiveStep } from "../../../src/services/idPorten/liveCheck.ts";
import { liveFinding } from "../../../src/integration/live.ts";
import { contextFor, serve, startSandbox, type RunningSandbox } from "../idPorten/support.ts";

describe("checking an integration at ID-porten without signing in", function () {
  this.timeout(120_000);
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.clearFaults());
  after(() => sandbox.stop());

  const options = (environment: Environment) => ({
    scopes: scopesFor(environment, ["validation", "submission"]),
    redirectUris: environment.redirectUris,
    language: "en" as const,
  });
  const shown = (steps: readonly LiveStep[]): readonly string[] =>
    steps.map(({ step, outcome }) => `${step} ${outcome}`);

  it("all is well", async () => {
    const environment = sandbox.environment();
    const steps = await checkLive(contextFor(environment), options(environment));
    assert.deepEqual(shown(steps), [
      "discovery ok",
      "clock ok",
      ...environment.redirectUris.map(() => "authorization ok"),
    ]);
  });

  it("a client with a secret needs none for this", async () => {
    const { clientId } = sandbox.client("client_secret_post");
    const environment = sandbox.environment(clientId);
    assert.equal(environment.authenticationMethod, "client_secret_post");
    const steps = await checkLive(contextFor(environment), options(environment));
    assert.ok(
      steps.every(({ outcome }) => outcome === "ok"),
      shown(steps).join(),
    );
  });

  it("a scope that was not granted is found by name", async () => {
    const limited = "3c7f58ea-96b1-4d02-a5c9-f8420d6e1b73";
    const environment = {
      ...sandbox.environment(limited),
      redirectUris: ["http://127.0.0.1:0/callback", "http://localhost:12345/token"],
    };
    const all = { ...options(environment), scopes: [...options(sandbox.environment()).scopes] };
    const steps = await checkLive(contextFor(environment), all);
    assert.deepEqual(shown(steps), [
      "discovery ok",
      "clock ok",
      "authorization failed",
      "scope ok",
      "scope failed",
      "scope failed",
      "authorization ok",
    ]);
    assert.match(steps[4]?.text.en ?? "", /altinn:instances\.read: not granted/);
    assert.match(steps[2]?.text.en ?? "", /refuses the whole sign-in/);
  });

  it("a scope is not called ungranted where the connection broke", async () => {
    const environment = {
      ...sandbox.environment("3c7f58ea-96b1-4d02-a5c9-f8420d6e1b73"),
      redirectUris: ["http://127.0.0.1:0/callback"],
    };
    const all = { ...options(environment), scopes: [...options(sandbox.environment()).scopes] };
    const broken: typeof fetch = (input, init) => {
      const asked = new URL(input instanceof Request ? input.url : input).searchParams.get("scope");
      return asked === "openid altinn:instances.read"
        ? Promise.reject(new TypeError("fetch failed"))
        : fetch(input, init);
    };
    const steps = await checkLive(contextFor(environment, { fetch: broken }), all);
    assert.deepEqual(shown(steps).slice(2), ["authorization failed", "scope ok", "scope unknown", "scope failed"]);
    assert.match(steps[4]?.text.en ?? "", /altinn:instances\.read: .* does not tell/);
  });

  it("a redirect URI that is not registered is named", async () => {
    const environment = {
      ...sandbox.environment(),
      redirectUris: ["http://localhost:12345/other", "http://127.0.0.1:0/callback"],
    };
    const steps = await checkLive(contextFor(environment), options(environment));
    assert.deepEqual(shown(steps).slice(2), ["authorization failed", "authorization ok"]);
    assert.match(steps[2]?.text.en ?? "", /http:\/\/localhost:12345\/other/);
    assert.equal(liveFinding(steps[2] ?? assert.fail()).code, "live-redirect-uri-not-registered");
  });

  it("an unknown client is unknown once", async () => {
    const environment = { ...sandbox.environment(), clientId: "00000000-0000-4000-8000-000000000000" };
    const steps = await checkLive(contextFor(environment), options(environment));
    assert.deepEqual(shown(steps).slice(2), ["authorization failed"]);
    assert.equal(steps[2]?.problem?.code, "unknownClient");
  });

  it("a clock that is off is told, and by how much", async () => {
    const environment = sandbox.environment();
    for (const [seconds, outcome, words] of [
      [-300, "failed", /(?:4 min 5\d s|5 min(?: \d s)?) behind/],
      [25, "warning", /[12]\d s ahead/],
    ] as const) {
      const context = contextFor(environment, { now: () => Date.now() + seconds * 1000 });
      const steps = await checkLive(context, options(environment));
      const clock = steps.find(({ step }) => step === "clock");
      assert.equal(clock?.outcome, outcome);
      assert.match(clock.text.en, words);
    }
  });

  it("nobody there, and somebody else there", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in to the network</h1>");
    });
    const other = { ...sandbox.environment(), issuer: server.url };
    const page = await checkLive(contextFor(other), options(other));
    assert.deepEqual(shown(page), ["discovery failed"]);
    await server.close();
    const gone = await checkLive(contextFor(other), options(other));
    assert.deepEqual(
      gone.map(({ problem }) => problem?.code),
      ["unreachable"],
    );
    assert.notEqual(page[0]?.problem?.code, "unreachable");
  });

  it("what describes itself unlike ID-porten is doubted", async () => {
    const real = sandbox.environment();
    const server = await serve((request, response) => {
      void (async () => {
        const answer = await fetch(`${real.issuer}${request.url ?? ""}`);
        const metadata = (await answer.json()) as Record<string, unknown>;
        const changed = { ...metadata, issuer: server.url, code_challenge_methods_supported: ["plain"] };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(changed));
      })();
    });
    const environment = { ...real, issuer: server.url };
    const steps = await checkLive(contextFor(environment), options(environment));
    await server.close();
    assert.deepEqual(shown(steps).slice(0, 2), ["discovery ok", "description warning"]);
    assert.match(steps[1]?.text.nb ?? "", /PKCE med S256/);
  });
});
