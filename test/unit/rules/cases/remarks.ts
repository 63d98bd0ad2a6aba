import { rule } from "./ruleCase.ts";
import type { RuleCase } from "./ruleCase.ts";

const reversal = "tilbakeføringAvInngåendeMerverdiavgift";
const realProperty = "justeringMerverdiavgiftskompensasjonFastEiendom";
const claim = { category: "kompensasjon" } as const;
const reverse = { category: "omvendtAvgiftsplikt", period: "januar-mars" } as const;

export const remarkCases: readonly RuleCase[] = [
  ...rule("R020", {
    bad: [
      { why: "a negative basis", lines: ["3 -100*25=-25"], at: "mvaSpesifikasjonslinje" },
      { why: "one krone", lines: ["92 -1*25=0"] },
      { why: "a blank remark", lines: ["3 -100*25=-25 ' '"], at: "/merknad" },
      { why: "with a specification", lines: ["81 -100*25=-25 #kompensasjonsrett"] },
      { why: "a remark on the whole return does not help", lines: ["3 -100*25=-25"], remark: "BFU" },
    ],
    good: [
      { why: "explained", lines: ["3 -100*25=-25 !kreditnota"] },
      { why: "explained in free text", lines: ["3 -100*25=-25 'kreditert'"] },
      { why: "code 5 is not in the published set", lines: ["5 -100*0=0"] },
      { why: "a basis of 0", lines: ["3 0*25=0"] },
      { why: "minus nothing", lines: ["3 -0*25=0"] },
      { why: "an input code", lines: ["1 -100=-25"] },
    ],
    open: [{ why: "an unreadable basis", lines: ["3 ?*25=25"] }],
  }),
  ...rule("R021", {
    bad: [
      { why: "a positive deduction", lines: ["1 =25"], at: "mvaSpesifikasjonslinje" },
      { why: "on a two-sided code", lines: ["86 =1"] },
      { why: "a reversal on the wrong code", lines: [`11 =5 #${reversal}`] },
      { why: "a loss on the wrong code", lines: ["14 =5 #tapPåKrav"] },
    ],
    good: [
      { why: "explained", lines: ["1 =25 !kreditnota"] },
      { why: "0", lines: ["1 =0"] },
      { why: "negative", lines: ["1 =-25"] },
      { why: "with a basis it is another rule's business", lines: ["1 100=25"] },
      { why: "a reversal", lines: [`1 =5 #${reversal}`, `81 =5 #${reversal}`] },
      { why: "a loss", lines: ["13 =5 #tapPåKrav"] },
      { why: "an adjustment", lines: ["81 =5 #justering"] },
      { why: "an output code", lines: ["3 =25"] },
    ],
    open: [{ why: "no VAT", lines: ["1 =?"] }],
  }),
  ...rule("R086", {
    bad: [
      { why: "a positive amount", ...claim, lines: ["1 100*25=25"] },
      { why: "an adjustment on a code that has none", ...claim, lines: [`11 100*15=15 #${realProperty}`] },
    ],
    good: [
      { why: "negative", ...claim, lines: ["1 -100*25=-25"] },
      { why: "an adjustment of real property", ...claim, lines: [`14 100*25=25 #${realProperty}`] },
      { why: "explained", ...claim, lines: ["1 100*25=25 'rettet'"] },
      { why: "0", ...claim, lines: ["1 0*25=0"] },
      { why: "raw fish is not allowed anyway", ...claim, lines: ["12 100*11,11=11"] },
    ],
    open: [{ why: "no VAT", ...claim, lines: ["1 100*25=?"] }],
  }),
  ...rule("R108", {
    bad: [
      { why: "a negative basis", ...reverse, lines: ["87 -100*25=-25"] },
      { why: "with a specification", ...reverse, lines: ["86 -100*25=-25 #kompensasjonsrett"] },
    ],
    good: [
      { why: "explained", ...reverse, lines: ["87 -100*25=-25 !kreditnota"] },
      { why: "positive", ...reverse, lines: ["87 100*25=25"] },
      { why: "a code of other returns", ...reverse, lines: ["3 -100*25=-25"] },
    ],
  }),
  ...rule("R078", {
    bad: [
      { why: "a reversal", lines: [`1 =5 #${reversal}`], at: "mvaSpesifikasjonslinje" },
      { why: "with the other sign", lines: [`1 =-5 #${reversal}`] },
      { why: "in a claim too", ...claim, lines: [`1 100*25=25 #${reversal}`] },
    ],
    good: [
      { why: "explained", lines: [`1 =5 #${reversal} !personkjøretøy`] },
      { why: "explained in free text", lines: [`81 =5 #${reversal} 'solgt bil'`] },
      { why: "another specification", lines: ["1 =5 #justering"] },
    ],
  }),
  ...rule("R070", {
    bad: [
      { why: "no such remark", lines: ["3 100*25=25 !noe annet"], at: "/utvalgtMerknad" },
      { why: "a remark for the whole return", lines: ["3 100*25=25 !BFU"], says: /whole return/ },
      { why: "one for claims", lines: ["3 100*25=25 !innførsel av varer"], says: /kind of return/ },
      { why: "the list's row for free text", lines: ["3 100*25=25 !fritekstfelt"] },
      { why: "a blank at the end", lines: ["3 100*25=25 !kreditnota "] },
    ],
    good: [
      { why: "in the list", lines: ["3 100*25=25 !kreditnota"] },
      { why: "a capital", lines: ["3 100*25=25 !Kreditnota"] },
      { why: "a no-break space", lines: ["52 100*0=0 !midlertidig\u00a0utførsel"] },
      { why: "blank", lines: ["3 100*25=25 ! "] },
      { why: "free text is not looked at", lines: ["3 100*25=25 'noe annet'"] },
    ],
    open: [{ why: "no category", category: null, lines: ["3 100*25=25 !kreditnota"] }],
  }),
  ...rule("R071", {
    bad: [
      { why: "no such remark", remark: "noe annet", at: "/mvaMeldingDto/merknad/utvalgtMerknad" },
      { why: "a remark for a line", remark: "kreditnota" },
      { why: "one for claims", remark: "forholdsmessig kompensasjon" },
      { why: "reverse charge has only BFU", ...reverse, remark: "avvikende fakturering" },
    ],
    good: [
      { why: "in the list", remark: "forlis" },
      { why: "on both levels", remark: "avvikende fakturering" },
      { why: "another case", ...reverse, remark: "bfu" },
      { why: "blank", remark: "" },
    ],
    open: [{ why: "no category", category: null, remark: "BFU" }],
  }),
  ...rule("R074", {
    bad: [
      { why: "a remark for other codes", lines: ["1 =-25 !demobil"], at: "/utvalgtMerknad", says: /usual sign/ },
      { why: "codes with free text only", lines: ["51 100*0=0 !kreditnota"], says: /use free text/ },
      { why: "a deduction on 81", lines: ["81 =-25 !kreditnota"] },
      { why: "unknown to R070 too", lines: ["3 100*25=25 !noe annet"] },
      { why: "a claim is negative", ...claim, lines: ["1 -100*25=-25 !innførsel av varer"] },
      {
        why: "flagged for reverse charge, but in no row",
        ...reverse,
        lines: ["87 100*25=25 !omsetning før registrering"],
      },
      { why: "an unknown code has no remarks", lines: ["4 100*25=25 !kreditnota"] },
    ],
    good: [
      { why: "a remark of the code", lines: ["1 =-25 !forsikringsoppgjør"] },
      { why: "a deduction on 83", lines: ["83 =-25 !gjeninnførsel"] },
      { why: "the opposite sign is R075's business", lines: ["1 =25 !demobil"] },
      { why: "a specification is R076's business", lines: ["3 100*25=25 #uttak !kreditnota"] },
      { why: "imports in a claim", ...claim, lines: ["81 -100*25=-25 !Innførsel av varer"] },
      { why: "zero-rated: the basis has the sign", lines: ["52 100*0=0 !tjenesteeksport"] },
      { why: "basis 0: the VAT has the sign", lines: ["3 0*25=-5 !demobil"] },
    ],
    open: [
      { why: "no code", lines: ["? 100*25=25 !kreditnota"] },
      { why: "no category", category: null, lines: ["3 100*25=25 !kreditnota"] },
    ],
  }),
  ...rule("R075", {
    bad: [
      { why: "a remark for other codes", lines: ["3 -100*25=-25 !tjenesteeksport"], says: /opposite sign/ },
      { why: "a remark for the usual sign", lines: ["1 =25 !store anskaffelser"] },
      { why: "a positive claim", ...claim, lines: ["86 100*25=25 !kjøp av tjenester"] },
    ],
    good: [
      { why: "a remark of the code and sign", lines: ["3 -100*25=-25 !kreditnota"] },
      { why: "raw fish has its odd list", lines: ["12 =25 !store anskaffelser"] },
      { why: "both 0 count as usual", lines: ["3 0*25=0 !tjenesteeksport"] },
      { why: "a positive deduction on 88", lines: ["88 =5 !omsetning før registrering"] },
    ],
    open: [{ why: "an unreadable basis", lines: ["3 ?*25=-25 !kreditnota"] }],
  }),
  ...rule("R076", {
    bad: [
      { why: "justering has free text only", lines: ["1 =5 #justering !fast eiendom"], says: /use free text/ },
      { why: "tapPåKrav has free text only", lines: ["1 =-5 #tapPåKrav !kreditnota"] },
      {
        why: "a reversal with the usual sign",
        lines: [`1 =5 #${reversal} !kreditnota`],
        says: /fast eiendom or personkjøretøy/,
      },
      { why: "an illegal pair has no remarks", lines: ["1 =-5 #uttak !demobil"] },
      { why: "a demonstration car is for 3", lines: ["31 100*15=15 #uttak !demobil"] },
    ],
    good: [
      { why: "a car", lines: [`1 =5 #${reversal} !personkjøretøy`] },
      { why: "a reversal with the opposite sign", lines: [`81 =-5 #${reversal} !omberegning eller retur`] },
      { why: "a demonstration car", lines: ["3 100*25=25 #uttak !demobil"] },
      {
        why: "real property in a claim",
        ...claim,
        lines: [`1 100*25=25 #${realProperty} !overdragelse av bygg, anlegg eller annen fast eiendom`],
      },
      {
        why: "the claim comes later",
        ...reverse,
        lines: ["86 100*25=25 #kompensasjonsrett !Fradrag føres i kompensasjonsmelding"],
      },
      { why: "no specification", lines: ["1 =-5 !demobil"] },
    ],
    open: [{ why: "no VAT", lines: ["1 =? #justering !kreditnota"] }],
  }),
];
