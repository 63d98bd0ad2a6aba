import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { applyFix } from "../../../src/validation/fixes/index.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { Validator } from "../../../src/validation/validator.ts";
import { schemaCases } from "../schema/schemaCases.ts";
import { changed, smallEnvelope, smallReturn, type Change } from "../schema/returns.ts";
import { assertMends, assertWellMade, fixesFor, loadValidator, today, valuesOf } from "./support.ts";

const options = defaultOptions(today);

/** Findings of these cases have no fix: what was meant can't be told. */
const withoutWayOut: readonly string[] = [
  "an organisation number too short",
  "a year of two digits",
  "white space around a wrong year",
];

describe("fixes of schema findings", () => {
  let validator: Validator;
  before(async () => {
    validator = await loadValidator();
  });

  for (const { what, text, expected } of schemaCases.filter((row) => row.expected.length > 0)) {
    it(`mend ${what}`, () => {
      const result = validator.validate(text, options);
      const { findings } = result;
      const fixes = fixesFor(text);
      let offered = 0;
      for (const finding of findings.filter(({ source }) => source === "schema")) {
        for (const fix of fixes.of(finding)) {
          assertWellMade(fix, text, what);
          const after = assertMends(validator, text, finding, fix, options, result);
          if (fix.mechanical) assert.deepEqual(valuesOf(after), valuesOf(text), fix.title.en);
          offered++;
        }
      }
      assert.equal(offered >= expected.length, !withoutWayOut.includes(what), `${offered} fixes`);
    });
  }

  /** What the preferred fix makes of a mistake: changes to a valid return, and the same return mended. */
  const mended: readonly (readonly [string, readonly Change[], readonly Change[]])[] = [
    ["a misspelt element", [["<sats>25</sats>", "<satz>25</satz>"]], []],
    ["an amount with a comma", [[">125<", ">125,5<"]], [[">125<", ">125.5<"]]],
    ["a misspelt category", [["alminnelig", "Alminelig"]], []],
    ["a missing total", [["<fastsattMerverdiavgift>100</fastsattMerverdiavgift>\n    ", ""]], []],
    ["missing VAT", [["\n      <merverdiavgift>125</merverdiavgift>", ""]], []],
    [
      "a missing line element of an indented document",
      [["\n      <mvaKode>1</mvaKode>", ""]],
      [["<mvaKode>1</mvaKode>", "<mvaKode></mvaKode>"]],
    ],
    [
      "an element in the wrong place",
      [["<grunnlag>500</grunnlag>\n      <sats>25</sats>", "<sats>25</sats>\n      <grunnlag>500</grunnlag>"]],
      [],
    ],
    ["an attribute", [["<innsending>", '<innsending id="1">']], []],
    ["the same element twice", [["<sats>25</sats>", "<sats>25</sats>\n      <sats>25</sats>"]], []],
    ["an element in a value", [["<mvaKode>3", "<mvaKode><b>3</b>"]], []],
    ["another version of the namespace", [[":v1.0", ":v2.0"]], []],
    [
      "a comment inside a value",
      [["alminnelig", "<!-- a --> Alminelig <!-- b -->"]],
      [["alminnelig", "<!-- a -->alminnelig<!-- b -->"]],
    ],
    [
      "a self-closing total",
      [["<fastsattMerverdiavgift>100</fastsattMerverdiavgift>", "<fastsattMerverdiavgift/>"]],
      [],
    ],
    [
      "a missing taxpayer",
      [["<skattepliktig>\n    <organisasjonsnummer>310419054</organisasjonsnummer>\n  </skattepliktig>\n  ", ""]],
      [
        [
          "<skattepliktig>\n    <organisasjonsnummer>310419054</organisasjonsnummer>\n  </skattepliktig>",
          "<skattepliktig></skattepliktig>",
        ],
      ],
    ],
  ];
  for (const [what, mistakes, rest] of mended) {
    it(`make of ${what} what was meant, and touch nothing else`, () => {
      const text = changed(smallReturn, ...mistakes);
      const fixes = fixesFor(text);
      const result = validator.validate(text, options);
      const { findings } = result;
      const found = findings.filter(({ source }) => source === "schema").flatMap((finding) => fixes.of(finding));
      const [first] = found;
      assert.ok(first !== undefined, "there is a fix");
      assert.equal(applyFix(text, first.edits), changed(smallReturn, ...rest));
    });
  }

  it("declare the namespace of an envelope that has none, and prefer to leave it", () => {
    const result = validator.validate(smallEnvelope, options);
    const { findings } = result;
    const [finding] = findings;
    assert.ok(finding !== undefined);
    const [fix] = fixesFor(smallEnvelope).of(finding);
    assert.ok(fix !== undefined);
    assert.equal(fix.preferred, false);
    assertMends(validator, smallEnvelope, finding, fix, options, result);
  });

  it("select what only the author knows", () => {
    const text = changed(smallReturn, [
      "<periode>\n        <skattleggingsperiodeToMaaneder>mars-april</skattleggingsperiodeToMaaneder>\n      </periode>",
      "<periode/>",
    ]);
    const result = validator.validate(text, options);
    const { findings } = result;
    const [finding] = findings.filter(({ source }) => source === "schema");
    assert.ok(finding !== undefined);
    const fixes = fixesFor(text).of(finding);
    assert.equal(fixes.length, 7);
    for (const { edits, preferred } of fixes) {
      const [edit] = edits;
      const [place] = edit?.placeholders ?? [];
      assert.ok(edit !== undefined && place !== undefined && !preferred);
      assert.match(edit.newText.slice(place.start, place.end), /^[a-z 0-9-]+$/);
    }
  });

  it("of one kind go together, as far as they do not touch each other", () => {
    const text = changed(smallReturn, [">125<", ">125,5<"], [">-25<", ">-25,5<"], [">500<", ">1 500<"]);
    const result = validator.validate(text, options);
    const { findings } = result;
    const finding = findings.find(({ source }) => source === "schema");
    assert.ok(finding !== undefined);
    const all = fixesFor(text).ofKind(finding, findings);
    assert.ok(all !== null);
    assert.match(all.title.en, /Fix all 3 /);
    const after = validator.validate(applyFix(text, all.edits), options).findings;
    assert.deepEqual(
      after.filter(({ source }) => source === "schema"),
      [],
    );
  });

  for (const name of readdirSync("samples").filter((file) => file.endsWith(".xml"))) {
    it(`mend the sample ${name}`, () => {
      const text = readFileSync(`samples/${name}`, "utf8");
      const result = validator.validate(text, options);
      const { findings } = result;
      const fixes = fixesFor(text);
      for (const finding of findings) {
        for (const fix of fixes.of(finding)) {
          assertWellMade(fix, text, name);
          if (finding.source !== "syntax") assertMends(validator, text, finding, fix, options, result);
        }
        const all = fixes.ofKind(finding, findings);
        if (all !== null) assertWellMade(all, text, name);
      }
    });
  }
});

