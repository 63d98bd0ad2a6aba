import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeXml } from "../../../src/vatReturn/encoding.ts";
import type { DecodedXml, EncodingProblemCode } from "../../../src/vatReturn/encoding.ts";

const declared = (encoding: string, body = "<a>æøå</a>") => `<?xml version="1.0" encoding="${encoding}"?>${body}`;
const utf8 = (text: string) => Buffer.from(text, "utf8");
const latin1 = (text: string) => Buffer.from(text, "latin1");
const littleEndian = (text: string) => Buffer.from(text, "utf16le");
const bigEndian = (text: string) => littleEndian(text).swap16();
const bytes = (...values: (Buffer | number)[]) =>
  Buffer.concat(values.map((value) => (typeof value === "number" ? Buffer.from([value]) : value)));
const mark = "\ufeff";

function outcome(decoded: DecodedXml): readonly [string, string | number] {
  return decoded.kind === "decoded"
    ? [decoded.encoding, decoded.text]
    : [decoded.problem.code, decoded.problem.byteOffset];
}

const readable: readonly (readonly [what: string, input: Buffer, encoding: string, text: string])[] = [
  ["nothing", utf8(""), "UTF-8", ""],
  ["UTF-8 without a declaration", utf8("<a>æøå — 😀</a>"), "UTF-8", "<a>æøå — 😀</a>"],
  ["UTF-8 with a declaration", utf8(declared("UTF-8")), "UTF-8", declared("UTF-8")],
  [
    "utf-8 in lower case and single quotes",
    utf8("<?xml version='1.0' encoding = 'utf-8'?><a/>"),
    "UTF-8",
    "<?xml version='1.0' encoding = 'utf-8'?><a/>",
  ],
  ["UTF-8 with a byte order mark", utf8(mark + declared("UTF-8")), "UTF-8", declared("UTF-8")],
  ["UTF-8 with two byte order marks", utf8(mark + mark + "<a/>"), "UTF-8", `${mark}<a/>`],
  ["ISO-8859-1", latin1(declared("ISO-8859-1")), "ISO-8859-1", declared("ISO-8859-1")],
  [
    "ISO-8859-1 with a C1 control",
    bytes(latin1(declared("iso-8859-1", "<a>")), 0x80, latin1("</a>")),
    "ISO-8859-1",
    declared("iso-8859-1", "<a>\u0080</a>"),
  ],
  [
    "windows-1252",
    bytes(latin1(declared("windows-1252", "<a>æ")), 0x80, 0x97, latin1("</a>")),
    "windows-1252",
    declared("windows-1252", "<a>æ€—</a>"),
  ],
  ["US-ASCII", latin1(declared("US-ASCII", "<a/>")), "US-ASCII", declared("US-ASCII", "<a/>")],
  ["UTF-16 LE with a byte order mark", littleEndian(mark + declared("UTF-16")), "UTF-16LE", declared("UTF-16")],
  [
    "UTF-16 BE with a byte order mark",
    bigEndian(mark + declared("UTF-16", "<a>😀</a>")),
    "UTF-16BE",
    declared("UTF-16", "<a>😀</a>"),
  ],
  ["UTF-16 LE without", littleEndian(declared("UTF-16LE")), "UTF-16LE", declared("UTF-16LE")],
  ["UTF-16 BE without", bigEndian(declared("utf-16")), "UTF-16BE", declared("utf-16")],
  ["UTF-16 LE without mark or declaration", littleEndian("<a>ø</a>"), "UTF-16LE", "<a>ø</a>"],
  [
    "an encoding named in a comment only",
    utf8('<!-- <?xml encoding="x"?> --><a/>'),
    "UTF-8",
    '<!-- <?xml encoding="x"?> --><a/>',
  ],
];

