import assert from "node:assert/strict";
import { applyFix, Fixes } from "../../../src/validation/fixes/index.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { TaxpayerFacts } from "../../../src/validation/taxpayerFacts.ts";
import { evaluateRules } from "../../../src/validation/rules/evaluate.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { modelOf } from "../fixes/support.ts";
import { organisationNumber, returnFrom, returnXml } from "./returnBuilder.ts";
import type { Given } from "./returnBuilder.ts";

const today = "2027-06-15";

function registered(
  category: "alminnelig" | "primaernaering",
  periodType: NonNullable<NonNullable<TaxpayerFacts["vatRegistrations"]>[number]["periodType"]>,
): Omit<TaxpayerFacts, "organisationNumber"> {
  return { vatRegistrations: [{ category, from: "2020-01-01", to: null, periodType }] };
}

describe("quick fixes that follow from taxpayer facts", () => {
  const rows: readonly (readonly [string, Given, Omit<TaxpayerFacts, "organisationNumber">, readonly RegExp[]])[] = [
    ["R049", {}, registered("alminnelig", "skattleggingsperiodeAar"), [/<skattleggingsperiodeAar>aarlig</]],
    [
      "R049",
      { period: "aarlig" },
      registered("alminnelig", "skattleggingsperiodeSeksMaaneder"),
      [/<skattleggingsperiodeSeksMaaneder>januar-juni</, /<skattleggingsperiodeSeksMaaneder>juli-desember</],
    ],
    [
      "R049",
      { period: "aarlig" },
      {
        vatRegistrations: [
          {
            category: "alminnelig",
            from: "2020-01-01",
            to: "2026-04-30",
            periodType: "skattleggingsperiodeToMaaneder",
          },
          { category: "alminnelig", from: "2026-05-01", to: null, periodType: "skattleggingsperiodeMaaned" },
        ],
      },
      [/<skattleggingsperiodeToMaaneder>januar-februar</, /<skattleggingsperiodeToMaaneder>mars-april</],
    ],
    [
      "R050",
      { category: "primaernaering", period: "april" },
      registered("primaernaering", "skattleggingsperiodeToMaaneder"),
      [/<skattleggingsperiodeToMaaneder>mars-april</],
    ],
    [
      "R051",
      {},
      { jointRegistration: { reportingUnit: "888888888" } },
      [/<organisasjonsnummer>888888888<\/organisasjonsnummer>/],
    ],
    [
      "R101",
      { category: "kompensasjon", lines: ["81 -100000*25=-25000"] },
      { vatRegistrations: [] },
      [/<mvaKode>14<\/mvaKode>/],
    ],
  ];
  for (const [rule, given, known, results] of rows) {
    it(`${rule}: ${results.map(({ source }) => source).join(" or ")}`, () => {
      const options = { ...defaultOptions(today), facts: [{ organisationNumber, ...known }] };
      const text = returnXml(given);
      const before = evaluateRules(returnFrom(text), options);
      const finding = before.findings.find((each) => each.rule === rule);
      assert.ok(finding !== undefined);
      const fixes = new Fixes(parseXml(text), modelOf, today).of(finding);
      assert.equal(fixes.length, results.length);
      for (const [index, fix] of fixes.entries()) {
        const mended = applyFix(text, fix.edits);
        assert.match(mended, results[index] ?? /never/);
        const after = evaluateRules(returnFrom(mended), options);
        assert.ok(!after.findings.some((each) => each.rule === rule), mended);
        const fresh = after.findings.filter(({ code }) => !before.findings.some((each) => each.code === code));
        assert.deepEqual(fresh, []);
        assert.ok(!fix.mechanical);
      }
    });
  }
});
