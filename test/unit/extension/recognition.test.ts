import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { recogniseBytes, recogniseStart, type Recognition } from "../../../src/extension/editor/recognition.ts";
import { recogniseDocument } from "../../../src/vatReturn/documentType.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";

const namespace = "no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0";

const cases: readonly (readonly [string, string, Recognition])[] = [
  ["a return", "<mvaMeldingDto>", "recognised"],
  ["a prefix", "<m:mvaMeldingDto xmlns:m='x'>", "recognised"],
  ["an empty element", "<mvaMeldingInnsending/>", "recognised"],
  [
    "after everything that may stand before",
    '\uFEFF<?xml version="1.0"?>\r\n<!-- <a> --><?p q?>\n<betalingsinformasjon\n',
    "recognised",
  ],
  ["after a document type declaration", '<!DOCTYPE a [<!ENTITY b "]>">\n]><valideringsresultat>', "recognised"],
  ["a misspelt root in the right namespace", `<mvaMelding xmlns="${namespace}">`, "recognised"],
  ["another document", '<project xmlns="http://maven.apache.org">', "other"],
  ["no XML", "Hello <mvaMeldingDto>", "other"],
  ["a longer name", "<mvaMeldingDtoX>", "other"],
  ["nothing", "", "incomplete"],
  ["space", "\n  \n", "incomplete"],
  ["an open comment", "<!-- <mvaMeldingDto>", "incomplete"],
  ["an open instruction", '<?xml version="1.0"', "incomplete"],
  ["an open document type declaration", "<!DOCTYPE a [", "incomplete"],
  ["half a name", "<mvaMeld", "incomplete"],
  ["half a start tag of another name", "<project xmlns=", "incomplete"],
];

describe("recognising a document by its start", () => {
  for (const [name, text, expected] of cases) {
    it(`${name}: ${expected}`, () => assert.equal(recogniseStart(text), expected));
  }

  it("agrees with the core on every sample, as text and as bytes in each encoding", () => {
    for (const name of readdirSync("samples").filter((file) => file.endsWith(".xml"))) {
      const text = readFileSync(`samples/${name}`, "utf8");
      const stripped = text.replace(/<!DOCTYPE[^\]>]*(?:\[[^\]]*\])?>/, "");
      const expected = recogniseDocument(parseXml(stripped)).documentType === null ? "other" : "recognised";
      assert.equal(recogniseStart(text), expected, name);
      const bigEndian = Buffer.from(`\uFEFF${text}`, "utf16le").swap16();
      for (const bytes of [
        Buffer.from(text),
        Buffer.from(`\uFEFF${text}`),
        Buffer.from(`\uFEFF${text}`, "utf16le"),
        bigEndian,
      ]) {
        assert.equal(recogniseBytes(bytes), expected, name);
      }
    }
  });

  it("gives the same answer for every start of a document, once it gives one", () => {
    const prolog = fc.constantFrom("", " ", "<?a b?>", "<!-- c -->", '<!DOCTYPE d [<!ELEMENT e "f>">]>');
    const root = fc.constantFrom("<mvaMeldingDto>", "<x:valideringsresultat a='b'>", "<other a='b'>", "<o/>");
    fc.assert(
      fc.property(fc.array(prolog), root, (before, start) => {
        const text = before.join("") + start;
        const whole = recogniseStart(text);
        assert.notEqual(whole, "incomplete");
        for (let length = 0; length < text.length; length++) {
          const part = recogniseStart(text.slice(0, length));
          assert.ok(part === whole || part === "incomplete", `${text.slice(0, length)}: ${part}`);
        }
      }),
    );
  });

  it("finds a root element behind a long comment", () => {
    const bytes = Buffer.from(`<!--${"x".repeat(100_000)}--><mvaMeldingDto>`);
    assert.equal(recogniseBytes(bytes), "recognised");
  });
});
