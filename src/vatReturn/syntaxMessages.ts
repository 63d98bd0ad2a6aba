import type { Text } from "./text.ts";

type Data = Readonly<Record<string, string>>;
type Message = (value: (name: string) => string) => Text;

/** What the scanner can find wrong. `{name}` and the like come from the problem's data. */
const messages = {
  "document-type-declaration": () => ({
    en: "A VAT document must not have a document type declaration (<!DOCTYPE …>). Remove it; nothing it names is ever fetched, and the rest is not checked as long as it stands here.",
    nb: "Et mva-dokument kan ikke ha en dokumenttypedeklarasjon (<!DOCTYPE …>). Fjern den; det den viser til, blir aldri hentet, og resten blir ikke kontrollert så lenge den står her.",
  }),
  "missing-root-element": () => ({
    en: "The document has no root element.",
    nb: "Dokumentet har ikke noe rotelement.",
  }),
  "text-outside-root": () => ({
    en: "Text may only stand inside the root element.",
    nb: "Tekst kan bare stå inne i rotelementet.",
  }),
  "more-than-one-root": (value) => ({
    en: `A document has one root element; <${value("name")}> is one too many.`,
    nb: `Et dokument har ett rotelement; <${value("name")}> er ett for mye.`,
  }),
  "element-not-closed": (value) => ({
    en: `<${value("name")}> is never closed: </${value("name")}> is missing.`,
    nb: `<${value("name")}> blir aldri lukket: </${value("name")}> mangler.`,
  }),
  "document-ends-early": (value) => ({
    en: `The document ends before everything is closed. Missing: ${value("missing")}`,
    nb: `Dokumentet slutter før alt er lukket. Det mangler: ${value("missing")}`,
  }),
  "end-tag-mismatch": (value) => ({
    en: `The end tag </${value("name")}> does not match the start tag <${value("expected")}>.`,
    nb: `Sluttaggen </${value("name")}> passer ikke til starttaggen <${value("expected")}>.`,
  }),
  "end-tag-without-start": (value) => ({
    en: `</${value("name")}> closes nothing: no <${value("name")}> is open here.`,
    nb: `</${value("name")}> lukker ingenting: ingen <${value("name")}> er åpen her.`,
  }),
  "end-tag-without-name": (value) => ({
    en:
      value("expected") === ""
        ? "This end tag has no name."
        : `This end tag has no name; </${value("expected")}> is expected.`,
    nb:
      value("expected") === ""
        ? "Denne sluttaggen har ikke noe navn."
        : `Denne sluttaggen har ikke noe navn; her ventes </${value("expected")}>.`,
  }),
  "end-tag-not-closed": (value) => ({
    en: `The end tag </${value("name")} lacks its >.`,
    nb: `Sluttaggen </${value("name")} mangler >.`,
  }),
  "content-in-end-tag": (value) => ({
    en: `Nothing but the name may stand in the end tag </${value("name")}>.`,
    nb: `Det kan ikke stå noe annet enn navnet i sluttaggen </${value("name")}>.`,
  }),
  "start-tag-not-closed": (value) => ({
    en: `The start tag <${value("name")} lacks its >.`,
    nb: `Starttaggen <${value("name")} mangler >.`,
  }),
  "stray-less-than": () => ({
    en: "No name follows this <. In text, write &lt; for the character itself.",
    nb: "Det står ikke noe navn etter denne <. Skriv &lt; i teksten for selve tegnet.",
  }),
  "stray-ampersand": () => ({
    en: "This & starts no reference. In text, write &amp; for the character itself.",
    nb: "Denne & innleder ikke noen referanse. Skriv &amp; i teksten for selve tegnet.",
  }),
  "unknown-entity": (value) => ({
    en: `${value("reference")} is not known. Only &amp;, &lt;, &gt;, &quot; and &apos; are; write other characters themselves.`,
    nb: `${value("reference")} er ukjent. Bare &amp;, &lt;, &gt;, &quot; og &apos; kan brukes; skriv andre tegn som de er.`,
  }),
  "invalid-character-reference": (value) => ({
    en: `${value("reference")} stands for no character that XML allows.`,
    nb: `${value("reference")} står ikke for noe tegn som XML tillater.`,
  }),
  "illegal-character": (value) => ({
    en: `The character ${value("character")} is not allowed in XML.`,
    nb: `Tegnet ${value("character")} er ikke tillatt i XML.`,
  }),
  "cdata-end-in-text": () => ({
    en: "]]> may only stand at the end of a CDATA section. In text, write ]]&gt;.",
    nb: "]]> kan bare stå på slutten av en CDATA-seksjon. Skriv ]]&gt; i teksten.",
  }),
  "cdata-not-closed": () => ({ en: "This CDATA section lacks its ]]>.", nb: "Denne CDATA-seksjonen mangler ]]>." }),
  "cdata-outside-root": () => ({
    en: "A CDATA section may only stand inside the root element.",
    nb: "En CDATA-seksjon kan bare stå inne i rotelementet.",
  }),
  "comment-not-closed": () => ({ en: "This comment lacks its -->.", nb: "Denne kommentaren mangler -->." }),
  "double-hyphen-in-comment": () => ({
    en: "A comment may not contain -- other than in its closing -->.",
    nb: "En kommentar kan ikke inneholde -- annet enn i avslutningen -->.",
  }),
  "processing-instruction-not-closed": () => ({
    en: "This processing instruction lacks its ?>.",
    nb: "Denne prosesseringsinstruksjonen mangler ?>.",
  }),
  "invalid-processing-instruction": () => ({
    en: "A processing instruction starts with a name without a colon, followed by white space or ?>.",
    nb: "En prosesseringsinstruksjon begynner med et navn uten kolon, fulgt av blanktegn eller ?>.",
  }),
  "misplaced-xml-declaration": () => ({
    en: "The XML declaration may only stand at the very beginning of the document.",
    nb: "XML-deklarasjonen kan bare stå helt først i dokumentet.",
  }),
  "invalid-xml-declaration": () => ({
    en: 'This is no valid XML declaration. Right is, for instance: <?xml version="1.0" encoding="UTF-8"?>',
    nb: 'Dette er ikke en gyldig XML-deklarasjon. Riktig er for eksempel: <?xml version="1.0" encoding="UTF-8"?>',
  }),
  "unknown-declaration": () => ({
    en: "After <! only a comment (<!-- … -->) or a CDATA section (<![CDATA[ … ]]>) can follow.",
    nb: "Etter <! kan det bare komme en kommentar (<!-- … -->) eller en CDATA-seksjon (<![CDATA[ … ]]>).",
  }),
  "unexpected-character-in-tag": (value) => ({
    en: `In the start tag of <${value("name")}>, only attributes written as name="value" may stand after the name.`,
    nb: `I starttaggen til <${value("name")}> kan det bare stå attributter på formen navn="verdi" etter navnet.`,
  }),
  "attribute-without-value": (value) => ({
    en: `The attribute ${value("name")} has no value. Right is: ${value("name")}="…"`,
    nb: `Attributtet ${value("name")} har ingen verdi. Riktig er: ${value("name")}="…"`,
  }),
  "attribute-value-not-quoted": (value) => ({
    en: `The value of the attribute ${value("name")} must stand in quotation marks.`,
    nb: `Verdien til attributtet ${value("name")} må stå i anførselstegn.`,
  }),
  "attribute-value-not-closed": (value) => ({
    en: `The value of the attribute ${value("name")} lacks its closing ${value("quote")}.`,
    nb: `Verdien til attributtet ${value("name")} mangler ${value("quote")} på slutten.`,
  }),
  "less-than-in-attribute": (value) => ({
    en: `The value of the attribute ${value("name")} may not contain <; write &lt;.`,
    nb: `Verdien til attributtet ${value("name")} kan ikke inneholde <; skriv &lt;.`,
  }),
  "missing-space-before-attribute": (value) => ({
    en: `White space is missing before the attribute ${value("name")}.`,
    nb: `Det mangler et mellomrom foran attributtet ${value("name")}.`,
  }),
  "duplicate-attribute": (value) => ({
    en: `The attribute ${value("name")} stands here more than once.`,
    nb: `Attributtet ${value("name")} står her mer enn én gang.`,
  }),
  "malformed-name": (value) => ({
    en: `${value("name")} is no valid name: at most one colon, with a name on both sides of it.`,
    nb: `${value("name")} er ikke et gyldig navn: høyst ett kolon, med et navn på hver side.`,
  }),
  "undeclared-prefix": (value) => ({
    en: `The prefix ${value("prefix")} is not bound to a namespace: xmlns:${value("prefix")}="…" is missing.`,
    nb: `Prefikset ${value("prefix")} er ikke knyttet til et navnerom: xmlns:${value("prefix")}="…" mangler.`,
  }),
  "empty-prefix-binding": (value) => ({
    en: `The prefix ${value("prefix")} cannot be bound to an empty namespace.`,
    nb: `Prefikset ${value("prefix")} kan ikke knyttes til et tomt navnerom.`,
  }),
  "reserved-namespace": () => ({
    en: "The prefixes xml and xmlns and their namespaces are reserved; they cannot be used like this.",
    nb: "Prefiksene xml og xmlns og navnerommene deres er reservert; de kan ikke brukes slik.",
  }),
} satisfies Record<string, Message>;

export type SyntaxProblemCode = keyof typeof messages;

/** The sentence for a problem, with the problem's data put in. */
export function syntaxMessage(code: SyntaxProblemCode, data: Data): Text {
  const message: Message = messages[code];
  return message((name) => data[name] ?? "");
}

/** What is said at the second place of a problem. */
export const relatedMessages = {
  closedBy: (name: string): Text => ({
    en: `Here </${name}> closes an element further out.`,
    nb: `Her lukker </${name}> et element lenger ut.`,
  }),
  startTag: (name: string): Text => ({ en: `<${name}> starts here.`, nb: `<${name}> begynner her.` }),
  firstRoot: (name: string): Text => ({
    en: `The root element <${name}> stands here.`,
    nb: `Rotelementet <${name}> står her.`,
  }),
  firstAttribute: (name: string): Text => ({
    en: `${name} stands here for the first time.`,
    nb: `${name} står her første gang.`,
  }),
};
