import fc from "fast-check";

/** One change of a text; places are shares of its length, so that they mean something after other changes too. */
export interface Edit {
  readonly kind: "remove" | "double" | "move" | "insert" | "replace" | "cut";
  readonly from: number;
  readonly length: number;
  readonly to: number;
  readonly text: string;
}

/** What breaks readers of XML and of numbers, in pieces. */
const troublesome: readonly string[] = [
  "<",
  ">",
  "&",
  "/",
  '"',
  "'",
  "=",
  "<!",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?",
  "?>",
  "</",
  "/>",
  "<!DOCTYPE mvaMeldingDto [<!ENTITY a 'b'>]>",
  "<!ENTITY x SYSTEM 'file:///etc/hostname'>",
  "&#0;",
  "&#x110000;",
  "&#xD800;",
  "&amp;",
  "&nbsp;",
  "\u0000",
  "\uFEFF",
  "\uD800",
  "\uDC00",
  "\uFFFE",
  "\r",
  "\r\n",
  "\u2028",
  "\t",
  " ",
  "æøå",
  "😀",
  " xmlns=''",
  " xmlns:a='b'",
  " xsi:nil='true'",
  " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='xsd:string'",
  "<a:b/>",
  "<mvaSpesifikasjonslinje>",
  "</mvaSpesifikasjonslinje>",
  "<merknad><beskrivelse/></merknad>",
  "<mvaMeldingDto>",
  "-",
  "+",
  ".",
  ",",
  "1e9",
  "00000000000000000000",
  "9".repeat(500),
  "-0.000",
  "NaN",
  "Infinity",
  "uke 53",
  "-2026",
  "2026Z",
  "kompensasjon",
  "omvendtAvgiftsplikt",
];

const share = fc.double({ min: 0, max: 1, noNaN: true });

export const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("remove", "double", "move", "insert", "replace", "cut"),
  from: share,
  length: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 40 }) }, fc.integer({ min: 1, max: 2000 })),
  to: share,
  text: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...troublesome) },
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.integer().map(String),
  ),
});

export function applyEdit(text: string, { kind, from, length, to, text: inserted }: Edit): string {
  const start = Math.floor(from * text.length);
  const end = Math.min(text.length, start + length);
  const target = Math.floor(to * text.length);
  switch (kind) {
    case "remove":
      return text.slice(0, start) + text.slice(end);
    case "double":
      return text.slice(0, end) + text.slice(start);
    case "move":
      return applyEdit(text.slice(0, target) + text.slice(start, end) + text.slice(target), {
        kind: "remove",
        from,
        length,
        to: 0,
        text: "",
      });
    case "insert":
      return text.slice(0, start) + inserted + text.slice(start);
    case "replace":
      return text.slice(0, start) + inserted + text.slice(end);
    case "cut":
      // Near the end: most of what makes a document recognisable stands at its beginning.
      return text.slice(0, Math.max(start, Math.floor(text.length * 0.3)));
  }
}

/** A document and the changes that were made to it. */
export function mutated(documents: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...documents), fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([document, edits]) => edits.reduce(applyEdit, document));
}
