import assert from "node:assert/strict";
import { ArgumentsError, parseArguments } from "../../../src/sandbox/arguments.ts";
import { isUnknownAcr, requiredLevel, satisfies } from "../../../src/sandbox/idPorten/acr.ts";
import { readLoginHint } from "../../../src/sandbox/idPorten/loginHint.ts";
import { redirectAllowed } from "../../../src/services/idPorten/registeredRedirects.ts";
import { leaseLifetime, Leases } from "../../../src/sandbox/leases.ts";
import { createLog, redact } from "../../../src/sandbox/log.ts";
import { escapeHtml, pageLanguage } from "../../../src/sandbox/pages/html.ts";

describe("sandbox: which redirect URIs are let through", () => {
  const registered = [
    "http://127.0.0.1:0/callback",
    "http://127.0.0.1:0/with?query=1",
    "http://localhost:12345/token",
    "https://a.example/cb",
  ];
  const cases: readonly (readonly [string, boolean, boolean])[] = [
    // requested, native client, let through
    ["http://127.0.0.1:1/callback", true, true],
    ["http://127.0.0.1:65535/callback", true, true],
    ["http://127.0.0.1:40123/with?query=1", true, true],
    ["http://localhost:12345/token", true, true],
    ["https://a.example/cb", true, true],
    ["https://a.example/cb", false, true],
    ["http://127.0.0.1:40123/callback", false, false],
    ["http://127.0.0.1:0/callback", true, false],
    ["http://127.0.0.1:65536/callback", true, false],
    ["http://127.0.0.1:080/callback", true, false],
    ["http://127.0.0.1/callback", true, false],
    ["http://127.0.0.1:40123/callback/", true, false],
    ["http://127.0.0.1:40123/callback?x=1", true, false],
    ["http://127.0.0.1:40123/with", true, false],
    ["http://127.0.0.1:40123/Callback", true, false],
    ["http://127.0.0.1:40123", true, false],
    ["https://127.0.0.1:40123/callback", true, false],
    ["http://localhost:40123/callback", true, false],
    ["http://[::1]:40123/callback", true, false],
    ["http://127.0.0.2:40123/callback", true, false],
    ["http://127.0.0.1:40123@evil.example/callback", true, false],
    ["http://evil.example/?http://127.0.0.1:40123/callback", true, false],
    ["http://localhost:12346/token", true, false],
    ["http://localhost:12345/token/", true, false],
    ["https://a.example/cb#x", true, false],
    ["HTTP://127.0.0.1:40123/callback", true, false],
  ];
  for (const [uri, native, expected] of cases) {
    it(`${uri} (${native ? "native" : "web"}): ${expected ? "yes" : "no"}`, () => {
      assert.equal(redirectAllowed(uri, registered, native), expected);
    });
  }
});

describe("sandbox: security levels", () => {
  it("the lowest value asked for is the minimum, older names count", () => {
    assert.equal(requiredLevel(undefined), null);
    assert.equal(requiredLevel("idporten-loa-high idporten-loa-substantial"), "idporten-loa-substantial");
    assert.equal(requiredLevel("Level4"), "idporten-loa-high");
    assert.equal(requiredLevel("Level3"), "idporten-loa-substantial");
    assert.equal(requiredLevel("eidas-loa-high"), null);
  });
  it("a value that nobody knows is told apart from none", () => {
    assert.ok(isUnknownAcr("level4"));
    assert.ok(!isUnknownAcr(undefined));
    assert.ok(!isUnknownAcr("nonsense idporten-loa-high"));
  });
  it("high satisfies substantial, not the other way round", () => {
    assert.ok(satisfies("idporten-loa-high", "idporten-loa-substantial"));
    assert.ok(!satisfies("idporten-loa-substantial", "idporten-loa-high"));
    assert.ok(!satisfies(undefined, "idporten-loa-low"));
    assert.ok(satisfies(undefined, null));
  });
});

describe("sandbox: login_hint", () => {
  it("names a person and a level", () => {
    const hint = readLoginHint("testid:12837420162_idporten-loa-substantial");
    assert.ok(hint !== null && hint !== "unknown");
    assert.equal(hint.person.familyName, "Furustamme");
    assert.equal(hint.level, "idporten-loa-substantial");
  });
  it("of another kind is no hint; one that names nobody is refused", () => {
    assert.equal(readLoginHint(undefined), null);
    assert.equal(readLoginHint("someone@example.no"), null);
    assert.equal(readLoginHint("testid:12837420163_idporten-loa-high"), "unknown");
    assert.equal(readLoginHint("testid:12837420162_Level4"), "unknown");
    assert.equal(readLoginHint("testid:12837420162"), "unknown");
  });
});

