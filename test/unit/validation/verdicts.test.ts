import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { defaultOptions } from "../../../src/validation/options.ts";
import type { DocumentResult, DocumentType, Verdict } from "../../../src/validation/result.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { judgeUndecodable } from "../../../src/validation/undecodable.ts";
import { createValidator } from "../../../src/validation/validator.ts";
import { documentIdentities } from "../../../src/vatReturn/documentType.ts";
import { decodeXml } from "../../../src/vatReturn/encoding.ts";

const { namespace } = documentIdentities.vatReturn;

describe("documents that schema and rules do not get to see", () => {
  let judge: (text: string) => DocumentResult;
  before(async () => {
    const validator = createValidator(await loadSchemaEngine());
    judge = (text) => validator.validate(text, defaultOptions("2026-06-15"));
  });

  const cases: readonly (readonly [name: string, text: string, Verdict, DocumentType | null])[] = [
    ["nothing", "", "malformed", null],
    ["white space", " \n", "malformed", null],
    ["words", "Hei!", "malformed", null],
    ["something else, broken", "<foo><bar>", "malformed", null],
    ["something else, with a document type declaration", "<!DOCTYPE html><html/>", "malformed", null],
    ["something else, well-formed", "<foo><bar/></foo>", "notARecognisedDocument", null],
    ["a return, broken", `<mvaMeldingDto xmlns="${namespace}"><innsending>`, "malformed", "vatReturn"],
    [
      "a return with a document type declaration",
      `<!DOCTYPE mvaMeldingDto><mvaMeldingDto xmlns="${namespace}"/>`,
      "malformed",
      "vatReturn",
    ],
  ];
  for (const [name, text, verdict, documentType] of cases)
    it(`${name}: ${verdict}`, () => {
      const result = judge(text);
      assert.deepEqual([result.verdict, result.documentType], [verdict, documentType]);
      // What is broken is a schema error by R001; of what is only unknown, nothing is wrong.
      assert.equal(result.findings.length > 0, verdict === "malformed");
      for (const { rule, officialSeverity } of result.findings)
        assert.deepEqual([rule, officialSeverity], ["R001", "ugyldig"]);
      assert.equal(result.notEvaluated.length > 0, documentType === "vatReturn");
    });
});

describe("bytes that are not in their encoding", () => {
  const sample = readFileSync("samples/mistake-wrong-sum.xml", "latin1").replace("Eksempelregnskap", "Økonomi");

  function judged(bytes: Uint8Array): ReturnType<typeof judgeUndecodable> {
    const decoded = decodeXml(bytes);
    assert.ok(decoded.kind === "problem");
    return judgeUndecodable(bytes, decoded.problem);
  }

  it("leave every rule of the category undecided, as in any other malformed return", async () => {
    const { result } = judged(Buffer.from(sample, "latin1"));
    const validator = createValidator(await loadSchemaEngine());
    const cut = validator.validate(sample.slice(0, -5), defaultOptions("2026-06-15"));
    assert.equal(cut.verdict, "malformed");
    assert.ok(result.notEvaluated.includes("R018"));
    assert.deepEqual(
      { ...result, findings: [] },
      { ...cut, findings: [] },
      "only the finding differs from what is said of a broken return",
    );
  });

  it("get one finding, where they begin not to be", () => {
    const { text, result } = judged(Buffer.from(sample, "latin1"));
    const [finding, ...more] = result.findings;
    assert.deepEqual(more, []);
    assert.deepEqual(
      [finding?.source, finding?.rule, finding?.code, finding?.data],
      ["syntax", "R001", "MvaMeldingsinnhold_Xml_SkjemaValideringsfeil", { kind: "invalid-bytes" }],
    );
    assert.equal(text.slice(finding?.range.start, finding?.range.end), "\ufffd");
  });

  it("are malformed also where nothing is recognised in them", () => {
    const { result } = judged(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a));
    assert.deepEqual([result.verdict, result.documentType, result.notEvaluated], ["malformed", null, []]);
  });
});
