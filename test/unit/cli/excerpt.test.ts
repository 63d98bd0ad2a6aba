import assert from "node:assert/strict";
import fc from "fast-check";
import { columnsOf, excerptOf, printable } from "../../../src/cli/report/excerpt.ts";

/** The mark of an excerpt, drawn below its source; the range is what stands between the bars. */
function drawn(marked: string, room = 40): readonly [string, string] {
  const start = marked.indexOf("‖");
  const end = marked.indexOf("‖", start + 1) - 1;
  const text = marked.replaceAll("‖", "");
  const excerpt = excerptOf(text, { start: 0, end: text.length }, { start, end }, room);
  return [excerpt.source, " ".repeat(excerpt.indent) + "^".repeat(excerpt.width)];
}

describe("excerpt of a source line", () => {
  const cases: readonly (readonly [string, string, readonly [string, string]])[] = [
    ["plain", "<a>‖12‖</a>", ["<a>12</a>", "   ^^"]],
    ["nothing to mark still gets a mark", "<a>‖‖</a>", ["<a></a>", "   ^"]],
    ["tabs", "\t<a>‖1\t2‖</a>", ["    <a>1    2</a>", "       ^^^^^^"]],
    ["wide characters", "<a>税‖税率‖</a>", ["<a>税税率</a>", "     ^^^^"]],
    ["combining marks", "<a>e\u0301‖e\u0301x‖</a>", ["<a>e\u0301e\u0301x</a>", "    ^^"]],
    ["surrogate pairs", "😀‖😀‖", ["😀😀", "  ^^"]],
    ["escape sequences", "\u001b[31m‖x‖", ["␛[31mx", "     ^"]],
    ["half a pair", "a\ud800‖b‖", ["a\ufffdb", "  ^"]],
  ];
  for (const [name, marked, expected] of cases) it(`draws ${name}`, () => assert.deepEqual(drawn(marked), expected));

  it("cuts a long line on both sides, the marked part in view", () => {
    const [source, mark] = drawn(`${"a".repeat(500)}‖here‖${"b".repeat(500)}`, 30);
    assert.equal(source, `…${"a".repeat(10)}here${"b".repeat(14)}…`);
    assert.equal(mark, `${" ".repeat(11)}^^^^`);
  });

  it("cuts a long marked part", () => {
    const [source, mark] = drawn(`a‖${"x".repeat(100)}‖`, 30);
    assert.ok(columnsOf(source) <= 30);
    assert.ok(mark.length <= 30);
    assert.match(source, /…$/);
  });

  it("never exceeds its room, nor marks beyond what it shows", () => {
    const letters = fc.string({
      unit: fc.constantFrom("a", "\t", "税", "😀", "e\u0301", "\ud800", "\u001b"),
      maxLength: 90,
    });
    fc.assert(
      fc.property(letters, fc.nat(90), fc.nat(90), fc.integer({ min: 30, max: 60 }), (text, from, length, room) => {
        const range = { start: from, end: from + length };
        const excerpt = excerptOf(text, { start: 0, end: text.length }, range, room);
        assert.ok(columnsOf(excerpt.source) <= room, excerpt.source);
        assert.ok(excerpt.indent + excerpt.width <= room + 1);
        assert.equal(printable(excerpt.source), excerpt.source);
      }),
    );
  });
});
