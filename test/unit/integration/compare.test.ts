import assert from "node:assert/strict";
import { checkText, toFinding } from "../../../src/integration/checkText.ts";
import { applicationOf, applicationSending, compare, type Application } from "../../../src/integration/compare.ts";
import { integrationFileName, isIntegrationFile, registrationForOf } from "../../../src/integration/fileName.ts";
import { testEnvironment } from "../../../src/services/environments.ts";
import { applyFix } from "../../../src/validation/fixes/fix.ts";
import { readJsonTree } from "../../../src/validation/jsonTree.ts";
import { made, options } from "./support.ts";

const application: Application = applicationOf(testEnvironment);

interface Row {
  readonly what: string;
  readonly registered?: Readonly<Record<string, unknown>>;
  readonly sent: Application;
  readonly code: string;
  readonly says: RegExp;
}

const redirect = (uri: string): Application => applicationSending([uri]);
const rows: readonly Row[] = [
  {
    what: "a slash at the end",
    sent: redirect("http://localhost:12345/token/"),
    code: "redirect-differs",
    says: /differ in the slash at the end/,
  },
  {
    what: "no slash at the end",
    registered: { redirect_uris: ["https://a.example/cb/"] },
    sent: redirect("https://a.example/cb"),
    code: "redirect-differs",
    says: /differ in the slash at the end/,
  },
  {
    what: "127.0.0.1 for localhost",
    registered: { redirect_uris: ["http://localhost:3000/callback"] },
    sent: redirect("http://127.0.0.1:3000/callback"),
    code: "redirect-differs",
    says: /localhost against 127\.0\.0\.1/,
  },
  {
    what: "localhost for 127.0.0.1, any port",
    sent: redirect("http://localhost:0/callback"),
    code: "redirect-differs",
    says: /localhost against 127\.0\.0\.1/,
  },
  {
    what: "another port",
    sent: redirect("http://localhost:12346/token"),
    code: "redirect-differs",
    says: /differ in the port/,
  },
  {
    what: "another path on any port",
    sent: redirect("http://127.0.0.1:0/token"),
    code: "redirect-differs",
    says: /differ in the path/,
  },
  {
    what: "capitals in the path",
    sent: redirect("http://127.0.0.1:4000/Callback"),
    code: "redirect-differs",
    says: /capital and small letters/,
  },
  {
    what: "https for http",
    registered: { redirect_uris: ["https://a.example/cb"] },
    sent: redirect("http://a.example/cb"),
    code: "redirect-differs",
    says: /differ in the protocol/,
  },
  {
    what: "a query",
    registered: { redirect_uris: ["https://a.example/cb"] },
    sent: redirect("https://a.example/cb?x=1"),
    code: "redirect-differs",
    says: /differ in the query/,
  },
  {
    what: "the path and the port at once",
    registered: { redirect_uris: ["https://a.example/cb"] },
    sent: redirect("https://a.example:8443/other"),
    code: "redirect-differs",
    says: /differ in the port and the path:/,
  },
  {
    what: "a host written with capitals",
    registered: { redirect_uris: ["https://A.example/cb"] },
    sent: redirect("https://a.example/cb"),
    code: "redirect-differs",
    says: /differ in how the same address is written/,
  },
  {
    what: "somewhere else",
    sent: redirect("https://other.example/cb"),
    code: "redirect-not-registered",
    says: /which is not registered/,
  },
  {
    what: "another client",
    registered: { client_id: "another" },
    sent: application,
    code: "other-client",
    says: /of the client another/,
  },
  {
    what: "another method",
    sent: { ...application, method: "client_secret_post" },
    code: "other-method",
    says: /accepts exactly the registered method/,
  },
  {
    what: "a scope that is not there",
    registered: { scopes: ["openid", "altinn:instances.read", "altinn:instances.write"] },
    sent: application,
    code: "asks-for-more",
    says: /refuses the whole sign-in/,
  },
  {
    what: "an address after signing out",
    sent: { ...application, postLogoutUri: "http://localhost:12345/out" },
    code: "post-logout-not-registered",
    says: /stays on ID-porten's page/,
  },
];

describe("a registration beside what the application sends", () => {
  it("that are the same has nothing to say", () => {
    assert.deepEqual(compare(made("desktop"), application, "test"), []);
    for (const uri of [
      "http://127.0.0.1:0/callback",
      "http://127.0.0.1:51234/callback",
      "http://localhost:12345/token",
    ]) {
      assert.deepEqual(compare(made("desktop"), applicationSending([uri]), "test"), [], uri);
    }
  });

  for (const { what, registered, sent, code, says } of rows) {
    it(what, () => {
      const registration = { ...made("desktop"), ...registered };
      const text = `${JSON.stringify(registration, null, 2)}\n`;
      const { given } = checkText(text, options);
      const problems = compare(given, sent, "test");
      assert.deepEqual(
        problems.map((problem) => problem.code),
        [code],
      );
      const { root } = readJsonTree(text);
      assert.ok(root !== null && problems[0] !== undefined);
      const finding = toFinding(problems[0], text, root);
      assert.match(finding.message.en, says);
      for (const { edits, title } of finding.fixes) {
        const mended = checkText(applyFix(text, edits), options).given;
        assert.deepEqual(
          compare(mended, sent, "test").map((problem) => problem.code),
          [],
          title.en,
        );
      }
    });
  }

  it("takes an address to fall back on less seriously than the first", () => {
    const sent = applicationSending(["http://127.0.0.1:0/other", "http://localhost:12345/other"]);
    assert.deepEqual(
      compare(made("desktop"), sent, "test").map(({ severity }) => severity),
      ["error", "warning"],
    );
  });

  it("knows test from production", () => {
    const problems = compare(made("desktop"), application, "production");
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["other-environment"],
    );
    assert.match(problems[0]?.message.en ?? "", /for production.*test\.idporten\.no \(test\).*register it in both/);
  });
});

describe("an integration file's name", () => {
  it("says which environment it is for", () => {
    for (const kind of ["desktop", "web"]) {
      for (const registrationFor of ["test", "production"] as const) {
        const name = integrationFileName(kind, registrationFor);
        assert.ok(isIntegrationFile(name));
        assert.equal(registrationForOf(name), registrationFor);
      }
    }
    assert.equal(registrationForOf("/x/production/ours.idporten.json"), "test");
    assert.equal(registrationForOf("ours-prod.idporten.json"), "production");
    assert.ok(!isIntegrationFile("idporten.json.bak"));
  });
});
