import assert from "node:assert/strict";
import fc from "fast-check";
import { createRedactor, redact } from "../../../src/services/redaction.ts";

const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhYmMifQ.c2lnbmF0dXJl";
const unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhYmMifQ.";
const number = "01818012345";

describe("redaction", () => {
  const cases: readonly (readonly [name: string, input: string, expected: string])[] = [
    ["a JSON Web Token in a sentence", `got ${token}, thanks`, "got [removed], thanks"],
    ["an unsigned one", `x=${unsigned} y`, "x=[removed] y"],
    [
      "an opaque token in JSON",
      '{"access_token":"a.b~c","expires_in":120}',
      '{"access_token":"[removed]","expires_in":120}',
    ],
    [
      "escaped quotation marks inside it",
      String.raw`{"refresh_token" : "a\"b","x":1}`,
      '{"refresh_token" : "[removed]","x":1}',
    ],
    [
      "JSON inside a JSON string",
      String.raw`"{\"client_secret\":\"s3cret\"}"`,
      String.raw`"{\"client_secret\":\"[removed]\"}"`,
    ],
    ["JSON that breaks off", '{"id_token":"abc', '{"id_token":"[removed]'],
    [
      "a form",
      "grant_type=authorization_code&code=abc.def&code_verifier=xyz",
      "grant_type=authorization_code&code=[removed]&code_verifier=[removed]",
    ],
    [
      "an address in XML",
      "<a>http://x/cb?code=abc&amp;state=def&amp;iss=y</a>",
      "<a>http://x/cb?code=[removed]&amp;state=[removed]&amp;iss=y</a>",
    ],
    ["an address within an address", "next=http%3A%2F%2Fx%3Fcode%3Dabc", "next=http%3A%2F%2Fx%3Fcode%3D[removed]"],
    ["an error code in JSON stays", '{"code":"404","state":"ok"}', '{"code":"404","state":"ok"}'],
    ["a challenge stays", "code_challenge=abcdefghij", "code_challenge=abcdefghij"],
    [
      "an element",
      "<ns:access_token a='1'>opaque</ns:access_token>",
      "<ns:access_token a='1'>[removed]</ns:access_token>",
    ],
    ["a bearer in a sentence", "sent Bearer abcdefgh1234", "sent Bearer [removed]"],
    ["a cookie in a line of a log", "> Cookie: a=b; c=d\nnext", "> Cookie: [removed]\nnext"],
    ["a cookie that is set", "set-cookie: _session=abc; path=/; httponly", "set-cookie: [removed]"],
    ["cookies in JSON", '{"cookie":"a=b; c=d","x":1}', '{"cookie":"[removed]","x":1}'],
    ["cookies in a list of headers", '["set-cookie","a=b"]', '["set-cookie","[removed]"]'],
    ["a word about cookies stays", "the page needs cookies: allow them", "the page needs cookies: allow them"],
    ["a list of cookies stays", '{"cookies":[]}', '{"cookies":[]}'],
    ["a national identity number in JSON", `{"pid":"${number}"}`, '{"pid":"[removed]"}'],
    ["as a JSON number", `{"pid":${number}}`, '{"pid":[removed]}'],
    ["in XML", `<fnr>${number}</fnr>`, "<fnr>[removed]</fnr>"],
    [
      "in a login hint",
      `login_hint=testid:${number}_idporten-loa-high`,
      "login_hint=testid:[removed]_idporten-loa-high",
    ],
    ["after an escaped space", `a%20${number}`, "a%20[removed]"],
    ["after an escaped colon", `testid%3A${number}_x`, "testid%3A[removed]_x"],
    ["after a JSON escape", String.raw`"\u0020${number}"`, String.raw`"\u0020[removed]"`],
    ["written with a gap", "018180 12345", "[removed]"],
    ["an organisation number stays", "<orgnr>974761076</orgnr>", "<orgnr>974761076</orgnr>"],
    ["a longer number stays", "1234567890123", "1234567890123"],
  ];
  for (const [name, input, expected] of cases) it(name, () => assert.equal(redact(input), expected));

  it("removes a secret it has seen once wherever it turns up later", () => {
    const redactor = createRedactor();
    redactor.text('{"refresh_token":"opaque/one+two"}');
    redactor.remember("client secret & more");
    assert.equal(redactor.text("log: opaque/one+two"), "log: [removed]");
    assert.equal(redactor.text("opaque%2Fone%2Btwo"), "[removed]");
    assert.equal(redactor.text("s=client+secret+%26+more"), "s=[removed]");
  });

  it("keeps the scheme of an authorization header and learns its credentials", () => {
    const redactor = createRedactor();
    const headers = redactor.headers([
      ["Authorization", "Bearer opaque-token-1"],
      ["set-cookie", "sid=abc"],
      ["location", "http://127.0.0.1:1/cb?code=abc&iss=x"],
      ["accept", "application/json"],
    ]);
    assert.deepEqual(headers, [
      ["Authorization", "Bearer [removed]"],
      ["set-cookie", "[removed]"],
      ["location", "http://127.0.0.1:1/cb?code=[removed]&iss=x"],
      ["accept", "application/json"],
    ]);
    assert.equal(redactor.text("again opaque-token-1."), "again [removed].");
  });

  it("knows the cookies of headers again wherever they turn up, in the same headers too", () => {
    const redactor = createRedactor();
    const headers = redactor.headers([
      ["location", "http://127.0.0.1:1/interaction/interaction-1"],
      ["set-cookie", "_interaction=interaction-1; path=/interaction/interaction-1; httponly"],
      ["Set-Cookie", '_session="session%2F-1"; Domain=idporten.example; SameSite=Lax'],
    ]);
    assert.deepEqual(headers, [
      ["location", "http://127.0.0.1:1/interaction/[removed]"],
      ["set-cookie", "[removed]"],
      ["Set-Cookie", "[removed]"],
    ]);
    redactor.headers([["cookie", "other=sent-cookie-value; language=nb"]]);
    assert.equal(
      redactor.text("session%2F-1 and sent-cookie-value at idporten.example, language nb"),
      "[removed] and [removed] at idporten.example, language nb",
    );
  });

  it("learns the cookies of a text", () => {
    const redactor = createRedactor();
    redactor.text("Cookie: _session=session-value-1");
    assert.equal(redactor.text("again session-value-1."), "again [removed].");
  });

  it("removes user names and passwords from addresses", () => {
    assert.equal(createRedactor().url("http://user:pass@proxy.example/x"), "http://[removed]@proxy.example/x");
  });

  it("never lets an identity number through, whatever stands around it", () => {
    const digits = fc.stringMatching(/^[0-9]{11}$/);
    const around = fc.string().map((text) => text.replace(/[0-9%\\]/g, "x"));
    fc.assert(
      fc.property(digits, around, around, (pid, before, after) => !redact(`${before}${pid}${after}`).includes(pid)),
    );
  });

  it("never lets a token through, whatever stands around it", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_-]{6,40}$/);
    const around = fc.string().map((text) => text.replace(/[\w.-]/g, " "));
    fc.assert(
      fc.property(part, part, part, around, around, (head, body, signature, before, after) => {
        const jwt = `eyJ${head}.${body}.${signature}`;
        return !redact(`${before}${jwt}${after}`).includes(body);
      }),
    );
  });
});
