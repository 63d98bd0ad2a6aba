import type { DocumentType } from "../../src/vatReturn/documentType.ts";
import { fullDocuments } from "./schemaSeeds.ts";

/** Where engines are known to differ, or might: one value or piece of markup put into a valid document. */
export interface EdgeCase {
  readonly what: string;
  readonly type: DocumentType;
  readonly text: string;
}

const years = [
  "2024",
  " 2024",
  "2024 ",
  "\n2024\t",
  "02024",
  "+2024",
  "-2024",
  "-0001",
  "0000",
  "-0000",
  "0001",
  "12345",
  "012345",
  "999999999999",
  "2147483648",
  "2024Z",
  "2024+01:00",
  "2024+14:00",
  "2024+14:01",
  "2024-14:00",
  "2024-00:00",
  "2024+1:00",
  "2024z",
  "2024 Z",
  "2024Z ",
  "24",
  "20 24",
  "2024.0",
  "",
  "2024&#160;",
  "２０２４",
  "20<!-- c -->24",
  "20<![CDATA[24]]>",
  "<![CDATA[ 2024 ]]>",
  "2024<?pi x?>",
  "&#50;024",
  "2024+00:60",
  "2024+13:59",
  " ",
];
const numbers = [
  "1",
  "+1",
  "-01",
  "-0",
  "1.",
  ".5",
  "-.5",
  ".",
  "-",
  "+",
  "",
  " ",
  "1,5",
  "1 000",
  " 1 ",
  "\n1\n",
  "1e3",
  "INF",
  "NaN",
  "1234567890123456789012345",
  "9".repeat(100),
  `1.${"0".repeat(100)}`,
  `0.${"0".repeat(60)}1`,
  "1&#160;",
  "--1",
  "1.2.3",
  "１",
  "1<!-- c -->2",
  "<![CDATA[ 1 ]]>",
  "\u22121",
  "1\u200b",
  "0x10",
];
const dates = [
  "2024-01-01",
  " 2024-01-01 ",
  "\n2024-01-01\n",
  "2024-1-1",
  "20240101",
  "2024-02-30",
  "2023-02-29",
  "2024-02-29",
  "1900-02-29",
  "2000-02-29",
  "2024-13-01",
  "2024-00-01",
  "2024-01-00",
  "2024-01-01Z",
  "2024-01-01+14:00",
  "2024-01-01+14:01",
  "-2024-01-01",
  "0000-01-01",
  "-0001-02-29",
  "-0004-02-29",
  "-0005-02-29",
  "12024-01-01",
  "012024-01-01",
  "+2024-01-01",
  "",
  "2024-01-01T00:00:00",
  "01.01.2024",
  "99999999999-01-01",
  "2024-04-31",
  "2024-01-01 Z",
  "0100-02-29",
];
const times = [
  "2024-01-01T00:00:00",
  " 2024-01-01T00:00:00 ",
  "2024-01-01T24:00:00",
  "2024-01-01T24:00:01",
  "2024-12-31T24:00:00.0",
  "2024-01-01T23:59:60",
  "2024-01-01T23:59:59.999999999999",
  "2024-01-01T12:00",
  "2024-01-01T12:00:00.",
  "2024-01-01T12:00:00,5",
  "2024-01-01 12:00:00",
  "2024-01-01t12:00:00",
  "2024-01-01T12:00:00+0100",
  "2024-01-01T12:00:00+14:30",
  "2024-01-01T25:00:00",
  "0000-01-01T00:00:00",
  "-0001-01-01T00:00:00",
  "2023-02-29T00:00:00",
  "",
  "2024-01-01",
  "2024-01-01T12:00:00 Z",
];
const wholeNumbers = [
  "1",
  "+1",
  "-1",
  "01",
  " 1 ",
  "",
  "1.0",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "-9223372036854775809",
  "0".repeat(40),
  "９",
  "1 2",
  "-",
];
const truths = ["true", "false", "1", "0", " true ", "\n1", "TRUE", "", "yes", "tr<!-- -->ue", "01"];
const texts = [
  "",
  " ",
  "a".repeat(4000),
  "a".repeat(4001),
  "\u{1F600}".repeat(2000),
  "\u{1F600}".repeat(2001),
  "\u{1F600}".repeat(4000),
  "\u{1F600}".repeat(4001),
  `${"a".repeat(3999)}\u{1F600}`,
  "\r\n".repeat(4000),
  "&amp;".repeat(4000),
  "&amp;".repeat(4001),
  `<![CDATA[${"a".repeat(4001)}]]>`,
  `${"a".repeat(2000)}<!-- x -->${"a".repeat(2000)}`,
  "e\u0301".repeat(2001),
];
const digits = [
  "911158612",
  " 911158612",
  "911158612 ",
  "91115861",
  "9111586123",
  "",
  "91115861２",
  "911<!-- -->158612",
];
const categories = [
  "alminnelig",
  " alminnelig",
  "alminnelig ",
  "\nalminnelig\n",
  "Alminnelig",
  "",
  "almin<!-- -->nelig",
  "<![CDATA[alminnelig]]>",
];
const insideElements = [
  "x",
  "&#160;",
  "&#32;",
  "<![CDATA[ ]]>",
  "<![CDATA[]]>",
  "<![CDATA[x]]>",
  "<!-- c -->",
  "<?p?>",
];
const rootAttributes = [
  'xsi:schemaLocation="urn:a urn:b"',
  'xsi:schemaLocation=""',
  'xsi:noNamespaceSchemaLocation="file:///nowhere"',
  'xsi:nil="true"',
  'xsi:nil="false"',
  'xsi:nil="maybe"',
  'xsi:type="MvaMeldingDto"',
  'xsi:type=" MvaMeldingDto "',
  'xsi:type="Tekst"',
  'xsi:type="unknown"',
  'xsi:type="xsd:anyType"',
  'xsi:type="a:b"',
  'xsi:type=""',
  'xsi:foo="1"',
  'xml:lang="nb"',
  'xml:space="preserve"',
  'foo="1"',
  'xmlns:b="urn:b" b:foo="1"',
  'xmlns:u="urn:u"',
];

