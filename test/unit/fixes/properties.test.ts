import assert from "node:assert/strict";
import fc from "fast-check";
import { applyFix } from "../../../src/validation/fixes/index.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { Validator } from "../../../src/validation/validator.ts";
import { randomReturn, seededRandom } from "../../support/randomReturn.ts";
import { applyEdit, edit } from "../pipeline/mutations.ts";
import { assertMends, assertWellMade, fixesFor, loadValidator, today } from "./support.ts";

const full = process.env["MVA_TEST_FULL"] === "1";
const runs = full ? 20_000 : 2_000;
const options = defaultOptions(today);

describe("fixes on random returns", function () {
  this.timeout(1_200_000);
  let validator: Validator;
  before(async () => {
    validator = await loadValidator();
  });

  it("never throw and give edits that can be applied, whatever the document", () => {
    let offered = 0;
    const edits = fc.tuple(fc.nat(), fc.array(edit, { minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(edits, ([seed, changes]) => {
        const text = changes.reduce(applyEdit, randomReturn(seededRandom(seed), { mostLines: 4 }));
        const { findings } = validator.validate(text, options);
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

  it("mend the finding and break nothing, on whatever return the schema accepts", () => {
    const random = seededRandom(11);
    let offered = 0;
    for (let i = 0; i < runs / 10; i++) {
      const text = randomReturn(random, { mostLines: 5 });
      const { findings } = validator.validate(text, options);
      const fixes = fixesFor(text);
      for (const finding of findings) {
        for (const fix of fixes.of(finding)) {
          assertWellMade(fix, text, finding.code);
          assertMends(validator, text, finding, fix, options, findings);
          offered++;
        }
      }
    }
    assert.ok(offered > runs, `${offered} fixes were looked at`);
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
