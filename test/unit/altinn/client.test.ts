import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAltinnClient } from "../../../src/services/altinn/client.ts";
import type { AltinnClient } from "../../../src/services/altinn/client.ts";
import { contentDisposition } from "../../../src/services/altinn/contentDisposition.ts";
import { readRefusal } from "../../../src/services/altinn/conflict.ts";
import { AltinnRefusal } from "../../../src/services/altinn/refusalError.ts";
import { createHttpCaller, sleep } from "../../../src/services/http.ts";
import { ServiceError } from "../../../src/services/serviceError.ts";
import { policyXml } from "../../../src/sandbox/altinn/policy.ts";
import { failureText } from "../../../src/submission/failure.ts";

const jwt = "eyJhbGciOiJub25lIn0.eyJleHAiOjF9.c2ln";
const id = "50267437/55604b08-1690-4a8d-bf6b-95c11dc40c58";

describe("Altinn's client", () => {
  let server: Server;
  let client: AltinnClient;
  let answer = { status: 200, body: "", headers: {} as Record<string, string> };
  let policy = "";
  const seen: IncomingMessage[] = [];

  before(async () => {
    server = createServer((request, response) => {
      const isPolicy = request.url?.endsWith("/authorizationpolicy") === true;
      if (!isPolicy) seen.push(request);
      request.resume().on("end", () => {
        if (isPolicy) response.writeHead(policy === "" ? 404 : 200).end(policy);
        else response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const caller = createHttpCaller({
      fetch,
      sleep,
      random: () => 0,
      timeouts: { standard: 5000, storing: 5000 },
      attempts: 1,
    });
    client = createAltinnClient({ platformUrl: url, appUrl: `${url}/skd/app` }, caller, () => Promise.resolve(jwt));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => seen.splice(0));
  const answering = (status: number, body: string, headers: Record<string, string> = {}): void => {
    answer = { status, body, headers };
  };
  const failure = async (work: Promise<unknown>): Promise<ServiceError> => {
    const error: unknown = await work.then(
      () => assert.fail("it succeeded"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ServiceError, String(error));
    return error;
  };

  const tokens: readonly (readonly [string, string])[] = [
    ["raw", jwt],
    ["raw with a line break", `${jwt}\n`],
    ["quoted", JSON.stringify(jwt)],
    ["in an object", JSON.stringify({ token: jwt })],
    ["as an OAuth answer", JSON.stringify({ access_token: jwt })],
  ];
  for (const [title, body] of tokens) {
    it(`takes an exchanged token ${title}`, async () => {
      answering(200, body);
      assert.equal(await client.exchange("id-porten"), jwt);
      assert.equal(seen[0]?.headers.authorization, "Bearer id-porten");
    });
  }
  for (const body of ["", "<html>", '{"x":1}', "not a token", '"broken']) {
    it(`takes no token from ${JSON.stringify(body)}`, async () => {
      answering(200, body);
      assert.equal((await failure(client.exchange("x"))).kind, "unreadable");
    });
  }

  const refusals: readonly (readonly [number, string, ServiceError["kind"], "none" | "unknown", RegExp])[] = [
    [400, '"Invalid data provided. Error: The file is zero bytes."', "badRequest", "none", /zero bytes/],
    [401, "", "unauthorised", "none", /Sign in again/],
    [403, "", "forbidden", "none", /SISKD/],
    [403, '{"title":"Forbidden","status":403,"traceId":"00-44ea"}', "forbidden", "none", /2026/],
    [404, '"Cannot lookup party"', "notFound", "none", /Cannot lookup party/],
    [409, '"Valideringsfeil: Ugyldig mva-melding"', "conflict", "none", /Ugyldig mva-melding/],
    [409, '{"title":"Max Count Exceeded","status":409}', "conflict", "none", /Max Count/],
    [413, '{"title":"Request too large"}', "tooLarge", "none", /26,214,400/],
    [415, '{"title":"Unsupported content type"}', "badRequest", "none", /Unsupported/],
    [418, "", "decommissioned", "none", /out of service/],
    [429, "", "tooManyRequests", "none", /Too many/],
    [499, "", "server", "unknown", /before anything is sent again/],
    [500, "{}", "server", "unknown", /before anything is sent again/],
    [502, "<!DOCTYPE html><html>x</html>", "server", "unknown", /502/],
    [302, "", "unexpectedStatus", "unknown", /302/],
  ];
  for (const [status, body, kind, effect, words] of refusals) {
    it(`explains ${status} ${body.slice(0, 40)}`, async () => {
      answering(status, body, { "x-correlation-id": "abc" });
      const error = await failure(client.next(id, "submit"));
      assert.ok(error instanceof AltinnRefusal);
      assert.equal(error.kind, kind);
      assert.equal(error.effect, effect);
      assert.match(error.text.en, words);
      assert.match(error.text.en, new RegExp(`^Submitting the return: Altinn answered ${status}\\.`));
      assert.match(error.text.nb, new RegExp(`^Innsending av meldingen: Altinn svarte ${status}\\.`));
      assert.equal(error.correlationId, body.includes("traceId") ? "00-44ea" : "abc");
    });
  }

  it("explains 403 by the app's live policy where it answers", async () => {
    policy = policyXml("app").replaceAll("SISKD", "NEWROLE");
    answering(403, "");
    const live = await failure(client.next(id, "submit"));
    assert.match(live.text.en, /as it stands now it takes one of: A0239 .*, KNUF .*, NEWROLE\./);
    assert.match(live.text.nb, /slik de er nå, kreves en av: A0239 /);
    policy = "";
    const kept = await failure(client.next(id, "submit"));
    assert.match(kept.text.en, /NEWROLE/, "the policy is read once");
  });

  it("tells the issues of problem details, those that block", async () => {
    const issue = { field: "mvamelding", code: "TooFewDataElementsOfType", description: "x", severity: 1 };
    const detail = "2 validation errors found for task Task_1";
    const validationIssues = [issue, { ...issue, severity: 2, field: "y" }, { description: "free", severity: "Error" }];
    answering(409, JSON.stringify({ title: "Validation failed for task", status: 409, detail, validationIssues }));
    const error = await failure(client.next(id, "fillIn"));
    assert.match(error.text.en, /Task_1 \(VAT return: there is none, or too few \(TooFewDataElementsOfType\); free\)$/);
    assert.match(error.text.nb, /\(mva-melding: mangler, eller det er for få \(TooFewDataElementsOfType\); free\)$/);
  });

  it("passes the correlation id on to whoever reads the failure", async () => {
    answering(500, "", { "x-correlation-id": "7f3a" });
    const error = await failure(client.instance(id));
    assert.match(failureText(error).en, /\(correlation id 7f3a\)$/);
    assert.match(failureText(error).nb, /\(korrelasjons-id 7f3a\)$/);
  });

  it("never takes a failed read for something that may have changed", async () => {
    answering(500, "");
    assert.equal((await failure(client.instance(id))).effect, "none");
  });

  it("takes an answer that it can't understand for a call that may have taken effect", async () => {
    answering(201, '{"id":"nonsense"}');
    const error = await failure(client.createInstance("310000000"));
    assert.equal(error.kind, "unreadable");
    assert.equal(error.effect, "unknown");
  });

  it("reads what both writers of the platform send, and ignores what it does not know", async () => {
    answering(200, JSON.stringify({ id, instanceOwner: { partyId: "1" }, somethingNew: { a: 1 } }));
    const instance = await client.instance(id);
    assert.equal(instance.process, null);
    assert.deepEqual(instance.data, []);
    answering(
      200,
      JSON.stringify({
        id,
        instanceOwner: { partyId: "1", organisationNumber: null },
        process: { started: null, ended: null, currentTask: { elementId: "Task_1" } },
        status: { isArchived: false, readStatus: 1, substatus: null },
        data: null,
      }),
    );
    assert.equal((await client.instance(id)).process?.currentTask?.elementId, "Task_1");
  });

  it("takes feedback that is not there yet for waiting", async () => {
    answering(409, '"has not yet received feedback. Try again later."');
    assert.deepEqual(await client.feedback(id), { state: "waiting" });
  });

  it("sends files as the app wants them", async () => {
    answering(201, JSON.stringify({ id: "87ff3fc2", dataType: "binaerVedlegg" }));
    const upload = { dataType: "binaerVedlegg", contentType: "application/pdf", fileName: "Årsregnskap (1).pdf" };
    await client.addData(id, { ...upload, bytes: Buffer.from("%PDF-") });
    assert.equal(seen[0]?.url, `/skd/app/instances/${id}/data?dataType=binaerVedlegg`);
    assert.equal(seen[0].headers["content-type"], "application/pdf");
    assert.equal(
      seen[0].headers["content-disposition"],
      "attachment; filename=arsregnskap__1_.pdf; filename*=UTF-8''%C3%85rsregnskap%20%281%29.pdf",
    );
  });
});

describe("the header of an uploaded file", () => {
  const names: readonly (readonly [string, string])[] = [
    ["mva.xml", "attachment; filename=mva.xml"],
    ["økonomi.pdf", "attachment; filename=okonomi.pdf; filename*=UTF-8''%C3%B8konomi.pdf"],
    ["a b.pdf", "attachment; filename=a_b.pdf; filename*=UTF-8''a%20b.pdf"],
    ['a"b.pdf', "attachment; filename=a_b.pdf; filename*=UTF-8''a%22b.pdf"],
    ["it's.pdf", "attachment; filename=it_s.pdf; filename*=UTF-8''it%27s.pdf"],
  ];
  for (const [name, header] of names) it(`names ${name}`, () => assert.equal(contentDisposition(name), header));
});

describe("a refusal's body", () => {
  const bodies: readonly (readonly [string, string])[] = [
    ["", "empty"],
    ["a sentence", "sentence"],
    ['"a quoted one"', "sentence"],
    ["<html><body>x", "webPage"],
    [
      "<valideringsresultat><avvikVedMeldingslevering>ugyldig skattemelding</avvikVedMeldingslevering></valideringsresultat>",
      "validationResult",
    ],
    ["<other/>", "sentence"],
    ['{"title":"Conflict","detail":"x"}', "problem"],
    ['{"x":1}', "sentence"],
    ["[1,2]", "sentence"],
  ];
  for (const [body, shape] of bodies) {
    it(`${body.slice(0, 30)} is ${shape}`, () => assert.equal(readRefusal(body).shape, shape));
  }
});