const unreadable: readonly (readonly [what: string, input: Buffer, code: EncodingProblemCode, byteOffset: number])[] = [
  ["an unknown encoding", utf8(declared("UTF-9")), "unknown-encoding", 0],
  ["an encoding named like something of the language", utf8(declared("constructor")), "unknown-encoding", 0],
  ["an empty encoding name", utf8(declared("")), "unknown-encoding", 0],
  ["UTF-32", bytes(0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0), "unsupported-encoding", 0],
  ["Latin letters in UTF-8", latin1("<a>æ</a>"), "invalid-bytes", 3],
  ["Latin letters behind a byte order mark", bytes(0xef, 0xbb, 0xbf, latin1("<a>æ</a>")), "invalid-bytes", 6],
  ["an overlong sequence", bytes(utf8("<a>"), 0xc0, 0xaf, utf8("</a>")), "invalid-bytes", 3],
  ["an overlong sequence of three bytes", bytes(utf8("<a>"), 0xe0, 0x80, 0xaf), "invalid-bytes", 3],
  ["a surrogate in UTF-8", bytes(utf8("<a>ø"), 0xed, 0xa0, 0x80), "invalid-bytes", 5],
  ["beyond the last code point", bytes(utf8("<a>"), 0xf4, 0x90, 0x80, 0x80), "invalid-bytes", 3],
  ["a sequence cut off at the end", bytes(utf8("<a>"), 0xe2, 0x82), "invalid-bytes", 3],
  [
    "Latin letters in US-ASCII",
    latin1(declared("ASCII", "<a>ø</a>")),
    "invalid-bytes",
    declared("ASCII", "<a>").length,
  ],
  [
    "a byte that windows-1252 lacks",
    bytes(latin1(declared("cp1252", "<a>")), 0x81),
    "invalid-bytes",
    declared("cp1252", "<a>").length,
  ],
  ["a lone surrogate in UTF-16", littleEndian(`${mark}<a>\ud800</a>`), "invalid-bytes", 8],
  ["half a character at the end", bytes(littleEndian(`${mark}<a/>`), 0x20), "truncated-bytes", 10],
  ["UTF-8 that claims to be UTF-16", utf8(declared("utf-16")), "encoding-mismatch", 0],
  ["UTF-16 that claims to be UTF-8", littleEndian(mark + declared("UTF-8")), "encoding-mismatch", 0],
  ["little-endian that claims to be big-endian", littleEndian(mark + declared("UTF-16BE")), "encoding-mismatch", 0],
  [
    "a UTF-8 mark before ISO-8859-1",
    bytes(0xef, 0xbb, 0xbf, latin1(declared("ISO-8859-1", "<a/>"))),
    "encoding-mismatch",
    0,
  ],
];

describe("encoding", () => {
  for (const [what, input, encoding, text] of readable) {
    it(`reads ${what}`, () => assert.deepEqual(outcome(decodeXml(input)), [encoding, text]));
  }

  for (const [what, input, code, byteOffset] of unreadable) {
    it(`says where it stops at ${what}`, () => {
      const decoded = decodeXml(input);
      assert.deepEqual(outcome(decoded), [code, byteOffset]);
      if (decoded.kind === "problem") assert.notEqual(decoded.problem.message.en, decoded.problem.message.nb);
    });
  }

  it("brings every text back from UTF-8 and UTF-16", () => {
    const texts = fc.string({ unit: "grapheme" }).map((text) => `<a>${text}</a>`);
    fc.assert(
      fc.property(texts, (text) => {
        assert.deepEqual(outcome(decodeXml(utf8(text))), ["UTF-8", text]);
        assert.deepEqual(outcome(decodeXml(littleEndian(mark + text))), ["UTF-16LE", text]);
        assert.deepEqual(outcome(decodeXml(bigEndian(mark + text))), ["UTF-16BE", text]);
      }),
    );
  });

  it("never throws, and never replaces a byte silently", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (input) => {
        const decoded = decodeXml(input);
        if (decoded.kind === "problem") assert.ok(decoded.problem.byteOffset <= input.length);
        else if (decoded.encoding === "UTF-8") {
          const skipped = Buffer.from(input)
            .subarray(0, 3)
            .equals(Buffer.from([0xef, 0xbb, 0xbf]))
            ? 3
            : 0;
          assert.deepEqual(utf8(decoded.text), Buffer.from(input).subarray(skipped));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("reads long texts of every width", () => {
    const text = `<a>${"ø".repeat(100_000)}</a>`;
    assert.deepEqual(
      outcome(decodeXml(latin1(`<?xml version="1.0" encoding="latin1"?>${text}`)))[1],
      `<?xml version="1.0" encoding="latin1"?>${text}`,
    );
    assert.equal(outcome(decodeXml(bigEndian(mark + text)))[1], text);
  });
});
