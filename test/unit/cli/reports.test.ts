import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { createJsonReport } from "../../../src/cli/report/jsonReport.ts";
import type { JudgedDocument, Outcome, Report } from "../../../src/cli/report/report.ts";
import { artifactLocation, createSarifReport } from "../../../src/cli/report/sarifReport.ts";
import { createTextReport } from "../../../src/cli/report/textReport.ts";
import { wrap } from "../../../src/cli/report/wrap.ts";
import type { Finding } from "../../../src/validation/finding.ts";
import type { DocumentResult } from "../../../src/validation/result.ts";
import { LineIndex } from "../../../src/vatReturn/lineIndex.ts";

const text = "<a>\r\n\t<sum>12</sum>\n</a>\n";
const finding: Finding = {
  source: "rule",
  rule: "R018",
  code: "SUM_FEIL",
  severity: "warning",
  officialSeverity: "avvikende",
  message: { en: "The sum is wrong.", nb: "Summen er feil." },
  range: { start: 11, end: 13 },
  path: "/a/sum",
  specificationLine: null,
  related: [{ range: { start: 0, end: 3 }, message: { en: "added up here", nb: "lagt sammen her" } }],
};
const unnumbered: Finding = {
  ...finding,
  rule: null,
  code: "no-such-week",
  severity: "information",
  officialSeverity: null,
  range: { start: 25, end: 25 },
  path: null,
  specificationLine: 3,
  related: [],
};
const result: DocumentResult = {
  documentType: "vatReturn",
  verdict: "deviating",
  findings: [finding, unnumbered],
  notEvaluated: ["R047", "R049"],
  notEvaluatedBecause: { R047: "registers", R049: "setting" },
  assumptions: [{ en: "It is the first return.", nb: "Det er den første meldingen." }],
  summary: { organisationNumber: "314552105", category: "alminnelig", period: "mars-april 2026", lines: 1 },
};
const judged: JudgedDocument = { file: "min mappe/a%b.xml", text, lines: new LineIndex(text), result };
const clean: JudgedDocument = {
  file: "-",
  text,
  lines: new LineIndex(text),
  result: {
    documentType: "envelope",
    verdict: "valid",
    findings: [],
    notEvaluated: [],
    notEvaluatedBecause: {},
    assumptions: [],
    summary: null,
  },
};
const finished: Outcome = { exitCode: 0, leftOut: 0, interrupted: false };
const failure = { file: "gone.xml", message: { en: "no such file", nb: "finnes ikke" } };

function written(report: Report, documents: readonly JudgedDocument[], outcome: Outcome = finished): string {
  const pieces = documents.map((document) => report.document(document));
  return report.begin() + report.failure(failure) + pieces.join("") + report.end(outcome);
}

describe("JSON report", () => {
  it("writes every field, places counted from 1, ends exclusive", () => {
    assert.deepEqual(JSON.parse(written(createJsonReport("en"), [judged])), [
      {
        file: "min mappe/a%b.xml",
        documentType: "vatReturn",
        verdict: "deviating",
        findings: [
          {
            source: "rule",
            rule: "R018",
            code: "SUM_FEIL",
            severity: "warning",
            officialSeverity: "avvikende",
            message: "The sum is wrong.",
            path: "/a/sum",
            line: 2,
            column: 7,
            endLine: 2,
            endColumn: 9,
            specificationLine: null,
          },
          {
            source: "rule",
            rule: null,
            code: "no-such-week",
            severity: "information",
            officialSeverity: null,
            message: "The sum is wrong.",
            path: null,
            line: 4,
            column: 1,
            endLine: 4,
            endColumn: 1,
            specificationLine: 3,
          },
        ],
        notEvaluated: ["R047", "R049"],
        notEvaluatedBecause: { R047: "registers", R049: "setting" },
        assumptions: ["It is the first return."],
      },
    ]);
  });

  it("is an array of nothing, of one and of several", () => {
    for (const documents of [[], [judged], [judged, clean, judged]]) {
      const parsed = JSON.parse(written(createJsonReport("nb"), documents)) as unknown[];
      assert.equal(parsed.length, documents.length);
    }
  });
});

