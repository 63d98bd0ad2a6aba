import assert from "node:assert/strict";
import fc from "fast-check";
import { checkText, longestText } from "../../../src/integration/checkText.ts";
import { readJsonTree } from "../../../src/validation/jsonTree.ts";
import { applyFix } from "../../../src/validation/fixes/fix.ts";
import { made, options } from "./support.ts";

describe("an integration file that is none", () => {
  const rows: readonly (readonly [what: string, text: string, code: string, at: number])[] = [
    ["empty", "", "not-json", 0],
    ["blank", " \n", "not-json", 0],
    ["a lone brace", "{", "not-json", 0],
    ["a missing comma", '{\n  "client_name": "a"\n  "scopes": []\n}', "not-json", 25],
    ["a comma too many", '{"client_name": "a",}', "not-json", 20],
    ["a text without an end", '{"client_name": "a', "not-json", 16],
    ["a no-break space", '{\u00a0"client_name": "a"}', "not-json", 1],
    ["a comment", '{ // no\n"client_name": "a"}', "not-json", 2],
    ["two values", "{} {}", "not-json", 3],
    ["a single quotation mark", "{'client_name': 1}", "not-json", 1],
    ["a list", "[]", "not-a-registration", 0],
    ["null", "null", "not-a-registration", 0],
    ["a number", "7", "not-a-registration", 0],
  ];
  for (const [what, text, code, at] of rows) {
    it(what, () => {
      const { findings } = checkText(text, options);
      assert.deepEqual(
        findings.map((finding) => [finding.code, finding.range.start]),
        [[code, at]],
      );
    });
  }

  it("far too large is not read", () => {
    const { findings } = checkText(`{"description": "${"x".repeat(longestText)}"}`, options);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["file-too-large"],
    );
  });

  it("as deep as it is long ends nothing", () => {
    const { findings } = checkText("[".repeat(100_000), options);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["not-json"],
    );
    const closed = `{"jwks": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    assert.ok(checkText(closed, options).findings.some(({ code, path }) => code === "wrong-type" && path === "jwks"));
  });

  it("a mark of byte order in front changes nothing", () => {
    assert.deepEqual(checkText(`\ufeff${JSON.stringify(made("desktop"))}`, options).findings, []);
  });

  it("a field that stands twice is told, and the last one counts", () => {
    const text = JSON.stringify(made("spa")).replace("{", '{"client_name":"First",');
    const { findings, given } = checkText(text, options);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["field-twice"],
    );
    assert.equal(given.client_name, "MVA-melding");
  });

  it("odd names do no harm", () => {
    const text = '{"__proto__": {"client_name": "x"}, "constructor": 1, "toString": [], "": null}';
    const { findings } = checkText(text, options);
    assert.equal(findings.filter(({ code }) => code === "unknown-field").length, 4);
    assert.ok(findings.some(({ code }) => code === "name-missing"));
  });
});

describe("reading JSON with its positions", () => {
  it("finds fault exactly where JSON.parse does", () => {
    const token = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"b"',
      "1",
      "-0",
      "01",
      "1e5",
      "true",
      "nul",
      " ",
      "\n",
      "\t",
      "\u00a0",
      "\u2028",
      "\ufeff",
      '"',
      "'",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 14 }), (tokens) => {
        const text = tokens.join("");
        const { fault } = readJsonTree(text);
        let parses = true;
        try {
          JSON.parse(text.replace(/^\ufeff/, ""));
        } catch {
          parses = false;
        }
        assert.equal(fault === null, parses, JSON.stringify(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("gives every value its place", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, "\t"), (json, space) => {
        const value: unknown = JSON.parse(json);
        const text = JSON.stringify(value, null, space);
        const { root, fault } = readJsonTree(text);
        assert.equal(fault, null);
        const nodes = root === null ? [] : [root];
        for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
          JSON.parse(text.slice(node.range.start, node.range.end));
          nodes.push(...node.items, ...node.members.flatMap((member) => member.value ?? []));
        }
      }),
    );
  });
});

describe("quick fixes in any layout", () => {
  const layouts: readonly (readonly [what: string, lay: (value: unknown) => string])[] = [
    ["on one line", (value) => JSON.stringify(value)],
    ["with tabs", (value) => JSON.stringify(value, null, "\t")],
    ["with four spaces and CRLF", (value) => JSON.stringify(value, null, 4).replaceAll("\n", "\r\n")],
  ];
  const fieldNames = Object.keys(made("web"));
  const junk = fc.oneof(
    fc.constantFrom<unknown>(undefined, null, "", [], {}, 0, -1, "x", [""], ["x", "x"], true, ["a b"], 1e12, {
      keys: [{}],
    }),
    fc.constantFrom("api-klient", "none", "client_secret_post", "native", "browser", "S256", "http://a.example#b"),
    fc.array(
      fc.constantFrom("openid", "altinn:instances.read", "http://127.0.0.1:0/x", "localhost:1/x", "refresh_token"),
    ),
  );
  for (const [what, lay] of layouts) {
    it(`${what}, every fix leaves JSON, and mends its finding`, () => {
      fc.assert(
        fc.property(
          fc.constantFrom("desktop" as const, "web" as const, "spa" as const),
          fc.dictionary(fc.constantFrom(...fieldNames, "jwks", "client_secret"), junk, { maxKeys: 3 }),
          (kind, change) => {
            const entries = Object.entries({ ...made(kind), ...change }).filter(([, value]) => value !== undefined);
            const text = lay(Object.fromEntries(entries));
            for (const finding of checkText(text, options).findings) {
              for (const { edits } of finding.fixes) {
                const mended = applyFix(text, edits);
                JSON.parse(mended);
                const again = checkText(mended, options).findings;
                const same = again.filter(({ code, path }) => code === finding.code && path === finding.path);
                const before = checkText(text, options).findings.filter(
                  ({ code, path }) => code === finding.code && path === finding.path,
                );
                assert.ok(same.length <= before.length, `${finding.code} ${mended}`);
              }
            }
          },
        ),
        { numRuns: 300 },
      );
    });
  }
});
