import assert from "node:assert/strict";
import type { Fix } from "../../../src/validation/fixes/index.ts";
import { applyFix } from "../../../src/validation/fixes/index.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { Validator } from "../../../src/validation/validator.ts";
import { returnXml } from "../rules/returnBuilder.ts";
import type { Given } from "../rules/returnBuilder.ts";
import { assertMendsAll, fixesFor, loadValidator, today } from "./support.ts";

const options = defaultOptions(today);

/**
 * A rule, what the return is about, and the fixes in their order: `*` before the preferred one, which restores what was
 * meant beyond doubt, and `⟦…⟧` behind others for what the author has to look at.
 */
const rows: readonly (readonly [rule: string, why: string, given: Given, fixes: readonly string[]])[] = [
  ["R018", "the lines are in order", { lines: ["3 100*25=25"], total: 30 }, ["*Set <fastsattMerverdiavgift> to 25"]],
  [
    "R018",
    "basis × rate gives the total: the line is wrong",
    { lines: ["3 1000*25=300"], total: 250 },
    ["Set <fastsattMerverdiavgift> to 300"],
  ],
  ["R018", "the line has decimals", { lines: ["3 100*25=25.5"], total: 25 }, ["Set <fastsattMerverdiavgift> to 25.5"]],
  ["R018", "lines may lack", { total: 5 }, ["Set <fastsattMerverdiavgift> to 0"]],
  ["R019", "basis and rate are in order", { lines: ["3 14141*25=3600"] }, ["*Set <merverdiavgift> to 3535"]],
  ["R019", "the rate is not the code's", { lines: ["3 1000*15=300"] }, ["Set <merverdiavgift> to 150"]],
  ["R019", "the VAT has another rate", { lines: ["3 1000*25=150"] }, ["Set <merverdiavgift> to 250"]],
  ["R019", "either sign may be wrong", { lines: ["3 1000*25=-250"] }, ["Set <merverdiavgift> to 250"]],
  ["R019", "VAT on a zero-rated code", { lines: ["5 1000*0=250"] }, ["Set <merverdiavgift> to 0"]],
  ["R019", "basis and VAT have changed places", { lines: ["3 250*25=1000"] }, ["Set <merverdiavgift> to 62"]],
  [
    "R019",
    "a claim's basis should be negative",
    { category: "kompensasjon", lines: ["1 400*25=0"] },
    ["Set <merverdiavgift> to 100"],
  ],
  [
    "R122",
    "basis and VAT have changed places",
    { lines: ["3 250*25=1000"] },
    ["*Swap basis and VAT", "Set <merverdiavgift> to 62"],
  ],
  ["R122", "equal amounts", { lines: ["3 100*25=100"] }, ["*Set <merverdiavgift> to 25"]],
  [
    "R122",
    "a swap that does not fit the rate",
    { lines: ["3 100*25=300"] },
    ["Swap basis and VAT", "Set <merverdiavgift> to 25"],
  ],
  [
    "R122",
    "a rate that is not the code's",
    { lines: ["3 250*15=1000"] },
    ["Swap basis and VAT", "Set <merverdiavgift> to 37"],
  ],
  ["R127", "the VAT is forgotten", { lines: ["3 400*25=0"] }, ["*Set <merverdiavgift> to 100"]],
  ["R127", "the rate is not the code's", { lines: ["31 400*25=0"] }, ["Set <merverdiavgift> to 100"]],
  ["R066", "the VAT fits the code's rate", { lines: ["3 100=25"] }, ["*Add <sats> 25"]],
  ["R066", "the VAT is rounded instead of cut", { lines: ["3 103=26"] }, ["*Add <sats> 25"]],
  ["R066", "the VAT is a krone off", { lines: ["3 100=26"] }, ["Add <sats> 25"]],
  ["R066", "the VAT does not fit the code's rate", { lines: ["3 100=40"] }, ["Add <sats> 25"]],
  ["R066", "several bases have that VAT", { lines: ["3 *25=25"] }, ["Add <grunnlag> 100 (to be checked) ⟦100⟧"]],
  [
    "R066",
    "several bases have that VAT, and the rate is missing too",
    { lines: ["3 =3535"] },
    ["Add <grunnlag> 14140 (to be checked), <sats> 25 ⟦14140⟧"],
  ],
  ["R066", "a zero rate tells no basis", { lines: ["6 =0"] }, ["Add <grunnlag> (to be filled in), <sats> 0 ⟦0⟧"]],
  ["R066", "a basis without its zero rate", { lines: ["6 100=0"] }, ["*Add <sats> 0"]],
  [
    "R093",
    "a claim",
    { category: "kompensasjon", lines: ["1 =-25"] },
    ["Add <grunnlag> -100 (to be checked), <sats> 25 ⟦-100⟧"],
  ],
  [
    "R109",
    "reverse charge",
    { category: "omvendtAvgiftsplikt", period: "januar-mars", lines: ["87 =25"] },
    ["Add <grunnlag> 100 (to be checked), <sats> 25 ⟦100⟧"],
  ],
  [
    "R081",
    "a calculation without its rate",
    { lines: ["81 100=25", "81 =-25"] },
    ["*Add <sats> 25", "Remove <grunnlag>"],
  ],
  [
    "R081",
    "calculation or deduction",
    { lines: ["81 *25=25", "81 =-25"] },
    ["Add <grunnlag> 100 (to be checked) ⟦100⟧", "Remove <sats>"],
  ],
  [
    "R116",
    "a code that has the specification",
    { lines: ["81 =25 #kompensasjonsrett"] },
    ["Add <grunnlag> 100 (to be checked), <sats> 25 ⟦100⟧", "Remove <spesifikasjon>"],
  ],
  [
    "R116",
    "a code that does not",
    { lines: ["3 100*25=25 #kompensasjonsrett"] },
    ["Remove <spesifikasjon>", "Make it code 81", "Make it code 86", "Make it code 91"],
  ],
  [
    "R116",
    "a code of other returns, without its rate",
    {
      category: "omvendtAvgiftsplikt",
      period: "januar-mars",
      lines: ["3 100=25 #kompensasjonsrett"],
    },
    ["Remove <spesifikasjon>", "Make it code 86", "Make it code 88", "Make it code 91"],
  ],
  ["R028", "the basis is a guess", { lines: ["81 =-250"] }, ["Add the line with VAT calculated on code 81 ⟦1000⟧"]],
  [
    "R028",
    "a positive deduction, with a remark that does not fit calculated VAT",
    { lines: ["81 =250 !kreditnota"] },
    ["Add the line with VAT calculated on code 81 ⟦-1000⟧ ⟦Skriv forklaringen her⟧"],
  ],
  [
    "R028",
    "a positive deduction, with a remark that fits both",
    { lines: ["81 =250 !feil i regnskapsprogram"] },
    ["Add the line with VAT calculated on code 81 ⟦-1000⟧"],
  ],
  [
    "R028",
    "a positive deduction, explained in words",
    { lines: ["81 =250 'retur'"] },
    ["Add the line with VAT calculated on code 81 ⟦-1000⟧ ⟦retur⟧"],
  ],
  [
    "R028",
    "two deductions",
    { lines: ["81 =-250", "81 =-10"] },
    ["Add 2 lines with VAT calculated on code 81 ⟦1000⟧ ⟦40⟧"],
  ],
  [
    "R033",
    "two calculations",
    { lines: ["81 100*25=25", "81 200*25=50"] },
    ["Add 2 lines with the deductions on code 81"],
  ],
  [
    "R124",
    "no specification",
    { category: "omvendtAvgiftsplikt", period: "januar-mars", lines: ["86 100*25=25"] },
    ["With right to compensation: set <spesifikasjon> to kompensasjonsrett", "Without: make it code 87"],
  ],
  [
    "R124",
    "another specification",
    { category: "omvendtAvgiftsplikt", period: "januar-mars", lines: ["88 100*12=12 #uttak"] },
    ["With right to compensation: set <spesifikasjon> to kompensasjonsrett", "Without: make it code 89"],
  ],
  [
    "R070",
    "a slip of the pen",
    { lines: ["3 100*25=25 !kreditnotta"] },
    [
      "*Replace by “kreditnota”",
      "Replace by “periodisering”",
      "Replace by “avvikende fakturering”",
      "Replace by “feil i regnskapsprogram”",
      "Replace by “omsetning før registrering”",
      "Replace by “feil mva-kode brukt tidligere”",
      "Make it free text (<beskrivelse>)",
    ],
  ],
  [
    "R070",
    "no remark fits the line",
    { lines: ["91 =-25 !noe", "91 100*25=25"] },
    ["Make it free text (<beskrivelse>)"],
  ],
  [
    "R070",
    "a remark for the whole return",
    { lines: ["51 -100*0=0 !BFU"] },
    [
      "Replace by “kreditnota”",
      "Replace by “periodisering”",
      "Replace by “avvikende fakturering”",
      "Replace by “feil i regnskapsprogram”",
      "Replace by “feil mva-kode brukt tidligere”",
      "Make it free text (<beskrivelse>)",
    ],
  ],
  [
    "R074",
    "a remark of the list that looks like one that fits",
    { lines: ["52 100*0=0 !midlertidig innførsel"] },
    [
      "Replace by “midlertidig utførsel”",
      "Replace by “periodisering”",
      "Replace by “kreditnota”",
      "Replace by “tjenesteeksport”",
      "Replace by “avvikende fakturering”",
      "Replace by “feil i regnskapsprogram”",
      "Replace by “gjenutførsel eller retur”",
      "Replace by “feil mva-kode brukt tidligere”",
      "Replace by “tolldeklarasjon på feil organisasjonsnummer”",
      "Make it free text (<beskrivelse>)",
    ],
  ],
  ["R003", "the VAT fits the code's rate", { lines: ["3 1000*24=250"] }, ["*Replace by “25”"]],
  [
    "R003",
    "the VAT fits the stated rate",
    { lines: ["3 1000*15=150"] },
    ["Replace by “25”", "Make it code 31", "Make it code 83", "Make it code 84"],
  ],
  ["R003", "a percent sign", { lines: ["3 100*25 %=25"] }, ["*Replace by “25”"]],
  [
    "R002",
    "a leading zero",
    { lines: ["03 1000*15=150"] },
    ["*Replace by “3”", "Replace by “83”", "Replace by “31”", "Replace by “84”"],
  ],
  [
    "R002",
    "two codes look alike",
    { lines: ["311 100*15=15"] },
    ["Replace by “31”", "Replace by “83”", "Replace by “84”"],
  ],
  [
    "R002",
    "a code of SAF-T that is not reported",
    { lines: ["7 100*15=15"] },
    ["Replace by “31”", "Replace by “83”", "Replace by “84”", "Leave the line out"],
  ],
  ["R082", "a fraction of a krone", { lines: ["3 100*25=25.4"] }, ["*Drop the decimals"]],
  ["R082", "less than a krone", { lines: ["3 3*25=0.5"] }, ["Drop the decimals"]],
  ["R065", "input VAT with its basis", { lines: ["1 100*25=-25"] }, ["*Remove <grunnlag>, <sats>"]],
  ["R065", "a sale on the wrong code, perhaps", { lines: ["1 100*25=25"] }, ["Remove <grunnlag>, <sats>"]],
  [
    "R095",
    "the amounts may be a month's",
    { category: "kompensasjon", period: "januar" },
    ["Make it the period januar-februar"],
  ],
  [
    "R095",
    "only the element is wrong",
    { category: "kompensasjon", period: "skattleggingsperiodeMaaned=januar-februar" },
    ["*Make it the period januar-februar"],
  ],
  [
    "R106",
    "the amounts may be two months'",
    { category: "omvendtAvgiftsplikt", period: "januar-februar" },
    ["Make it the period januar-mars"],
  ],
  ["R084", "lines may lack", { total: 5 }, ["Set <fastsattMerverdiavgift> to 0"]],
  ["R039", "no code fits a deduction", { lines: ["1 =-5 #uttak"] }, ["Remove <spesifikasjon>"]],
  [
    "R039",
    "a code with the line's rate",
    { lines: ["52 100*0=0 #uttak"] },
    ["Replace by “5”", "Remove <spesifikasjon>"],
  ],
  ["R069", "a capital letter", { lines: ["3 100*25=25 #Uttak"] }, ["*Replace by “uttak”", "Remove <spesifikasjon>"]],
  [
    "R069",
    "a specification of other returns",
    { category: "kompensasjon", lines: ["1 -100*25=-25 #justering"] },
    ["Replace by “justeringMerverdiavgiftskompensasjonFastEiendom”", "Remove <spesifikasjon>"],
  ],
  [
    "R104",
    "a category that is not received",
    { category: "eHandel" },
    [
      "Replace by “alminnelig”",
      "Replace by “kompensasjon”",
      "Replace by “primaernaering”",
      "Replace by “omvendtAvgiftsplikt”",
    ],
  ],
  [
    "R113",
    "a code of other returns",
    { category: "omvendtAvgiftsplikt", period: "januar-mars", lines: ["3 100*25=25"] },
    ["Replace by “87”", "Replace by “92”"],
  ],
  [
    "R088",
    "a code of other returns",
    { category: "kompensasjon", lines: ["3 -100*25=-25"] },
    ["Replace by “1”", "Replace by “14”", "Replace by “81”", "Replace by “86”", "Replace by “91”"],
  ],
];

