import assert from "node:assert/strict";
import { elementAt, elementByPath, pathOf } from "../../../src/vatReturn/navigate.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../src/vatReturn/vatReturn.ts";
import { checkPositions } from "./positions.ts";
import { sampleReturn } from "./sampleReturn.ts";

const hundredThousand = 100_000;
const million = 1_000_000;
const names = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => write(i)).join("");

/** Inputs on which anything but linear work would take minutes; the time-out is a guard against that, no measurement. */
const attacks: readonly (readonly [what: string, make: () => string, wellFormed: boolean])[] = [
  ["100,000-deep nesting", () => "<a>".repeat(hundredThousand) + "</a>".repeat(hundredThousand), true],
  ["100,000-deep nesting without end", () => "<a>".repeat(hundredThousand), false],
  ["100,000-deep nesting of unclosed values", () => `<r>${"<a>1".repeat(hundredThousand)}</r>`, false],
  ["100,000 half-typed tags", () => `<r>${"<a ".repeat(hundredThousand)}</r>`, false],
  ["100,000 half-typed tags with children", () => `<r>${"<a <b/>".repeat(hundredThousand)}</r>`, false],
  ["100,000 half-typed tags in each other's children", () => `<r>${"<a <b>".repeat(hundredThousand)}</r>`, false],
  [
    "100,000 end tags too many in deep nesting",
    () => "<a>".repeat(hundredThousand) + "</b>".repeat(hundredThousand),
    false,
  ],
  ["100,000 end tags too many", () => `<a>${"</b>".repeat(hundredThousand)}</a>`, false],
  [
    "a namespace declaration on each of 100,000 levels",
    () => {
      const open = names(hundredThousand, (i) => `<p0:a xmlns:p${i}="urn:${i}">`);
      return open + "</p0:a>".repeat(hundredThousand);
    },
    true,
  ],
  ["100,000 attributes", () => `<a${names(hundredThousand, (i) => ` a${i}="1"`)}/>`, true],
  ["100,000 attributes of one name", () => `<a${' b="1"'.repeat(hundredThousand)}/>`, false],
  ["100,000 prefixed attributes", () => `<a xmlns:p="u"${names(hundredThousand, (i) => ` p:a${i}="1"`)}/>`, true],
  ["a 10 MB attribute", () => `<a b="${"x".repeat(10 * million)}"/>`, true],
  ["a 10 MB attribute that is never closed", () => `<a b="${"x".repeat(10 * million)}`, false],
  ["1,000,000 attributes with < in one line", () => `<a ${"b='<".repeat(million)}`, false],
  ["a 10 MB name", () => `<${"x".repeat(10 * million)}/>`, true],
  ["1 MB of <", () => "<".repeat(million), false],
  ["1 MB of < in an element", () => `<a>${"<".repeat(million)}</a>`, false],
  ["1 MB of &", () => `<a>${"&".repeat(million)}</a>`, false],
  ["1 MB of unfinished references", () => `<a>${"&a".repeat(million / 2)}</a>`, false],
  ["one unfinished reference of 1 MB", () => `<a>&${"a".repeat(million)}</a>`, false],
  ["one character reference of 1 MB", () => `<a>&#${"9".repeat(million)};</a>`, false],
  ["1 MB of unfinished character references", () => `<a>${"&#1".repeat(million / 3)}</a>`, false],
  ["1 MB of unfinished comments", () => `<a>${"<!--".repeat(million / 4)}</a>`, false],
  ["1 MB of unfinished CDATA sections", () => `<a>${"<![CDATA[".repeat(million / 9)}</a>`, false],
  ["1 MB of unfinished instructions", () => `<a>${"<?p".repeat(million / 3)}</a>`, false],
  ["1 MB of unfinished declarations", () => `<a>${"<!x".repeat(million / 3)}</a>`, false],
  ["1 MB of unfinished document type declarations", () => "<!DOCTYPE".repeat(million / 9), false],
  [
    "quotes that are never closed in a document type declaration",
    () => `<!DOCTYPE a [${`"'<!--<?`.repeat(100_000)}`,
    false,
  ],
  ["100,000 comments in one element", () => `<a>${"x<!--y-->".repeat(hundredThousand)}</a>`, true],
  ["100,000 root elements", () => "<a/>".repeat(hundredThousand), false],
  ["1 MB of white space in an end tag", () => `<a></a${" ".repeat(million)}>`, true],
  ["1 MB of white space in an XML declaration", () => `<?xml version="1.0"${" ".repeat(million)}x?><a/>`, false],
  ["1 MB of NUL", () => `<a>${"\0".repeat(million)}</a>`, false],
  ["1 MB of lone surrogates", () => `<a>${"\ud800".repeat(million)}</a>`, false],
  [
    "billion laughs",
    () => `<!DOCTYPE a [<!ENTITY a "ha">${names(10, (i) => `<!ENTITY a${i} "${`&a;`.repeat(10)}">`)}]><a>&a9;</a>`,
    false,
  ],
  ["an amount of 1 MB", () => sampleReturn(1).replace(">1000<", `>${"9".repeat(million)}<`), true],
  ["an amount in 1 MB of white space", () => sampleReturn(1).replace(">1000<", `>${" ".repeat(million)}1 x<`), true],
];

describe("documents made to hurt", () => {
  for (const [what, make, wellFormed] of attacks) {
    it(`survives ${what}`, function () {
      this.timeout(180_000);
      const document = parseXml(make());
      assert.equal(document.problems.length === 0, wellFormed);
      assert.ok(document.problems.length <= 100);
      checkPositions(document);
      if (document.root === null) return;
      readVatReturn(document.root);
      assert.ok(document.root.text.length <= document.text.length);
    });
  }

  it("expands nothing and fetches nothing that a document type declaration names", () => {
    const document = parseXml(
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "why">]><a>&x;&y;&lt;</a>',
    );
    assert.ok(document.hasDocumentType);
    assert.equal(document.root?.text, "&x;&y;<");
  });

  it("finds the way in a return of 10,000 lines without starting over for each", function () {
    this.timeout(180_000);
    const document = parseXml(sampleReturn(10_000));
    assert.ok(document.root);
    const { lines } = readVatReturn(document.root);
    const rates = lines.map(({ sats }) => (sats === null ? "" : pathOf(sats.element)));
    assert.equal(rates[9_999], "/mvaMeldingDto/skattegrunnlagOgBeregnetSkatt/mvaSpesifikasjonslinje[10000]/sats");
    assert.ok(lines.every(({ sats }, index) => elementByPath(document, rates[index] ?? "") === sats?.element));
    assert.ok(lines.every(({ element }) => elementAt(document, element.nameRange.start) === element));
  });
});
