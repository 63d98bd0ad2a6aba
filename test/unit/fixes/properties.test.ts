import assert from "node:assert/strict";
import fc from "fast-check";
import { applyFix } from "../../../src/validation/fixes/index.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { ValidationOptions } from "../../../src/validation/options.ts";
import type { Validator } from "../../../src/validation/validator.ts";
import { randomFacts, randomOptions } from "../../support/randomOptions.ts";
import { randomReturn, seededRandom } from "../../support/randomReturn.ts";
import { applyEdit, edit } from "../pipeline/mutations.ts";
import type { Edit } from "../pipeline/mutations.ts";
import { kindOf } from "./consequences.ts";
import { assertMends, assertMendsAll, assertWellMade, fixesFor, loadValidator, today, valuesOf } from "./support.ts";

const full = process.env["MVA_TEST_FULL"] === "1";
const runs = full ? 20_000 : 2_000;
const options = defaultOptions(today);

/** Syntax findings about characters that are no value before they are mended. */
const mangled: readonly string[] = ["unknown-entity", "illegal-character"];

/** What people and systems write wrong without meaning anything else by it. */
const slips: readonly (readonly [RegExp, string])[] = [
  [/<sats>(\d+)<\/sats>/g, "<sats>$1 %</sats>"],
  [/<mvaKode>(\d+)<\/mvaKode>/g, "<mvaKode>0$1</mvaKode>"],
  [/<merverdiavgift>(-?\d+)\.(\d\d?)<\/merverdiavgift>/g, "<merverdiavgift>$1,$2</merverdiavgift>"],
  [/<grunnlag>(-?\d+)(\d{3})<\/grunnlag>/g, "<grunnlag>$1 $2</grunnlag>"],
  [/<merverdiavgift>(-?\d+)<\/merverdiavgift>/g, "<merverdiavgift>$1.00</merverdiavgift>"],
  [/<(grunnlag|sats|mvaKode|aar|merverdiavgift)>/g, '<$1 id="1">'],
  [/<grunnlag>([^<]*)<\/grunnlag><sats>([^<]*)<\/sats>/g, "<sats>$2</sats><grunnlag>$1</grunnlag>"],
  [/(<(aar|merverdiavgift|sats|mvaKode)>[^<]*<\/\2>)/g, "$1$1"],
  [/(<\/(?:innsending|mvaSpesifikasjonslinje|skattepliktig)>)/g, "$1-"],
  [/<utvalgtMerknad>([a-z])/g, "<utvalgtMerknad> $1"],
  [/<spesifikasjon>([a-z])/g, "<spesifikasjon> $1"],
  [/<meldingskategori>a/g, "<meldingskategori>A"],
  [/ xmlns="[^"]*"/g, ""],
  [/:v1\.0"/g, ':v2.0"'],
  [/<(\/?)sats>/g, "<$1Sats>"],
  [/<(\/?)sats>/g, "<$1satz>"],
  [/<\/(aar|sats|mvaKode)>/g, "</$1 >"],
  [/<\/(aar|sats|mvaKode)>/g, "</$1x>"],
  [/<systemnavn>[^<]*/g, "<systemnavn>Sol & S&oslash;n"],
];

/** The return with one to three slips, each in a place of its own. */
function withSlips(text: string, random: () => number): string {
  let result = text;
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
    const [pattern, by] = slips[Math.floor(random() * slips.length)] ?? [/$/g, ""];
    const places = [...result.matchAll(pattern)];
    const place = places[Math.floor(random() * places.length)];
    if (place === undefined) continue;
    const rest = result.slice(place.index);
    result = result.slice(0, place.index) + rest.replace(new RegExp(pattern.source), by);
  }
  return result;
}

function randomEdit(random: () => number): Edit {
  const kinds = ["remove", "double", "move", "insert", "replace", "cut"] as const;
  const kind = kinds[Math.floor(random() * kinds.length)] ?? "remove";
  return {
    kind,
    from: random(),
    length: 1 + Math.floor(random() * 12),
    to: random(),
    text: random() < 0.5 ? " " : "-",
  };
}

