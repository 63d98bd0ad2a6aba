import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePastedRedirect } from "../../../src/services/idPorten/callback.ts";

describe("a pasted address", () => {
  const expected = { redirectUri: "http://localhost:12345/token", state: "s-1" };
  const good = "http://localhost:12345/token?code=a.b&iss=https%3A%2F%2Ftest.idporten.no&state=s-1";

  for (const text of [good, ` ${good}\n`, `"${good}"`, `<${good}>`, good.replace("&iss", "\n&iss"), `${good}#x`]) {
    it(`is read from ${JSON.stringify(text)}`, () => {
      const reading = parsePastedRedirect(text, expected);
      assert.ok(reading.ok);
      assert.equal(reading.callback.url.searchParams.get("code"), "a.b");
      assert.equal(reading.callback.url.hash, "");
    });
  }

  it("may carry an error", () => {
    const reading = parsePastedRedirect("http://localhost:12345/token?error=access_denied&state=s-1", expected);
    assert.ok(reading.ok);
    assert.equal(reading.callback.error, "access_denied");
  });

  const refused: readonly (readonly [text: string, reason: string])[] = [
    ["", "notAnAddress"],
    ["a.b", "notAnAddress"],
    ["?code=a&state=s-1", "notAnAddress"],
    ["https://login.test.idporten.no/authorize/selector", "otherAddress"],
    ["https://localhost:12345/token?code=a&state=s-1", "otherAddress"],
    ["http://localhost:12346/token?code=a&state=s-1", "otherAddress"],
    ["http://127.0.0.1:12345/token?code=a&state=s-1", "otherAddress"],
    ["http://localhost:12345@evil.example/token?code=a&state=s-1", "otherAddress"],
    ["http://user@localhost:12345/token?code=a&state=s-1", "otherAddress"],
    ["http://localhost:12345/token/x?code=a&state=s-1", "otherAddress"],
    ["http://localhost:12345/token?code=a", "noState"],
    ["http://localhost:12345/token?code=a&state=s-2", "otherState"],
    ["http://localhost:12345/token?state=s-1", "noCode"],
    ["http://localhost:12345/token?code=&state=s-1", "noCode"],
    ["http://localhost:12345/token?code=a&code=b&state=s-1", "twice"],
  ];
  for (const [text, reason] of refused) {
    it(`is refused as ${reason}: ${text}`, () => {
      const reading = parsePastedRedirect(text, expected);
      assert.ok(!reading.ok);
      assert.equal(reading.reason, reason);
    });
  }

  it("never throws, and accepts nothing without the state", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
        assert.equal(parsePastedRedirect(text, expected).ok, false);
      }),
    );
  });
});
