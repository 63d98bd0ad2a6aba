import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { helpText } from "../../../src/cli/helpText.ts";
import type { Finding } from "../../../src/validation/finding.ts";
import type { ValidationOptions } from "../../../src/validation/options.ts";
import { defaultOptions, optionDescriptions } from "../../../src/validation/options.ts";
import type { RuleResult } from "../../../src/validation/rules/evaluate.ts";
import { evaluateRules } from "../../../src/validation/rules/evaluate.ts";
import { rules } from "../../../src/validation/rules/index.ts";
import { fromInteger } from "../../../src/vatReturn/decimal.ts";
import { dateInOslo } from "../../../src/vatReturn/period.ts";
import { builtReturn, returnFrom, returnXml } from "./returnBuilder.ts";
import type { Given } from "./returnBuilder.ts";

function evaluate(given: Given, options: Partial<ValidationOptions> = {}): RuleResult {
  return evaluateRules(builtReturn(given), { ...defaultOptions("2026-06-15"), ...options });
}

function only(result: RuleResult, code: string): Finding {
  const [found, ...more] = result.findings.filter((finding) => finding.rule === code || finding.code === code);
  assert.ok(found !== undefined && more.length === 0, `not one finding of ${code}`);
  return found;
}

describe("evaluateRules", () => {
  /** Returns of each kind, one that asks as many registers as it can and one that asks as few. */
  const registerOnly: readonly (readonly [string, Given & { readonly today?: string }, string])[] = [
    [
      "a refund with a deduction",
      { lines: ["3 100*25=25", "1 =-250"], kid: "12345678903" },
      "R047 R049 R051 R062 R072 R079 R080 R083 R085 R126 R131",
    ],
    ["an amount to pay", { lines: ["3 100*25=25"] }, "R047 R049 R051 R061 R072 R085 R126 R131"],
    ["nothing to report", {}, "R047 R049 R051 R072 R126 R131"],
    ["an unknown code", { lines: ["4 =25"] }, "R047 R049 R051 R053 R061 R072 R126 R131"],
    ["an old return", { year: 2022, today: "2029-01-01" }, "R047 R049 R051 R072 R126 R131 R133"],
    ["a return between three and five years old", { today: "2029-06-01" }, "R047 R049 R051 R072 R126 R131 R132"],
    [
      "primary industries",
      { category: "primaernaering", lines: ["3 100*25=25"] },
      "R048 R050 R051 R061 R073 R085 R126 R131",
    ],
    [
      "a claim with imports",
      { category: "kompensasjon", lines: ["81 -100000*25=-25000"] },
      "R080 R094 R101 R125 R126 R128 R129 R130",
    ],
    ["an empty claim", { category: "kompensasjon" }, "R094 R125 R126 R128 R129 R130"],
    [
      "reverse charge",
      { category: "omvendtAvgiftsplikt", period: "januar-mars", lines: ["87 4000*25=1000"] },
      "R085 R121 R123 R126",
    ],
    ["eHandel", { category: "eHandel" }, ""],
  ];
  for (const [why, { today = "2026-06-15", ...given }, expected] of registerOnly) {
    it(`lists what only the authority knows: ${why}`, () => {
      assert.equal(evaluate(given, { today }).notEvaluated.join(" "), expected);
    });
  }

  it("says why each rule is left open", () => {
    const { notEvaluated, notEvaluatedBecause } = evaluate({ lines: ["3 100*25=25", "3 x*25=25"], total: -1 });
    assert.deepEqual(Object.keys(notEvaluatedBecause).sort(), notEvaluated);
    assert.equal(notEvaluatedBecause["R019"], "unreadable");
    assert.equal(notEvaluatedBecause["R085"], "unreadable", "what can be put right in the document goes first");
    assert.equal(notEvaluatedBecause["R080"], "registers");
    assert.equal(evaluate({ lines: ["3 100*25=25"] }).notEvaluatedBecause["R085"], "setting");
    assert.equal(evaluate({ category: null }).notEvaluatedBecause["R047"], "unreadable");
    assert.equal(evaluate({}, { today: "2026-04-01" }).notEvaluatedBecause["R059"], "registers");
  });

  it("says what it can without a category, and lists all else", () => {
    const { findings, notEvaluated } = evaluate({ category: null, lines: ["4 100*25=25"], total: 1 });
    assert.deepEqual(findings.map(({ rule }) => rule).sort(), ["R002", "R018"]);
    const decided = rules.map(({ number }) => number).filter((number) => !notEvaluated.includes(number));
    assert.deepEqual(
      decided,
      [
        "R001",
        "R002",
        "R003",
        "R018",
        "R019",
        "R078",
        "R079",
        "R080",
        "R082",
        ...["R070", "R071", "R069", "R074", "R075", "R076"].sort(),
      ].sort(),
    );
  });

  it("leaves the rules open that need the category where they have something to judge", () => {
    const { notEvaluated } = evaluate({ category: "ukjent", lines: ["3 100*25=25 #uttak !demobil"], remark: "BFU" });
    for (const number of ["R069", "R070", "R071", "R076"]) assert.ok(notEvaluated.includes(number), number);
  });

  it("refuses eHandel by one rule and asks nothing else", () => {
    const { findings, notEvaluated } = evaluate({ category: "eHandel", lines: ["4 =1"], total: 3, year: 2010 });
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ["R104"],
    );
    assert.deepEqual(notEvaluated, []);
  });

  it("reports decided lines of a rule and still lists it where another line can't be read", () => {
    const { findings, notEvaluated } = evaluate({ lines: ["3 10000*25=1", "3 x*25=1"] });
    assert.deepEqual(
      findings.filter(({ rule }) => rule === "R019").map(({ specificationLine }) => specificationLine),
      [0],
    );
    assert.ok(notEvaluated.includes("R019"));
  });

  it("sorts by position, then by rule", () => {
    const { findings } = evaluate({ lines: ["3 10000*25=10000.5", "4 =1"], total: 3, year: 2020 });
    const keys = findings.map(({ range, rule }) => [range.start, rule] as const);
    assert.deepEqual(
      keys,
      [...keys].sort((a, b) => a[0] - b[0] || ((a[1] ?? "") < (b[1] ?? "") ? -1 : 1)),
    );
    assert.ok(findings.length >= 5);
  });

  it("underlines the value, or the name where there is none", () => {
    const text = returnXml({ lines: ["3 100*25=400", "3 =25"] });
    const { findings } = evaluateRules(returnFrom(text), defaultOptions("2026-06-15"));
    const underlined = findings.map(({ rule, range }) => `${rule ?? ""} ${text.slice(range.start, range.end)}`);
    assert.deepEqual(underlined, ["R019 400", "R122 400", "R066 mvaSpesifikasjonslinje"]);
  });

  it("shows R018 the lines summed, at most 50 of them", () => {
    const { related } = only(evaluate({ lines: Array.from({ length: 200 }, () => "3 100*25=25"), total: 1 }), "R018");
    assert.equal(related.length, 50);
    assert.equal(related[1]?.message.en, "line 2: 25");
    assert.equal(related[1].message.nb, "linje 2: 25");
  });

  it("names the numbers of a calculation in data", () => {
    assert.deepEqual(only(evaluate({ lines: ["32 900*11,11=3600"] }), "R019").data, {
      basis: "900",
      rate: "11,11",
      product: "99.99",
      expected: "99",
      actual: "3600",
      difference: "3501",
      tolerance: "10",
      lines: "1",
    });
  });

  it("offers the remarks that fit the line that needs one", () => {
    const { data } = only(evaluate({ lines: ["81 =25"] }), "R021");
    assert.equal(data?.["sign"], "+");
    assert.ok(data["allowed"]?.split("|").includes("omberegning eller retur"));
  });

  it("writes decimals with a comma in Norwegian", () => {
    const { message } = only(evaluate({ lines: ["3 14141*25=3600"] }), "R019");
    assert.equal(message.nb, "14141 × 25 % = 3535,25 → 3535, men på linjen står det 3600, tillatt ±10.");
  });

  describe("a message that rests on a reading says so", () => {
    const rows: readonly (readonly [string, Given, string, boolean])[] = [
      ["VAT equal to its basis", { lines: ["3 100*25=100"] }, "R122", true],
      ["VAT above its basis", { lines: ["3 100*25=101"] }, "R122", false],
      ["another spelling of the right rate", { lines: ["3 100*25.0=25"] }, "R003", true],
      ["a wrong rate", { lines: ["3 100*15=15"] }, "R003", false],
      [
        "an adjustment without basis",
        { category: "kompensasjon", lines: ["1 =5 #justeringMerverdiavgiftskompensasjonFastEiendom"] },
        "R093",
        true,
      ],
      ["a claim line without basis", { category: "kompensasjon", lines: ["1 =-5"] }, "R093", false],
      ["more deductions than calculations", { lines: ["81 100*25=25", "81 =-5", "81 =-5"] }, "R028", true],
      ["a deduction without calculation", { lines: ["81 =-5"] }, "R028", false],
      [
        "a reversal taken for a deduction",
        { lines: ["81 =5 #tilbakeføringAvInngåendeMerverdiavgift 'x'"] },
        "R023",
        true,
      ],
      ["a remark, basis and VAT of unlike signs", { lines: ["3 100*25=-25 !demobil"] }, "R074", true],
      ["a remark, like signs", { lines: ["3 100*25=25 !demobil"] }, "R074", false],
      ["a remark, the VAT alone is 0", { lines: ["3 100*25=0 !demobil"] }, "R074", false],
      ["a remark, unlike signs", { lines: ["3 -100*25=25 !tjenesteeksport"] }, "R075", true],
      ["a remark, like signs", { lines: ["3 -100*25=-25 !tjenesteeksport"] }, "R075", false],
      ["a remark, the basis is 0", { lines: ["3 0*25=-5 !tjenesteeksport"] }, "R075", true],
      [
        "a claim's VAT has the sign, the basis another",
        { category: "kompensasjon", lines: ["86 -100*25=25 !kjøp av tjenester"] },
        "R075",
        true,
      ],
      ["a remark for the other sign, unlike signs", { lines: ["3 100*25=-25 #uttak !kreditnota"] }, "R076", true],
      ["a remark for neither sign, unlike signs", { lines: ["3 100*25=-25 #justering !fast eiendom"] }, "R076", false],
    ];
    for (const [why, given, rule, rests] of rows) {
      it(`${rule}, ${why}: ${rests ? "yes" : "no"}`, () => {
        const { message, data } = only(evaluate(given), rule);
        assert.equal(message.en.includes(`reading of an ambiguous text: see ${rule}`), rests);
        assert.equal(message.nb.includes(`tolkning av en uklar regeltekst: se ${rule}`), rests);
        assert.equal(data?.["reading"], rests ? "yes" : undefined);
      });
    }
  });

  it("says R059's open question as information that changes no verdict", () => {
    const { findings, notEvaluated } = evaluate({}, { today: "2026-04-01" });
    const finding = findings.find(({ rule }) => rule === "R059");
    assert.equal(finding?.severity, "information");
    assert.equal(finding.officialSeverity, null);
    assert.equal(finding.code, "period-still-open");
    assert.ok(notEvaluated.includes("R059"));
  });

  it("takes midnight in Oslo for the end of a period", () => {
    const lastMinute = evaluate({}, { today: dateInOslo(new Date("2026-04-30T21:59:59Z")) });
    const nextDay = evaluate({}, { today: dateInOslo(new Date("2026-04-30T22:00:00Z")) });
    assert.ok(lastMinute.notEvaluated.includes("R059"));
    assert.ok(!nextDay.notEvaluated.includes("R059"));
  });

  describe("hints", () => {
    const rows: readonly (readonly [string, Given, string])[] = [
      ["zeros behind the point", { lines: ["3 100.00*25=25"] }, "amount-with-zero-decimals"],
      ["a basis too long to compute with", { lines: [`3 ${"9".repeat(401)}*25=25`] }, "amount-too-long-to-compute"],
      ["a total too long to compute with", { total: "9".repeat(401) }, "amount-too-long-to-compute"],
      ["zeros in the total", { total: "0.0" }, "amount-with-zero-decimals"],
      ["a capital in a remark", { lines: ["3 100*25=25 !Kreditnota"] }, "remark-spelled-differently"],
      ["a capital in the return's remark", { remark: "Forlis" }, "remark-spelled-differently"],
      ["week 53 of a year with 52", { period: "uke 53", year: 2025, category: "alminnelig" }, "week-53-does-not-exist"],
      ["zero VAT within the tolerance", { lines: ["3 40*25=0"] }, "zero-vat-on-small-basis"],
      [
        "a repeated amount where R115 sleeps",
        { lines: ["81 100*25=25", "81 =-25", "81 100*25=25 #kompensasjonsrett", "6 0*0=0"] },
        "compensation-repeats-amount",
      ],
    ];
    for (const [why, given, code] of rows) {
      it(`information, no rule: ${why}`, () => {
        const finding = only(evaluate(given), code);
        assert.deepEqual([finding.rule, finding.severity, finding.officialSeverity], [null, "information", null]);
        assert.ok(rules.some(({ number }) => number === finding.data?.["near"]));
      });
    }

    const silent: readonly (readonly [string, Given, string])[] = [
      ["week 53 of a year with 53", { period: "uke 53", year: 2026 }, "week-53-does-not-exist"],
      ["VAT below one krone", { lines: ["3 3*25=0"] }, "zero-vat-on-small-basis"],
      ["R019 speaks already", { lines: ["3 60*25=0"] }, "zero-vat-on-small-basis"],
      ["the list's own spelling", { lines: ["3 100*25=25 !kreditnota"] }, "remark-spelled-differently"],
      [
        "R115 speaks itself",
        { lines: ["81 100*25=25", "81 100*25=25 #kompensasjonsrett"] },
        "compensation-repeats-amount",
      ],
    ];
    for (const [why, given, code] of silent) {
      it(`silence: ${why}`, () => {
        assert.deepEqual(
          evaluate(given).findings.filter((finding) => finding.code === code),
          [],
        );
      });
    }
  });

  describe("assumptions", () => {
    const assumed = (given: Given, options: Partial<ValidationOptions> = {}): string =>
      evaluate(given, options)
        .assumptions.map(({ en }) => en)
        .join("\n");

    it("say that very long amounts were not computed with, and the rules that need them are not evaluated", () => {
      const given = { lines: [`3 ${"9".repeat(401)}*25=25`], total: "25" };
      assert.match(assumed(given), /more than 400 characters/);
      const { notEvaluated } = evaluate(given);
      for (const rule of ["R019", "R082"]) assert.ok(notEvaluated.includes(rule), rule);
      const long = { lines: ["3 100*25=25"], total: "9".repeat(401) };
      assert.ok(evaluate(long).notEvaluated.includes("R018"));
      assert.doesNotMatch(assumed({ lines: [`3 ${"0".repeat(399)}*25=25`] }), /characters/);
    });

    it("name the day of submission, and nothing else where nothing else was assumed", () => {
      assert.equal(assumed({ lines: ["3 100*25=25"] }), "The return was taken to be submitted on 2026-06-15.");
      assert.equal(assumed({ category: "eHandel" }), "");
    });
    it("name the tolerance where it let something pass", () => {
      assert.match(assumed({ lines: ["3 100*25=26"] }), /^R019: differences of up to 10 kroner/m);
      assert.doesNotMatch(assumed({ lines: ["3 100*25=26"] }, { tolerance: "strict" }), /R019/);
    });
    it("name the first submission where a rule rested on it, with the rule", () => {
      assert.match(
        assumed({ category: "kompensasjon" }, { today: "2026-05-01" }),
        /^R098, R134: this was taken to be the first submission for the period\.$/m,
      );
      assert.match(assumed({ category: "omvendtAvgiftsplikt", period: "januar-mars" }), /^R118: this was taken/m);
      assert.doesNotMatch(assumed({ category: "kompensasjon" }, { firstSubmission: null }), /R098/);
      assert.doesNotMatch(assumed({ category: "kompensasjon", total: -20000 }), /first submission/);
    });
    it("tell the first of the period from the first of the year", () => {
      const facts = [{ organisationNumber: "999999999", returnHistory: { completeFrom: "2026-03-01", returns: [] } }];
      const given = { category: "kompensasjon", total: -5 };
      const stated = assumed(given, { facts, today: "2026-05-01" });
      assert.doesNotMatch(stated, /first submission for the period/);
      assert.match(stated, /^R134: no earlier return in the year/m);
    });
    it("name a deadline and a ceiling that were given", () => {
      const deadlines = { "2025-04-30": "2025-06-10" };
      const claim = { category: "kompensasjon", year: 2025, total: -5 };
      assert.match(
        assumed(claim, { deadlines, today: "2025-06-10" }),
        /^R096, R097, R099: the deadline for the period was taken to be 2025-06-10\.$/m,
      );
      assert.match(
        assumed({ lines: ["3 100*25=25"] }, { maximumBasis: fromInteger(5000) }),
        /^R085: the highest basis was taken to be 5000 kroner\.$/m,
      );
    });
    it("name deadlines that belong to no period", () => {
      const deadlines = { "2026-04-30": "2026-06-10", "2026-04-29": "2026-06-10", "2026-06-29": "2026-08-31" };
      assert.match(
        assumed({ lines: ["3 100*25=25"] }, { deadlines }),
        /^No period ends on 2026-04-29 or 2026-06-29, so what is given as a deadline there is never used\.$/m,
      );
      assert.doesNotMatch(assumed({}, { deadlines: { "2026-04-30": "2026-06-10" } }), /No period/);
    });
    it("stand in a finding that rests on one", () => {
      const finding = only(evaluate({ category: "kompensasjon", total: 0 }, { today: "2026-08-01" }), "R098");
      assert.match(finding.message.en, /\(Taken for granted: this is the first submission for the period\.\)$/);
      assert.match(finding.message.nb, /\(Lagt til grunn: dette er den første innsendingen for perioden\.\)$/);
      assert.equal(finding.data?.["assumed"], "firstForPeriod");
      const facts = [{ organisationNumber: "999999999", returnHistory: { completeFrom: "2020-01-01", returns: [] } }];
      const known = only(evaluate({ category: "kompensasjon", total: 0 }, { today: "2026-08-01", facts }), "R098");
      assert.doesNotMatch(known.message.en, /Taken for granted/);
    });
    it("leave out what the taxpayer facts settle", () => {
      const facts = [{ organisationNumber: "999999999", returnHistory: { completeFrom: "2020-01-01", returns: [] } }];
      assert.doesNotMatch(assumed({ category: "kompensasjon" }, { facts }), /first submission|in the year/);
    });
    it("name the compensation rules used", () => {
      assert.match(assumed({ category: "kompensasjon" }), /rules of 2026/);
      assert.match(assumed({ category: "kompensasjon", year: 2025 }, { today: "2025-12-31" }), /before 2026/);
    });
    it("name a stated change where it decides", () => {
      assert.match(
        assumed({}, { changeOfEarlierReturn: true, today: "2032-01-01" }),
        /^R133: the return was taken to/m,
      );
      assert.doesNotMatch(assumed({}, { changeOfEarlierReturn: true }), /R13[23]/);
    });
  });

  it("has a setting and a switch of the command line for every option", () => {
    const manifest = readFileSync("package.json", "utf8");
    const help = helpText("validate", "en");
    for (const { name, meaning } of optionDescriptions) {
      const setting = name === "facts" ? "mvaMelding.taxpayerFacts" : `mvaMelding.rules.${name}`;
      assert.ok(manifest.includes(`"${setting}": {`), setting);
      assert.ok(help.replace(/\s+/g, " ").includes(meaning.en), name);
    }
  });

  it("describes every option, with rules that exist", () => {
    const described = optionDescriptions.map(({ name }) => name).sort();
    assert.deepEqual(described, Object.keys(defaultOptions("2026-01-01")).sort());
    for (const { rules: decided } of optionDescriptions) {
      for (const number of decided)
        assert.ok(
          rules.some((rule) => rule.number === number),
          number,
        );
    }
  });
});
