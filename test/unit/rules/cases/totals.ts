import { fromInteger } from "../../../../src/vatReturn/decimal.ts";
import { rule } from "./ruleCase.ts";
import type { RuleCase } from "./ruleCase.ts";

const twelveMore = Array.from({ length: 13 }, () => "3 100*25=25");

const ceiling = {
  options: { maximumBasis: fromInteger(1000) },
  assumed: /^R085: the highest basis was taken to be 1000 kroner\.$/,
} as const;

export const totalCases: readonly RuleCase[] = [
  ...rule("R018", {
    bad: [
      {
        why: "one krone too much",
        lines: ["3 100*25=25"],
        total: 26,
        at: "/fastsattMerverdiavgift",
        says: /add up to 25.*26.*1 apart.*may let/,
      },
      { why: "far off", lines: ["3 100*25=25", "1 =-5"], total: 2000, says: /1980 apart\.$/ },
      { why: "the wrong sign", lines: ["1 =-25"], total: 25 },
      { why: "a total without lines", lines: [], total: 10 },
      { why: "a line with specification is left out", lines: ["3 100*25=25", "3 100*25=25 #uttak"], total: 25 },
      { why: "a hundredth of a krone", lines: ["3 100*25=25"], total: "25.01" },
      { why: "more digits than a float has", lines: ["3 1=9007199254740993"], total: "9007199254740992" },
    ],
    good: [
      { why: "the sum", lines: ["3 100*25=25", "1 =-5"], total: 20 },
      { why: "nothing of nothing", lines: [], total: 0 },
      { why: "zero with a sign", lines: [], total: "-0" },
      { why: "trailing zeros", lines: ["3 100*25=25"], total: "25.00" },
      { why: "tenths, exactly", lines: ["3 1=0.1", "3 1=0.2"], total: "0.3" },
    ],
    open: [
      { why: "no total", lines: [], total: null },
      { why: "a total that is no number", total: "12,5" },
      { why: "a line without VAT", lines: ["3 100*25=?"], total: 25 },
    ],
  }),
  ...rule("R019", {
    bad: [
      {
        why: "11 off, allowed 10",
        lines: ["3 10000*25=2511"],
        at: "/merverdiavgift",
        says: /10000 × 25 % = 2500, but the line says 2511, allowed ±10/,
      },
      { why: "11 off downwards", lines: ["3 10000*25=2489"] },
      {
        why: "with the cut shown",
        lines: ["3 14141*25=3600"],
        says: /14141 × 25 % = 3535.25 → 3535, but the line says 3600/,
      },
      { why: "nothing instead of 100", lines: ["3 400*25=0"] },
      {
        why: "one off, strictly",
        lines: ["3 -14141*25=-3536"],
        options: { tolerance: "strict" },
        says: /-3535.25 → -3535, but the line says -3536\.$/,
      },
      { why: "15 off with 14 lines", lines: [...twelveMore, "3 10000*25=2515"] },
      { why: "a comma rate", lines: ["32 20000*11,11=2233"] },
      { why: "a point rate", lines: ["32 20000*11.11=2233"] },
      { why: "VAT on a zero rate", lines: ["5 1000*0=11"] },
      { why: "the wrong sign", lines: ["3 -100*25=25"] },
    ],
    good: [
      { why: "decimals cut", lines: ["3 14141*25=3535"], options: { tolerance: "strict" } },
      { why: "cut towards zero", lines: ["3 -14141*25=-3535"], options: { tolerance: "strict" } },
      { why: "raw fish, exactly", lines: ["32 20000*11,11=2222"], options: { tolerance: "strict" } },
      { why: "raw fish, cut", lines: ["32 900*11,11=99"], options: { tolerance: "strict" } },
      { why: "one off", lines: ["3 -14141*25=-3536"] },
      { why: "10 off", lines: ["3 10000*25=2510"] },
      { why: "11 off with 14 lines", lines: [...twelveMore, "3 10000*25=2511"] },
      { why: "14 off with 14 lines", lines: [...twelveMore, "3 10000*25=2514"] },
      { why: "nothing instead of 10", lines: ["3 40*25=0"] },
      { why: "below one krone", lines: ["3 3*25=0"], options: { tolerance: "strict" } },
      { why: "the zero rate", lines: ["5 20000*0=0"], options: { tolerance: "strict" } },
      { why: "no basis", lines: ["1 =-2500"] },
      { why: "no rate is another rule's business", lines: ["3 10000=1"] },
      { why: "a rate that is no number too", lines: ["3 10000*25 %=1"] },
      { why: "decimals in amounts are computed with", lines: ["3 10.40*25=2"], options: { tolerance: "strict" } },
    ],
    open: [
      { why: "an unreadable basis", lines: ["3 1,5*25=1"] },
      { why: "no VAT", lines: ["3 100*25=?"] },
    ],
  }),
  ...rule("R082", {
    bad: [
      {
        why: "VAT with decimals",
        lines: ["3 100*25=25.50"],
        total: 25,
        at: "/merverdiavgift",
        says: /25.5 has decimals. Write 25/,
      },
      { why: "a basis with decimals", lines: ["3 100.01*25=25"], at: "/grunnlag" },
      { why: "both on one line are one finding", lines: ["3 100.01*25=25.1"], total: 25, at: "/grunnlag" },
      { why: "a total with decimals", total: "0.5", at: "/fastsattMerverdiavgift" },
      { why: "a line and the total", lines: ["1 =-2.5"], at: ["/fastsattMerverdiavgift", "/merverdiavgift"] },
      { why: "a negative amount", lines: ["1 =-0.01"], total: 0 },
    ],
    good: [
      { why: "whole kroner", lines: ["3 100*25=25"] },
      { why: "zeros behind the point", lines: ["3 100.00*25=25.0"] },
      { why: "signs and zeros", lines: ["3 +100*25=25"], total: "+025" },
      { why: "minus nothing", lines: ["1 =-0"] },
    ],
    open: [
      { why: "no total", total: null },
      { why: "an amount that is no number", lines: ["3 1,5*25=1"] },
    ],
  }),
  ...rule("R085", {
    bad: [
      { why: "one above", lines: ["3 1001*25=250"], ...ceiling, at: "/grunnlag" },
      { why: "far above", lines: ["3 99999999999*25=250"], ...ceiling },
    ],
    good: [
      { why: "at the ceiling", lines: ["3 1000*25=250"], ...ceiling },
      { why: "a large negative basis", lines: ["3 -99999999999*25=250"], options: ceiling.options },
      { why: "no ceiling is known, and no basis is above 0", lines: ["1 =-25", "6 0*0=0", "3 -1*25=0"] },
      { why: "no lines" },
    ],
    open: [
      { why: "no ceiling is known", lines: ["3 99999999999*25=250"], because: "setting" },
      { why: "no ceiling is known, and a basis of 1", lines: ["3 1*25=0"], because: "setting" },
      { why: "an unreadable basis", lines: ["3 x*25=250"], options: ceiling.options },
      { why: "an unreadable basis, and no ceiling is known", lines: ["3 x*25=250", "3 1*25=0"] },
    ],
  }),
  ...rule("R122", {
    bad: [
      { why: "VAT above the basis", lines: ["3 100*25=101"], at: "/merverdiavgift" },
      { why: "VAT equal to the basis", lines: ["3 100*25=100"] },
      { why: "in a reverse-charge return", category: "omvendtAvgiftsplikt", lines: ["87 25*25=100"] },
    ],
    good: [
      { why: "VAT just below the basis", lines: ["3 100*25=99"] },
      { why: "a basis of 0", lines: ["3 0*25=10"] },
      { why: "a negative basis", lines: ["3 -100*25=25"] },
      { why: "negative VAT", lines: ["3 100*25=-25"] },
      { why: "no basis", lines: ["1 =25"] },
    ],
    open: [{ why: "no VAT", lines: ["3 100*25=?"] }],
  }),
  ...rule("R127", {
    bad: [
      { why: "exactly 100 kroner of VAT", lines: ["3 400*25=0"], at: "/merverdiavgift", says: /400 × 25 % = 100/ },
      { why: "far above", lines: ["31 1000000*15=0"] },
      { why: "a two-sided code", lines: ["86 400*25=0"] },
      { why: "in a reverse-charge return", category: "omvendtAvgiftsplikt", lines: ["87 400*25=0"] },
      { why: "raw fish", lines: ["32 901*11,11=0"] },
    ],
    good: [
      { why: "just below 100 kroner", lines: ["3 399*25=0"] },
      { why: "raw fish just below", lines: ["32 900*11,11=0"] },
      { why: "the zero rate", lines: ["5 1000000*0=0"] },
      { why: "a negative basis", lines: ["3 -1000*25=0"] },
      { why: "an input code", lines: ["1 1000*25=0"] },
      { why: "VAT of one krone", lines: ["3 1000*25=1"] },
    ],
    open: [{ why: "no VAT", lines: ["3 400*25=?"] }],
  }),
  ...rule("R084", {
    bad: [
      { why: "a total to pay", total: 1, at: "/fastsattMerverdiavgift" },
      { why: "a refund", total: -1, category: "primaernaering" },
    ],
    good: [
      { why: "nothing", total: 0 },
      { why: "a line of zero", total: 5, lines: ["6 0*0=0"] },
    ],
    open: [{ why: "no total", total: null }],
  }),
  ...rule("R100", {
    bad: [
      { why: "a claim", category: "kompensasjon", total: -30000 },
      { why: "one krone", category: "kompensasjon", total: 1 },
    ],
    good: [
      { why: "nothing", category: "kompensasjon", total: 0 },
      { why: "with a line", category: "kompensasjon", lines: ["1 -100*25=-25"] },
    ],
  }),
  ...rule("R107", {
    bad: [
      { why: "a total", category: "omvendtAvgiftsplikt", total: 100 },
      { why: "a negative total", category: "omvendtAvgiftsplikt", total: -100 },
    ],
    good: [
      { why: "nothing", category: "omvendtAvgiftsplikt", total: 0 },
      { why: "with a line", category: "omvendtAvgiftsplikt", lines: ["87 100*25=25"] },
    ],
  }),
];
