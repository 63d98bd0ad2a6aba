import assert from "node:assert/strict";
import {
  attributeNamed,
  childNamed,
  childrenNamed,
  elementAt,
  elementByPath,
  pathOf,
} from "../../../src/vatReturn/navigate.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import type { XmlElement } from "../../../src/vatReturn/xml.ts";

const text = '<r xmlns="u" xmlns:o="v"><a>1</a><b/><a x="1"><c/></a><o:a/><p xmlns="w"><q/></p></r>';
const document = parseXml(text);
const root = document.root;

function everyElement(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap(everyElement)];
}

describe("navigation", () => {
  it("finds children in the element's own namespace only", () => {
    assert.ok(root);
    assert.equal(childNamed(root, "a")?.text, "1");
    assert.equal(childrenNamed(root, "a").length, 2);
    assert.equal(childNamed(root, "p"), null);
    assert.equal(childNamed(root, "x"), null);
  });

  it("finds attributes as they are written", () => {
    const second = elementByPath(document, "/r/a[2]");
    assert.ok(second);
    assert.equal(attributeNamed(second, "x")?.value, "1");
    assert.equal(attributeNamed(second, "y"), null);
  });

  it("writes paths with an index on repeated names only, and finds them again", () => {
    assert.ok(root);
    const elements = everyElement(root);
    assert.deepEqual(elements.map(pathOf), [
      "/r",
      "/r/a[1]",
      "/r/b",
      "/r/a[2]",
      "/r/a[2]/c",
      "/r/a[3]",
      "/r/p",
      "/r/p/q",
    ]);
    for (const element of elements) assert.equal(elementByPath(document, pathOf(element)), element);
  });

  for (const [path, expected] of [
    ["/r", "/r"],
    ["/*", "/r"],
    ["/r[1]", "/r"],
    ["/r/a", "/r/a[1]"],
    ["/x:r/y:b", "/r/b"],
    ["/*/*[3]/*", "/r/a[2]/c"],
    ["/r/*[5]", "/r/p"],
    ["/r/a[4]", null],
    ["/r/a[0]", null],
    ["/x", null],
    ["/r/a/c", null],
    ["r", null],
    ["", null],
    ["/", null],
    ["/r/", null],
    ["/r/a[x]", null],
    ["/r/constructor", null],
  ] as const) {
    it(`${path === "" ? "an empty path" : path} leads to ${expected ?? "nothing"}`, () => {
      const found = elementByPath(document, path);
      assert.equal(found === null ? null : pathOf(found), expected);
    });
  }

  for (const [marked, expected] of [
    ["|<a><b>1</b></a>", "/a"],
    ["<a><b>1|</b></a>", "/a/b"],
    ["<a><b>1</b|></a>", "/a/b"],
    ["<a><b>1</b>|</a>", "/a"],
    ["<a><b>1</b>|<c/></a>", "/a/c"],
    ["<a><b/>|</a>", "/a"],
    ["<a><b>1</b></a>|", null],
    [" |<a/>", "/a"],
    ["| <a/>", null],
    ["<a><mvaK|", "/a/mvaK"],
    ["<a><mvaK|\n<b/></a>", "/a/mvaK"],
    ["<a><b>1|", "/a/b"],
    ["<a/><b>|</b>", "/b"],
  ] as const) {
    it(`${JSON.stringify(marked)} is in ${expected ?? "no element"}`, () => {
      const found = elementAt(parseXml(marked.replace("|", "")), marked.indexOf("|"));
      assert.equal(found === null ? null : pathOf(found), expected);
    });
  }
});
