import assert from "node:assert/strict";
import { attachmentHeader, readContentDisposition } from "../../../../src/sandbox/altinn/contentDisposition.ts";
import { Clock } from "../../../../src/sandbox/altinn/clock.ts";
import { readMultipart, nameOfPart } from "../../../../src/sandbox/altinn/multipart.ts";
import { customerId, dueDate, paymentInformation } from "../../../../src/sandbox/altinn/paymentInformation.ts";
import { mayDo, type PolicyAction } from "../../../../src/sandbox/altinn/policy.ts";
import { writePdf } from "../../../../src/sandbox/altinn/receipt.ts";
import { contentDisposition } from "../../../../src/services/altinn/contentDisposition.ts";
import { fromInteger } from "../../../../src/vatReturn/decimal.ts";
import { readTaxPeriod, type TaxPeriod } from "../../../../src/vatReturn/period.ts";
import { passesMod10 } from "../../../../src/validation/rules/kid.ts";
import { defaultOptions } from "../../../../src/validation/options.ts";
import { loadSchemaEngine } from "../../../../src/validation/schema/schemaEngine.ts";
import { createValidator } from "../../../../src/validation/validator.ts";

function period(elementName: string, value: string, year = 2026): TaxPeriod {
  const found = readTaxPeriod(elementName, value, year);
  assert.ok(found !== null);
  return found;
}

