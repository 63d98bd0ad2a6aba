import assert from "node:assert/strict";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import type { XmlElement } from "../../../src/vatReturn/xml.ts";

/** A tree in short: `a(b="1" c)`; text left out where it is blank. */
function outline(element: XmlElement): string {
  const text = element.text.trim();
  const children = element.children.map(outline).join(" ");
  return `${element.name}${text === "" ? "" : `="${text}"`}${children === "" ? "" : `(${children})`}`;
}

/** input | problems as `code@underlined text` | what is still read */
const cases: readonly (readonly [text: string, problems: readonly string[], tree: string])[] = [
  // Elements that are never closed
  ["<a><b></a>", ["element-not-closed@b"], "a(b)"],
  ["<a><b>1<c>2</c></a>", ["element-not-closed@b"], 'a(b="1" c="2")'],
  ["<a><b> <c>2</c></a>", ["element-not-closed@b"], 'a(b(c="2"))'],
  ["<a><b>1<c>2<d>3</d></a>", ["element-not-closed@b", "element-not-closed@c"], 'a(b="1" c="2" d="3")'],
  ["<a><b>", ["document-ends-early@b"], "a(b)"],
  ["<a><b/>", ["element-not-closed@a"], "a(b)"],
  ["<a><l><k>1</k></l><l><k>2</k><l><k>3</k></l></a>", ["element-not-closed@l"], 'a(l(k="1") l(k="2" l(k="3")))'],
  // End tags that do not fit
  ["<a><kode>1</kod><b/></a>", ["end-tag-mismatch@kod"], 'a(kode="1" b)'],
  ["<a><kod>1</kode><b/></a>", ["end-tag-mismatch@kode"], 'a(kod="1" b)'],
  ["<a><b>1</x><c/></a>", ["end-tag-mismatch@x"], 'a(b="1" c)'],
  ["<a><linje><b/></Linje><c/></a>", ["end-tag-mismatch@Linje"], "a(linje(b) c)"],
  ["<a><b/></x><c/></a>", ["end-tag-without-start@x"], "a(b c)"],
  ["<a><b/></b><c/></a>", ["end-tag-without-start@b"], "a(b c)"],
  ["<a/></a>", ["end-tag-without-start@a"], "a"],
  ["<a><b>1</><c/></a>", ["end-tag-without-name@</>"], 'a(b="1" c)'],
  ["<a><b>1</b<c/></a>", ["end-tag-not-closed@</b"], 'a(b="1" c)'],
  ["<a><b>1</b x><c/></a>", ["content-in-end-tag@ x"], 'a(b="1" c)'],
  ["<a><b>1</b></a", ["end-tag-not-closed@</a"], 'a(b="1")'],
  ["<a><b>1</b></", ["end-tag-without-name@</"], 'a(b="1")'],
  // Half-typed start tags
  ["<mvaK", ["start-tag-not-closed@mvaK"], "mvaK"],
  ["<a>\n<mvaK\n<b>1</b></a>", ["start-tag-not-closed@mvaK"], 'a(mvaK b="1")'],
  ["<a>\n<mvaKode\n</a>", ["start-tag-not-closed@mvaKode"], "a(mvaKode)"],
  ["<a><mvaKode</mvaKode><b/></a>", ["start-tag-not-closed@mvaKode"], "a(mvaKode b)"],
  ["<a><mvaKode 1</mvaKode><b/></a>", ["start-tag-not-closed@mvaKode"], "a(mvaKode b)"],
  ["<a><l<k>1</k></l><b/></a>", ["start-tag-not-closed@l"], 'a(l(k="1") b)'],
  [
    "<a><x <y <z <b>1</b></a>",
    ["start-tag-not-closed@x", "start-tag-not-closed@y", "start-tag-not-closed@z"],
    'a(x y z b="1")',
  ],
  ["<mvaK\n<a><b>1</b></a>", ["start-tag-not-closed@mvaK"], 'a(b="1")'],
  ["<a b=", ["start-tag-not-closed@a"], "a"],
  ["<a><x b=<c>1</c></a>", ["start-tag-not-closed@x"], 'a(x c="1")'],
  ['<a b="x', ['attribute-value-not-closed@"x'], "a"],
  ['<a><x b="y\n<c>1</c></a>', ['attribute-value-not-closed@"y'], 'a(x c="1")'],
  ['<a><x b="y><c d="1">2</c></x></a>', ['attribute-value-not-closed@"y'], 'a(x(c="2"))'],
  ['<a><x b="y/>\n<c>1</c></a>', ['attribute-value-not-closed@"y'], 'a(x c="1")'],
  ['<a b="x<y">1</a>', ["less-than-in-attribute@<"], 'a="1"'],
  // Attributes
  ["<a b=1 c>2</a>", ["attribute-value-not-quoted@1", "attribute-without-value@c"], 'a="2"'],
  ["<a b= >2</a>", ["attribute-without-value@b="], 'a="2"'],
  ["<a b='1'c='2'/>", ["missing-space-before-attribute@c"], "a"],
  ["<a b='1' b='2'/>", ["duplicate-attribute@b"], "a"],
  ["<a ,; b='1'/>", ["unexpected-character-in-tag@,;"], "a"],
  ["<a / >1</a>", ["unexpected-character-in-tag@/"], 'a="1"'],
  // Text
  ["<a>1 & 2</a>", ["stray-ampersand@&"], 'a="1 & 2"'],
  ["<a>R&D</a>", ["stray-ampersand@&"], 'a="R&D"'],
  ["<a>1 < 2</a>", ["stray-less-than@<"], 'a="1 < 2"'],
  ["<a>&nbsp;x</a>", ["unknown-entity@&nbsp;"], 'a="&nbsp;x"'],
  ["<a>&#0;x</a>", ["invalid-character-reference@&#0;"], 'a="&#0;x"'],
  ["<a>&#6a;x</a>", ["invalid-character-reference@&#6a;"], 'a="&#6a;x"'],
  ["<a>x]]>y</a>", ["cdata-end-in-text@]]>"], 'a="x]]>y"'],
  ["<a>x\0y</a>", ["illegal-character@\0"], 'a="x\0y"'],
  ["x<a/>", ["text-outside-root@x"], "a"],
  ["<a/> x y ", ["text-outside-root@x y"], "a"],
  ["<a/><b/><c/>", ["more-than-one-root@b"], "a"],
  // Comments and the like
  ["<a><!-- x\n<b>1</b></a>", ["comment-not-closed@<!-- x"], 'a(b="1")'],
  ["<a><!-- x -- y --><b>1</b></a>", ["double-hyphen-in-comment@--"], 'a(b="1")'],
  ["<a><![CDATA[x<b>1</b></a>", ["cdata-not-closed@<![CDATA[x"], 'a="x"(b="1")'],
  ["<a><?p x\n<b>1</b></a>", ["processing-instruction-not-closed@<?p x"], 'a(b="1")'],
  ["<a><!x><b>1</b></a>", ["unknown-declaration@<!x>"], 'a(b="1")'],
  [' <?xml version="1.0"?><a/>', ['misplaced-xml-declaration@<?xml version="1.0"?>'], "a"],
  // Namespaces
  ["<p:a/>", ["undeclared-prefix@p"], "p:a"],
  ["<a:b:c/>", ["malformed-name@a:b:c"], "a:b:c"],
  // A document type declaration settles the matter
  [
    "<!DOCTYPE a [<!ENTITY x '>]'>]><a>&x;</b></a>",
    ["document-type-declaration@<!DOCTYPE a [<!ENTITY x '>]'>]>"],
    'a="&x;"',
  ],
  [
    "<!DOCTYPE a SYSTEM 'http://localhost/x.dtd'><a/>",
    ["document-type-declaration@<!DOCTYPE a SYSTEM 'http://localhost/x.dtd'>"],
    "a",
  ],
  ["<!doctype a><a/>", ["document-type-declaration@<!doctype a>"], "a"],
  ["", ["missing-root-element@"], ""],
];

