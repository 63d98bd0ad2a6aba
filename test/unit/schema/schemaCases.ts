import { changed, smallEnvelope, smallReturn, type Change, type SchemaCase } from "./returns.ts";

const basis = "/mvaMeldingDto/skattegrunnlagOgBeregnetSkatt";
const firstLine = `${basis}/mvaSpesifikasjonslinje[1]`;
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** What both engines must say, in the same words and places. */
export const schemaCases: readonly SchemaCase[] = [
  of("a valid return", [], []),
  of(
    "a misspelt element",
    [["<mvaKode>3</mvaKode>", "<mvaKod>3</mvaKod>"]],
    [`unexpected-element ${firstLine}/mvaKod [mvaKod]`],
  ),
  of(
    "an unknown element",
    [["<innsending>", "<innsending><annet/>"]],
    ["unexpected-element /mvaMeldingDto/innsending/annet [annet]"],
  ),
  of(
    "an unknown element, and a wrong value behind it in the same element",
    [
      ["<mvaKode>3</mvaKode>", "<annet/><mvaKode>3</mvaKode>"],
      [">125<", ">125,50<"],
    ],
    [`unexpected-element ${firstLine}/annet [annet]`, `wrong-type ${firstLine}/merverdiavgift [125,50]`],
  ),
  of(
    "an element twice",
    [["<sats>25</sats>", "<sats>25</sats><sats>15</sats>"]],
    [`unexpected-element ${firstLine}/sats[2] [sats]`],
  ),
  of(
    "elements in the wrong order",
    [["<mvaKode>3</mvaKode>\n      <grunnlag>500</grunnlag>", "<grunnlag>500</grunnlag><mvaKode>3</mvaKode>"]],
    [`unexpected-element ${firstLine}/grunnlag [grunnlag]`],
  ),
  of(
    "a missing element at the end",
    [["<merverdiavgift>125</merverdiavgift>", ""]],
    [`missing-element ${firstLine} [mvaSpesifikasjonslinje]`],
  ),
  of(
    "a missing element before another",
    [["<fastsattMerverdiavgift>100</fastsattMerverdiavgift>", ""]],
    [`missing-element ${firstLine} [mvaSpesifikasjonslinje]`],
  ),
  of(
    "no choice made",
    [["<skattleggingsperiodeToMaaneder>mars-april</skattleggingsperiodeToMaaneder>", ""]],
    [`missing-element ${basis}/skattleggingsperiode/periode [periode]`],
  ),
  of(
    "two choices made",
    [["<periode>", "<periode><skattleggingsperiodeAar>aarlig</skattleggingsperiodeAar>"]],
    [
      `unexpected-element ${basis}/skattleggingsperiode/periode/skattleggingsperiodeToMaaneder [skattleggingsperiodeToMaaneder]`,
    ],
  ),
  of(
    "a value off the list",
    [["alminnelig", "Alminelig"]],
    ["illegal-value /mvaMeldingDto/meldingskategori [Alminelig]"],
  ),
  of(
    "blanks around a value of a list",
    [["alminnelig", " alminnelig "]],
    ["illegal-value /mvaMeldingDto/meldingskategori [alminnelig]"],
  ),
  of("an empty value", [["alminnelig", ""]], ["illegal-value /mvaMeldingDto/meldingskategori [meldingskategori]"]),
  of("a comma as decimal sign", [[">125<", ">1 250,75<"]], [`wrong-type ${firstLine}/merverdiavgift [1 250,75]`]),
  of(
    "an organisation number with blanks",
    [["310419054", "310 419 054"]],
    ["wrong-digits /mvaMeldingDto/skattepliktig/organisasjonsnummer [310 419 054]"],
  ),
  of(
    "an organisation number too short",
    [["310419054", "31041905"]],
    ["wrong-digits /mvaMeldingDto/skattepliktig/organisasjonsnummer [31041905]"],
  ),
  of("a year of two digits", [["2026", "26"]], [`wrong-type ${basis}/skattleggingsperiode/aar [26]`]),
  of("white space around a year", [["<aar>2026", "<aar>\n 2026\t"]], []),
  of(
    "white space around a wrong year",
    [["<aar>2026", "<aar> 26 "]],
    [`wrong-type ${basis}/skattleggingsperiode/aar [26]`],
  ),
  of("CDATA between elements", [["<innsending>", "<innsending><![CDATA[ ]]>"]], []),
  of(
    "a text too long",
    [["ref-1", "x".repeat(4001)]],
    [`too-long /mvaMeldingDto/innsending/regnskapssystemsreferanse [${"x".repeat(4001)}]`],
  ),
  of(
    "a text too long in UTF-16 code units only",
    [["ref-1", "\u{1F600}".repeat(2001)]],
    [`too-long /mvaMeldingDto/innsending/regnskapssystemsreferanse [${"\u{1F600}".repeat(2001)}]`],
  ),
  of(
    "an attribute",
    [["<innsending>", '<innsending id="1">']],
    ["unexpected-attribute /mvaMeldingDto/innsending [id]"],
  ),
  of(
    "an attribute on a value",
    [["<mvaKode>", '<mvaKode navn="x">']],
    [`unexpected-attribute ${firstLine}/mvaKode [navn]`],
  ),
  of(
    "text between elements",
    [["<innsending>", "<innsending>hei"]],
    ["unexpected-text /mvaMeldingDto/innsending [hei]"],
  ),
  of("an element in a value", [["<mvaKode>3", "<mvaKode><b>3</b>"]], [`unexpected-element ${firstLine}/mvaKode/b [b]`]),
  of(
    "an element in no namespace",
    [["<innsending>", '<innsending xmlns="">']],
    ["wrong-namespace /mvaMeldingDto/innsending [innsending]"],
  ),
  of(
    "xsi:nil",
    [["<innsending>", `<innsending ${xsi} xsi:nil="true">`]],
    ["unexpected-attribute /mvaMeldingDto/innsending [xsi:nil]"],
  ),
  of(
    "xsi:type of another type",
    [["<innsending>", `<innsending ${xsi} xsi:type="Tekst">`]],
    ["unexpected-attribute /mvaMeldingDto/innsending [Tekst]"],
  ),
  of("xsi:type of the same type", [["<innsending>", `<innsending ${xsi} xsi:type="Innsending">`]], []),
  of(
    "two mistakes in one document",
    [
      ["alminnelig", "x"],
      ["2026", "y"],
    ],
    [`wrong-type ${basis}/skattleggingsperiode/aar [y]`, "illegal-value /mvaMeldingDto/meldingskategori [x]"],
  ),
  {
    what: "prefixes everywhere",
    text: prefixed(changed(smallReturn, ["alminnelig", "x"])),
    expected: ["illegal-value /mvaMeldingDto/meldingskategori [x]"],
  },
  {
    what: "a byte order mark, CRLF and another declared encoding",
    text: `\ufeff${changed(smallReturn, ["UTF-8", "ISO-8859-1"], ["alminnelig", "æ"]).replaceAll("\n", "\r\n")}`,
    expected: ["illegal-value /mvaMeldingDto/meldingskategori [æ]"],
  },
  { what: "an envelope without namespace", type: "envelope", text: smallEnvelope, expected: [] },
  {
    what: "an envelope without namespace, with a wrong time",
    type: "envelope",
    text: changed(smallEnvelope, ["T12:00:00Z", ""]),
    expected: ["wrong-type /mvaMeldingInnsending/opprettingstidspunkt [2026-04-01]"],
  },
  {
    what: "an envelope with an empty namespace declaration",
    type: "envelope",
    text: changed(smallEnvelope, ["<mvaMeldingInnsending>", '<mvaMeldingInnsending xmlns="">']),
    expected: [],
  },
  {
    what: "a return in a mistaken namespace is judged for the rest",
    text: changed(smallReturn, [":v1.0", ":v0.9"], ["alminnelig", "x"]),
    expected: ["illegal-value /mvaMeldingDto/meldingskategori [x]"],
  },
];

function of(what: string, changes: readonly Change[], expected: readonly string[]): SchemaCase {
  return { what, text: changed(smallReturn, ...changes), expected };
}

function prefixed(text: string): string {
  return text.replace(/<(\/?)([a-z])/g, "<$1mva:$2").replace(' xmlns="', ' xmlns:mva="');
}
