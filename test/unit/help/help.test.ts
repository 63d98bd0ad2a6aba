import assert from "node:assert/strict";
import { completionsAt } from "../../../src/validation/help/completions.ts";
import { hoverAt } from "../../../src/validation/help/hover.ts";
import { jsonPlaces } from "../../../src/validation/jsonPlaces.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { modelOf, today } from "../fixes/support.ts";
import { changed, smallReturn } from "../schema/returns.ts";

/** The small return with a cursor `|` put in, and where it stands. */
function at(found: string, by: string): { readonly text: string; readonly offset: number } {
  const marked = changed(smallReturn, [found, by]);
  const offset = marked.indexOf("|");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

describe("hovers", () => {
  const rows: readonly (readonly [string, string, string, RegExp])[] = [
    ["a code", "<mvaKode>3<", "<mvaKode>|3<", /domestic sales.*standard rate: 25 %.*mvaKode/s],
    ["a rate", "<sats>25<", "<sats>2|5<", /standard rate, 2005-01-01/],
    ["a category", ">alminnelig<", ">almin|nelig<", /general industries/],
    [
      "an element's name",
      "<fastsattMerverdiavgift>",
      "<fastsatt|Merverdiavgift>",
      /^\*\*\\<fastsattMerverdiavgift\\>\*\*\n\n\w/,
    ],
    ["an end tag", "</aar>", "</a|ar>", /aar/],
  ];
  for (const [what, found, by, expected] of rows) {
    it(`say what ${what} means`, () => {
      const { text, offset } = at(found, by);
      const hover = hoverAt(parseXml(text), offset, modelOf);
      assert.ok(hover !== null);
      assert.match(hover.text.en, expected);
      assert.notEqual(hover.text.nb, hover.text.en);
      assert.ok(hover.range.start <= offset && offset <= hover.range.end + 20);
    });
  }

  it("say nothing between elements and in other documents", () => {
    const { text, offset } = at("<innsending>\n", "<innsending>\n |");
    assert.equal(hoverAt(parseXml(text), offset, modelOf), null);
    assert.equal(hoverAt(parseXml("<project>x</project>"), 10, modelOf), null);
  });
});

describe("completions", () => {
  const rows: readonly (readonly [string, string, string, readonly string[], readonly string[]])[] = [
    ["codes of the category", "<mvaKode>3<", "<mvaKode>|<", ["3", "81", "92"], ["0", "20"]],
    ["rates of the code in the period", "<sats>25<", "<sats>|<", ["25"], ["15", "0"]],
    ["categories that are received", ">alminnelig<", ">|<", ["kompensasjon"], ["eHandel"]],
    ["the values of the period", ">mars-april<", ">|<", ["januar-februar"], ["januar"]],
    ["the sum of the lines", ">100<", ">|<", ["100"], ["125"]],
    ["basis × rate", ">125<", ">|<", ["125"], []],
    ["what can come next in a line", "<sats>25</sats>", "<|", ["sats"], ["mvaKode", "grunnlag", "merknad"]],
    [
      "remarks that fit the line",
      "<merverdiavgift>-25</merverdiavgift>",
      "<merverdiavgift>-25</merverdiavgift><merknad><utvalgtMerknad>|</utvalgtMerknad></merknad>",
      ["forsikringsoppgjør"],
      ["demobil", "fritekstfelt"],
    ],
  ];
  for (const [what, found, by, wanted, unwanted] of rows) {
    it(`offer ${what}`, () => {
      const { text, offset } = at(found, by);
      const labels = completionsAt(parseXml(text), offset, modelOf, today).map(({ label }) => label);
      for (const label of wanted) assert.ok(labels.includes(label), `${label} is not in ${labels.join(", ")}`);
      for (const label of unwanted) assert.ok(!labels.includes(label), `${label} is in ${labels.join(", ")}`);
    });
  }

  it("replace what was typed of a tag", () => {
    const { text, offset } = at("<sats>25</sats>", "<sa|");
    const [sats] = completionsAt(parseXml(text), offset, modelOf, today);
    assert.ok(sats !== undefined);
    assert.equal(text.slice(sats.range.start, sats.range.end), "<sa");
    assert.equal(sats.insert, "<sats></sats>");
  });
});

describe("places in JSON", () => {
  const text = '{ "a": [ { "b": "x, ]" }, { "c\\"d": {"e": null} } ], "f": 12 }';
  const rows: readonly (readonly [string, string])[] = [
    ["a[0].b", '"x, ]"'],
    ["a[1]", '{ "c\\"d": {"e": null} }'],
    ['a[1].c"d.e', "null"],
    ["f", "12"],
    ["a[0].missing", "{"],
    ["", "{"],
    ["nowhere.at.all", "{"],
  ];
  for (const [path, expected] of rows) {
    it(`are found: ${path}`, () => {
      const { start, end } = jsonPlaces(text)(path);
      assert.equal(text.slice(start, end), expected);
    });
  }

  it("are somewhere in whatever text", () => {
    for (const broken of ["", "{", "]", '{"a":', '"', "[1,", "}{"]) {
      const { start, end } = jsonPlaces(broken)("a[0].b");
      assert.ok(start <= end && end <= broken.length, broken);
    }
  });
});