function inShort({ title, preferred, edits }: Fix): string {
  const guesses = edits.flatMap(({ newText, placeholders = [] }) =>
    placeholders.map(({ start, end }) => ` ⟦${newText.slice(start, end)}⟧`),
  );
  return (preferred ? "*" : "") + title.en + guesses.join("");
}

describe("fixes are preferred where they restore what is meant", () => {
  let validator: Validator;
  before(async () => {
    validator = await loadValidator();
  });

  const fixesOf = (rule: string, given: Given): { readonly text: string; readonly fixes: readonly Fix[] } => {
    const text = returnXml(given);
    const finding = validator.validate(text, options).findings.find((each) => each.rule === rule);
    assert.ok(finding !== undefined, `${rule} speaks`);
    return { text, fixes: fixesFor(text).of(finding) };
  };

  for (const [rule, why, given, expected] of rows) {
    it(`${rule}, ${why}`, () => {
      assert.deepEqual(fixesOf(rule, given).fixes.map(inShort), expected);
    });
  }

  const twice: readonly (readonly [rule: string, given: Given])[] = [
    ["R002", { lines: ["03 100*25=25", "_3 100*25=25"] }],
    ["R003", { lines: ["3 100*25.0=25", "31 100*15,0=15"] }],
    ["R019", { lines: ["3 14141*25=3600", "31 2000*15=200"] }],
    ["R065", { lines: ["1 100*25=-25", "14 *25=-25"] }],
    ["R066", { lines: ["3 100=25", "6 100=0"] }],
    ["R069", { lines: ["3 100*25=25 #Uttak", "1 =-25 #tapPaKrav"] }],
    ["R070", { lines: ["3 100*25=25 !kreditnotta", "3 100*25=25 !periodiserin"] }],
    ["R081", { lines: ["81 100=25", "81 =-25", "86 100=25", "86 =-25"] }],
    ["R082", { lines: ["3 100*25=25.4", "1 =-7.5"], total: 18 }],
    ["R093", { category: "kompensasjon", lines: ["1 -100=-25", "11 -100=-15"] }],
    ["R109", { category: "omvendtAvgiftsplikt", period: "januar-mars", lines: ["87 100=25", "89 100=12"] }],
    ["R122", { lines: ["3 250*25=1000", "3 100*25=100"] }],
    ["R127", { lines: ["3 400*25=0", "31 1000*15=0"] }],
  ];
  for (const [rule, given] of twice) {
    it(`${rule}, all in the file`, () => {
      const text = returnXml(given);
      const result = validator.validate(text, options);
      const finding = result.findings.find((each) => each.rule === rule);
      assert.ok(finding !== undefined, `${rule} speaks`);
      const all = fixesFor(text).ofKind(finding, result.findings);
      assert.equal(all?.title.en, `Fix all 2 of ${rule} in this file`);
      assertMendsAll(validator, text, finding, all, options, result);
      const after = validator.validate(applyFix(text, all.edits), options).findings;
      assert.ok(!after.some((each) => each.rule === rule), "none is left");
    });
  }

  it("R028 explains calculated VAT below 0 as the deduction above 0 is explained", () => {
    const { text, fixes } = fixesOf("R028", { lines: ["81 =250 !feil i regnskapsprogram"] });
    const [fix] = fixes;
    assert.ok(fix !== undefined);
    const line = applyFix(text, fix.edits).replace(/>\s+</g, "><");
    assert.match(
      line,
      /<grunnlag>-1000<\/grunnlag><sats>25<\/sats><merverdiavgift>-250<\/merverdiavgift><merknad><utvalgtMerknad>feil i regnskapsprogram</,
    );
  });
});
