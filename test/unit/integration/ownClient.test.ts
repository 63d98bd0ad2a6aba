import assert from "node:assert/strict";
import { createIntegration, kindNames, usualAnswers } from "../../../src/integration/kinds.ts";
import { readOwnClient, redirectRemark } from "../../../src/integration/ownClient.ts";
import { check, financeRedirect, made } from "./support.ts";

const clientId = "11111111-2222-4333-8444-555555555555";

function read(registration: Readonly<Record<string, unknown>>) {
  return readOwnClient(check(registration).given);
}

describe("taking a registration for the client to sign in with", () => {
  it("takes what the questions ask for, and how the client authenticates", () => {
    assert.deepEqual(read({ ...made("desktop"), client_id: ` ${clientId} ` }), {
      ok: true,
      start: {
        clientId,
        redirectUris: ["http://127.0.0.1:0/callback", "http://localhost:12345/token"],
        scopes: ["openid", "skatteetaten:mvameldingvalidering", "altinn:instances.read", "altinn:instances.write"],
        authenticationMethod: "none",
      },
    });
  });

  it("leaves to the questions what the registration does not say", () => {
    assert.deepEqual(read({ redirect_uris: ["http://localhost:12345/token"] }), {
      ok: true,
      start: { clientId: "", redirectUris: ["http://localhost:12345/token"], scopes: [], authenticationMethod: null },
    });
  });

  it("takes the redirect URIs that can be listened on, in their order", () => {
    const redirect_uris = [
      "https://mva.example/callback",
      "http://localhost:3000/callback",
      "http://localhost:3000",
      "http://127.0.0.1:4000/callback",
    ];
    const reading = read({ ...made("web"), redirect_uris });
    assert.ok(reading.ok);
    assert.deepEqual(reading.start.redirectUris, ["http://localhost:3000/callback", "http://127.0.0.1:4000/callback"]);
    assert.equal(reading.start.authenticationMethod, "client_secret_post");
  });

  const refused: readonly (readonly [what: string, registration: Readonly<Record<string, unknown>>, why: RegExp])[] = [
    [
      "an answer that goes to a server",
      { redirect_uris: [financeRedirect] },
      /takes http on this machine, with port and path/,
    ],
    ["this machine without a port", { redirect_uris: ["http://localhost/callback"] }, /with port and path/],
    ["no address", { redirect_uris: undefined }, /no redirect_uris that can be read/],
    ["no list of addresses", { redirect_uris: "http://localhost:1/callback" }, /no redirect_uris that can be read/],
    ["a key", { token_endpoint_auth_method: "private_key_jwt" }, /private_key_jwt, and ID-porten accepts nothing else/],
    ["a secret in the header", { token_endpoint_auth_method: "client_secret_basic" }, /none or client_secret_post/],
  ];
  for (const [what, change, why] of refused) {
    it(`says why it can't be: ${what}`, () => {
      const reading = read({ ...made("web"), ...change });
      assert.ok(!reading.ok);
      assert.match(reading.why.en, why);
      assert.notEqual(reading.why.en, reading.why.nb);
    });
  }

  it("takes every ready-made kind whose answer comes to this machine", () => {
    const usable = kindNames.filter((kind) => {
      const redirectUris = kind === "dynamics365" ? [financeRedirect] : [];
      const { registration } = createIntegration(kind, { ...usualAnswers, redirectUris });
      return readOwnClient(registration).ok;
    });
    assert.deepEqual(usable, ["desktop", "web", "spa"]);
  });
});

describe("what is worth knowing about a redirect URI", () => {
  const cases: readonly (readonly [uri: string, says: RegExp | null])[] = [
    ["http://127.0.0.1:0/callback", null],
    ["http://localhost:12345/token", null],
    ["http://[::1]:4000/callback", /127\.0\.0\.1 only/],
    ["http://localhost:0/callback", /any free port only in the form/],
    // What can't be used at all is told as such, not remarked on.
    ["https://mva.example/callback", null],
    ["nonsense", null],
  ];
  for (const [uri, says] of cases) {
    it(`${uri}: ${says?.source ?? "nothing"}`, () => {
      const remark = redirectRemark(uri);
      if (says === null) assert.equal(remark, null);
      else assert.match(remark?.en ?? "", says);
    });
  }
});