describe("sandbox: what Altinn's part is made of", () => {
  it("reads Content-Disposition strictly", () => {
    const cases: readonly (readonly [string, string | null, string | null] | readonly [string, null])[] = [
      ["attachment; filename=a.pdf", "a.pdf", null],
      ['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf', null],
      ["attachment;filename*=utf-8'no'%C3%A6.pdf", null, "æ.pdf"],
      ["attachment; filename*=UTF-8''%E0.pdf", null, null],
      ["attachment; filename*=ISO-8859-1''%E6.pdf", null, null],
      ["attachment", null, null],
      ["attachment; filename=a b.pdf", null],
      ["attachment; filename=", null],
      ["", null],
    ];
    for (const [header, fileName, extendedFileName] of cases) {
      const expected = extendedFileName === undefined ? null : { fileName, extendedFileName };
      assert.deepEqual(readContentDisposition(header), expected, header);
    }
  });

  it("understands the product's own header, and writes one that gives the name back", () => {
    for (const name of ["a.pdf", "økonomi år (1).pdf", "it's 100 %.pdf", "ærlig*talt.pdf"]) {
      for (const header of [contentDisposition(name), attachmentHeader(name)]) {
        const read = readContentDisposition(header);
        assert.equal(read?.extendedFileName ?? read?.fileName, name, header);
      }
    }
  });

  it("takes parts apart, and refuses what keeps to no boundary", () => {
    const body =
      '--x\r\nContent-Disposition: form-data; name="instance"\r\n\r\n{}\r\n--x\r\nContent-Type: text/xml\r\n\r\n<a>\r\n</a>\r\n--x--\r\n';
    const parts = readMultipart(Buffer.from(body), 'multipart/form-data; boundary="x"');
    assert.deepEqual(
      parts?.map((part) => [nameOfPart(part), part.bytes.toString()]),
      [
        ["instance", "{}"],
        ["", "<a>\r\n</a>"],
      ],
    );
    assert.equal(readMultipart(Buffer.from(body), "multipart/form-data"), null);
    assert.equal(readMultipart(Buffer.from(body.slice(0, -8)), "multipart/form-data; boundary=x"), null);
    assert.equal(readMultipart(Buffer.from("x"), "multipart/form-data; boundary=x"), null);
  });

  it("writes instants with up to seven digits, each its own", () => {
    const clock = new Clock(() => Date.parse("2026-11-22T09:00:00.120Z"));
    const stamps = Array.from({ length: 50 }, () => clock.stamp());
    assert.equal(new Set(stamps).size, 50);
    for (const stamp of stamps) assert.match(stamp, /^2026-11-22T09:00:00\.12\d{1,5}Z$/);
    assert.ok(stamps.every((stamp) => Date.parse(stamp) === Date.parse("2026-11-22T09:00:00.120Z")));
  });

  it("lets roles do what the policy says, in each task", () => {
    const fill = ["REGNA", "A0237", "A0238", "A0240"];
    const sign = ["SISKD", "KNUF", "A0239"];
    const table: readonly (readonly [
      PolicyAction,
      "Task_1" | "Task_2" | "Task_3" | "EndEvent_1",
      readonly string[],
    ])[] = [
      ["read", "Task_3", [...fill, ...sign]],
      ["write", "Task_1", [...fill, ...sign]],
      ["delete", "Task_1", [...fill, ...sign]],
      ["write", "Task_2", sign],
      ["confirm", "Task_2", sign],
      ["delete", "Task_2", sign],
      ["confirm", "Task_1", []],
      ["write", "Task_3", []],
      ["delete", "Task_3", []],
      ["delete", "EndEvent_1", [...fill, ...sign]],
      ["complete", "EndEvent_1", []],
    ];
    for (const [action, place, may] of table) {
      for (const role of [...fill, ...sign, "DAGL", "REGN"]) {
        assert.equal(mayDo([role], action, place), may.includes(role), `${role} ${action} ${place}`);
      }
    }
  });

  const due: readonly (readonly [string, string, string, string])[] = [
    ["skattleggingsperiodeToMaaneder", "januar-februar", "alminnelig", "2026-04-10"],
    ["skattleggingsperiodeToMaaneder", "mars-april", "alminnelig", "2026-06-10"],
    ["skattleggingsperiodeToMaaneder", "mai-juni", "alminnelig", "2026-08-31"],
    ["skattleggingsperiodeToMaaneder", "november-desember", "alminnelig", "2027-02-10"],
    ["skattleggingsperiodeMaaned", "januar", "alminnelig", "2026-03-10"],
    ["skattleggingsperiodeAar", "aarlig", "alminnelig", "2027-03-10"],
    ["skattleggingsperiodeAar", "aarlig", "primaernaering", "2027-04-10"],
  ];
  for (const [kind, value, category, expected] of due) {
    it(`lets ${value} of ${category} be due on ${expected}`, () => {
      assert.equal(dueDate(period(kind, value), category), expected);
    });
  }

  it("computes payment information that is valid, with a KID whose last digit is right", async () => {
    const validator = createValidator(await loadSchemaEngine());
    const input = {
      instanceId: "50552105/x",
      organisationNumber: "314552105",
      period: period("skattleggingsperiodeToMaaneder", "mars-april"),
      category: "alminnelig",
      deadline: null,
    };
    const kid = customerId(input.organisationNumber, input.period);
    assert.match(kid, /^3145521052604\d$/);
    assert.ok(passesMod10(kid));
    const cases: readonly (readonly [number, string, string, string])[] = [
      [75_500, "2026-06-01", "75500", "2026-06-10"],
      [-300, "2026-06-01", "0", "2026-06-10"],
      [1, "2026-07-01", "1", "2026-07-01"],
    ];
    for (const [amount, today, toPay, deadline] of cases) {
      const xml = paymentInformation({ ...input, amount: fromInteger(amount), today });
      assert.match(xml, new RegExp(`<beloep>${toPay}</beloep>[^]*<betalingsfrist>${deadline}</betalingsfrist>`));
      const result = validator.validate(xml, defaultOptions(today));
      assert.deepEqual([result.documentType, result.findings], ["paymentInformation", []]);
    }
  });

  it("writes a PDF whose cross-references hit their objects", () => {
    const pdf = writePdf("Kvittering (prøve)", ["æøå ÆØÅ \\ ( )", "", "utenfor: \u{1f4a9} \u0153"]).toString("latin1");
    assert.match(pdf, /^%PDF-1\.4\n/);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
    assert.ok(pdf.startsWith("xref\n0 7\n", start));
    const offsets = [...pdf.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    assert.equal(offsets.length, 6);
    offsets.forEach((offset, index) => assert.ok(pdf.startsWith(`${String(index + 1)} 0 obj\n`, offset)));
    const stream = /<< \/Length (\d+) >>\nstream\n([^]*?)\nendstream/.exec(pdf);
    assert.equal(stream?.[2]?.length, Number(stream?.[1]));
    assert.ok(pdf.includes("(æøå ÆØÅ \\\\ \\( \\)) Tj"));
  });
});
