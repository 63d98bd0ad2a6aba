import assert from "node:assert/strict";
import { defaultOptions } from "../../../src/validation/options.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import type { Validator } from "../../../src/validation/validator.ts";
import { createValidator } from "../../../src/validation/validator.ts";
import { returnXml } from "./returnBuilder.ts";

const brokenKid = "3400000932456870";
const claim = { category: "kompensasjon", period: "januar-februar", year: 2022 } as const;
const adjusted =
  "1 =-25000 #justeringMerverdiavgiftskompensasjonFastEiendom !Overdragelse av bygg, anlegg eller annen fast eiendom";
const reverse = {
  period: "januar-februar",
  year: 2022,
  lines: ["86 10000*25=2500 #kompensasjonsrett", "88 5000*12=600 #kompensasjonsrett", "87 5600*25=1400"],
  total: 12000,
  kid: "",
} as const;

/**
 * Published examples of claims and reverse-charge returns, made anew with the traits that make rules speak: what they
 * say of the originals is known.
 */
describe("returns like the published examples of claims and reverse charge", () => {
  let validator: Validator;
  before(async () => {
    validator = createValidator(await loadSchemaEngine());
  });

  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "a claim, with basis and VAT below 0, for a year before the service",
      returnXml({ ...claim, lines: ["1 -80000*25=-20000", "86 -4000*25=-1000"], kid: "34000009324568708" }),
      ["R092"],
    ],
    [
      "an adjustment without basis and rate, with a wrong KID and a capital in its remark, in an odd document",
      returnXml({ ...claim, lines: [adjusted], kid: brokenKid }).replace("</innsending>", "-</innsending>"),
      ["R001", "R079", "R092", "R093"],
    ],
    [
      "the same where the document follows its schema",
      returnXml({ ...claim, lines: [adjusted], kid: brokenKid }),
      ["R079", "R092", "R093"],
    ],
    [
      "a reverse-charge return under a misspelt category, whose total is not the sum",
      returnXml({ ...reverse, category: "omvendtAavgiftsplikt" }),
      ["R001", "R018", "R104"],
    ],
    [
      "the same under the right category",
      returnXml({ ...reverse, category: "omvendtAvgiftsplikt" }),
      ["R018", "R103", "R106"],
    ],
  ];
  for (const tolerance of ["faq", "strict"] as const)
    for (const [why, text, expected] of rows)
      it(`${expected.join(", ")}: ${why} (${tolerance})`, () => {
        const { findings, verdict } = validator.validate(text, { ...defaultOptions("2026-06-15"), tolerance });
        const official = findings.filter(({ officialSeverity }) => officialSeverity !== null);
        assert.deepEqual([...new Set(official.map(({ rule }) => rule))].sort(), expected);
        assert.equal(verdict, "invalid");
      });

  it("say that the adjustment is refused by a reading, and that the remark is only spelled differently", () => {
    const text = returnXml({ ...claim, lines: [adjusted] });
    const { findings } = validator.validate(text, defaultOptions("2026-06-15"));
    assert.equal(findings.find(({ rule }) => rule === "R093")?.data?.["reading"], "yes");
    assert.ok(findings.some(({ code }) => code === "remark-spelled-differently"));
  });
});
