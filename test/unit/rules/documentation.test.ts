import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { defaultOptions } from "../../../src/validation/options.ts";
import { rulePages } from "../../../src/validation/rules/documentation.ts";
import { evaluateRules } from "../../../src/validation/rules/evaluate.ts";
import { decidedFrom, documentationUrl, explainRule, ruleOverview } from "../../../src/validation/rules/explain.ts";
import { rules } from "../../../src/validation/rules/index.ts";
import { builtReturn } from "./returnBuilder.ts";

const folder = new URL("../../../docs/rules/", import.meta.url);

describe("rule documentation", () => {
  it("docs/rules holds the generated pages: run `npm run docs` when this fails", () => {
    const pages = rulePages();
    const found = readdirSync(folder).filter((name) => name.endsWith(".md"));
    assert.deepEqual(found.sort(), [...pages.keys()].sort());
    for (const [name, text] of pages) assert.equal(readFileSync(new URL(name, folder), "utf8"), text, name);
  });

  it("every rule has its texts in both languages, and a quick fix or the reason why not", () => {
    for (const rule of rules) {
      for (const text of [rule.title, rule.wants, rule.howToFix, ...(rule.reading === null ? [] : [rule.reading])]) {
        assert.ok(text.en.length > 10 && text.nb.length > 10, rule.number);
        assert.notEqual(text.en, text.nb, rule.number);
        assert.doesNotMatch(text.en + text.nb, /undefined|\$\{/, rule.number);
      }
      assert.notEqual(rule.quickFix === null, rule.whyNoQuickFix === null, rule.number);
    }
  });

  it("explains every rule in both languages, with the authority's page", () => {
    for (const { number } of rules) {
      assert.match(
        explainRule(number, "en"),
        /## What the rule wants[^]*https:\/\/skatteetaten\.github\.io\/mva-meldingen\/[a-z]+_eng\//,
      );
      assert.match(
        explainRule(number, "nb"),
        /## Hva regelen krever[^]*https:\/\/skatteetaten\.github\.io\/mva-meldingen\/[a-z]+\//,
      );
    }
  });

  it("puts the numbers in where a finding is given", () => {
    const { findings } = evaluateRules(builtReturn({ lines: ["3 14141*25=3600"] }), defaultOptions("2026-06-15"));
    const finding = findings.find(({ rule }) => rule === "R019");
    assert.ok(finding !== undefined);
    const explained = explainRule("R019", "en", finding);
    assert.match(explained, /14141 × 25 % = 3535\.25 → 3535, but the line says 3600, allowed ±10/);
    assert.match(explained, /mvaSpesifikasjonslinje\/merverdiavgift/);
  });

  it("says of an open question that it is one", () => {
    const { findings } = evaluateRules(builtReturn(), defaultOptions("2026-04-01"));
    const finding = findings.find(({ rule }) => rule === "R059");
    assert.ok(finding !== undefined);
    assert.match(explainRule("R059", "nb", finding), /kunne ikke avgjøres/);
  });

  it("explains hints by the rule they stand near", () => {
    const { findings } = evaluateRules(builtReturn({ total: "0.0" }), defaultOptions("2026-06-15"));
    const [finding] = findings;
    assert.ok(finding !== undefined);
    assert.match(explainRule(null, "en", finding), /no published rule covers it[^]*R082/);
  });

  it("says of retired numbers that they are no active rules", () => {
    assert.match(explainRule("R004", "en"), /no active rule R004/);
    assert.match(explainRule("R004", "nb"), /ingen aktiv regel R004/);
  });

  it("links rules to their pages and everything else to the table", () => {
    assert.match(documentationUrl("R018"), /docs\/rules\/R018\.md$/);
    assert.match(documentationUrl(null), /docs\/rules\/README\.md$/);
    assert.match(documentationUrl("R004"), /docs\/rules\/README\.md$/);
  });

  it("says of every rule that is decided partly when the document or the date clears a return", () => {
    for (const rule of rules) {
      const { en, nb } = decidedFrom(rule);
      assert.equal(/ where .*; otherwise /.test(en), rule.evaluated === "partly", `${rule.number}: ${en}`);
      assert.equal(/ når .*; ellers /.test(nb), rule.evaluated === "partly", `${rule.number}: ${nb}`);
      assert.equal(en.startsWith("taxpayer facts"), rule.evaluated === "withFacts", `${rule.number}: ${en}`);
    }
  });

  it("gives an overview of all rules", () => {
    const overview = ruleOverview();
    assert.equal(overview.length, 107);
    assert.deepEqual(overview.find(({ rule }) => rule === "R079")?.evaluated, "partly");
    const kinds = new Set(overview.map(({ evaluated }) => evaluated));
    assert.deepEqual([...kinds].sort(), ["always", "partly", "withFacts"]);
  });
});
