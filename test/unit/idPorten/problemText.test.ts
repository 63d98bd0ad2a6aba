import assert from "node:assert/strict";
import { sandboxEnvironment, testEnvironment } from "../../../src/services/environments.ts";
import { problemOfServer } from "../../../src/services/idPorten/decodeError.ts";
import { diagnosis } from "../../../src/services/idPorten/diagnosis.ts";
import { problemActions } from "../../../src/services/idPorten/problemActions.ts";
import { isSignInError, SignInError } from "../../../src/services/idPorten/problem.ts";
import type { ProblemCode, SignInProblem } from "../../../src/services/idPorten/problem.ts";
import { problemText } from "../../../src/services/idPorten/problemText.ts";
import { publicTestClientAdvice } from "../../../src/services/idPorten/publicTestClient.ts";
import type { Exchange } from "../../../src/services/recordingFetch.ts";

const server = { error: "some_error", description: "its description", status: 400 };
const clientId = "my-client";
const environment = "test";
const requested = ["openid", "skatteetaten:mvameldingvalidering", "altinn:instances.read"];

/** One problem of every kind: the type sees to it that none is forgotten. */
const examples: { readonly [Code in ProblemCode]: Extract<SignInProblem, { code: Code }> } = {
  cancelled: { code: "cancelled" },
  superseded: { code: "superseded" },
  timedOut: { code: "timedOut", minutes: 5, refusedCallback: "access_denied" },
  browserNotOpened: { code: "browserNotOpened" },
  portTaken: { code: "portTaken", ports: [12345], systemCode: "EADDRINUSE" },
  pastedAddress: { code: "pastedAddress", reason: "otherAddress", expected: "http://localhost:12345/token" },
  accessDenied: { code: "accessDenied", issuer: "https://test.idporten.no", server },
  unknownClient: { code: "unknownClient", clientId, issuer: "https://test.idporten.no" },
  redirectUriNotRegistered: { code: "redirectUriNotRegistered", redirectUri: "http://localhost:12345/token", clientId },
  scopeNotGranted: { code: "scopeNotGranted", requested, named: [], clientId, issuer: testEnvironment.issuer, server },
  scopeDeclined: { code: "scopeDeclined", declined: ["altinn:instances.read"] },
  acrTooLow: { code: "acrTooLow", asked: "idporten-loa-high", got: null },
  levelNotMet: { code: "levelNotMet", asked: "idporten-loa-high", server },
  wrongAuthenticationMethod: { code: "wrongAuthenticationMethod", method: "none", clientId, server },
  requestRefused: { code: "requestRefused", acr: "idporten-loa-high", server },
  grantNotAllowed: { code: "grantNotAllowed", clientId, server },
  secretMissing: { code: "secretMissing", environment },
  sessionPageExpired: { code: "sessionPageExpired" },
  errorPage: { code: "errorPage", status: 400, clientId, redirectUri: "http://localhost:12345/token" },
  loginRequired: { code: "loginRequired", server },
  codeRefused: { code: "codeRefused", server },
  serverError: { code: "serverError", step: "token", server },
  wrongEnvironment: { code: "wrongEnvironment", expected: "https://a", got: "https://b" },
  issuerMissing: { code: "issuerMissing", expected: "https://a", server: null },
  stateMismatch: { code: "stateMismatch" },
  idTokenRefused: { code: "idTokenRefused", fault: "nonce", detail: "detail" },
  clockOff: { code: "clockOff", differenceSeconds: 200 },
  metadataRefused: { code: "metadataRefused", detail: "token_endpoint" },
  unreachable: { code: "unreachable", host: "test.idporten.no", kind: "nameNotFound", systemCode: "ENOTFOUND" },
  certificateUnknown: { code: "certificateUnknown", host: "test.idporten.no", systemCode: "SELF_SIGNED_CERT_IN_CHAIN" },
  proxyInTheWay: { code: "proxyInTheWay", host: "test.idporten.no", status: 200 },
  unexpectedAnswer: { code: "unexpectedAnswer", step: "token", status: 302, detail: "detail" },
  sessionExpired: { code: "sessionExpired", environment },
  sessionEnded: { code: "sessionEnded", environment, server },
  refreshUncertain: { code: "refreshUncertain", environment },
  storeUnsafe: { code: "storeUnsafe", path: "/home/me/sessions.json", reason: "mode" },
  testPersonNotAllowed: { code: "testPersonNotAllowed", environment },
  testPersonNotSynthetic: { code: "testPersonNotSynthetic" },
  testPersonRefused: { code: "testPersonRefused", issuer: "https://test.idporten.no", status: 400 },
};

