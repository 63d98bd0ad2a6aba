import assert from "node:assert/strict";
import * as v from "valibot";
import type { Exchange } from "../../../src/services/recordingFetch.ts";
import { toCurl } from "../../../src/services/transcript/curl.ts";
import { transcriptDocument } from "../../../src/services/transcript/document.ts";
import { toHar } from "../../../src/services/transcript/har.ts";
import { lessonOf } from "../../../src/services/transcript/lesson.ts";
import { prettyBody } from "../../../src/services/transcript/prettyBody.ts";

const app = "https://skd.apps.tt02.altinn.no/skd/mva-melding-innsending-test";
const instance = `${app}/instances/50267437/55604b08-1690-4a8d-bf6b-95c11dc40c58`;

function exchange(changes: Partial<Exchange["request"]> = {}, response?: Exchange["response"]): Exchange {
  return {
    sequence: 1,
    startedAt: "2026-11-22T09:00:00.000Z",
    durationMilliseconds: 12,
    request: { method: "GET", url: instance, headers: [["authorization", "Bearer [removed]"]], body: null, ...changes },
    response: response ?? {
      status: 200,
      statusText: "OK",
      headers: [["content-type", "application/json"]],
      body: { mediaType: "application/json", size: 14, text: '{"id":"a","b":[1]}', truncated: false },
    },
    failure: null,
  };
}

const unanswered: Exchange = { ...exchange(), response: null, failure: { kind: "reset", code: "ECONNRESET" } };

const head = { title: "x", about: "y" };

