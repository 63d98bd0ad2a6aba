import assert from "node:assert/strict";
import { formatDecimal } from "../../../src/vatReturn/decimal.ts";
import { documentIdentities } from "../../../src/vatReturn/documentType.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../src/vatReturn/vatReturn.ts";
import type { VatReturn } from "../../../src/vatReturn/vatReturn.ts";
import { sampleReturn } from "./sampleReturn.ts";

function read(text: string): VatReturn {
  const { root } = parseXml(text);
  assert.ok(root);
  return readVatReturn(root);
}

const withYear = (year: string) => read(sampleReturn(0).replace("<aar>2024</aar>", `<aar>${year}</aar>`));

describe("readVatReturn", () => {
  it("reads every element of a return, with its place", () => {
    const text = sampleReturn(2);
    const vatReturn = read(text);
    const line = vatReturn.lines[1];
    const amount = (value: VatReturn["fastsattMerverdiavgift"]) => (value?.value ? formatDecimal(value.value) : null);
    assert.deepEqual(
      {
        reference: vatReturn.regnskapssystemsreferanse?.value,
        system: vatReturn.systemnavn?.value,
        aar: vatReturn.aar?.value,
        period: vatReturn.period,
        total: amount(vatReturn.fastsattMerverdiavgift),
        lines: vatReturn.lines.length,
        kid: vatReturn.kundeIdentifikasjonsnummer?.value,
        organisasjonsnummer: vatReturn.organisasjonsnummer?.value,
        identifikasjonsnummer: vatReturn.identifikasjonsnummer,
        meldingskategori: vatReturn.meldingskategori?.value,
        merknad: [vatReturn.merknad?.beskrivelse, vatReturn.merknad?.utvalgtMerknad?.value],
        periode: vatReturn.periode?.localName,
        line: [
          line?.index,
          line?.mvaKode?.value,
          line?.spesifikasjon?.value,
          line?.mvaKodeRegnskapsystem?.value,
          line && amount(line.grunnlag),
          line?.sats?.value,
          line && amount(line.merverdiavgift),
          line?.merknad?.beskrivelse?.value,
          line?.merknad?.utvalgtMerknad,
        ],
      },
      {
        reference: "ref-1",
        system: "Systemet",
        aar: 2024,
        period: {
          elementName: "skattleggingsperiodeToMaaneder",
          value: "mars-april",
          year: 2024,
          start: "2024-03-01",
          end: "2024-04-30",
        },
        total: "-1234",
        lines: 2,
        kid: "18",
        organisasjonsnummer: "999999999",
        identifikasjonsnummer: null,
        meldingskategori: "alminnelig",
        merknad: [null, "annet"],
        periode: "periode",
        line: [1, "81", "uttak", "Salg & uttak 1", "1001", "25", "251.25", "Første — «linje» 😀", null],
      },
    );
    const range = line?.grunnlag?.element.valueRange;
    assert.equal(text.slice(range?.start, range?.end), "1001");
  });

  for (const [year, value] of [
    ["2024", 2024],
    [" 2024\n", 2024],
    ["2024Z", 2024],
    ["2024+01:00", 2024],
    ["2024-05:00", 2024],
    ["0099", 99],
    ["20240", 2024],
    ["-2024", null],
    ["0000", null],
    ["+2024", null],
    ["24", null],
    ["2024.0", null],
    ["to tusen", null],
    ["", null],
  ] as const) {
    it(`takes ${JSON.stringify(year)} for ${value ?? "no year"}`, () => {
      const { aar, period } = withYear(year);
      assert.deepEqual([aar?.value, aar?.text], [value, year]);
      assert.equal(period?.year ?? null, value);
    });
  }

  it("has no period where kind, value or year is unreadable", () => {
    const text = sampleReturn(0);
    assert.equal(read(text.replace("mars-april", "april-mai")).period, null);
    assert.equal(read(text.replaceAll("skattleggingsperiodeToMaaneder", "skattleggingsperiodeMaaneder")).period, null);
    assert.equal(read(text.replace(/<aar>.*<\/aar>/, "")).period, null);
  });

  it("keeps a value that can't be read, with its place", () => {
    const line = read(sampleReturn(1).replace(">1000<", "> tusen <")).lines[0];
    assert.deepEqual([line?.grunnlag?.value, line?.grunnlag?.text], [null, " tusen "]);
  });

  it("keeps white space of texts, and drops it around amounts", () => {
    const line = read(sampleReturn(1).replace(">3<", "> 3 <").replace(">1000<", ">\n1000 <")).lines[0];
    assert.equal(line?.mvaKode?.value, " 3 ");
    assert.deepEqual(line.grunnlag?.value, { coefficient: 1000n, scale: 0 });
  });

  it("takes the first of several", () => {
    const text = sampleReturn(1)
      .replace("<sats>25</sats>", "<sats>25</sats><sats>15</sats>")
      .replace("<aar>", "<aar>2020</aar><aar>");
    assert.equal(read(text).lines[0]?.sats?.value, "25");
    assert.equal(read(text).aar?.value, 2020);
  });

  it("reads the elements in any order", () => {
    const text = sampleReturn(1).replace(/(<mvaKode>.*?<\/mvaKode>)\s*(<spesifikasjon>.*?<\/spesifikasjon>)/s, "$2$1");
    assert.deepEqual([read(text).lines[0]?.mvaKode?.value, read(text).lines[0]?.spesifikasjon?.value], ["3", "uttak"]);
  });

  it("reads a return with prefixes, in a mistaken namespace and without one", () => {
    const { namespace } = documentIdentities.vatReturn;
    const prefixed = sampleReturn(1)
      .replace(/<(\/?)([a-z])/gi, "<$1m:$2")
      .replace("<?m:xml", "<?xml")
      .replace("xmlns=", "xmlns:m=");
    for (const text of [
      prefixed,
      sampleReturn(1).replace(namespace, "urn:x"),
      sampleReturn(1).replace(` xmlns="${namespace}"`, ""),
    ]) {
      const vatReturn = read(text);
      assert.deepEqual([vatReturn.lines[0]?.mvaKode?.value, vatReturn.period?.value], ["3", "mars-april"]);
    }
  });

  it("passes over elements of another namespace", () => {
    const text = sampleReturn(1).replace("<sats>", '<sats xmlns="urn:x">99</sats><sats>');
    assert.equal(read(text).lines[0]?.sats?.value, "25");
  });

  it("reads what is there of a return that breaks off", () => {
    const text = sampleReturn(3);
    const vatReturn = read(text.slice(0, text.lastIndexOf("<sats>") + 8));
    assert.equal(vatReturn.lines.length, 3);
    const line = vatReturn.lines[2];
    assert.deepEqual([line?.sats?.value, line?.merverdiavgift], ["25", null]);
    assert.equal(vatReturn.meldingskategori, null);
  });

  it("reads a line in which a tag is being typed", () => {
    const line = read(sampleReturn(1).replace("<grunnlag>", "<mer\n      <grunnlag>")).lines[0];
    assert.deepEqual([line?.grunnlag?.text, line?.sats?.value], ["1000", "25"]);
  });

  it("gives an empty return for a root without anything", () => {
    const vatReturn = read("<mvaMeldingDto/>");
    assert.deepEqual([vatReturn.lines, vatReturn.period, vatReturn.aar, vatReturn.merknad], [[], null, null, null]);
  });
});
