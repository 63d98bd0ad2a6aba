import { rule } from "./ruleCase.ts";
import type { RuleCase } from "./ruleCase.ts";

export const codeAndRateCases: readonly RuleCase[] = [
  ...rule("R002", {
    bad: [
      { why: "no such code", lines: ["4 100*25=25"], at: "mvaSpesifikasjonslinje/mvaKode" },
      { why: "a leading zero", lines: ["03 100*25=25"], says: /exactly “3”/ },
      { why: "a blank in front", lines: ["_3 100*25=25"], says: /exactly “3”/ },
      { why: "the letter K", lines: ["K1 =-25"], says: /exactly “1”/ },
      { why: "a SAF-T code that is not reported", lines: ["0 100*0=0"], says: /SAF-T/ },
      { why: "the last SAF-T code that is not reported", lines: ["22 =-5"], says: /SAF-T/ },
      { why: "an empty code", lines: [" 100*25=25"], says: /no VAT code/ },
      {
        why: "one finding for each line",
        lines: ["4 =1", "3 100*25=25", "7 =1"],
        at: ["linje[1]/mvaKode", "linje[3]/mvaKode"],
      },
    ],
    good: [
      { why: "the first code", lines: ["1 =-25"] },
      { why: "the last code", lines: ["92 100*25=25"] },
      {
        why: "a code of another category is another rule's business",
        category: "kompensasjon",
        lines: ["3 100*25=25"],
      },
      { why: "no lines", lines: [] },
    ],
    open: [{ why: "a line without code", lines: ["? 100*25=25"] }],
  }),
  ...rule("R003", {
    bad: [
      { why: "the middle rate on a standard code", lines: ["3 100*15=15"], at: "/sats", says: /rate 25/ },
      { why: "a point in the raw fish rate", lines: ["32 100*11.11=11"], says: /written “11,11”/ },
      { why: "decimals", lines: ["3 100*25.0=25"], says: /written “25”/ },
      { why: "a percent sign", lines: ["3 100*25 %=25"], says: /written “25”/ },
      { why: "a blank in front", lines: ["3 100* 25=25"], says: /written “25”/ },
      { why: "a rate on turnover outside the Act", lines: ["6 100*25=25"] },
      { why: "the low rate of spring 2021 today", lines: ["33 100*6=6"], says: /another time/ },
      { why: "today's low rate in spring 2021", lines: ["33 100*12=12"], year: 2021, says: /rate 6/ },
      { why: "never a rate of the code, whatever the period", lines: ["3 100*12=12"], period: null },
    ],
    good: [
      {
        why: "each type's rate",
        lines: ["3 100*25=25", "31 100*15=15", "33 100*12=12", "32 100*11,11=11", "5 100*0=0"],
      },
      { why: "0 on turnover outside the Act", lines: ["6 100*0=0"] },
      { why: "no rate", lines: ["1 =-25"] },
      { why: "an empty rate", lines: ["1 *=-25"] },
      { why: "a blank rate", lines: ["1 * =-25"] },
      { why: "an unknown code", lines: ["4 100*17=17"] },
      {
        why: "either rate in a year with a change",
        lines: ["33 100*6=6", "33 100*12=12"],
        year: 2021,
        period: "aarlig",
      },
      { why: "the new rate on the day it comes", lines: ["33 100*12=12"], year: 2021, period: "september-oktober" },
    ],
    open: [
      { why: "no period, and the rate was legal once", lines: ["33 100*6=6"], period: null },
      { why: "a rate without code", lines: ["? 100*25=25"] },
    ],
  }),
  ...rule("R104", {
    bad: [
      { why: "VOEC", category: "eHandel", at: "/meldingskategori", says: /VOEC/ },
      { why: "a misspelt category", category: "omvendtAavgiftsplikt" },
      { why: "the list's own spelling", category: "primærnæring" },
      { why: "an empty category", category: "" },
    ],
    good: [
      { why: "general industries", category: "alminnelig" },
      { why: "reverse charge", category: "omvendtAvgiftsplikt", period: "januar-mars" },
    ],
    open: [{ why: "no category", category: null }],
  }),
  ...rule("R000", {
    bad: [
      { why: "the day before the opening", today: "2021-12-31", at: "/meldingskategori" },
      { why: "long before", today: "2020-06-15", category: "primaernaering" },
    ],
    good: [
      { why: "the first day", today: "2022-01-01" },
      { why: "today", today: "2026-06-15", category: "primaernaering" },
    ],
  }),
  ...rule("R090", {
    bad: [
      { why: "the day before the opening", category: "kompensasjon", today: "2022-12-31" },
      { why: "long before", category: "kompensasjon", today: "2020-01-01" },
    ],
    good: [
      { why: "the first day", category: "kompensasjon", today: "2023-01-01" },
      { why: "today", category: "kompensasjon" },
    ],
  }),
  ...rule("R105", {
    bad: [
      { why: "the day before the opening", category: "omvendtAvgiftsplikt", today: "2023-01-31" },
      { why: "long before", category: "omvendtAvgiftsplikt", today: "2020-01-01" },
    ],
    good: [
      { why: "the first day", category: "omvendtAvgiftsplikt", today: "2023-02-01" },
      { why: "today", category: "omvendtAvgiftsplikt" },
    ],
  }),
  ...rule("R077", {
    bad: [
      { why: "the year before", year: 2021, at: "/aar" },
      { why: "with a time zone", year: "2021Z" },
      { why: "long ago", year: 1999, category: "primaernaering" },
      { why: "a negative year", year: "-2021" },
    ],
    good: [
      { why: "the first year", year: 2022 },
      { why: "with a time zone", year: "2024+01:00" },
    ],
    open: [{ why: "no year", year: null }],
  }),
  ...rule("R092", {
    bad: [
      { why: "the year before", category: "kompensasjon", year: 2022 },
      { why: "long ago", category: "kompensasjon", year: 2010 },
    ],
    good: [
      { why: "the first year", category: "kompensasjon", year: 2023 },
      { why: "this year", category: "kompensasjon" },
    ],
  }),
  ...rule("R103", {
    bad: [
      { why: "the year before", category: "omvendtAvgiftsplikt", year: 2022 },
      { why: "long ago", category: "omvendtAvgiftsplikt", year: 2010 },
    ],
    good: [
      { why: "the first year", category: "omvendtAvgiftsplikt", year: 2023 },
      { why: "this year", category: "omvendtAvgiftsplikt" },
    ],
  }),
  ...rule("R088", {
    bad: [
      { why: "a sales code", category: "kompensasjon", lines: ["3 -100*25=-25"], at: "/mvaKode" },
      { why: "raw fish", category: "kompensasjon", lines: ["12 -100*11,11=-11"] },
      { why: "a code without deduction", category: "kompensasjon", lines: ["82 -100*25=-25"] },
      { why: "an unknown code", category: "kompensasjon", lines: ["99 -100*25=-25"] },
    ],
    good: [
      {
        why: "every code",
        category: "kompensasjon",
        lines: ["1", "11", "13", "14", "15", "81", "83", "86", "88", "91"].map((code) => `${code} -100*25=-25`),
      },
      { why: "no lines", category: "kompensasjon" },
    ],
  }),
  ...rule("R113", {
    bad: [
      { why: "goods", category: "omvendtAvgiftsplikt", lines: ["81 100*25=25"], at: "/mvaKode" },
      { why: "sales", category: "omvendtAvgiftsplikt", lines: ["3 100*25=25"] },
    ],
    good: [
      {
        why: "every code",
        category: "omvendtAvgiftsplikt",
        lines: ["86", "87", "88", "89", "91", "92"].map((code) => `${code} 100*25=25`),
      },
      { why: "no lines", category: "omvendtAvgiftsplikt" },
    ],
  }),
];