describe("sandbox: the log", () => {
  const secrets = [
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl",
    "12837420162",
    "128374 20162",
    "s3cr3t-value-of-some-length",
    "ZYMWpv4mmRpVYVzXjQ83TQhegyXDsVi8-and-longer-than-forty",
  ] as const;
  const lines: readonly string[] = [
    `Authorization: Bearer ${secrets[0]}`,
    `{"authorization":"Basic ${secrets[3]}"}`,
    `GET /callback?code=${secrets[3]}&state=${secrets[3]} 200`,
    `login_hint=testid:${secrets[1]}_idporten-loa-high`,
    `{"refresh_token":"${secrets[3]}","pid":"${secrets[1]}"}`,
    `{ client_secret: '${secrets[3]}' }`,
    `person ${secrets[2]} signed in with ${secrets[4]}`,
    `cookie: sandbox_session=${secrets[3]}`,
  ];
  for (const line of lines) {
    it(`keeps the secret of “${line.slice(0, 30)}…” to itself`, () => {
      const shown = redact(line);
      for (const secret of secrets) assert.ok(!shown.includes(secret), shown);
    });
  }
  it("says only what its level lets it", () => {
    const written: string[] = [];
    const log = createLog("warn", (line) => written.push(line));
    log.info("no");
    log.warn("yes");
    log.error("yes", new Error("with its cause"));
    assert.equal(written.length, 2);
    assert.match(written[1] ?? "", /with its cause/);
  });
  it("leaves ordinary words alone", () => {
    const line = "GET /token 200 12 ms, traceId=0f2f6d1c, 8088, organisation 314527828";
    assert.equal(redact(line), line);
  });
});

describe("sandbox: leases", () => {
  it("count the windows, and forget the silent ones", () => {
    let time = 0;
    const leases = new Leases(() => time);
    assert.equal(leases.sweep(), false);
    const first = leases.join();
    const second = leases.join();
    time += leaseLifetime;
    assert.ok(leases.heartbeat(first));
    time += 1;
    assert.equal(leases.sweep(), false);
    assert.equal(leases.count, 1);
    assert.ok(!leases.heartbeat(second), "the silent one has to join again");
    assert.ok(leases.leave(first));
    assert.ok(!leases.leave(first));
    assert.equal(leases.sweep(), true);
  });
  it("a sandbox that nobody joins is not kept for ever", () => {
    let time = 0;
    const leases = new Leases(() => time);
    time = 2 * leaseLifetime;
    assert.equal(leases.sweep(), false);
    time += 1;
    assert.equal(leases.sweep(), true);
  });
});

describe("sandbox: its command line", () => {
  it("has defaults", () => {
    assert.deepEqual(parseArguments([]), {
      port: null,
      stateFolder: null,
      clientFiles: [],
      endsWithLastLease: false,
      logLevel: "warn",
      factsFiles: [],
      settings: {},
    });
  });
  it("takes options in both spellings", () => {
    assert.deepEqual(
      parseArguments(["--port=0", "--state", "s", "--client", "a", "--client=b", "--leased", "--log-level", "trace"]),
      {
        port: 0,
        stateFolder: "s",
        clientFiles: ["a", "b"],
        endsWithLastLease: true,
        logLevel: "trace",
        factsFiles: [],
        settings: {},
      },
    );
  });
  it("takes what becomes of submissions, and when", () => {
    const words = "--scenario refused --facts f --verdict-delay=0 --receipt-delay 20 --fresh-window 3600000".split(" ");
    const { factsFiles, settings } = parseArguments(words);
    assert.deepEqual(factsFiles, ["f"]);
    assert.deepEqual(settings, { scenario: "refused", verdictDelay: 0, receiptDelay: 20, freshWindow: 3_600_000 });
  });
  for (const words of [
    ["--port"],
    ["--port", "x"],
    ["--port", "65536"],
    ["--port", "-1"],
    ["--nonsense"],
    ["--log-level", "loud"],
    ["--scenario", "lucky"],
    ["--verdict-delay", "soon"],
    ["--fresh-window", "3600001"],
    ["extra"],
    ["--state", ""],
  ]) {
    it(`refuses ${words.join(" ")}`, () => {
      assert.throws(() => parseArguments(words), ArgumentsError);
    });
  }
});

describe("sandbox: pages", () => {
  it("escape what others wrote", () => {
    assert.equal(escapeHtml(`<a href="x">'&'</a>`), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  });
  const languages: readonly (readonly [string | undefined, string | undefined, string])[] = [
    [undefined, undefined, "nb"],
    [undefined, "en", "en"],
    [undefined, "en-GB nb", "en"],
    [undefined, "de nn en", "nb"],
    [undefined, "se", "nb"],
    ["nb", "en", "nb"],
    ["en", "nb", "en"],
    [undefined, "fr", "nb"],
  ];
  for (const [chosen, asked, expected] of languages) {
    it(`speak ${expected} where ${chosen ?? "nothing"} was chosen and ${asked ?? "nothing"} asked for`, () => {
      assert.equal(pageLanguage(chosen, asked), expected);
    });
  }
});