describe("broken XML", () => {
  for (const [text, problems, tree] of cases) {
    it(`${JSON.stringify(text)} gives ${problems.map((problem) => problem.split("@")[0]).join(", ")}`, () => {
      const document = parseXml(text);
      const found = document.problems.map(({ code, range }) => `${code}@${text.slice(range.start, range.end)}`);
      assert.deepEqual(found, problems);
      assert.equal(document.root === null ? "" : outline(document.root), tree);
      for (const { message } of document.problems) {
        assert.ok(message.en.length > 10 && message.nb.length > 10 && message.en !== message.nb);
      }
    });
  }

  it("says where an unclosed element is cut short", () => {
    const text = "<a><b></a>";
    const [problem] = parseXml(text).problems;
    assert.ok(problem);
    assert.deepEqual(
      problem.related.map(({ range }) => text.slice(range.start, range.end)),
      ["</a>"],
    );
    assert.deepEqual(problem.message, {
      en: "<b> is never closed: </b> is missing.",
      nb: "<b> blir aldri lukket: </b> mangler.",
    });
  });

  it("shows the start tag that an end tag does not match", () => {
    const text = "<a><kode>1</kod></a>";
    const [problem] = parseXml(text).problems;
    assert.deepEqual(
      problem?.related.map(({ range }) => text.slice(range.start, range.end)),
      ["kode"],
    );
  });

  it("names everything that is open where the document ends", () => {
    const { problems } = parseXml("<a><b><c>");
    assert.deepEqual(
      problems.map(({ data }) => data["missing"]),
      ["</c> </b> </a>"],
    );
  });

  it("reports at most a hundred problems and counts the rest", () => {
    const document = parseXml(`<a>${"&".repeat(1000)}</a>`);
    assert.equal(document.problems.length, 100);
    assert.equal(document.omittedProblems, 900);
  });

  it("keeps long names out of messages", () => {
    const name = "x".repeat(100_000);
    const [problem] = parseXml(`<a><${name}></a>`).problems;
    assert.ok((problem?.message.en.length ?? 0) < 300);
  });

  it("keeps a whole return readable while a tag is being typed in it", () => {
    const whole = parseXml("<r><l><k>1</k><g>2</g></l><l><k>3</k></l></r>");
    const typing = parseXml("<r><l><k>1</k>\n<me\n<g>2</g></l><l><k>3</k></l></r>");
    assert.equal(whole.root === null ? "" : outline(whole.root), 'r(l(k="1" g="2") l(k="3"))');
    assert.equal(typing.root === null ? "" : outline(typing.root), 'r(l(k="1" me g="2") l(k="3"))');
  });
});
