import { rule } from "./ruleCase.ts";
import type { RuleCase } from "./ruleCase.ts";

const twoSided = ["81", "83", "86", "88", "91"];

export const basisAndRateCases: readonly RuleCase[] = [
  ...rule("R065", {
    bad: [
      { why: "a basis and a rate", lines: ["1 100*25=-25"], at: "/grunnlag", says: /grunnlag or sats/ },
      { why: "a rate alone", lines: ["1 *25=-25"], at: "/sats" },
      { why: "a basis alone", lines: ["15 100=-15"], at: "/grunnlag" },
      { why: "an empty basis is there too", lines: ["14 ?=-15"], at: "/grunnlag" },
      { why: "with a specification", lines: ["1 100=5 #justering"] },
    ],
    good: [
      { why: "neither", lines: ["1 =-25", "11 =-1", "12 =-1", "13 =-1", "14 =-1", "15 =-1"] },
      { why: "an empty rate", lines: ["1 *=-25"] },
      { why: "an output code", lines: ["3 100*25=25"] },
      { why: "a two-sided code", lines: ["81 100*25=25"] },
    ],
    open: [{ why: "no code", lines: ["? 100*25=25"] }],
  }),
  ...rule("R066", {
    bad: [
      { why: "no rate", lines: ["3 100=25"], at: "mvaSpesifikasjonslinje", says: /lacks sats/ },
      { why: "no basis", lines: ["3 *25=25"], says: /lacks grunnlag/ },
      { why: "neither", lines: ["92 =25"], says: /lacks grunnlag and sats/ },
      { why: "a zero-rated code without its rate", lines: ["6 100=0"] },
      { why: "a blank rate", lines: ["3 100* =25"] },
    ],
    good: [
      { why: "both", lines: ["3 100*25=25"] },
      { why: "a basis of 0", lines: ["3 0*25=0"] },
      { why: "an input code", lines: ["1 =-25"] },
      { why: "a deduction on a two-sided code", lines: ["81 =-25"] },
    ],
    open: [{ why: "no code", lines: ["? =25"] }],
  }),
  ...rule("R081", {
    bad: [
      {
        why: "a basis without rate",
        lines: ["81 100=25"],
        at: "mvaSpesifikasjonslinje",
        says: /grunnlag but not sats/,
      },
      { why: "a rate without basis", lines: ["91 *25=25"], says: /sats but not grunnlag/ },
      { why: "a basis with a blank rate", lines: ["86 100* =25"] },
    ],
    good: [
      { why: "both", lines: twoSided.map((code) => `${code} 100*25=25`) },
      { why: "neither", lines: twoSided.map((code) => `${code} =-25`) },
      { why: "another code", lines: ["3 100=25"] },
    ],
    open: [{ why: "no code", lines: ["? 100=25"] }],
  }),
  ...rule("R093", {
    bad: [
      { why: "neither", category: "kompensasjon", lines: ["1 =-25"], at: "mvaSpesifikasjonslinje" },
      { why: "no rate", category: "kompensasjon", lines: ["1 -100=-25"] },
      { why: "no basis", category: "kompensasjon", lines: ["1 *25=-25"] },
      {
        why: "an adjustment of real property",
        category: "kompensasjon",
        lines: ["1 =25 #justeringMerverdiavgiftskompensasjonFastEiendom"],
      },
      { why: "without a code", category: "kompensasjon", lines: ["? =25"] },
    ],
    good: [
      { why: "both", category: "kompensasjon", lines: ["1 -100*25=-25"] },
      { why: "no lines", category: "kompensasjon" },
    ],
  }),
  ...rule("R109", {
    bad: [
      { why: "no rate", category: "omvendtAvgiftsplikt", lines: ["87 100=25"], at: "mvaSpesifikasjonslinje" },
      { why: "neither", category: "omvendtAvgiftsplikt", lines: ["86 =25"] },
    ],
    good: [
      { why: "both", category: "omvendtAvgiftsplikt", lines: ["87 100*25=25"] },
      { why: "a code of other returns", category: "omvendtAvgiftsplikt", lines: ["1 =25"] },
    ],
  }),
  ...rule("R116", {
    bad: [
      { why: "no rate", lines: ["81 100=25 #kompensasjonsrett"], at: "/spesifikasjon", says: /lacks sats/ },
      { why: "neither", lines: ["86 =25 #kompensasjonsrett"] },
      { why: "a wrong code alone", lines: ["3 100*25=25 #kompensasjonsrett"], says: /81, 83, 86, 88 or 91, not on 3/ },
      { why: "in a reverse-charge return", category: "omvendtAvgiftsplikt", lines: ["86 100=25 #kompensasjonsrett"] },
    ],
    good: [
      { why: "complete", lines: ["81 100*25=25 #kompensasjonsrett"] },
      { why: "another specification", lines: ["81 =25 #justering"] },
      {
        why: "in a reverse-charge return",
        category: "omvendtAvgiftsplikt",
        lines: ["91 100*25=25 #kompensasjonsrett"],
      },
    ],
    open: [{ why: "no code", lines: ["? 100*25=25 #kompensasjonsrett"] }],
  }),
];
