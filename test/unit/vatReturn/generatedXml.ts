import fc from "fast-check";

const spaces = fc.constantFrom("", " ", "\n", "\r\n", "\t", "\r", "  ");
const names = fc.constantFrom("a", "b", "mvaKode", "p:a", "q:b", "æøå", "_x-1.y", "p:mvaKode", "𐐀x", "xml:a");
const textPieces = fc.constantFrom(
  "1",
  "x y",
  "\n  ",
  "\r\n",
  "\r",
  "\t",
  "&amp;",
  "&lt;",
  "&gt;",
  "&quot;",
  "&apos;",
  "&#38;",
  "&#x3C;",
  "&#13;",
  "&#10;",
  "]]",
  "]",
  ">",
  "ø",
  "—",
  "😀",
  "'",
  '"',
  "<!-- c -->",
  "<!---->",
  "<?pi x?>",
  "<?pi?>",
  "<![CDATA[<&]]>",
  "<![CDATA[]]>",
  "<![CDATA[]]]]>",
  "<![CDATA[\r\n]]>",
);
const valuePieces = fc.constantFrom("1", " ", "\n", "\r\n", "\t", "&amp;", "&#10;", "&#9;", ">", "ø", "😀", "]]>", "=");
const namespaceNames = fc.constantFrom("urn:one", "urn:two", "no:skatteetaten", "&#117;rn:one");

const attribute = fc
  .tuple(
    fc.constantFrom("x", "y", "zz", "p:x", "q:x", "xml:lang"),
    spaces,
    spaces,
    fc.array(valuePieces, { maxLength: 4 }),
    fc.constantFrom('"', "'"),
  )
  .map(([name, before, after, pieces, quote]) => [name, `${name}${before}=${after}${quote}${pieces.join("")}${quote}`]);
const declaration = fc
  .tuple(fc.constantFrom("xmlns", "xmlns:p", "xmlns:q"), namespaceNames)
  .map(([name, value]) => [name, `${name}="${value}"`]);
const attributes = fc
  .uniqueArray(fc.oneof(attribute, declaration), { selector: ([name]) => name, maxLength: 4 })
  .map((list) => list.map(([, written]) => ` ${written ?? ""}`).join(""));

/** Documents that are well-formed more often than not: only prefixes and namespaces are left to chance. */
export const nearlyWellFormed: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      "",
      "",
      '<?xml version="1.0"?>',
      "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n",
      "\ufeff",
    ),
    fc.constantFrom("", "\n", "<!-- before -->", "<?before?>"),
    fc.letrec<{ element: string }>((tie) => ({
      element: fc
        .tuple(
          names,
          attributes,
          spaces,
          fc.array(fc.oneof({ weight: 3, arbitrary: textPieces }, { weight: 2, arbitrary: tie("element") }), {
            maxLength: 5,
          }),
          fc.boolean(),
        )
        .map(([name, written, space, content, empty]) =>
          empty && content.length === 0
            ? `<${name}${written}${space}/>`
            : `<${name}${written}${space}>${content.join("")}</${name}${space}>`,
        ),
    })).element,
    fc.constantFrom("", "\n", "<!-- after -->", "<?after ?>"),
  )
  .map(([declared, before, root, after]) => {
    const declarations = ' xmlns:p="urn:p" xmlns:q="urn:q"';
    const rooted = `<root${declarations}>${root}</root>`;
    return declared + before + rooted + after;
  });

/** Pieces that XML's grammar turns on, in any order: hardly ever well-formed, unless short. */
export const soup: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      "<",
      ">",
      "/",
      "</",
      "/>",
      "<a",
      "<a>",
      "</a>",
      "<b ",
      "</b>",
      "<a/>",
      "a",
      "b",
      ":",
      "p:a",
      " ",
      "\n",
      "\r",
      "=",
      '"',
      "'",
      'x="1"',
      " y='2'",
      'xmlns="u"',
      ' xmlns:p="u"',
      "&",
      ";",
      "&amp;",
      "&x;",
      "&#",
      "&#x41;",
      "&#0;",
      "&#xD800;",
      "<!--",
      "-->",
      "--",
      "-",
      "<![CDATA[",
      "]]>",
      "]",
      "<?",
      "?>",
      "<?p",
      "<?xml",
      '<?xml version="1.0"?>',
      " version='1.0'",
      "<!",
      "<!DOCTYPE a>",
      "\0",
      "\u0085",
      "\ufffe",
      "\ufeff",
      "\udc00",
      "😀",
      "é",
      "1",
      ".",
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(""));

/** A text with some stretches cut out, doubled, moved or overwritten. */
export function mutated(text: string): fc.Arbitrary<string> {
  const place = fc.nat(text.length);
  const change = fc.oneof(
    fc.record({ at: place, length: fc.nat(40), insert: fc.constant("") }),
    fc.record({ at: place, length: fc.nat(3), insert: soup }),
    fc.record({ at: place, length: fc.constant(0), insert: fc.string({ unit: "binary", maxLength: 5 }) }),
    fc.record({ at: place, length: fc.constant(0), insert: place.map((from) => text.slice(from, from + 60)) }),
    fc.record({ at: place, length: fc.constant(text.length), insert: fc.constant("") }),
  );
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) =>
    changes.reduce((current, { at, length, insert }) => {
      const start = Math.min(at, current.length);
      return current.slice(0, start) + insert + current.slice(start + length);
    }, text),
  );
}