describe("the transcript", () => {
  const lessons: readonly (readonly [method: string, url: string, title: RegExp])[] = [
    ["GET", "https://platform.tt02.altinn.no/authentication/api/v1/exchange/id-porten", /Token exchange/],
    ["POST", `${app}/instances`, /Create the instance/],
    ["PUT", `${instance}/data/87ff3fc2-0000-4000-8000-000000000000`, /envelope/],
    ["POST", `${instance}/data?dataType=mvamelding`, /Upload the return/],
    ["POST", `${instance}/data?dataType=binaerVedlegg`, /Upload an attachment/],
    ["PUT", `${instance}/process/next`, /step on/],
    ["GET", `${instance}/process`, /Where does it stand/],
    ["GET", instance, /Read the instance/],
    ["DELETE", `${instance}?hard=true`, /Delete/],
    ["GET", `${app}/instances/50267437/active`, /active instances/],
    ["GET", `${app}/api/v1/meta/authorizationpolicy`, /access policy/],
    ["GET", "https://platform.tt02.altinn.no/storage/api/v1/instances?appId=x", /Search/],
    ["POST", "https://idporten-api-test.sits.no/api/mva/grensesnittstoette/mva-melding/valider", /Validation/],
  ];
  for (const [method, url, title] of lessons) {
    it(`explains ${method} ${new URL(url).pathname}`, () => {
      const lesson = lessonOf(exchange({ method, url }));
      assert.match(lesson?.title.en ?? "", title);
      assert.match(lesson?.documentation ?? "", /^https:\/\//);
      assert.notEqual(lesson?.explanation.en, lesson?.explanation.nb);
    });
  }
  it("has no lesson for a call that is none of the documented ones", () => {
    assert.equal(lessonOf(exchange({ url: "https://example.org/" })), null);
  });

  it("reads as a document: every call in order, explained, with pretty bodies", () => {
    const text = transcriptDocument(
      [exchange(), unanswered],
      { title: "314552105, mars-april 2026", about: "sandbox · x" },
      "en",
    );
    assert.match(text, /^# 314552105, mars-april 2026\n\nsandbox · x\n/);
    assert.match(text, /\n## 1\. Read the instance\n/);
    assert.match(text, /\*\*200 OK\*\*, 12 ms/);
    assert.match(text, /```json\n\{\n {2}"id": "a",\n {2}"b": \[\n {4}1/);
    assert.match(text, /\n## 2\. Read the instance\n[^]*\*\*No answer came\*\*[^]*reset, ECONNRESET/);
    assert.match(text, /```sh\ncurl --request GET/);
    assert.match(transcriptDocument([], head, "nb"), /Ingen kall er gjort ennå/);
  });

  it("fences a body that holds a fence itself", () => {
    const body = { mediaType: "text/plain", size: 9, text: "``` \n````", truncated: false };
    const text = transcriptDocument([exchange({ method: "POST", body })], head, "en");
    assert.match(text, /`````text\n``` \n````\n`````/);
  });

  const bodies: readonly (readonly [string, string, string])[] = [
    ['{"a":1}', '{\n  "a": 1\n}', "json"],
    ["<a><b>x</b><c/></a>", "<a>\n  <b>x</b>\n  <c/>\n</a>", "xml"],
    ['<?xml version="1.0"?><a x="1"><b/></a>', '<?xml version="1.0"?>\n<a x="1">\n  <b/>\n</a>', "xml"],
    ["<a>text<b/></a>", "<a>text<b/></a>", "xml"],
    ["<a><!-- kept --><b/></a>", "<a><!-- kept --><b/></a>", "xml"],
    ["<a><b></a>", "<a><b></a>", "xml"],
    ['"a sentence"', '"a sentence"', "text"],
    ["{broken", "{broken", "text"],
  ];
  for (const [body, text, language] of bodies) {
    it(`lays out ${body}`, () => assert.deepEqual(prettyBody(body), { text, language }));
  }

  it("is a valid HAR 1.2, with and without an answer", () => {
    const har: unknown = JSON.parse(
      JSON.stringify(
        toHar(
          [
            exchange({
              method: "POST",
              url: `${instance}/data?dataType=mvamelding`,
              body: { mediaType: "text/xml", size: 4, text: "<a/>", truncated: false },
            }),
            unanswered,
          ],
          "1.0.0",
        ),
      ),
    );
    const parsed = v.safeParse(harSchema, har);
    assert.ok(parsed.success, JSON.stringify(parsed.issues?.map((issue) => [v.getDotPath(issue), issue.message])));
    const [first, second] = parsed.output.log.entries;
    assert.deepEqual(first?.request.queryString, [{ name: "dataType", value: "mvamelding" }]);
    assert.equal(first.request.postData?.text, "<a/>");
    assert.equal(second?.response.status, 0);
    assert.equal(second.comment, "reset: ECONNRESET");
  });

  it("quotes what a shell would take apart", () => {
    const body = { mediaType: "application/json", size: 1, text: `{"it's":"$HOME"}`, truncated: false };
    const command = toCurl(exchange({ method: "POST", body }));
    assert.match(command, /--data-raw '\{"it'\\''s":"\$HOME"\}'/);
  });
});

/** HAR 1.2 as its specification has it: what must be there, and nothing of another type. */
const comment = v.optional(v.string());
const pair = v.strictObject({ name: v.string(), value: v.string(), comment });
const count = v.pipe(v.number(), v.integer(), v.minValue(-1));
const duration = v.pipe(v.number(), v.minValue(0));
const cookies = v.array(v.object({ name: v.string(), value: v.string() }));
const harSchema = v.strictObject({
  log: v.strictObject({
    version: v.literal("1.2"),
    creator: v.strictObject({ name: v.string(), version: v.string(), comment }),
    entries: v.array(
      v.strictObject({
        startedDateTime: v.pipe(v.string(), v.isoTimestamp()),
        time: duration,
        request: v.strictObject({
          method: v.string(),
          url: v.pipe(v.string(), v.url()),
          httpVersion: v.string(),
          cookies,
          headers: v.array(pair),
          queryString: v.array(pair),
          postData: v.optional(v.strictObject({ mimeType: v.string(), text: v.string(), comment })),
          headersSize: count,
          bodySize: count,
          comment,
        }),
        response: v.strictObject({
          status: v.pipe(v.number(), v.integer()),
          statusText: v.string(),
          httpVersion: v.string(),
          cookies,
          headers: v.array(pair),
          content: v.strictObject({
            size: count,
            mimeType: v.string(),
            text: v.optional(v.string()),
            comment,
          }),
          redirectURL: v.string(),
          headersSize: count,
          bodySize: count,
          comment,
        }),
        cache: v.strictObject({}),
        timings: v.strictObject({ send: duration, wait: duration, receive: duration, comment }),
        comment,
      }),
    ),
    comment,
  }),
});
