import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine } from "../../vatReturn/vatReturn.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { escapeText, nameLike, rename } from "./edits.ts";
import { fix, placed, placeholder } from "./fix.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { insertInOrder, listed } from "./lineEdits.ts";
import { byLikeness } from "../likeness.ts";

const names = vatReturnNames;

/** Stands where free text has to be written; the authority reads Norwegian. */
export const explainHere = "Skriv forklaringen her";

/** A remark for a line that has none: those that fit the line, and free text. */
export function missingRemark(
  data: Readonly<Record<string, string>>,
  line: SpecificationLine,
  text: string,
): readonly Fix[] {
  const chosen = byLikeness("", listed(data["allowed"])).map((remark) =>
    fix({ en: `Add the remark “${remark}”`, nb: `Legg til merknaden «${remark}»` }, [
      withRemark(line, text, names.utvalgtMerknad, escapeText(remark)),
    ]),
  );
  const own = fix({ en: "Add a remark in your own words", nb: "Legg til en merknad med egne ord" }, [
    placed(withRemark(line, text, names.beskrivelse, placeholder(explainHere))),
  ]);
  return [...chosen, own];
}

/** Makes a selected remark that is in no list, or does not fit, the free text that nobody checks. */
export function freeTextInstead(element: XmlElement): Fix {
  return fix(
    { en: "Make it free text (<beskrivelse>)", nb: "Gjør den til fritekst (<beskrivelse>)" },
    rename(element, names.beskrivelse),
  );
}

function withRemark(line: SpecificationLine, text: string, child: string, value: string): TextEdit {
  const tag = nameLike(line.element, child);
  const xml = `<${tag}>${value}</${tag}>`;
  if (line.merknad !== null) return blankRemark(line.merknad.element, xml, text);
  const outer = nameLike(line.element, names.merknad);
  return insertInOrder(text, line.element, names.merknad, `<${outer}>\n  ${xml}\n</${outer}>`);
}

/** Puts the remark in the place of a blank one. */
function blankRemark(element: XmlElement, xml: string, text: string): TextEdit {
  if (element.endTag === null) return { ...element.range, newText: `<${element.name}>${xml}</${element.name}>` };
  const [first] = element.children;
  const last = element.children.at(-1);
  if (first === undefined || last === undefined) {
    const { start, end } = element.contentRange;
    return text.slice(start, end).trim() === "" ? { start, end, newText: xml } : { start: end, end, newText: xml };
  }
  return { start: first.range.start, end: last.range.end, newText: xml };
}
