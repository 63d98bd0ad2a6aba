import assert from "node:assert/strict";
import fc from "fast-check";
import { LineIndex } from "../../../src/vatReturn/lineIndex.ts";

describe("LineIndex", () => {
  const cases: readonly (readonly [text: string, offset: number, line: number, column: number])[] = [
    ["", 0, 1, 1],
    ["ab", 2, 1, 3],
    ["a\nb", 1, 1, 2],
    ["a\nb", 2, 2, 1],
    ["a\r\nb", 1, 1, 2],
    ["a\r\nb", 2, 1, 3],
    ["a\r\nb", 3, 2, 1],
    ["a\rb", 2, 2, 1],
    ["a\n\rb", 3, 3, 1],
    ["a\n", 2, 2, 1],
    ["😀x", 2, 1, 3],
    ["a\u2028b\u0085c", 4, 1, 5],
    ["ab", 99, 1, 3],
    ["ab", -1, 1, 1],
  ];
  for (const [text, offset, line, column] of cases) {
    it(`puts offset ${offset} of ${JSON.stringify(text)} at ${line}:${column}`, () => {
      assert.deepEqual(new LineIndex(text).position(offset), { line, column });
    });
  }

  it("gives lines without their ends", () => {
    const text = "one\ntwo\r\nthree\rfour\r\n";
    const index = new LineIndex(text);
    const lines = Array.from({ length: index.lineCount + 1 }, (_, i) => index.line(i + 1));
    assert.deepEqual(
      lines.map(({ start, end }) => text.slice(start, end)),
      ["one", "two", "three", "four", "", ""],
    );
  });

  it("takes places outside the text for the nearest one inside", () => {
    const index = new LineIndex("ab\ncd");
    assert.equal(index.offset({ line: 1, column: 99 }), 2);
    assert.equal(index.offset({ line: 9, column: 1 }), 5);
    assert.equal(index.offset({ line: 0, column: 1 }), 0);
    assert.equal(index.offset({ line: 2, column: 0 }), 3);
  });

  it("agrees with counting, and comes back to where it started", () => {
    const texts = fc
      .array(fc.constantFrom("a", "\n", "\r\n", "\r", "ø", "😀"), { maxLength: 30 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          // The place between \r and \n belongs to the line that they end together.
          const before = text.slice(0, offset).split(/\r\n|\n|\r(?!\n)/);
          const insideLineEnd = text[offset - 1] === "\r" && text[offset] === "\n";
          const lines = insideLineEnd ? text.slice(0, offset - 1).split(/\r\n|\n|\r/) : before;
          const position = index.position(offset);
          assert.equal(position.line, lines.length);
          if (insideLineEnd) continue;
          assert.equal(position.column, (lines.at(-1) ?? "").length + 1);
          assert.equal(index.offset(position), offset);
        }
      }),
    );
  });
});