describe("fixes on random returns", function () {
  this.timeout(1_200_000);
  let validator: Validator;
  before(async () => {
    validator = await loadValidator();
  });

  /** @returns how many fixes were offered, preferred ones and others */
  function assertMendsEverything(text: string, circumstances: ValidationOptions): number {
    const result = validator.validate(text, circumstances);
    const fixes = fixesFor(text);
    let offered = 0;
    for (const finding of result.findings) {
      for (const fix of fixes.of(finding)) {
        assertWellMade(fix, text, finding.code);
        assertMends(validator, text, finding, fix, circumstances, result);
        offered++;
      }
    }
    return offered;
  }

  it("never throw and give edits that can be applied, whatever the document", () => {
    let offered = 0;
    const edits = fc.tuple(fc.nat(), fc.array(edit, { minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(edits, ([seed, changes]) => {
        const text = changes.reduce(applyEdit, randomReturn(seededRandom(seed), { mostLines: 4 }));
        const result = validator.validate(text, options);
        const { findings } = result;
        const fixes = fixesFor(text);
        for (const finding of findings) {
          for (const fix of fixes.of(finding)) {
            assertWellMade(fix, text, finding.code);
            offered++;
          }
        }
        const [first] = findings;
        const together = [fixes.mechanical(findings), first === undefined ? null : fixes.ofKind(first, findings)];
        for (const fix of together) if (fix !== null) assertWellMade(fix, text, "all");
      }),
      { numRuns: runs, seed: 3 },
    );
    assert.ok(offered > runs, `${offered} fixes were looked at`);
  });

  it("mend the finding and bring nothing unforeseen, on whatever return the schema accepts", () => {
    const random = seededRandom(11);
    let offered = 0;
    for (let i = 0; i < runs / 20; i++) {
      const text = randomReturn(random, { mostLines: 5 });
      const circumstances: readonly ValidationOptions[] = [
        options,
        { ...options, tolerance: "strict" },
        { ...randomOptions(random), facts: [randomFacts(random)] },
      ];
      for (const each of circumstances) offered += assertMendsEverything(text, each);
    }
    assert.ok(offered > 2 * runs, `${offered} fixes were looked at`);
  });

  it("of one kind mend as many as they say, and break nothing", () => {
    const random = seededRandom(13);
    let offered = 0;
    for (let i = 0; i < runs / 4; i++) {
      const text = randomReturn(random, { mostLines: 12 });
      const result = validator.validate(text, options);
      const fixes = fixesFor(text);
      const kinds = new Map(result.findings.map((finding) => [`${kindOf(finding)} ${finding.code}`, finding]));
      for (const finding of kinds.values()) {
        const all = fixes.ofKind(finding, result.findings);
        if (all === null) continue;
        assertWellMade(all, text, finding.code);
        assertMendsAll(validator, text, finding, all, options, result);
        offered++;
      }
    }
    assert.ok(offered > runs / 25, `${offered} fixes were looked at`);
  });

  it("that are mechanical change no value and bring nothing new, whatever was written wrong", () => {
    const random = seededRandom(14);
    let offered = 0;
    for (let i = 0; i < runs / 2; i++) {
      const slipped = withSlips(randomReturn(random, { mostLines: 4 }), random);
      const text = i % 4 === 0 ? applyEdit(slipped, randomEdit(random)) : slipped;
      const result = validator.validate(text, options);
      const fixes = fixesFor(text);
      for (const finding of result.findings) {
        for (const fix of fixes.of(finding).filter(({ mechanical }) => mechanical)) {
          assert.ok(fix.preferred, fix.title.en);
          const mended = assertMends(validator, text, finding, fix, options, result);
          const isMangled = finding.source === "syntax" && mangled.includes(finding.data?.["kind"] ?? "");
          if (!isMangled)
            assert.deepEqual(valuesOf(mended), valuesOf(text), `${finding.code} ${fix.title.en}\n${text}`);
          offered++;
        }
      }
    }
    assert.ok(offered > runs / 2, `${offered} fixes were looked at`);
  });

  it("that are mechanical come to an end, and leave nothing of their own behind", () => {
    const random = seededRandom(12);
    for (let i = 0; i < runs / 10; i++) {
      let text = randomReturn(random, { mostLines: 5 });
      let rounds = 0;
      for (; ; rounds++) {
        const all = fixesFor(text).mechanical(validator.validate(text, options).findings);
        if (all === null) break;
        assert.ok(rounds < 5, text);
        text = applyFix(text, all.edits);
      }
    }
  });
});