describe("SARIF report", () => {
  const rules = [
    {
      id: "R018",
      name: "SUM_FEIL",
      summary: { en: "The sum", nb: "Summen" },
      severity: "warning" as const,
      helpUri: "https://example.org/R018",
    },
  ];
  const options = {
    language: "nb" as const,
    version: "1.2.3",
    rules,
    workingFolder: "/home/x",
    commandLine: ["mva", "validate", "a b"],
  };
  const isSarif = sarifSchema();

  for (const [name, documents] of Object.entries({
    nothing: [],
    "standard input": [{ ...judged, file: "-" }],
    findings: [judged, clean],
    more: [clean, judged, { ...judged, file: "b.xml" }],
  }))
    it(`is accepted by the published schema: ${name}`, () => {
      const log: unknown = JSON.parse(written(createSarifReport(options), documents, { ...finished, exitCode: 2 }));
      assert.ok(isSarif(log), JSON.stringify(isSarif.errors));
    });

  it("is refused by the published schema when it is wrong", () => {
    const log = written(createSarifReport(options), [judged]).replace('"utf16CodeUnits"', '"letters"');
    assert.ok(!isSarif(JSON.parse(log)));
  });

  it("says where, by which rule, and how sure the run is", () => {
    const log = JSON.parse(written(createSarifReport(options), [clean, judged], { ...finished, exitCode: 2 })) as {
      runs: [
        {
          columnKind: string;
          results: { ruleId: string; ruleIndex?: number; level: string; locations: unknown[]; message: unknown }[];
          artifacts: { location: unknown; properties: unknown }[];
          invocations: { exitCode: number; executionSuccessful: boolean; toolExecutionNotifications: unknown[] }[];
        },
      ];
    };
    const [run] = log.runs;
    assert.equal(run.columnKind, "utf16CodeUnits");
    assert.deepEqual(
      run.results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level]),
      [
        ["R018", 0, "warning"],
        ["no-such-week", undefined, "note"],
      ],
    );
    assert.deepEqual(run.results[0]?.locations[0], {
      physicalLocation: {
        artifactLocation: { uri: "min%20mappe/a%25b.xml", uriBaseId: "WORKINGFOLDER", index: 1 },
        region: { startLine: 2, startColumn: 7, endLine: 2, endColumn: 9 },
      },
      logicalLocations: [{ fullyQualifiedName: "/a/sum", kind: "element" }],
    });
    assert.deepEqual(run.results[0].message, { text: "Summen er feil." });
    assert.deepEqual(run.artifacts[1]?.properties, {
      documentType: "vatReturn",
      verdict: "deviating",
      notEvaluated: ["R047", "R049"],
      notEvaluatedBecause: { R047: "registers", R049: "setting" },
      assumptions: ["Det er den første meldingen."],
    });
    assert.deepEqual(
      run.invocations.map(({ exitCode, executionSuccessful, toolExecutionNotifications }) => [
        exitCode,
        executionSuccessful,
        toolExecutionNotifications.length,
      ]),
      [[2, false, 1]],
    );
  });

  const locations: readonly (readonly [string, string])[] = [
    ["a.xml", "a.xml"],
    ["/home/x/a.xml", "a.xml"],
    ["y/æ å.xml", "y/%C3%A6%20%C3%A5.xml"],
    ["../y/æ å.xml", "file:///home/y/%C3%A6%20%C3%A5.xml"],
    ["/tmp/a.xml", "file:///tmp/a.xml"],
    ["..a.xml", "..a.xml"],
    ["a:b#c?.xml", "a%3Ab%23c%3F.xml"],
    ["-", "stdin:"],
    ["half\ud800.xml", "half%EF%BF%BD.xml"],
  ];
  for (const [file, uri] of locations)
    it(`addresses ${JSON.stringify(file)} as ${uri}`, () => assert.equal(artifactLocation(file, "/home/x").uri, uri));

  /** The schema speaks draft 4, of which it uses nothing but `id` that later drafts read otherwise. */
  function sarifSchema() {
    const packageFile = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/package.json");
    const file = join(dirname(packageFile), "lib/schemas/sarif-2.1.0-rtm.5.json");
    const { $schema, id, ...schema } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    assert.match(String($schema), /draft-04/);
    assert.match(String(id), /sarif-2\.1\.0/);
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    formats(ajv);
    return ajv.compile(schema);
  }
});