describe("fixes of syntax findings", () => {
  let validator: Validator;
  before(async () => {
    validator = await loadValidator();
  });

  const rows: readonly (readonly [string, Change, string])[] = [
    ["an ampersand", ["ref-1", "A & B"], "A &amp; B"],
    ["a less-than sign", ["ref-1", "1 < 2"], "1 &lt; 2"],
    ["a letter of HTML", ["ref-1", "S&oslash;r"], "Sør"],
    ["an unknown entity", ["ref-1", "&abc;"], "&amp;abc;"],
    ["a misspelt end tag", ["</mvaKode>", "</mvakode>"], "<mvaKode>3</mvaKode>"],
    ["an end tag too many", ["</mvaKode>", "</mvaKode></b>"], "</mvaKode>\n"],
    ["an end tag that is missing", ["<sats>25</sats>", "<sats>25"], "<sats>25</sats>"],
    ["the end of a CDATA section", ["ref-1", "a]]>b"], "a]]&gt;b"],
    ["a character that XML does not know", ["ref-1", "a\u0001b"], ">ab<"],
    ["no space between attributes", ["<innsending>", '<innsending a="1"b="2">'], '<innsending a="1" b="2">'],
  ];
  for (const [what, change, expected] of rows) {
    it(`mend ${what}`, () => {
      const text = changed(smallReturn, change);
      const result = validator.validate(text, options);
      const { findings } = result;
      const finding = findings.find(({ source }) => source === "syntax");
      assert.ok(finding !== undefined);
      const [fix] = fixesFor(text).of(finding);
      assert.ok(fix !== undefined, finding.data?.["kind"]);
      assertWellMade(fix, text, what);
      const mended = assertMends(validator, text, finding, fix, options, result);
      assert.ok(mended.includes(expected), mended);
      assert.deepEqual(
        validator.validate(mended, options).findings.filter(({ source }) => source === "syntax"),
        [],
      );
    });
  }
});
