import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createAnswerer } from "../../../src/extension/worker/answers.ts";
import { createJudge } from "../../../src/extension/worker/judge.ts";
import type { JudgedDocument, SeverityOverrides } from "../../../src/extension/worker/protocol.ts";
import type { FactsAnswer, PlacedEdit, PlacedFix } from "../../../src/extension/worker/questions.ts";
import { defaultOptions } from "../../../src/validation/options.ts";

const today = "2026-06-01";
const wrongSum = readFileSync("samples/mistake-wrong-sum.xml", "utf8");
const clean = readFileSync("samples/clean-general.xml", "utf8");
const options = defaultOptions(today);

describe("answers to the editor's questions", () => {
  const judge = createJudge();
  const answer = createAnswerer();

  async function judged(text: string, severities: SeverityOverrides = {}): Promise<JudgedDocument> {
    const outcome = await judge({ content: { text }, options, language: "en", engine: "builtin", severities });
    assert.ok(typeof outcome !== "string");
    return outcome;
  }

  it("give the fixes of the chosen findings, placed as the editor counts", async () => {
    const { findings } = await judged(wrongSum);
    const chosen = [findings.findIndex(({ rule }) => rule === "R018")];
    const question = { kind: "fixes", text: wrongSum, findings, chosen, language: "nb", today } as const;
    const [fix] = (await answer(question)) as readonly PlacedFix[];
    assert.equal(fix?.title, "Sett <fastsattMerverdiavgift> til 68000");
    assert.deepEqual(fix.findings, chosen);
    const [edit] = fix.edits;
    const [line = 0, start, , end] = edit?.range ?? [];
    assert.equal(wrongSum.split("\n")[line]?.slice(start, end), "68600");
  });

  it("say where in the mended document the author has to look", async () => {
    const text = wrongSum.replace(/<meldingskategori>.*\n/, "");
    const { findings } = await judged(text);
    const chosen = findings.flatMap(({ data }, index) => (data?.["kind"] === "missing-element" ? [index] : []));
    const question = { kind: "fixes", text, findings, chosen, language: "en", today } as const;
    const [fix] = (await answer(question)) as readonly PlacedFix[];
    assert.equal(fix?.placeholders.length, 1);
  });

  it("mend what is only written wrong in one edit", async () => {
    const text = clean.replace(">alminnelig<", "> Alminnelig<").replace("<sats>25<", "<sats>25,0<");
    const question = { kind: "fixAll", text, options, language: "en" } as const;
    const edits = (await answer(question)) as readonly PlacedEdit[];
    assert.equal(edits.length, 1);
    assert.deepEqual(await answer({ ...question, text: clean }), []);
    const guessed = clean.replace(">alminnelig<", ">alminelig<");
    assert.deepEqual(await answer({ ...question, text: guessed }), [], "what is meant is a guess");
  });

  it("explain rules, with and without a finding", async () => {
    const { findings } = await judged(wrongSum);
    const finding = findings.find(({ rule }) => rule === "R018") ?? null;
    const withNumbers = await answer({ kind: "explain", rule: "R018", finding, language: "en" });
    assert.match(withNumbers as string, /68600/);
    const alone = await answer({ kind: "explain", rule: "R018", finding: null, language: "nb" });
    assert.match(alone as string, /Hva regelen krever/);
  });

  it("read taxpayer facts and say where they are wrong", async () => {
    const text = '{"organisations": [{"organisationNumber": "1"}]}';
    const { problems } = (await answer({ kind: "facts", text, language: "en" })) as FactsAnswer;
    assert.deepEqual(
      problems.map(({ range }) => range),
      [[0, text.indexOf('"1"'), 0, text.indexOf('"1"') + 3]],
    );
    const broken = (await answer({ kind: "facts", text: "{", language: "en" })) as FactsAnswer;
    assert.deepEqual(broken.facts, []);
    assert.match(broken.problems[0]?.message ?? "", /not JSON/);
  });

  it("tell what taxpayer facts state twice or in vain, and whom they are about", async () => {
    const number = '"organisationNumber": "999999999"';
    const text = `{"organisations": [{${number},\n"deadlines": {"2026-04-29": "2026-06-10"}},\n{${number}, ${number}}]}`;
    const { facts, organisations, problems } = (await answer({ kind: "facts", text, language: "nb" })) as FactsAnswer;
    assert.equal(facts.length, 1);
    assert.deepEqual(organisations, [{ organisationNumber: "999999999", range: [0, 42, 0, 53] }]);
    assert.deepEqual(
      problems.map(({ range, message }) => [range, /fra før|Ingen periode/.exec(message)?.[0]]),
      [
        [[2, 36, 2, 56], "fra før"],
        [[1, 14, 1, 26], "Ingen periode"],
      ],
    );
  });

  it("show findings as the settings want them, and leave the verdict alone", async () => {
    const plain = await judged(wrongSum);
    const quiet = await judged(wrongSum, { R018: "information" });
    assert.equal(quiet.findings.find(({ rule }) => rule === "R018")?.severity, "information");
    const off = await judged(wrongSum, { R018: "off" });
    assert.ok(!off.findings.some(({ rule }) => rule === "R018"));
    assert.equal(off.turnedOff, 1);
    assert.equal(plain.verdict, "deviating");
    assert.equal(quiet.verdict, plain.verdict);
    assert.equal(off.verdict, plain.verdict);
  });
});
