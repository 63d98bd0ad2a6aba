import { performance } from "node:perf_hooks";
import fc from "fast-check";
import type { ValidationOptions } from "../../../src/validation/options.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { DocumentResult } from "../../../src/validation/result.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { createValidator } from "../../../src/validation/validator.ts";
import { startingDocuments } from "./documents.ts";
import { mutated } from "./mutations.ts";

/** What comes back: before each document its text, at the end what was found. */
export type FuzzReport =
  | { readonly kind: "begins"; readonly text: string }
  | { readonly kind: "ends"; readonly failure: string | null; readonly verdicts: Readonly<Record<string, number>> };

const longest = 1000;
const [runs, seed] = process.argv.slice(2).map(Number);
const validator = createValidator(await loadSchemaEngine());
const verdicts: Record<string, number> = {};

const options = fc.record({
  today: fc.constantFrom("2021-12-31", "2026-06-15", "2030-01-01"),
  tolerance: fc.constantFrom("faq", "strict"),
  firstSubmission: fc.constantFrom(true, false, null),
  changeOfEarlierReturn: fc.constantFrom(true, false, null),
});

const failure = fc.check(
  fc.property(mutated(startingDocuments()), options, (text, switches) => {
    report({ kind: "begins", text });
    const result = judgeInTime(text, { ...defaultOptions(switches.today), ...switches });
    verdicts[result.verdict] = (verdicts[result.verdict] ?? 0) + 1;
    checkResult(text, result);
  }),
  { numRuns: runs ?? 0, seed: seed ?? 0 },
);
report({ kind: "ends", failure: failure.failed ? (fc.defaultReportMessage(failure) ?? "failed") : null, verdicts });

/** The machine may pause; a document that takes long takes long three times. */
function judgeInTime(text: string, all: ValidationOptions): DocumentResult {
  for (let attempt = 1; ; attempt++) {
    const start = performance.now();
    const result = validator.validate(text, all);
    const time = performance.now() - start;
    if (time <= longest) return result;
    if (attempt === 3) throw new Error(`Judging ${text.length} characters took ${time.toFixed(0)} ms.`);
  }
}

function checkResult(text: string, result: DocumentResult): void {
  let before = -1;
  for (const { range, related, rule, code, message } of result.findings) {
    for (const { start, end } of [range, ...related.map((place) => place.range)])
      if (!(start >= 0 && start <= end && end <= text.length))
        throw new Error(`${rule ?? code} stands at ${start}–${end} of ${text.length}.`);
    if (range.start < before) throw new Error(`${rule ?? code} stands out of order.`);
    if (message.en === "" || message.nb === "") throw new Error(`${rule ?? code} says nothing.`);
    before = range.start;
  }
  const refused = result.findings.some(({ severity }) => severity === "error");
  const deviates = result.findings.some(({ officialSeverity }) => officialSeverity === "avvikende");
  const consistent = {
    valid: !refused && !deviates,
    deviating: !refused && deviates,
    invalid: refused,
    malformed: refused,
    notARecognisedDocument: true,
  };
  if (!consistent[result.verdict]) throw new Error(`The verdict ${result.verdict} does not follow from the findings.`);
}

function report(message: FuzzReport): void {
  process.send?.(message);
}
