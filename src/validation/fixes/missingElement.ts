import { childNamed } from "../../vatReturn/navigate.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { declarationOf } from "../schema/schemaModel.ts";
import { hasRateOf, sumOfLines, vatOf } from "./amounts.ts";
import { insertChild, nameLike, tagged } from "./edits.ts";
import { fix, placed, placeholder } from "./fix.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { listed, tags } from "./lineEdits.ts";
import type { SchemaFixContext } from "./schemaFixes.ts";
import { skeleton } from "./skeleton.ts";

const names = vatReturnNames;

/** Adds what is missing, with values where they can be computed and first guesses, to be looked at, elsewhere. */
export function missingElement(
  data: Readonly<Record<string, string>>,
  element: XmlElement,
  context: SchemaFixContext,
): readonly Fix[] {
  const { document, model, today } = context;
  if (model === null) return [];
  const before = data["before"] === undefined ? null : element;
  const parent = before === null ? element : element.parent;
  if (parent === null) return [];
  const type = model.types.get(declarationOf(model, parent)?.typeName ?? "");
  const content = (name: string): string | null => {
    const computed = computedElement(parent, name, context);
    if (computed !== null) return tagged(parent, name, computed.isSure ? computed.value : placeholder(computed.value));
    const child = type?.kind === "complex" ? type.children.find((candidate) => candidate.name === name) : undefined;
    return child === undefined ? null : skeleton(child, model, (local) => nameLike(parent, local), today);
  };
  const expected = listed(data["expected"], " ");
  if (data["reason"] === "choice") {
    return expected.flatMap((name) => {
      const xml = content(name);
      return xml === null ? [] : [addition([name], insertChild(document.text, parent, before, xml), false)];
    });
  }
  const parts = expected.map(content);
  if (parts.length === 0 || parts.includes(null)) return [];
  return [addition(expected, insertChild(document.text, parent, before, parts.join("\n")), true)];
}

/**
 * An amount that follows from the others: the total from the lines, and a line's VAT from basis and rate. The rate is
 * to be trusted where it is one of the code's.
 */
function computedElement(
  parent: XmlElement,
  name: string,
  { vatReturn }: SchemaFixContext,
): { readonly value: string; readonly isSure: boolean } | null {
  if (vatReturn === null) return null;
  if (name === names.fastsattMerverdiavgift && parent === vatReturn.skattegrunnlagOgBeregnetSkatt) {
    const value = sumOfLines(vatReturn);
    return value === null ? null : { value, isSure: vatReturn.lines.length > 0 };
  }
  if (name !== names.merverdiavgift || childNamed(parent, names.merverdiavgift) !== null) return null;
  const line = vatReturn.lines.find((candidate) => candidate.element === parent);
  const value = line === undefined ? null : vatOf(line);
  if (line === undefined || value === null) return null;
  return { value, isSure: hasRateOf(line.mvaKode?.text ?? "", line, vatReturn) };
}

/** What only the author knows is nothing to be put in unasked. */
function addition(expected: readonly string[], edit: TextEdit, onlyOne: boolean): Fix {
  const finished = placed(edit);
  const preferred = onlyOne && finished.placeholders === undefined;
  return fix({ en: `Add ${tags(expected)}`, nb: `Legg til ${tags(expected)}` }, [finished], { preferred });
}
