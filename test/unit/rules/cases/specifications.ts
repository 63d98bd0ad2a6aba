import { rule } from "./ruleCase.ts";
import type { RuleCase } from "./ruleCase.ts";

const reversal = "tilbakeføringAvInngåendeMerverdiavgift";
const realProperty = "justeringMerverdiavgiftskompensasjonFastEiendom";

export const specificationCases: readonly RuleCase[] = [
  ...rule("R069", {
    bad: [
      { why: "no such name", lines: ["3 100*25=25 #uttakk"], at: "/spesifikasjon" },
      { why: "a capital", lines: ["3 100*25=25 #Uttak"] },
      { why: "one for claims", lines: [`1 =5 #${realProperty}`], says: /does not belong/ },
      { why: "an ordinary one in a claim", category: "kompensasjon", lines: ["1 -100*25=-25 #justering"] },
      {
        why: "an ordinary one in a reverse-charge return",
        category: "omvendtAvgiftsplikt",
        lines: ["87 100*25=25 #uttak"],
      },
      { why: "kompensasjonsrett in a claim", category: "kompensasjon", lines: ["86 -100*25=-25 #kompensasjonsrett"] },
    ],
    good: [
      {
        why: "all ordinary ones",
        lines: [
          "1 =5 #justering",
          "1 =-5 #tapPåKrav",
          `1 =5 #${reversal} 'x'`,
          "3 100*25=25 #uttak",
          "81 100*25=25 #kompensasjonsrett",
        ],
      },
      { why: "the one for claims", category: "kompensasjon", lines: [`1 100*25=25 #${realProperty}`] },
      { why: "å put together from a and a ring", lines: ["1 =-5 #tapPa\u030aKrav"] },
      { why: "blank", lines: ["1 =-5 #_"] },
    ],
    open: [{ why: "no category", category: null, lines: ["3 100*25=25 #uttak"] }],
  }),
  ...rule("R038", {
    bad: [
      { why: "on sales", lines: ["3 100*25=25 #tapPåKrav"], at: "/mvaKode" },
      { why: "on imports", lines: ["14 =-25 #tapPåKrav"] },
    ],
    good: [
      { why: "on its codes", lines: ["1", "11", "12", "13"].map((code) => `${code} =-5 #tapPåKrav`) },
      { why: "another specification", lines: ["81 =5 #justering"] },
    ],
    open: [{ why: "no code", lines: ["? =-5 #tapPåKrav"] }],
  }),
  ...rule("R039", {
    bad: [
      { why: "on raw fish", lines: ["32 100*11,11=11 #uttak"], at: "/mvaKode" },
      { why: "on purchases", lines: ["1 =-5 #uttak"] },
    ],
    good: [
      { why: "on its codes", lines: ["3", "5", "31", "33"].map((code) => `${code} 100*25=25 #uttak`) },
      { why: "none", lines: ["32 100*11,11=11"] },
    ],
  }),
  ...rule("R040", {
    bad: [
      { why: "on 11", lines: ["11 =5 #justering"] },
      { why: "on 83", lines: ["83 =5 #justering"] },
    ],
    good: [
      { why: "on 1", lines: ["1 =5 #justering"] },
      { why: "on 81", lines: ["81 =5 #justering"] },
    ],
  }),
  ...rule("R041", {
    bad: [
      { why: "on 14", lines: [`14 =5 #${reversal} 'x'`] },
      { why: "on 83", lines: [`83 =5 #${reversal} 'x'`] },
    ],
    good: [
      { why: "on 1", lines: [`1 =5 #${reversal} 'x'`] },
      { why: "on 81", lines: [`81 =5 #${reversal} 'x'`] },
    ],
  }),
  ...rule("R114", {
    bad: [
      { why: "on 87", lines: ["87 100*25=25 #kompensasjonsrett"], at: "/mvaKode" },
      { why: "on 1", lines: ["1 =-25 #kompensasjonsrett"] },
    ],
    good: [
      { why: "on 81", lines: ["81 100*25=25 #kompensasjonsrett"] },
      { why: "on 91", lines: ["91 100*25=25 #kompensasjonsrett"] },
    ],
  }),
  ...rule("R087", {
    bad: [
      { why: "on 11", category: "kompensasjon", lines: [`11 100*15=15 #${realProperty}`], at: "/mvaKode" },
      { why: "on 83", category: "kompensasjon", lines: [`83 100*15=15 #${realProperty}`] },
    ],
    good: [
      {
        why: "on its codes",
        category: "kompensasjon",
        lines: ["1", "14", "81"].map((code) => `${code} 100*25=25 #${realProperty}`),
      },
      { why: "none", category: "kompensasjon", lines: ["11 -100*15=-15"] },
    ],
  }),
  ...rule("R111", {
    bad: [
      { why: "on 87", category: "omvendtAvgiftsplikt", lines: ["87 100*25=25 #kompensasjonsrett"], at: "/mvaKode" },
      {
        why: "on 81, which other returns have",
        category: "omvendtAvgiftsplikt",
        lines: ["81 100*25=25 #kompensasjonsrett"],
      },
    ],
    good: [
      {
        why: "on its codes",
        category: "omvendtAvgiftsplikt",
        lines: ["86", "88", "91"].map((code) => `${code} 100*25=25 #kompensasjonsrett`),
      },
      { why: "none", category: "omvendtAvgiftsplikt", lines: ["87 100*25=25"] },
    ],
  }),
  ...rule("R091", {
    bad: [
      { why: "a withdrawal", category: "kompensasjon", lines: ["1 -100*25=-25 #uttak"], at: "/spesifikasjon" },
      { why: "a loss", category: "kompensasjon", lines: ["1 -100*25=-25 #tapPåKrav"] },
      { why: "a reversal", category: "kompensasjon", lines: [`1 100*25=25 #${reversal} 'x'`] },
    ],
    good: [
      { why: "justering is R069's business alone", category: "kompensasjon", lines: ["1 -100*25=-25 #justering"] },
      { why: "the one for claims", category: "kompensasjon", lines: [`1 100*25=25 #${realProperty}`] },
    ],
  }),
  ...rule("R110", {
    bad: [
      { why: "a withdrawal", category: "omvendtAvgiftsplikt", lines: ["87 100*25=25 #uttak"], at: "/spesifikasjon" },
      { why: "a loss", category: "omvendtAvgiftsplikt", lines: ["86 100*25=25 #tapPåKrav"] },
    ],
    good: [
      { why: "kompensasjonsrett", category: "omvendtAvgiftsplikt", lines: ["86 100*25=25 #kompensasjonsrett"] },
      { why: "an unknown one is R069's business", category: "omvendtAvgiftsplikt", lines: ["86 100*25=25 #noe"] },
    ],
  }),
  ...rule("R112", {
    bad: [
      {
        why: "86 with and without",
        category: "omvendtAvgiftsplikt",
        lines: ["86 100*25=25 #kompensasjonsrett", "86 100*25=25"],
        at: "linje[2]/mvaKode",
      },
      {
        why: "87 with and without",
        category: "omvendtAvgiftsplikt",
        lines: ["87 100*25=25", "87 100*25=25 #kompensasjonsrett"],
        at: "linje[2]/mvaKode",
      },
      {
        why: "one finding for each code",
        category: "omvendtAvgiftsplikt",
        lines: ["86 100*25=25 #kompensasjonsrett", "86 1*25=0", "86 1*25=0", "92 1*25=0 #noe", "92 1*25=0"],
        at: ["linje[2]/mvaKode", "linje[4]/mvaKode"],
      },
    ],
    good: [
      {
        why: "each code in one way",
        category: "omvendtAvgiftsplikt",
        lines: ["86 100*25=25 #kompensasjonsrett", "87 100*25=25"],
      },
      { why: "twice in the same way", category: "omvendtAvgiftsplikt", lines: ["87 100*25=25", "87 100*25=25"] },
    ],
    open: [{ why: "no code", category: "omvendtAvgiftsplikt", lines: ["? 100*25=25"] }],
  }),
  ...rule("R124", {
    bad: [
      { why: "none", category: "omvendtAvgiftsplikt", lines: ["86 100*25=25"], at: "mvaSpesifikasjonslinje" },
      { why: "another", category: "omvendtAvgiftsplikt", lines: ["91 100*25=25 #uttak"], at: "/spesifikasjon" },
      { why: "a blank one", category: "omvendtAvgiftsplikt", lines: ["88 100*12=12 #_"], at: "/spesifikasjon" },
    ],
    good: [
      { why: "with it", category: "omvendtAvgiftsplikt", lines: ["86 100*25=25 #kompensasjonsrett"] },
      {
        why: "codes that don't need it",
        category: "omvendtAvgiftsplikt",
        lines: ["87 100*25=25", "89 100*12=12", "92 100*25=25"],
      },
    ],
    open: [{ why: "no code", category: "omvendtAvgiftsplikt", lines: ["? 100*25=25"] }],
  }),
];
