import { returnWith } from "../../bench/returns.ts";

/** One document meant to hurt whoever reads it, and the verdicts that are right for it. */
export interface Attack {
  readonly name: string;
  readonly text: string;
  readonly verdicts: readonly string[];
}

/** What an attack may point at: a file with a secret, and a server that counts its visitors. */
export interface Bait {
  readonly fileUrl: string;
  readonly serverUrl: string;
}

const namespace = "no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0";

export function attacks({ fileUrl, serverUrl }: Bait): readonly Attack[] {
  const ordinary = returnWith(3);
  const withDoctype = (doctype: string, systemName = "x"): string =>
    ordinary.replace("?>\n", `?>\n${doctype}\n`).replace("Eksempelregnskap", systemName);
  const onRoot = (attributes: string): string => ordinary.replace("<mvaMeldingDto ", `<mvaMeldingDto ${attributes} `);
  const instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  const laughs = Array.from(
    { length: 12 },
    (_, level) => `<!ENTITY l${String(level + 1)} "${`&l${String(level)};`.repeat(10)}">`,
  ).join("");
  const deep = 100_000;
  const malformed = ["malformed"];
  const refused = ["invalid", "malformed"];
  const harmless = ["valid", "deviating", "invalid"];
  return [
    {
      name: "external entity, file",
      text: withDoctype(`<!DOCTYPE mvaMeldingDto [<!ENTITY x SYSTEM "${fileUrl}">]>`, "&x;"),
      verdicts: malformed,
    },
    {
      name: "external entity, server",
      text: withDoctype(`<!DOCTYPE mvaMeldingDto [<!ENTITY x SYSTEM "${serverUrl}/entity">]>`, "&x;"),
      verdicts: malformed,
    },
    {
      name: "parameter entity",
      text: withDoctype(`<!DOCTYPE mvaMeldingDto [<!ENTITY % x SYSTEM "${serverUrl}/parameter"> %x;]>`),
      verdicts: malformed,
    },
    {
      name: "external DTD",
      text: withDoctype(`<!DOCTYPE mvaMeldingDto SYSTEM "${serverUrl}/dtd">`),
      verdicts: malformed,
    },
    {
      name: "billion laughs",
      text: withDoctype(`<!DOCTYPE mvaMeldingDto [<!ENTITY l0 "lol">${laughs}]>`, "&l12;"),
      verdicts: malformed,
    },
    {
      name: "quadratic blow-up",
      text: withDoctype(`<!DOCTYPE mvaMeldingDto [<!ENTITY a "${"a".repeat(50_000)}">]>`, "&a;".repeat(50_000)),
      verdicts: malformed,
    },
    {
      name: "XInclude",
      text: ordinary.replace(
        "Eksempelregnskap",
        `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${fileUrl}" parse="text"/>`,
      ),
      verdicts: ["invalid"],
    },
    {
      name: "schema location, server",
      text: onRoot(`${instance} xsi:schemaLocation="${namespace} ${serverUrl}/schema.xsd"`),
      verdicts: harmless,
    },
    {
      name: "schema location, file",
      text: onRoot(`${instance} xsi:schemaLocation="${namespace} ${fileUrl}"`),
      verdicts: harmless,
    },
    {
      name: "schema location without namespace",
      text: onRoot(`${instance} xsi:noNamespaceSchemaLocation="${serverUrl}/schema.xsd"`),
      verdicts: harmless,
    },
    {
      name: "style sheet",
      text: ordinary.replace("?>\n", `?>\n<?xml-stylesheet href="${serverUrl}/style.xsl"?>\n`),
      verdicts: harmless,
    },
    {
      name: "100,000-deep nesting, closed",
      text: ordinary.replace("Eksempelregnskap", "<a>".repeat(deep) + "</a>".repeat(deep)),
      verdicts: refused,
    },
    {
      name: "100,000-deep nesting, open",
      text: `<mvaMeldingDto xmlns="${namespace}">${"<a>".repeat(deep)}`,
      verdicts: malformed,
    },
    { name: "10 MB attribute", text: onRoot(`a="${"x".repeat(10_000_000)}"`), verdicts: refused },
    { name: "10 MB text", text: ordinary.replace("Eksempelregnskap", "x".repeat(10_000_000)), verdicts: refused },
    {
      name: "20,000 attributes",
      text: onRoot(Array.from({ length: 20_000 }, (_, index) => `a${String(index)}=""`).join(" ")),
      verdicts: refused,
    },
    {
      name: "a number of a million digits",
      text: ordinary.replace(/<grunnlag>\d+/, `<grunnlag>${"9".repeat(1_000_000)}`),
      verdicts: ["valid", "deviating", "invalid"],
    },
    { name: "NUL bytes", text: ordinary.replace("Eksempelregnskap", "a\u0000b"), verdicts: malformed },
    { name: "nothing but NUL bytes", text: "\u0000".repeat(10_000), verdicts: ["malformed", "notARecognisedDocument"] },
    { name: "lone surrogates", text: ordinary.replace("Eksempelregnskap", "a\ud800b\udc00c"), verdicts: malformed },
    {
      name: "lone surrogate in a name",
      text: ordinary.replace("<systemnavn>", "<system\ud800navn>"),
      verdicts: malformed,
    },
  ];
}
