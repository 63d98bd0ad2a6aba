import assert from "node:assert/strict";
import { inspect } from "node:util";
import { scopesFor } from "../../../src/services/environments.ts";
import type { Environment } from "../../../src/services/environments.ts";
import { diagnosis } from "../../../src/services/idPorten/diagnosis.ts";
import { refreshSession } from "../../../src/services/idPorten/refresh.ts";
import type { RefreshOutcome } from "../../../src/services/idPorten/refresh.ts";
import type { Session } from "../../../src/services/idPorten/session.ts";
import { signOutRemotely } from "../../../src/services/idPorten/signOut.ts";
import { signInTestPerson } from "../../../src/services/idPorten/testPerson.ts";
import { createRecordingFetch } from "../../../src/services/recordingFetch.ts";
import type { Exchange } from "../../../src/services/recordingFetch.ts";
import { contextFor, problemOf, startSandbox } from "./support.ts";
import type { RunningSandbox } from "./support.ts";

describe("a session of the sandbox", function () {
  this.timeout(180_000);
  let sandbox: RunningSandbox;
  let number: string;
  let environment: Environment;
  let context: ReturnType<typeof contextFor>;
  const sending = { count: 0 };
  const beforeSending = (): Promise<void> => {
    sending.count++;
    return Promise.resolve();
  };

  before(async () => {
    sandbox = await startSandbox();
    number = sandbox.line.persons[0]?.nationalIdentityNumber ?? "";
    const { clientId, clientSecret } = sandbox.client("client_secret_post");
    environment = {
      ...sandbox.environment(clientId),
      redirectUris: ["http://127.0.0.1:12345/callback"],
      postLogoutRedirectUri: "http://127.0.0.1:12345/logged-out",
    };
    context = contextFor(environment, { clientSecret: () => Promise.resolve(clientSecret ?? undefined) });
  });
  beforeEach(() => {
    sending.count = 0;
  });
  afterEach(() => sandbox.clearFaults());
  after(() => sandbox.stop());

  const begin = async (): Promise<Session> =>
    (await signInTestPerson(context, number, { scopes: scopesFor(environment, ["validation"]), language: "en" }))
      .session;

  const renew = (session: Session): Promise<RefreshOutcome> => refreshSession(context, session, beforeSending);

  it("is renewed with a new refresh token, again and again", async () => {
    let session = await begin();
    const seen = new Set([session.tokens.refresh]);
    for (let round = 0; round < 3; round++) {
      const outcome = await renew(session);
      assert.ok(outcome.kind === "renewed", JSON.stringify(outcome));
      assert.equal(outcome.session.id, session.id);
      assert.deepEqual(outcome.session.account, session.account);
      session = outcome.session;
      seen.add(session.tokens.refresh);
    }
    assert.equal(seen.size, 4);
    assert.equal(sending.count, 3);
  });

  it("is ended when a spent refresh token is sent", async () => {
    const session = await begin();
    assert.equal((await renew(session)).kind, "renewed");
    const outcome = await renew(session);
    assert.ok(outcome.kind === "ended" && outcome.problem.code === "sessionEnded", JSON.stringify(outcome));
  });

  it("is renewed where the answer has no id_token", async () => {
    const session = await begin();
    await sandbox.fault("refreshWithoutIdToken");
    assert.equal((await renew(session)).kind, "renewed");
  });

  const outcomes: readonly (readonly [fault: string, kind: RefreshOutcome["kind"]])[] = [
    ["refreshReused", "ended"],
    ["tokenLost", "uncertain"],
    ["tokenReset", "uncertain"],
    ["tokenServerError", "uncertain"],
    ["tokenUnavailable", "uncertain"],
    ["tokenTruncated", "uncertain"],
    ["wrongAuthenticationMethod", "notUsed"],
    ["idTokenWrongSignature", "ended"],
    ["idTokenWrongIssuer", "ended"],
  ];
  for (const [fault, kind] of outcomes) {
    it(`${fault}: ${kind}`, async () => {
      const session = await begin();
      await sandbox.fault(fault);
      const outcome = await renew(session);
      assert.equal(outcome.kind, kind, JSON.stringify(outcome));
    });
  }

  it("is not used up when ID-porten can't be found, and nothing is sent", async () => {
    const session = await begin();
    const issuer = "http://127.0.0.1:1";
    const away = { ...context, environment: { ...environment, issuer } };
    const outcome = await refreshSession(away, { ...session, issuer }, beforeSending);
    assert.ok(outcome.kind === "notUsed" && outcome.problem.code === "unreachable", JSON.stringify(outcome));
    assert.equal(sending.count, 0);
  });

  it("of another issuer or client is sent nowhere", async () => {
    const session = await begin();
    const watched = { ...context, fetch: () => Promise.reject(new Error("nothing may be sent")) };
    for (const other of [{ issuer: "https://evil.example" }, { clientId: "other" }, { name: "other" }]) {
      const elsewhere = { ...watched, environment: { ...environment, ...other } };
      const outcome = await refreshSession(elsewhere, session, beforeSending);
      assert.ok(outcome.kind === "ended" && outcome.problem.code === "wrongEnvironment", JSON.stringify(outcome));
      const result = await signOutRemotely(elsewhere, session);
      assert.deepEqual([result.logoutUrl, result.problems[0]?.code], [null, "wrongEnvironment"]);
    }
    assert.equal(sending.count, 0);
  });

  it("is ended at ID-porten too: the refresh token is no good afterwards", async () => {
    const session = await begin();
    const { logoutUrl, problems } = await signOutRemotely(context, session, { state: "s" });
    assert.deepEqual(problems, []);
    const outcome = await renew(session);
    assert.equal(outcome.kind, "ended");
    const url = new URL(logoutUrl ?? "");
    assert.equal(url.searchParams.get("client_id"), environment.clientId);
    assert.equal(url.searchParams.get("post_logout_redirect_uri"), environment.postLogoutRedirectUri);
    assert.equal(url.searchParams.get("id_token_hint"), null);
  });

  it("is signed out also where revocation does not work", async () => {
    const session = await begin();
    await sandbox.fault("revocationUnavailable");
    const { logoutUrl, problems } = await signOutRemotely(context, session);
    assert.ok(logoutUrl !== null);
    assert.equal(problems.length, 2);
    const nowhere = contextFor(
      { ...environment, issuer: "http://127.0.0.1:1" },
      { clientSecret: context.clientSecret },
    );
    const result = await signOutRemotely(nowhere, { ...session, issuer: nowhere.environment.issuer });
    assert.equal(result.logoutUrl, null);
    assert.equal(result.problems[0]?.code, "unreachable");
  });

  it("leaves no secret in records, logs, errors or diagnoses, whatever goes wrong", async () => {
    const exchanges: Exchange[] = [];
    const raw: string[] = [];
    const cookies = new Set<string>();
    const listening: typeof fetch = async (input, init) => {
      if (init?.body instanceof URLSearchParams) raw.push(init.body.toString());
      const response = await fetch(input, init);
      for (const cookie of response.headers.getSetCookie()) {
        const value = /=([^;]{8,})/.exec(cookie)?.[1];
        if (value !== undefined) cookies.add(value);
      }
      raw.push(
        await response
          .clone()
          .text()
          .catch(() => ""),
        response.headers.get("location") ?? "",
      );
      return response;
    };
    const recording = createRecordingFetch({
      fetch: listening,
      now: () => Date.now(),
      record: (exchange) => exchanges.push(exchange),
    });
    const { clientSecret } = sandbox.client("client_secret_post");
    const watched = contextFor(environment, { fetch: recording, clientSecret: context.clientSecret });
    const output: string[] = [];
    const options = { scopes: scopesFor(environment, ["validation", "submission"]), language: "en" } as const;
    const faults = [
      "",
      "idTokenWrongNonce",
      "idTokenExpired",
      "idTokenWrongSignature",
      "tokenTruncated",
      "codeExpired",
      "acrTooLow",
      "wrongEnvironment",
    ];
    for (const fault of faults) {
      if (fault !== "") await sandbox.fault(fault);
      try {
        const { session } = await signInTestPerson(watched, number, options);
        await refreshSession(watched, session, beforeSending);
        await signOutRemotely(watched, session);
      } catch (error) {
        output.push(inspect(error, { depth: 10, showHidden: true }));
        output.push(
          diagnosis(error, {
            environment,
            requestedScopes: options.scopes,
            now: Date.now(),
            versions: ["test"],
            exchanges,
            language: "nb",
          }),
        );
      }
      await sandbox.clearFaults();
    }
    assert.equal(output.length, 2 * (faults.length - 1));
    output.push(JSON.stringify(exchanges), ...watched.logged);
    const everything = output.join("\n");
    const secrets = secretsIn(raw);
    assert.ok(secrets.size > 20, `the sandbox gave out secrets: ${secrets.size}`);
    assert.ok(cookies.size > 0, "the sandbox set cookies");
    for (const secret of [...secrets, ...cookies, clientSecret ?? "", number])
      assert.ok(!everything.includes(secret), secret);
  });

  it("of a test person can't be had where test persons are not allowed", async () => {
    const options = { scopes: ["openid"], language: "en" } as const;
    for (const issuer of ["https://idporten.no", "https://example.org", "https://test.idporten.no.example.org"]) {
      const elsewhere = contextFor(
        { ...environment, name: "own", issuer },
        {
          fetch: () => Promise.reject(new Error("nothing may be asked")),
        },
      );
      await problemOf(signInTestPerson(elsewhere, number, options), "testPersonNotAllowed");
    }
    for (const real of ["01010112345", "1234", "01418012345", ""]) {
      await problemOf(signInTestPerson(context, real, options), "testPersonNotSynthetic");
    }
    await problemOf(signInTestPerson(context, "01818012345", options), "testPersonRefused");
  });
});

/** Every token, code and verifier in what went over the wire. */
function secretsIn(raw: readonly string[]): Set<string> {
  const found = new Set<string>();
  const pattern =
    /(?:[?&"]|^)(?:access_token|refresh_token|id_token|code|code_verifier|state|token)"?[=:]\s*"?([^&"\s]{8,})/gm;
  for (const text of raw) {
    for (const match of text.matchAll(pattern)) if (match[1] !== undefined) found.add(match[1]);
  }
  return found;
}
