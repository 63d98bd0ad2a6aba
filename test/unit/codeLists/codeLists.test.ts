import assert from "node:assert/strict";
import { ratesEver, ratesIn } from "../../../src/codeLists/rates.ts";
import { isReturnCategory, returnTypeOf } from "../../../src/codeLists/returnCategories.ts";
import {
  foldRemark,
  selectableRemark,
  selectableRemarks,
  selectableRemarksOf,
} from "../../../src/codeLists/remarks.ts";
import { remarkFits, remarkGroup, remarkGroups, remarksFor } from "../../../src/codeLists/remarkSigns.ts";
import { specification, specifications, specificationsOf } from "../../../src/codeLists/specifications.ts";
import {
  codesWithSpecification,
  unreportableSaftCodes,
  vatCode,
  vatCodes,
  vatCodesOf,
} from "../../../src/codeLists/vatCodes.ts";

describe("code lists", () => {
  it("look codes up exactly", () => {
    assert.equal(vatCode("3")?.direction, "output");
    for (const almost of ["03", " 3", "3 ", "K3", "", "0"]) assert.equal(vatCode(almost), null, almost);
  });

  it("know SAF-T's codes that are not reported", () => {
    assert.deepEqual([...unreportableSaftCodes], ["0", "7", "20", "21", "22"]);
    for (const code of unreportableSaftCodes) assert.equal(vatCode(code), null);
  });

  it("have 25 ordinary codes, 10 for claims and 6 for reverse charge", () => {
    assert.equal(vatCodesOf("ordinary").length, 25);
    assert.deepEqual(
      vatCodesOf("compensation").map(({ code }) => code),
      ["1", "11", "13", "14", "15", "81", "83", "86", "88", "91"],
    );
    assert.deepEqual(
      vatCodesOf("reverseCharge").map(({ code }) => code),
      ["86", "87", "88", "89", "91", "92"],
    );
  });

  const permitted: readonly (readonly [Parameters<typeof codesWithSpecification>, string])[] = [
    [["tapPåKrav", "ordinary"], "1 11 12 13"],
    [["uttak", "ordinary"], "3 5 31 33"],
    [["justering", "ordinary"], "1 81"],
    [["kompensasjonsrett", "ordinary"], "81 83 86 88 91"],
    [["kompensasjonsrett", "reverseCharge"], "86 88 91"],
    [["kompensasjonsrett", "compensation"], ""],
    [["justeringMerverdiavgiftskompensasjonFastEiendom", "compensation"], "1 14 81"],
    [["justeringMerverdiavgiftskompensasjonFastEiendom", "ordinary"], ""],
  ];
  for (const [[name, type], codes] of permitted) {
    it(`permit ${name} in a ${type} return on ${codes || "no code"}`, () => {
      assert.equal(codesWithSpecification(name, type).join(" "), codes);
    });
  }

  const lowRates: readonly (readonly [string, string, string])[] = [
    ["2005-12-31", "2005-12-31", ""],
    ["2015-12-31", "2015-12-31", "8"],
    ["2016-01-01", "2016-01-01", "10"],
    ["2017-12-31", "2018-01-01", "10 12"],
    ["2020-03-31", "2020-03-31", "12"],
    ["2020-04-01", "2021-09-30", "6"],
    ["2021-01-01", "2021-12-31", "6 12"],
    ["2021-10-01", "2021-10-31", "12"],
    ["2026-01-01", "2026-12-31", "12"],
  ];
  for (const [start, end, expected] of lowRates) {
    it(`know the low rate from ${start} to ${end}: ${expected || "none"}`, () => {
      assert.equal(ratesIn("low", start, end).join(" "), expected);
    });
  }

  it("write the raw fish rate with a comma", () => {
    assert.deepEqual(ratesIn("rawFish", "2026-01-01", "2026-12-31"), ["11,11"]);
  });

  it("name every rate of a type once", () => {
    assert.deepEqual([...ratesEver("low")].sort(), ["10", "12", "6", "8"]);
  });

  it("look specifications up by name, whatever å is made of", () => {
    assert.equal(specification("tapPåKrav")?.name, "tapPåKrav");
    assert.equal(specification("tapPa\u030aKrav")?.name, "tapPåKrav");
    assert.equal(specification("tappåkrav"), null);
    assert.deepEqual(
      specificationsOf("compensation").map(({ name }) => name),
      ["justeringMerverdiavgiftskompensasjonFastEiendom"],
    );
  });

  it("count remarks per level and return type", () => {
    const count = (level: "line" | "return", type: Parameters<typeof selectableRemarksOf>[1]): number =>
      selectableRemarksOf(level, type).length;
    assert.deepEqual(
      [count("line", "ordinary"), count("line", "compensation"), count("line", "reverseCharge")],
      [24, 7, 8],
    );
    assert.deepEqual(
      [count("return", "ordinary"), count("return", "compensation"), count("return", "reverseCharge")],
      [6, 7, 1],
    );
  });

  it("find remarks whatever their capitals and blanks, but on their own level", () => {
    assert.equal(selectableRemark("KREDITNOTA", "line")?.name, "kreditnota");
    assert.equal(selectableRemark("feil\u00a0i  regnskapsprogram", "line")?.name, "feil i regnskapsprogram");
    assert.equal(selectableRemark("kreditnota", "return"), null);
    assert.equal(selectableRemark("bfu", "return")?.name, "BFU");
    assert.equal(selectableRemark("fritekstfelt", "line"), null);
  });

  it("fold remarks to one spelling", () => {
    assert.equal(foldRemark("Innførsel\u00a0av \t varer"), "innførsel av varer");
    assert.equal(foldRemark("kjo\u0308p"), "kjöp");
  });

  it("know which remarks fit a line, by sign", () => {
    const sales = remarkGroup("ordinary", "3", null, false);
    assert.ok(sales !== null);
    assert.equal(sales.expectedSign, "+");
    assert.ok(remarkFits(sales, "Omsetning før registrering", "+"));
    assert.ok(!remarkFits(sales, "store anskaffelser", "+"));
    assert.ok(!remarkFits(sales, "fritekstfelt", "+"));
    assert.ok(!remarksFor(sales, "-").includes("fritekstfelt"));
    assert.equal(remarkGroup("ordinary", "3", "justering", false), null);
    assert.equal(remarkGroup("ordinary", "81", null, true)?.expectedSign, "-");
  });

  it("only let remarks fit that can be chosen in that kind of return", () => {
    for (const group of remarkGroups) {
      for (const name of [...remarksFor(group, "+"), ...remarksFor(group, "-")]) {
        assert.ok(selectableRemark(name, "line")?.returnTypes.includes(group.returnType), `${group.code}: ${name}`);
      }
    }
  });

  it("have labels of their own in both languages", () => {
    for (const { label } of [...vatCodes, ...specifications, ...selectableRemarks]) {
      assert.ok(label.en.length > 3 && label.nb.length > 3);
      assert.notEqual(label.en, label.nb);
    }
  });

  it("know what kind of return a category is", () => {
    assert.equal(returnTypeOf("primaernaering"), "ordinary");
    assert.equal(returnTypeOf("kompensasjon"), "compensation");
    assert.equal(returnTypeOf("omvendtAvgiftsplikt"), "reverseCharge");
    assert.ok(!isReturnCategory("eHandel"));
    assert.ok(!isReturnCategory("Alminnelig"));
  });
});
