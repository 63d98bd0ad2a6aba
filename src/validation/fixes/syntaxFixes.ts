import { elementByPath } from "../../vatReturn/navigate.ts";
import type { XmlDocument } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import type { Fix } from "./fix.ts";

/** Ways to mend the two mistakes in XML that have one evident way out. */
export function syntaxFixes(finding: Finding, document: XmlDocument): readonly Fix[] {
  switch (finding.data?.["kind"]) {
    case "stray-ampersand":
      return [
        {
          title: { en: "Write &amp;", nb: "Skriv &amp;" },
          edits: [{ start: finding.range.start, end: finding.range.start + 1, newText: "&amp;" }],
          preferred: true,
        },
      ];
    case "element-not-closed":
      return closed(finding, document);
    default:
      return [];
  }
}

/** Closes an element with text behind the text, and any other behind its last child. */
function closed(finding: Finding, document: XmlDocument): readonly Fix[] {
  const element = finding.path === null ? null : elementByPath(document, finding.path);
  if (element === null || element.endTag !== null) return [];
  const end = element.children.at(-1)?.range.end ?? element.valueRange.end;
  return [
    {
      title: { en: `Close with </${element.name}>`, nb: `Lukk med </${element.name}>` },
      edits: [{ start: end, end, newText: `</${element.name}>` }],
      preferred: true,
    },
  ];
}