/** Every value at every place where its kind of value stands, and markup around them. */
export function edgeCases(): readonly EdgeCase[] {
  return [
    ...inElement("vatReturn", "aar", years),
    ...inElement("vatReturn", "fastsattMerverdiavgift", numbers),
    ...inElement("paymentInformation", "betalingsfrist", dates),
    ...inElement("envelope", "endringstidspunkt", times),
    ...inElement("validationResult", "xmlLinjenummer", wholeNumbers),
    ...inElement("submissionStatus", "harTidligereSendtMvaMelding", truths),
    ...inElement("vatReturn", "regnskapssystemsreferanse", texts),
    ...inElement("vatReturn", "mvaKode", texts),
    ...inElement("vatReturn", "organisasjonsnummer", digits),
    ...inElement("vatReturn", "meldingskategori", categories),
    ...insideElements.map((markup) =>
      edge("vatReturn", `<periode>${markup}`, (text) => text.replace("<periode>", `<periode>${markup}`)),
    ),
    ...rootAttributes.map((attribute) =>
      edge("vatReturn", attribute, (text) =>
        text.replace(
          "<mvaMeldingDto ",
          `<mvaMeldingDto xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ${attribute} `,
        ),
      ),
    ),
    ...["Beloep", "Desimaltall", "xsd:decimal", " Beloep\n"].map((name) =>
      edge("vatReturn", `xsi:type ${name}`, (text) =>
        text.replace(
          "<fastsattMerverdiavgift>",
          `<fastsattMerverdiavgift xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="${name}">`,
        ),
      ),
    ),
  ];
}

function inElement(type: DocumentType, name: string, values: readonly string[]): readonly EdgeCase[] {
  return values.map((value) =>
    edge(type, `<${name}> ${JSON.stringify(value.slice(0, 40))} (${value.length})`, (text) =>
      text.replace(new RegExp(`<${name}>[^<]*</${name}>`), () => `<${name}>${value}</${name}>`),
    ),
  );
}

function edge(type: DocumentType, what: string, change: (text: string) => string): EdgeCase {
  return { type, what, text: change(fullDocuments[type]) };
}
