import assert from "node:assert/strict";
import { documentIdentities, recogniseDocument } from "../../../src/vatReturn/documentType.ts";
import type { DocumentType, RecognitionCode } from "../../../src/vatReturn/documentType.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";

const vatReturn = documentIdentities.vatReturn.namespace;
const envelope = documentIdentities.envelope.namespace;

/** document | type | problem as `code@underlined text` */
const cases: readonly (readonly [
  text: string,
  type: DocumentType | null,
  problem: `${RecognitionCode}@${string}` | null,
])[] = [
  ...Object.entries(documentIdentities).flatMap(([type, { rootName, namespace }]) => [
    [`<${rootName} xmlns="${namespace}"/>`, type as DocumentType, null] as const,
    [`<x:${rootName} xmlns:x="${namespace}"/>`, type as DocumentType, null] as const,
    [`<${rootName} xmlns="urn:x"/>`, type as DocumentType, "wrong-namespace@urn:x"] as const,
    [
      `<${rootName} xmlns="${namespace.replace(/v1(\.0)?$/, "v0.9")}"/>`,
      type as DocumentType,
      `other-namespace-version@${namespace.replace(/v1(\.0)?$/, "v0.9")}`,
    ] as const,
    [`<${rootName}Dto2 xmlns="${namespace}"/>`, type as DocumentType, `wrong-root-element@${rootName}Dto2`] as const,
  ]),
  ["<mvaMeldingDto/>", "vatReturn", "missing-namespace@mvaMeldingDto"],
  ['<mvaMeldingDto xmlns=""/>', "vatReturn", 'missing-namespace@xmlns=""'],
  [`<mvaMeldingDto xmlns:x="${vatReturn}"/>`, "vatReturn", "missing-namespace@mvaMeldingDto"],
  [`<mvaMeldingDto xmlns="${vatReturn} "/>`, "vatReturn", `other-namespace-version@${vatReturn} `],
  [
    `<mvaMeldingDto xmlns="${vatReturn.toUpperCase()}"/>`,
    "vatReturn",
    `other-namespace-version@${vatReturn.toUpperCase()}`,
  ],
  [`<mvaMeldingDto xmlns="${envelope}"/>`, "vatReturn", `wrong-namespace@${envelope}`],
  [`<mvaMeldingInnsending xmlns="${vatReturn}"/>`, "envelope", `wrong-namespace@${vatReturn}`],
  [`<melding xmlns="${envelope}"/>`, "envelope", "wrong-root-element@melding"],
  [`<MvaMeldingDto xmlns="${vatReturn}"/>`, "vatReturn", "wrong-root-element@MvaMeldingDto"],
  [`<mvamelding xmlns="${vatReturn}"/>`, "vatReturn", "wrong-root-element@mvamelding"],
  ["<valideringsresultat/>", "validationResult", "missing-namespace@valideringsresultat"],
  ["<betalingsinformasjon/>", "paymentInformation", "missing-namespace@betalingsinformasjon"],
  ["<mvaMeldingInnsendingStatus/>", "submissionStatus", "missing-namespace@mvaMeldingInnsendingStatus"],
  ["<mvaMeldingInnsending/>", "envelope", "envelope-namespace-assumed@mvaMeldingInnsending"],
  [`<mvaMeldingInnsending xmlns:x="${envelope}"/>`, "envelope", "envelope-namespace-assumed@mvaMeldingInnsending"],
  ["<x:mvaMeldingInnsending/>", "envelope", "missing-namespace@x:mvaMeldingInnsending"],
  ['<html xmlns="http://www.w3.org/1999/xhtml"/>', null, null],
  ["<MvaMeldingDto/>", null, null],
  ["", null, null],
  [`<mvaMeldingDto xmlns="${vatReturn}"><innsending>`, "vatReturn", null],
  [`<mvaMeldingDto xmlns="${vatReturn}"`, "vatReturn", null],
  [`<mvaK\n<mvaMeldingDto xmlns="${vatReturn}"/>`, "vatReturn", null],
];

describe("recognition", () => {
  for (const [text, type, expected] of cases) {
    it(`${JSON.stringify(text).slice(0, 90)} is ${type ?? "unknown"}${expected === null ? "" : `, ${expected.split("@")[0] ?? ""}`}`, () => {
      const recognition = recogniseDocument(parseXml(text));
      assert.equal(recognition.documentType, type);
      const found = recognition.problems.map(({ code, range }) => `${code}@${text.slice(range.start, range.end)}`);
      assert.deepEqual(found, expected === null ? [] : [expected]);
      const assumed = expected?.startsWith("envelope-namespace-assumed") ?? false;
      assert.equal(recognition.namespaceAssumed, assumed);
      for (const { severity, data, message } of recognition.problems) {
        assert.equal(severity, assumed ? "information" : "error");
        assert.equal(data["expectedNamespace"], type === null ? undefined : documentIdentities[type].namespace);
        assert.ok(message.en !== message.nb);
      }
    });
  }

  it("quotes the version that stands at the end of a namespace", () => {
    const [problem] = recogniseDocument(
      parseXml(`<mvaMeldingDto xmlns="${vatReturn.replace("v1.0", "v2.7")}"/>`),
    ).problems;
    assert.match(problem?.message.en ?? "", /v2\.7\b.*v1\.0\b/);
    assert.match(problem?.message.nb ?? "", /v2\.7\b.*v1\.0\b/);
    assert.match(problem?.data["foundNamespace"] ?? "", /v2\.7$/);
  });
});
