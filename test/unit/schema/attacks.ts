import { changed, smallReturn } from "./returns.ts";

/** What a document that must not work says; `canary` and `server` are where a parser must not look. */
export interface Attack {
  readonly what: string;
  readonly text: string;
}

const root = "<mvaMeldingDto ";
const reference = "<regnskapssystemsreferanse>ref-1<";
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** @param canary a file URL, @param server an http URL; both are watched */
export function attacks(canary: string, server: string): readonly Attack[] {
  const withType = (declaration: string, use = "&x;"): string =>
    changed(
      smallReturn,
      [root, `<!DOCTYPE mvaMeldingDto ${declaration}>\n${root}`],
      [reference, reference.replace("ref-1", use)],
    );
  const on = (attributes: string): string => changed(smallReturn, [root, `${root}${attributes} `]);
  const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
    "",
  );
  return [
    { what: "external entity: file", text: withType(`[<!ENTITY x SYSTEM "${canary}">]`) },
    { what: "external entity: network", text: withType(`[<!ENTITY x SYSTEM "${server}/entity">]`) },
    { what: "parameter entity", text: withType(`[<!ENTITY % p SYSTEM "${server}/parameter"> %p;]`, "1") },
    { what: "parameter entity: file", text: withType(`[<!ENTITY % p SYSTEM "${canary}"> %p;]`, "1") },
    { what: "external DTD", text: withType(`SYSTEM "${server}/external.dtd"`, "1") },
    { what: "external DTD, public", text: withType(`PUBLIC "-//x//y" "${canary}"`, "1") },
    { what: "billion laughs", text: withType(`[<!ENTITY l0 "ha">${laughs}]`, "&l9;") },
    { what: "quadratic blow-up", text: withType(`[<!ENTITY x "${"a".repeat(50_000)}">]`, "&x;".repeat(20_000)) },
    {
      what: "entity in an attribute",
      text: withType(`[<!ENTITY l0 "ha">${laughs}]`, "1").replace(root, `${root}a="&l9;" `),
    },
    { what: "attribute defaults", text: withType('[<!ATTLIST mvaMeldingDto a CDATA "x">]', "1") },
    {
      what: "XInclude: file",
      text: changed(smallReturn, [
        reference,
        `<regnskapssystemsreferanse><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${canary}" parse="text"/><`,
      ]),
    },
    {
      what: "XInclude: network",
      text: changed(smallReturn, [
        reference,
        `<regnskapssystemsreferanse><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${server}/include"/><`,
      ]),
    },
    {
      what: "schemaLocation: network",
      text: on(
        `${xsi} xsi:schemaLocation="urn:other ${server}/other.xsd no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0 ${server}/own.xsd"`,
      ),
    },
    {
      what: "schemaLocation: file",
      text: on(`${xsi} xsi:schemaLocation="urn:other ${canary}" xsi:noNamespaceSchemaLocation="${canary}"`),
    },
    {
      what: "schemaLocation on an element of that namespace",
      text: changed(smallReturn, [
        "<innsending>",
        `<o:x xmlns:o="urn:other" ${xsi} xsi:schemaLocation="urn:other ${server}/other.xsd"/><innsending>`,
      ]),
    },
    {
      what: "noNamespaceSchemaLocation: network",
      text: on(`${xsi} xsi:noNamespaceSchemaLocation="${server}/none.xsd"`),
    },
    {
      what: "stylesheet and model instructions",
      text: `<?xml-stylesheet href="${server}/style.xsl"?><?xml-model href="${server}/model"?>${smallReturn.replace(/^<\?xml[^>]*>\n/, "")}`,
    },
    {
      what: "100,000 levels",
      text: changed(smallReturn, ["<innsending>", `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}<innsending>`]),
    },
    {
      what: "100,000 levels of a known name",
      text: changed(smallReturn, [
        reference,
        `<regnskapssystemsreferanse>${"<innsending>".repeat(100_000)}${"</innsending>".repeat(100_000)}<`,
      ]),
    },
    { what: "an attribute of 10 MB", text: on(`a="${"x".repeat(10 << 20)}"`) },
    { what: "a text of 11 MB", text: changed(smallReturn, ["ref-1", "x".repeat(11 << 20)]) },
    { what: "a name of 1 MB", text: changed(smallReturn, ["<innsending>", `<${"n".repeat(1 << 20)}/><innsending>`]) },
    { what: "100,000 attributes", text: on(Array.from({ length: 100_000 }, (_, index) => `a${index}="1"`).join(" ")) },
    { what: "NUL", text: changed(smallReturn, ["ref-1", "a\0b"]) },
    { what: "NUL at the end", text: `${smallReturn}\0` },
    { what: "a reference to NUL", text: changed(smallReturn, ["ref-1", "&#0;"]) },
    { what: "a lone surrogate", text: changed(smallReturn, ["ref-1", "a\ud800b"]) },
    { what: "a lone surrogate by reference", text: changed(smallReturn, ["ref-1", "&#xD800;"]) },
    { what: "surrogates the wrong way round", text: changed(smallReturn, ["ref-1", "\udc00\ud800"]) },
  ];
}
