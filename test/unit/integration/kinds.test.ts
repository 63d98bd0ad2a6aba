import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { checkText } from "../../../src/integration/checkText.ts";
import { fields } from "../../../src/integration/fields.ts";
import {
  createIntegration,
  integrationText,
  kindNames,
  usualAnswers,
  type CreatedIntegration,
  type KindAnswers,
  type KindName,
} from "../../../src/integration/kinds.ts";
import { portalRows, portalTable } from "../../../src/integration/portalTable.ts";
import { fieldSchemas } from "../../../src/integration/registration.ts";
import { scopesFor } from "../../../src/services/environments.ts";
import { signInTestPerson } from "../../../src/services/idPorten/testPerson.ts";
import { environmentOfSandbox, readSandboxLine, type SandboxLine } from "../../../src/services/sandboxLine.ts";
import { contextFor } from "../idPorten/support.ts";
import { claims, postForm, signIn } from "../sandbox/support.ts";
import { financeRedirect, options } from "./support.ts";

function create(kind: KindName, answers: Partial<KindAnswers> = {}): CreatedIntegration {
  const redirectUris = kind === "dynamics365" ? [financeRedirect] : [];
  return createIntegration(kind, { ...usualAnswers, redirectUris, ...answers });
}

describe("a ready-made registration", () => {
  const own = "https://mva.example/callback";
  for (const kind of kindNames) {
    for (const registrationFor of ["test", "production"] as const) {
      for (const refreshTokens of kind === "web" ? [true, false] : [true]) {
        it(`${kind} for ${registrationFor}${kind === "web" ? `, ${refreshTokens ? "with" : "without"} refresh tokens` : ""} checks clean`, () => {
          const needsOwn = registrationFor === "production" && (kind === "web" || kind === "spa");
          const created = create(kind, {
            registrationFor,
            refreshTokens,
            ownership: "shared",
            organisationNumber: "974761076",
            ...(needsOwn ? { redirectUris: [own] } : {}),
          });
          const { findings } = checkText(integrationText(created), { ...options, registrationFor });
          assert.deepEqual(
            findings.map(({ code }) => code),
            [],
          );
        });
      }
    }

    it(`${kind} has a reason for every field, in both languages, and a row for it`, () => {
      const { registration, reasons } = create(kind);
      for (const name of Object.keys(registration)) {
        const reason = Object.entries(reasons).find(([field]) => field === name)?.[1];
        assert.ok(reason !== undefined && reason.en.length > 10 && reason.nb.length > 10, name);
        assert.notEqual(reason.en, reason.nb);
      }
      const rows = portalRows(registration, reasons);
      for (const name of Object.keys(registration))
        assert.ok(
          rows.some(({ field }) => field === name),
          name,
        );
      for (const language of ["en", "nb"] as const) {
        const table = portalTable(rows, language);
        assert.doesNotMatch(table, /undefined|\[object|NaN/);
        const columns = table
          .trim()
          .split("\n")
          .map((line) => line.replaceAll("\\|", "").split("|").length);
        assert.equal(new Set(columns).size, 1, "every row has the same columns");
        assert.equal(columns.length, rows.length + 2);
      }
    });
  }

  it("knows each field once, in one order", () => {
    assert.deepEqual(fields.map(({ name }) => name).sort(), Object.keys(fieldSchemas).sort());
    const order = fields.map(({ name }) => name);
    for (const kind of kindNames) {
      const places = Object.keys(create(kind).registration).map((name) => order.findIndex((known) => known === name));
      assert.deepEqual(
        places,
        places.toSorted((one, other) => one - other),
        kind,
      );
    }
  });

  it("that needs an address says so", () => {
    assert.throws(() => createIntegration("dynamics365", usualAnswers), RangeError);
    assert.throws(() => createIntegration("web", { ...usualAnswers, registrationFor: "production" }), RangeError);
  });

  it("is what Microsoft's documentation asks for", () => {
    const { registration } = create("dynamics365");
    assert.deepEqual(
      [
        registration.application_type,
        registration.token_endpoint_auth_method,
        registration.authorization_lifetime,
        registration.access_token_lifetime,
        registration.refresh_token_lifetime,
        registration.refresh_token_usage,
      ],
      ["web", "client_secret_post", 31_536_000, 7200, 0, "ONETIME"],
    );
    assert.deepEqual(registration.redirect_uris, [financeRedirect]);
    const base = "https://contoso.operations.dynamics.com/";
    assert.deepEqual(
      [registration.client_uri, registration.frontchannel_logout_uri, registration.post_logout_redirect_uris],
      [base, base, [base]],
    );
  });
});

describe("a ready-made registration, tried in the sandbox that was started with it", function () {
  this.timeout(180_000);
  let folder = "";
  const children: ChildProcess[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-integration-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function startWith(created: CreatedIntegration): Promise<SandboxLine> {
    const file = join(folder, `${created.kind}.idporten.json`);
    await writeFile(file, integrationText(created));
    const words = ["--import", "tsx", "src/sandbox/main.ts", "--port", "0", "--client", file];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "ignore"] });
    children.push(child);
    const [first] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const line = readSandboxLine(first);
    assert.ok(line !== null);
    return line;
  }

  it("desktop signs in by this product's own way too", async () => {
    const created = create("desktop");
    const line = await startWith(created);
    const [redirect] = created.registration.redirect_uris ?? [];
    const client = line.clients.findLast(
      ({ redirectUris, scopes }) => redirectUris[0] === redirect && scopes.length === 4,
    );
    const reading = environmentOfSandbox(line, client?.clientId ?? "");
    assert.ok(reading.ok, "the file's client is an environment");
    const scopes = scopesFor(reading.environment, ["validation", "submission"]);
    const person = line.persons[0]?.nationalIdentityNumber ?? "";
    const context = contextFor(reading.environment);
    const { session, declinedScopes } = await signInTestPerson(context, person, { scopes, language: "nb" });
    assert.deepEqual([session.clientId, declinedScopes], [client?.clientId, []]);
    assert.deepEqual([...session.scopes].sort(), [...(created.registration.scopes ?? [])].sort());
  });

  for (const kind of kindNames) {
    it(`${kind} signs in`, async () => {
      const created = create(kind);
      const { registration } = created;
      const { issuer, clients } = await startWith(created);
      const redirects = registration.redirect_uris ?? [];
      const client = clients.findLast(({ redirectUris }) => redirectUris.join(" ") === redirects.join(" "));
      assert.ok(client !== undefined, "the sandbox knows the client");
      const secret: Record<string, string> = client.clientSecret === null ? {} : { client_secret: client.clientSecret };
      const redirect = (redirects[0] ?? "").replace("127.0.0.1:0/", "127.0.0.1:40001/");
      const { status, body } = await signIn(
        issuer,
        { client_id: client.clientId, redirect_uri: redirect, scope: (registration.scopes ?? []).join(" ") },
        secret,
      );
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body["expires_in"], registration.access_token_lifetime);
      assert.equal(claims(body["access_token"])["client_id"], client.clientId);
      const renews = registration.grant_types?.includes("refresh_token") === true;
      assert.equal(typeof body["refresh_token"], renews ? "string" : "undefined");
      if (!renews) return;
      const renewed = await postForm(`${issuer}/token`, {
        grant_type: "refresh_token",
        refresh_token: String(body["refresh_token"]),
        client_id: client.clientId,
        ...secret,
      });
      assert.equal(renewed.status, 200, "it renews");
      assert.notEqual(renewed.body["refresh_token"], body["refresh_token"], "one-time");
    });
  }
});
