import { elementByPath } from "../../vatReturn/navigate.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { XmlDocument } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import { fix } from "./fix.ts";
import type { Fix } from "./fix.ts";

/** Letters that other systems like to write as entities of HTML. */
const htmlEntities: Readonly<Record<string, string>> = {
  aelig: "æ",
  AElig: "Æ",
  oslash: "ø",
  Oslash: "Ø",
  aring: "å",
  Aring: "Å",
  eacute: "é",
  nbsp: "\u00a0",
  ndash: "–",
  laquo: "«",
  raquo: "»",
};

/** Ways to mend the mistakes in XML that have one evident way out. */
export function syntaxFixes(finding: Finding, document: XmlDocument): readonly Fix[] {
  const { start, end } = finding.range;
  const { text } = document;
  const data = finding.data ?? {};
  const replace = (newText: string, title: Text): readonly Fix[] => [
    fix(title, [{ start, end, newText }], { preferred: true, mechanical: true }),
  ];
  const write = (newText: string): readonly Fix[] =>
    replace(newText, { en: `Write ${newText}`, nb: `Skriv ${newText}` });
  switch (data["kind"]) {
    case "stray-ampersand":
      return text.charAt(start) === "&"
        ? [fix({ en: "Write &amp;", nb: "Skriv &amp;" }, [{ start, end: start + 1, newText: "&amp;" }], certain)]
        : [];
    case "stray-less-than":
    case "less-than-in-attribute":
      return write("&lt;");
    case "cdata-end-in-text":
      return write("]]&gt;");
    case "unknown-entity":
      return entity(text.slice(start, end), write);
    case "illegal-character":
      return replace("", { en: "Remove the character", nb: "Fjern tegnet" });
    case "end-tag-mismatch": {
      const { expected } = data;
      return expected === undefined ? [] : replace(expected, { en: `Close <${expected}>`, nb: `Lukk <${expected}>` });
    }
    case "end-tag-without-start":
      return endTag(text, start, end);
    case "missing-space-before-attribute":
      return [
        fix({ en: "Insert a space", nb: "Sett inn et mellomrom" }, [{ start, end: start, newText: " " }], certain),
      ];
    case "element-not-closed":
      return closed(finding, document);
    default:
      return [];
  }
}

const certain = { preferred: true, mechanical: true } as const;

function entity(reference: string, write: (newText: string) => readonly Fix[]): readonly Fix[] {
  const letter = htmlEntities[reference.slice(1, -1)];
  return letter === undefined ? write(reference.replace("&", "&amp;")) : write(letter);
}

/** Removes an end tag that closes nothing. @param start where its name starts */
function endTag(text: string, start: number, end: number): readonly Fix[] {
  const close = text.indexOf(">", end);
  if (text.slice(start - 2, start) !== "</" || close < 0 || text.slice(end, close).trim() !== "") return [];
  const name = text.slice(start, end);
  const title = { en: `Remove </${name}>`, nb: `Fjern </${name}>` };
  return [fix(title, [{ start: start - 2, end: close + 1, newText: "" }], { preferred: true })];
}

/** Closes an element with text behind the text, and any other behind its last child. */
function closed(finding: Finding, document: XmlDocument): readonly Fix[] {
  const element = finding.path === null ? null : elementByPath(document, finding.path);
  if (element === null || element.endTag !== null) return [];
  const end = element.children.at(-1)?.range.end ?? element.valueRange.end;
  const title = { en: `Close with </${element.name}>`, nb: `Lukk med </${element.name}>` };
  return [fix(title, [{ start: end, end, newText: `</${element.name}>` }], { preferred: true })];
}
