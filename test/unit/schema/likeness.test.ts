import assert from "node:assert/strict";
import fc from "fast-check";
import { likeliest } from "../../../src/validation/likeness.ts";
import { editDistance } from "../../../src/vatReturn/editDistance.ts";
import { suggestValue } from "../../../src/validation/schema/valueSuggestions.ts";
import type { SimpleType } from "../../../src/validation/schema/schemaModel.ts";

describe("likeness of words", () => {
  const candidates = [
    "alminnelig",
    "primaernaering",
    "kompensasjon",
    "uke 5",
    "uke 15",
    "mars-april",
    "sats",
    "aarlig",
  ];
  const cases: readonly (readonly [written: string, expected: string | null])[] = [
    ["alminnelig ", "alminnelig"],
    ["Alminelig", "alminnelig"],
    ["primærnæring", "primaernaering"],
    ["kopmensasjon", "kompensasjon"],
    ["uke 05", "uke 5"],
    ["mars - april", "mars-april"],
    ["mars–april", "mars-april"],
    ["årlig", "aarlig"],
    ["satt", "sats"],
    ["noe helt annet", null],
    ["", null],
    ["x".repeat(1000), null],
  ];
  for (const [written, expected] of cases) {
    it(`"${written.slice(0, 20)}": ${expected ?? "nothing near"}`, () => {
      assert.equal(likeliest(written, candidates), expected);
    });
  }

  it("is a distance", () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        assert.equal(distance, editDistance(b, a));
        assert.equal(distance === 0, a === b);
        assert.ok(distance <= Math.max(a.length, b.length) && distance >= Math.abs(a.length - b.length));
      }),
    );
  });

  it("counts two letters swapped as one mistake", () => {
    assert.equal(editDistance("mvaKode", "mvaKoed"), 1);
  });
});

describe("suggested values", () => {
  const plain: SimpleType = {
    kind: "simple",
    name: "T",
    base: "string",
    values: null,
    digits: null,
    maximumLength: null,
  };
  const cases: readonly (readonly [base: SimpleType["base"] | 9, found: string, expected: string | null])[] = [
    ["decimal", "1,5", "1.5"],
    ["decimal", "1 250,75", "1250.75"],
    ["decimal", "1\u00a0250", "1250"],
    ["decimal", "\u2212100", "-100"],
    ["decimal", "20.000,50", "20000.50"],
    ["decimal", "500,-", "500"],
    ["decimal", "kr 500", "500"],
    // A thousand, or one with three decimals: nobody can tell.
    ["decimal", "1,000", null],
    ["decimal", "abc", null],
    ["gYear", "2026.", "2026"],
    ["gYear", "26", null],
    ["date", "10.06.2026", "2026-06-10"],
    ["date", "20260610", "2026-06-10"],
    ["date", "31.02.2026", null],
    ["long", "12.0", "12"],
    ["boolean", "Ja", "true"],
    ["dateTime", "2026-06-10", null],
    [9, "NO 310 419 054 MVA", "310419054"],
    [9, "31041905", null],
  ];
  for (const [base, found, expected] of cases) {
    it(`${base} "${found}": ${expected ?? "none"}`, () => {
      assert.equal(suggestValue(base === 9 ? { ...plain, digits: 9 } : { ...plain, base }, found), expected);
    });
  }
});
