import assert from "node:assert/strict";
import fc from "fast-check";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../src/vatReturn/vatReturn.ts";
import { mutated, nearlyWellFormed, soup } from "./generatedXml.ts";
import { checkPositions } from "./positions.ts";
import { runs, sampleReturn } from "./sampleReturn.ts";

/** No document of the size used here may take longer; a guard against hanging, not a measurement. */
const hangAfter = 1000;

describe("positions", () => {
  it("are exact", () => {
    const text = '<?xml version="1.0"?>\r\n<r xmlns="u" a = "1 &amp; 2">\n  <b> x<!-- c -->y </b><c/>\n</r>';
    const root = parseXml(text).root;
    const [b, c] = root?.children ?? [];
    assert.ok(root && b && c);
    const shown = (range: { start: number; end: number } | null) =>
      range === null ? null : text.slice(range.start, range.end);
    assert.deepEqual(
      {
        startTag: shown(root.startTag),
        endTag: shown(root.endTag),
        attribute: root.attributes.map(({ range, nameRange, valueRange }) => [range, nameRange, valueRange].map(shown)),
        attributeValue: root.attributes[1]?.value,
        b: [shown(b.range), shown(b.nameRange), shown(b.contentRange), shown(b.valueRange), b.text],
        c: [shown(c.range), shown(c.startTag), shown(c.endTag), shown(c.contentRange), c.contentRange.start],
      },
      {
        startTag: '<r xmlns="u" a = "1 &amp; 2">',
        endTag: "</r>",
        attribute: [
          ['xmlns="u"', "xmlns", "u"],
          ['a = "1 &amp; 2"', "a", "1 &amp; 2"],
        ],
        attributeValue: "1 & 2",
        b: ["<b> x<!-- c -->y </b>", "b", " x<!-- c -->y ", "x<!-- c -->y", " xy "],
        c: ["<c/>", "<c/>", null, "", text.indexOf("<c/>") + 4],
      },
    );
  });

  for (const [name, value] of [
    ["blank text", "<a> \n </a>"],
    ["no text", "<a></a>"],
    ["children only", "<a> <b>1</b> </a>"],
  ] as const) {
    it(`underline the whole content where there is ${name}`, () => {
      const root = parseXml(value).root;
      assert.deepEqual(root?.valueRange, root?.contentRange);
    });
  }

  it("underline own text around children, and inside CDATA", () => {
    const mixed = "<a> x <b/> y </a>";
    const cdata = "<a> <![CDATA[ x ]]> </a>";
    for (const [text, expected] of [
      [mixed, "x <b/> y"],
      [cdata, "x"],
    ] as const) {
      const range = parseXml(text).root?.valueRange;
      assert.equal(text.slice(range?.start, range?.end), expected);
    }
  });

  const documents = [
    ["well-formed and nearly well-formed documents", nearlyWellFormed],
    ["markup in any order", soup],
    ["markup in any order inside elements", soup.map((text) => `<a><b>1</b>${text}<c>2</c></a>`)],
    ["mutated returns", mutated(sampleReturn(4))],
    ["any text", fc.string({ unit: "binary", maxLength: 200 })],
  ] as const;
  for (const [what, arbitrary] of documents) {
    it(`hold for ${what}, and a return can be read`, function () {
      this.timeout(1_200_000);
      fc.assert(
        fc.property(arbitrary, (text) => {
          const started = performance.now();
          const document = parseXml(text);
          if (document.root !== null) {
            const vatReturn = readVatReturn(document.root);
            assert.ok(vatReturn.lines.every((line, index) => line.index === index));
          }
          assert.ok(performance.now() - started < hangAfter);
          checkPositions(document);
        }),
        { numRuns: runs(1000, 20_000) },
      );
    });
  }
});
