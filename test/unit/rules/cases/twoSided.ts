import { rule } from "./ruleCase.ts";
import type { RuleCase } from "./ruleCase.ts";

const codes = ["81", "83", "86", "88", "91"];

export const twoSidedCases: readonly RuleCase[] = [
  ...codes.flatMap((code, index) =>
    rule(`R0${23 + index}`, {
      bad: [
        {
          why: "one krone too much deducted",
          lines: [`${code} 100*25=25`, `${code} =-26`],
          at: "linje[2]/merverdiavgift",
          says: /26 is deducted.*25/,
        },
        { why: "a deduction alone", lines: [`${code} =-1`], at: "/merverdiavgift" },
        { why: "sums before signs", lines: [`${code} 100*25=25`, `${code} -80*25=-20`, `${code} =-6`] },
        { why: "a lone reversal", lines: [`${code} =5 #tilbakeføringAvInngåendeMerverdiavgift`] },
      ],
      good: [
        { why: "as much deducted as calculated", lines: [`${code} 100*25=25`, `${code} =-25`] },
        { why: "less deducted", lines: [`${code} =-24`, `${code} 100*25=25`] },
        { why: "everything the other way round", lines: [`${code} -100*25=-25`, `${code} =25`] },
        { why: "no deduction", lines: [`${code} 100*25=25`] },
        {
          why: "compensation lines count as calculated",
          lines: [`${code} 100*25=25 #kompensasjonsrett`, `${code} =-25`],
        },
        { why: "other codes don't count", lines: [`${code === "81" ? "83" : "81"} =-1`] },
      ],
      open: [
        { why: "unreadable VAT on a deduction", lines: [`${code} 100*25=25`, `${code} =?`] },
        { why: "a line without code", lines: ["? =-1"] },
      ],
    }),
  ),
  ...codes.flatMap((code, index) =>
    rule(`R0${28 + index}`, {
      bad: [
        {
          why: "a deduction alone",
          lines: ["3 100*25=25", `${code} =-1`],
          at: "linje[2]/mvaKode",
          says: /no line with calculated/,
        },
        {
          why: "two deductions, one calculation",
          lines: [`${code} 100*25=25`, `${code} =-10`, `${code} =-15`],
          at: "linje[2]/mvaKode",
          says: /2 deduction lines but only 1/,
        },
      ],
      good: [
        { why: "a pair", lines: [`${code} 100*25=25`, `${code} =-25`] },
        {
          why: "a compensation line counts as calculation",
          lines: [`${code} 100*25=25 #kompensasjonsrett`, `${code} =-25`],
        },
        {
          why: "deductions with a specification don't count",
          lines: [`${code} =5 #justering`, `${code} =5 #justering`],
        },
        { why: "a calculation alone", lines: [`${code} 100*25=25`] },
      ],
      open: [{ why: "a line without code", lines: ["? =-1"] }],
    }),
  ),
  ...codes.flatMap((code, index) =>
    rule(`R0${33 + index}`, {
      bad: [
        { why: "a calculation alone", lines: [`${code} 100*25=25`], at: "/mvaKode" },
        {
          why: "the deduction has a specification",
          lines: [`${code} 100*25=25`, `${code} =5 #justering`],
          at: "linje[1]/mvaKode",
        },
      ],
      good: [
        { why: "a pair", lines: [`${code} 100*25=25`, `${code} =-25`] },
        { why: "amounts don't matter", lines: [`${code} 100*25=25`, `${code} =-1`] },
        { why: "only a compensation line", lines: [`${code} 100*25=25 #kompensasjonsrett`] },
        { why: "no such code", lines: ["3 100*25=25"] },
      ],
      open: [{ why: "a line without code", lines: ["? 100*25=25"] }],
    }),
  ),
  ...rule("R115", {
    bad: [
      {
        why: "the same amount",
        lines: ["81 100*25=25", "81 100*25=25 #kompensasjonsrett"],
        at: "linje[2]/merverdiavgift",
      },
      {
        why: "the same amount, written otherwise",
        lines: ["86 100*25=25.0 #kompensasjonsrett", "86 100*25=25"],
        at: "linje[1]/merverdiavgift",
      },
      { why: "among other two-sided codes", lines: ["91 10*25=2", "91 10*25=2 #kompensasjonsrett", "88 =-5"] },
    ],
    good: [
      { why: "one krone apart", lines: ["81 100*25=25", "81 104*25=26 #kompensasjonsrett"] },
      { why: "a deduction never equals", lines: ["81 =-25", "81 100*25=25 #kompensasjonsrett"] },
      { why: "another code", lines: ["83 100*15=15", "81 60*25=15 #kompensasjonsrett"] },
      {
        why: "one line has another code: by the letter the rule sleeps",
        lines: ["81 100*25=25", "81 100*25=25 #kompensasjonsrett", "3 100*25=25"],
      },
    ],
    open: [{ why: "unreadable VAT", lines: ["81 100*25=?", "81 100*25=25 #kompensasjonsrett"] }],
  }),
];
