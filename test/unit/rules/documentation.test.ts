import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { defaultOptions } from "../../../src/validation/options.ts";
import { rulePages } from "../../../src/validation/rules/documentation.ts";
import { evaluateRules } from "../../../src/validation/rules/evaluate.ts";
import { decidedFrom, documentationUrl, explainRule, ruleOverview } from "../../../src/validation/rules/explain.ts";
import { rules } from "../../../src/validation/rules/index.ts";
import { builtReturn } from "./returnBuilder.ts";
import type { Given } from "./returnBuilder.ts";

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

  /** Returns that break a rule, and what is said of it there with the numbers put in. */
  const explained: readonly (readonly [rule: string, given: Given, en: string, nb: string])[] = [
    [
      "R019",
      { lines: ["3 14141*25=3600"] },
      "14141 × 25 % = 3535.25 → 3535, but the line says 3600, allowed ±10.",
      "14141 × 25 % = 3535,25 → 3535, men på linjen står det 3600, tillatt ±10.",
    ],
    [
      "R018",
      { lines: ["3 1000*25=250", "1 =-50"], total: 300 },
      "The lines add up to 200, but the total says 300: 100 apart.",
      "Linjene blir til sammen 200, men totalen er 300: et avvik på 100.",
    ],
    [
      "R020",
      { lines: ["3 -100*25=-25"] },
      "The basis on code 3 is negative (-100)",
      "Grunnlaget på kode 3 er negativt (-100)",
    ],
    [
      "R023",
      { lines: ["81 100*25=25", "81 =-26"] },
      "26 is deducted on code 81, but only 25 is calculated on it.",
      "26 er fradragsført på kode 81, men bare 25 er beregnet på den.",
    ],
    [
      "R028",
      { lines: ["81 =-250"] },
      "Code 81 has a deduction of -250, but no line",
      "Kode 81 har et fradrag på -250, men ingen linje",
    ],
    [
      "R033",
      { lines: ["81 100*25=25", "81 100*25=25"] },
      "Code 81 has calculated VAT of 50, but no deduction line",
      "Kode 81 har beregnet avgift på 50, men ingen fradragslinje",
    ],
    [
      "R052",
      { period: "aarlig", year: 2025, lines: ["3 1200000*25=300000"] },
      "The turnover on codes 3, 5, 31, 32, 33, 51 and 52 is 1200000",
      "Omsetningen på kode 3, 5, 31, 32, 33, 51 og 52 er 1200000",
    ],
    [
      "R079",
      { kid: "202603145257" },
      "its last character is 7, but MOD10 makes it 3 and MOD11 0",
      "det siste tegnet er 7, men MOD10 gir 3 og MOD11 gir 0",
    ],
    ["R082", { lines: ["3 100*25=25.5"], total: 25 }, "25.5 has decimals. Write 25.", "25,5 har desimaler. Skriv 25."],
    [
      "R117",
      { category: "omvendtAvgiftsplikt", period: "januar-mars", lines: ["87 1999*25=499"] },
      "The basis of all lines adds up to 1999; below 2000 there is nothing to report.",
      "Grunnlaget på alle linjene er til sammen 1999; under 2000 er det ingenting å rapportere.",
    ],
    [
      "R122",
      { lines: ["3 100*25=101"] },
      "The VAT 101 is not lower than its basis 100.",
      "Avgiften 101 er ikke lavere enn grunnlaget 100.",
    ],
    ["R127", { lines: ["3 400*25=0"] }, "The VAT is 0, but 400 × 25 % = 100.", "Avgiften er 0, men 400 × 25 % = 100."],
    [
      "R134",
      { category: "kompensasjon", lines: ["1 -40000*25=-10000"] },
      "The claim is -10000, and the first claim of the year must be -20000 or lower.",
      "Kravet er -10000, og årets første krav må være -20000 eller lavere.",
    ],
  ];
  for (const [number, given, en, nb] of explained) {
    it(`explains ${number} with the numbers of the finding, how to fix it, and what follows`, () => {
      const { findings } = evaluateRules(builtReturn(given), defaultOptions("2026-06-15"));
      const finding = findings.find(({ rule }) => rule === number);
      const rule = rules.find((each) => each.number === number);
      assert.ok(finding !== undefined && rule !== undefined);
      for (const [language, words] of [
        ["en", en],
        ["nb", nb],
      ] as const) {
        const text = explainRule(number, language, finding);
        assert.ok(text.includes(words), text);
        assert.ok(text.includes(rule.wants[language]) && text.includes(rule.howToFix[language]));
        assert.match(text, rule.severity === "ugyldig" ? /ugyldig/i : /avvikende/i);
        assert.ok(finding.path !== null && text.includes(finding.path));
        assert.match(text, /https:\/\/skatteetaten\.github\.io\//);
      }
    });
  }

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
