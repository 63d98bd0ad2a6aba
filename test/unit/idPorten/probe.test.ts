import assert from "node:assert/strict";
import { testEnvironment } from "../../../src/services/environments.ts";
import { acrSatisfies } from "../../../src/services/idPorten/acr.ts";
import { judgePage, probeAuthorization } from "../../../src/services/idPorten/probe.ts";
import { accountOf } from "../../../src/services/idPorten/session.ts";
import { isSyntheticNumber } from "../../../src/services/idPorten/testPerson.ts";
import { expiryOf, scopesOf } from "../../../src/services/idPorten/tokenAnswer.ts";
import { serve } from "./support.ts";

const redirectUri = "http://localhost:12345/token";

describe("an error page of ID-porten", () => {
  const pages: readonly (readonly [page: string, expected: string])[] = [
    [
      "<h1>Noe gikk galt</h1><p>Ugyldig eller utløpt sesjon. Vennligst prøv igjen.</p><p>400 invalid_request</p>",
      "sessionPageExpired",
    ],
    ["<p>400 invalid_client</p>", "unknownClient"],
    ["<p>Ukjent klient</p>", "unknownClient"],
    ["<p>Invalid client_id parameter</p>", "unknownClient"],
    ["<p>redirect_uri did not match any of the client's registered redirect_uris</p>", "redirectUriNotRegistered"],
    ["<style>.redirect_uri{}</style><p>400 invalid_request (traceId=1)</p>", "errorPage"],
    ["", "errorPage"],
  ];
  for (const [page, expected] of pages) {
    it(`${expected}: ${page.slice(0, 60)}`, () => {
      const result = judgePage(page, 400, redirectUri, testEnvironment);
      assert.ok(result.kind === "refused" || result.kind === "errorPage");
      assert.equal(result.problem.code, expected);
    });
  }

  it("is told from a login page, a redirect, a filter and silence", async () => {
    const answers: Readonly<Record<string, readonly [status: number, location?: string]>> = {
      "/login": [200],
      "/away": [302, "https://login.test.idporten.no/authorize/selector"],
      "/error": [302, `${redirectUri}?error=invalid_scope&state=x`],
      "/page": [400],
      "/filter": [403],
    };
    const server = await serve((request, response) => {
      const [status, location] = answers[request.url ?? ""] ?? [500];
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
    const kind = async (path: string): Promise<string> => {
      const { signal } = new AbortController();
      return (await probeAuthorization(new URL(path, server.url), redirectUri, testEnvironment, fetch, signal)).kind;
    };
    try {
      assert.equal(await kind("/login"), "accepted");
      assert.equal(await kind("/away"), "accepted");
      assert.equal(await kind("/error"), "redirected");
      assert.equal(await kind("/page"), "errorPage");
      assert.equal(await kind("/filter"), "unknown");
    } finally {
      await server.close();
    }
    assert.equal(await kind("/login"), "unknown");
  });
});

describe("small judgements", () => {
  it("a security level is a minimum within its scheme", () => {
    const rows: readonly (readonly [asked: string, got: string | null, enough: boolean])[] = [
      ["idporten-loa-substantial", "idporten-loa-substantial", true],
      ["idporten-loa-substantial", "idporten-loa-high", true],
      ["idporten-loa-high", "idporten-loa-substantial", false],
      ["idporten-loa-substantial", "eidas-loa-high", false],
      ["idporten-loa-substantial", "Level4", false],
      ["idporten-loa-substantial", null, false],
      ["selfregistered-email", "selfregistered-email", true],
      ["selfregistered-email", "idporten-loa-high", false],
    ];
    for (const [asked, got, enough] of rows) assert.equal(acrSatisfies(asked, got), enough, `${asked} ${String(got)}`);
  });

  it("a session lasts as long as the answer, the token or the default says", () => {
    const jwt = `x.${Buffer.from('{"exp":5000}').toString("base64url")}.y`;
    assert.equal(expiryOf({ access_token: jwt, expires_in: 60 }, 1000), 61_000);
    assert.equal(expiryOf({ access_token: jwt }, 1000), 5_000_000);
    for (const opaque of ["opaque", "a.b.c", "", `x.${Buffer.from('{"exp":"5"}').toString("base64url")}.y`]) {
      assert.equal(expiryOf({ access_token: opaque }, 1000), 121_000);
    }
  });

  it("granted scopes are a set, in the order asked for", () => {
    assert.deepEqual(scopesOf("b a c", ["a", "x", "b"]), ["a", "b", "c"]);
    assert.deepEqual(scopesOf(undefined, ["a", "b"]), ["a", "b"]);
    assert.deepEqual(scopesOf("", ["a"]), []);
  });

  it("a synthetic number has 80 added to its month, with or without a D-number's day", () => {
    for (const number of ["12837420162", "05918131150", "41818012345", "31928012345"])
      assert.ok(isSyntheticNumber(number));
    for (const number of [
      "01010112345",
      "01418012345",
      "32818012345",
      "01808012345",
      "01938012345",
      "0181801234",
      "018180123456",
    ]) {
      assert.ok(!isSyntheticNumber(number), number);
    }
  });

  it("an account says nothing of the person but a name that was given", async () => {
    const number = "12837420162";
    const nameless = await accountOf("https://a", "c", number, null);
    assert.match(nameless.label, /^Person [0-9A-Z]{6}$/);
    assert.deepEqual(await accountOf("https://a", "c", number, null), nameless);
    assert.notEqual((await accountOf("https://b", "c", number, null)).id, nameless.id);
    const named = await accountOf("https://a", "c", number, "Modig Furustamme");
    assert.equal(named.id, nameless.id);
    assert.match(named.label, /^Modig Furustamme · [0-9A-Z]{6}$/);
    for (const odd of [number, `x ${number}`, " ", "x".repeat(100)]) {
      assert.equal((await accountOf("https://a", "c", number, odd)).label, nameless.label);
    }
  });
});