describe("text report", () => {
  const plain = { colours: false, width: 80 };

  it("shows place, severity, rule, message and the line with a mark, then what it comes to", () => {
    const report = written(createTextReport({ ...plain, language: "en" }), [judged, clean], {
      ...finished,
      leftOut: 2,
    });
    assert.equal(
      report,
      `min mappe/a%b.xml:2:7: warning[R018]: The sum is wrong.
    2 |     <sum>12</sum>
      |          ^^
min mappe/a%b.xml:1:1: see also: added up here
    1 | <a>
      | ^^^

min mappe/a%b.xml:4:1: note[no-such-week]: The sum is wrong.
    4 | 
      | ^

min mappe/a%b.xml: deviating (VAT return, alminnelig, mars-april 2026, 314552105, 1 line)
<standard input>: valid (envelope)

2 documents: 1 valid, 1 deviating; 0 errors, 1 warning, 1 note; 1 could not be
  read; left out: 2 other files.
1 rule not decided here, left to Skatteetaten: R047.
1 rule not decided for want of an option (see mva validate --help): R049.
Assumed:
- It is the first return.
`,
    );
  });

  it("speaks bokmål", () => {
    const report = written(createTextReport({ ...plain, language: "nb" }), [judged], {
      ...finished,
      interrupted: true,
    });
    assert.match(report, /a%b\.xml:2:7: advarsel\[R018\]: Summen er feil\./);
    assert.match(report, /1 dokument: 1 avvikende; 0 feil, 1 advarsel, 1 opplysning; 1 kunne ikke leses;\s+avbrutt\./);
    assert.match(report, /1 regel ble ikke avgjort her og kontrolleres av Skatteetaten: R047\./);
    assert.match(report, /1 regel ble ikke avgjort fordi et valg mangler .*: R049\./);
  });

  it("says of a malformed document that no rule has seen it", () => {
    const malformed = {
      ...judged,
      result: { ...result, verdict: "malformed", findings: [], assumptions: [] },
    } as const;
    const report = (language: "en" | "nb"): string => written(createTextReport({ ...plain, language }), [malformed]);
    assert.match(report("en"), /^min mappe\/a%b\.xml: malformed, schema and rules not checked \(VAT return/);
    assert.match(report("nb"), /: ikke velformet, skjema og regler ikke kontrollert \(mva-melding/);
    assert.doesNotMatch(report("en"), /R047|R049/, "the rules are not listed one by one");
  });

  it("puts colours around words and no other character", () => {
    const colourful = written(createTextReport({ language: "en", colours: true, width: 80 }), [judged, clean]);
    assert.match(colourful, /\u001b\[33mwarning\[R018\]\u001b\[0m/);
    assert.equal(
      colourful.replace(/\u001b\[[0-9]+m/g, ""),
      written(createTextReport({ language: "en", colours: false, width: 80 }), [judged, clean]),
    );
  });

  it("passes on no control character from document, message or file name", () => {
    const hostile = {
      ...judged,
      file: "a\u001b]0;x\u0007.xml",
      text: "\u001b[2J<a>",
      lines: new LineIndex("\u001b[2J<a>"),
    };
    const words = {
      ...finding,
      message: { en: "not \u009b31m\u202e", nb: "" },
      range: { start: 0, end: 4 },
      related: [],
    };
    const document = { ...hostile, result: { ...result, findings: [words] } };
    const report = written(createTextReport({ ...plain, language: "en" }), [document]);
    assert.doesNotMatch(report, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("shows a few related places and counts the others", () => {
    const [place] = finding.related;
    assert.ok(place);
    const many = { ...finding, related: Array.from({ length: 10 }, () => place) };
    const report = written(createTextReport({ ...plain, language: "en" }), [
      { ...judged, result: { ...result, findings: [many] } },
    ]);
    assert.equal(report.split("see also: added up here").length - 1, 3);
    assert.match(report, /… and 7 more places/);
  });

  it("breaks long sentences between words", () => {
    assert.deepEqual(wrap("one two three four", 9), ["one two", "  three", "  four"]);
    assert.deepEqual(wrap("averylongword", 5), ["averylongword"]);
  });
});
