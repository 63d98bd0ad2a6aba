import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createJudge } from "../../../src/extension/worker/judge.ts";
import { maximumFindings, type DocumentContent, type JudgedDocument } from "../../../src/extension/worker/protocol.ts";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { Language } from "../../../src/vatReturn/text.ts";

const wrongSum = readFileSync("samples/mistake-wrong-sum.xml", "utf8");

describe("judging for the editor", () => {
  const judge = createJudge();

  async function judged(content: DocumentContent, language: Language = "en"): Promise<JudgedDocument> {
    const outcome = await judge({ content, options: defaultOptions("2026-11-01"), language, engine: "builtin" });
    assert.ok(typeof outcome !== "string", "the document was judged");
    return outcome;
  }

  it("places findings by line and column, with the second place and the rule's page", async () => {
    const { verdict, findings, counts } = await judged({ text: wrongSum });
    const finding = findings.find(({ rule }) => rule === "R018");
    assert.ok(finding, "R018 objects to the sum");
    const [line, start, endLine, end] = finding.range;
    assert.equal(endLine, line);
    const underlined = (wrongSum.split("\n")[line] ?? "").slice(start, end);
    assert.match(underlined, /^-?\d+$/);
    assert.ok(finding.related.length > 0, "the lines that are summed are named");
    assert.match(finding.documentation, /R018/);
    assert.equal(verdict, "deviating");
    assert.equal(counts.warning, findings.filter(({ severity }) => severity === "warning").length);
  });

  it("gives the same places for bytes as for text", async () => {
    const text = await judged({ text: wrongSum });
    for (const bytes of [Buffer.from(wrongSum), Buffer.from(`\uFEFF${wrongSum}`)]) {
      assert.deepEqual({ ...(await judged({ bytes })), duration: 0 }, { ...text, duration: 0 });
    }
  });

  it("speaks the language it is asked in", async () => {
    const [english, norwegian] = [await judged({ text: wrongSum }), await judged({ text: wrongSum }, "nb")];
    assert.notEqual(english.findings[0]?.message, norwegian.findings[0]?.message);
    assert.notEqual(english.notEvaluated[0]?.title, norwegian.notEvaluated[0]?.title);
  });

  it("says of undecided rules what they are about", async () => {
    const { notEvaluated } = await judged({ text: wrongSum });
    assert.ok(notEvaluated.length > 0, "some rules are left to the authority");
    for (const { rule, title } of notEvaluated) assert.notEqual(title, "", rule);
  });

  it("says why bytes could not be read", async () => {
    const bytes = Buffer.concat([Buffer.from('<?xml version="1.0"?><mvaMeldingDto>'), Buffer.from([0xff, 0xfe])]);
    const { verdict, documentType, findings, notEvaluated } = await judged({ bytes });
    assert.equal(verdict, "malformed");
    assert.equal(findings.length, 1);
    assert.deepEqual(findings[0]?.range, [0, 36, 0, 37]);
    assert.equal(findings[0].code, "MvaMeldingsinnhold_Xml_SkjemaValideringsfeil");
    assert.equal(documentType, "vatReturn");
    assert.ok(notEvaluated.some(({ rule }) => rule === "R018"));
  });

  it("sends a bounded number of findings, errors first, and counts them all", async () => {
    const line = /\s*<mvaSpesifikasjonslinje>[\s\S]*?<\/mvaSpesifikasjonslinje>/.exec(wrongSum)?.[0] ?? "";
    const bad = line.replace(/<mvaKode>[^<]*/, "<mvaKode>nothing");
    const { findings, counts } = await judged({ text: wrongSum.replace(line, bad.repeat(1500)) });
    assert.equal(findings.length, maximumFindings);
    assert.ok(counts.error >= 1500, `${counts.error} errors`);
    assert.ok(findings.every(({ severity }) => severity === "error"));
  });
});