describe("what is said about a problem", () => {
  for (const problem of Object.values(examples)) {
    it(`${problem.code} is said in both languages, whole`, () => {
      const text = problemText(problem);
      assert.notEqual(text.en, text.nb);
      for (const sentence of [text.en, text.nb]) {
        assert.match(sentence, /^\S.+\.$/s);
        assert.doesNotMatch(sentence, /undefined|null|\[object|\(\)| {2}/);
      }
      problemActions(problem);
    });
  }

  it("names the clock's difference in words, either way", () => {
    const say = (differenceSeconds: number): string => problemText({ code: "clockOff", differenceSeconds }).en;
    assert.match(say(200), /3 min 20 s ahead of ID-porten's/);
    assert.match(say(-90_061), /1 d 1 h behind ID-porten's/);
    assert.match(problemText({ code: "clockOff", differenceSeconds: 7200 }).nb, /2 t foran ID-portens/);
  });

  it("speaks of Tenor where persons come from there, and nowhere else", () => {
    for (const code of ["accessDenied", "testPersonRefused"] as const) {
      const elsewhere = problemText({ ...examples[code], issuer: "http://127.0.0.1:8088" });
      for (const language of ["en", "nb"] as const) {
        assert.match(problemText(examples[code])[language], /Tenor/);
        assert.doesNotMatch(elsewhere[language], /Tenor/);
      }
    }
  });

  it("says which electronic IDs reach a level, or that the level is none of ID-porten's", () => {
    for (const language of ["en", "nb"] as const) {
      assert.match(problemText(examples.levelNotMet)[language], /idporten-loa-high.*MinID.*BankID.*acr/);
      const other = problemText({ ...examples.levelNotMet, asked: "Level5" })[language];
      assert.match(other, /Level5.*idporten-loa-substantial/);
      assert.doesNotMatch(other, /BankID/);
    }
  });

  it("names the port, the client, the redirect URI and the scope that it is about", () => {
    assert.match(problemText(examples.portTaken).en, /12345.*EADDRINUSE/);
    assert.match(problemText(examples.unknownClient).nb, /my-client/);
    assert.match(problemText(examples.redirectUriNotRegistered).nb, /http:\/\/localhost:12345\/token/);
    const named = { ...examples.scopeNotGranted, named: ["altinn:instances.read"] };
    assert.match(problemText(named).en, /no access to altinn:instances\.read\./);
  });
});

describe("the ways on", () => {
  const kinds = (problem: SignInProblem): readonly string[] => problemActions(problem).map((action) => action.kind);

  it("from a scope that is not granted: without it, with the older one, or ordered by letter", () => {
    assert.deepEqual(kinds(examples.scopeNotGranted), [
      "validationOnly",
      "olderSubmissionScope",
      "orderScope",
      "orderScope",
      "useOwnClient",
    ]);
    const named = { ...examples.scopeNotGranted, named: ["altinn:instances.read"] };
    assert.deepEqual(kinds(named), ["validationOnly", "olderSubmissionScope", "orderScope", "useOwnClient"]);
    const order = problemActions(named).find((action) => action.kind === "orderScope");
    assert.ok(order?.kind === "orderScope");
    assert.deepEqual(order.scopes, ["altinn:instances.read"]);
    for (const letter of [order.letter.en, order.letter.nb]) {
      for (const part of ["altinn:instances.read", clientId, "test (https://test.idporten.no)"])
        assert.ok(letter.includes(part), part);
    }
  });

  it("from a missing validation scope never lead to validation only", () => {
    const named = { ...examples.scopeNotGranted, named: ["skatteetaten:mvameldingvalidering"] };
    assert.ok(!kinds(named).includes("validationOnly"));
  });

  it("from a taken port: again, settings, paste", () => {
    assert.deepEqual(kinds(examples.portTaken), ["retry", "openSettings", "pasteAddress"]);
  });

  it("from the public test client's refusal: one's own client first", () => {
    assert.equal(kinds(examples.unknownClient)[0], "useOwnClient");
    assert.ok(kinds(examples.unknownClient).includes("startSandbox"));
  });

  describe("from a failure with the client that ships for the test environment", () => {
    const advised = (problem: SignInProblem, environment = testEnvironment): readonly string[] | undefined =>
      publicTestClientAdvice(problem, environment)?.actions.map(({ kind }) => kind);
    const cases: readonly (readonly [ProblemCode, readonly string[]])[] = [
      ["unknownClient", []],
      ["redirectUriNotRegistered", []],
      ["errorPage", []],
      ["timedOut", ["retry", "pasteAddress", "copyDiagnosis"]],
      // Nobody else's scopes can be ordered, so no letter.
      ["scopeNotGranted", ["validationOnly", "olderSubmissionScope"]],
      ["wrongAuthenticationMethod", []],
      ["grantNotAllowed", ["copyDiagnosis"]],
      ["sessionPageExpired", ["retry"]],
      ["serverError", ["retry", "copyDiagnosis"]],
    ];
    for (const [code, others] of cases) {
      it(`${code}: one's own client and the sandbox first, then ${others.join(", ") || "nothing"}`, () => {
        assert.deepEqual(advised(examples[code]), ["useOwnClient", "startSandbox", ...others]);
      });
    }

    it("is none where the client is not the reason, or is another one", () => {
      for (const code of ["accessDenied", "clockOff", "portTaken", "unreachable"] as const) {
        assert.equal(advised(examples[code]), undefined, code);
      }
      assert.equal(advised(examples.unknownClient, { ...testEnvironment, clientId: "own" }), undefined);
      assert.equal(advised(examples.unknownClient, sandboxEnvironment), undefined);
    });
  });
});

describe("what an error code of ID-porten's means", () => {
  const context = { step: "authorization", environment: testEnvironment, requested } as const;
  const cases: readonly (readonly [error: string, code: ProblemCode])[] = [
    ["access_denied", "accessDenied"],
    ["invalid_scope", "scopeNotGranted"],
    ["invalid_client", "unknownClient"],
    ["unauthorized_client", "grantNotAllowed"],
    ["login_required", "loginRequired"],
    ["unmet_authentication_requirements", "levelNotMet"],
    ["invalid_request", "requestRefused"],
    ["redirect_uri_mismatch", "redirectUriNotRegistered"],
    ["temporarily_unavailable", "serverError"],
  ];
  for (const [error, code] of cases) {
    it(`${error}: ${code}`, () => {
      assert.equal(problemOfServer({ error, description: null, status: null }, context).code, code);
    });
  }
});

describe("an error of ours", () => {
  it("is recognised by its shape, since each bundle has a class of its own", () => {
    class SignInErrorOfAnotherBundle extends Error {
      override readonly name = "SignInError";
      readonly problem = examples.cancelled;
    }
    assert.ok(isSignInError(new SignInErrorOfAnotherBundle(), "cancelled"));
    assert.ok(!isSignInError(new Error("SignInError")));
    assert.ok(!isSignInError({ name: "SignInError", problem: {} }));
  });
});

describe("the diagnosis", () => {
  const exchange: Exchange = {
    sequence: 1,
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMilliseconds: 12,
    request: { method: "POST", url: "https://test.idporten.no/token?x=1", headers: [], body: null },
    response: {
      status: 400,
      statusText: "",
      headers: [["x-correlation-id", "trace-1234"]],
      body: {
        mediaType: "text/html",
        size: 1,
        text: "400 invalid_request (traceId=abcdef0123456789)",
        truncated: false,
      },
    },
    failure: null,
  };
  const context = {
    environment: testEnvironment,
    requestedScopes: requested,
    now: Date.UTC(2026, 0, 1),
    versions: ["mva 0.1.0", "Node 20"],
    exchanges: [exchange],
  };

  it("says what was tried, what came of it and where to look for it", () => {
    const text = diagnosis(new SignInError(examples.codeRefused, "ResponseBodyError [X]: refused"), {
      ...context,
      language: "en",
    });
    for (const part of [
      "2026-01-01T00:00:00.000Z",
      testEnvironment.clientId,
      "codeRefused",
      "its description",
      "trace-1234",
      "abcdef0123456789",
      "POST https://test.idporten.no/token -> 400 (12 ms)",
      "mva 0.1.0",
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
    assert.match(diagnosis(new Error("x"), { ...context, language: "nb" }), /Klient-ID: /);
  });

  it("is redacted whatever is put into it", () => {
    const words = {
      error: "access_denied",
      description: "for 01818012345 eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x",
      status: null,
    };
    const text = diagnosis(new SignInError({ code: "accessDenied", issuer: "https://a", server: words }), {
      ...context,
      language: "en",
    });
    assert.doesNotMatch(text, /01818012345|eyJhbGci/);
  });
});
