import { recogniseDocument } from "../../vatReturn/documentType.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import { readVatReturn } from "../../vatReturn/vatReturn.ts";
import type { VatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import type { DocumentType } from "../result.ts";
import type { SchemaModel } from "../schema/schemaModel.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { fix } from "./fix.ts";
import { ruleFixes } from "./ruleFixes.ts";
import { schemaFixes } from "./schemaFixes.ts";
import { syntaxFixes } from "./syntaxFixes.ts";

export type { Fix, TextEdit } from "./fix.ts";
export { applyFix } from "./fix.ts";

/** Works out the fixes of one document's findings. */
export class Fixes {
  readonly #document: XmlDocument;
  readonly #today: CalendarDate;
  readonly #model: SchemaModel | null;
  readonly #vatReturn: VatReturn | null;

  /** @param modelOf gives the schema of a document type. */
  constructor(document: XmlDocument, modelOf: (type: DocumentType) => SchemaModel, today: CalendarDate) {
    const { documentType } = recogniseDocument(document);
    this.#document = document;
    this.#today = today;
    this.#model = documentType === null ? null : modelOf(documentType);
    this.#vatReturn = document.root === null || documentType !== "vatReturn" ? null : readVatReturn(document.root);
  }

  /** Ways to mend a finding of this document, the likeliest first; none where nothing follows from it. */
  of(finding: Finding): readonly Fix[] {
    const document = this.#document;
    const vatReturn = this.#vatReturn;
    switch (finding.source) {
      case "syntax":
        return syntaxFixes(finding, document);
      case "schema":
        return schemaFixes(finding, { document, model: this.#model, vatReturn, today: this.#today });
      case "rule":
        return vatReturn === null ? [] : ruleFixes(finding, { document, vatReturn });
      case "skatteetaten":
      case "integration":
        return [];
    }
  }

  /**
   * The preferred fixes of all findings that are of one kind with the given one, together; those that would touch
   * the same text as an earlier one are left for another time.
   * @returns null where fewer than two findings can be mended so.
   */
  ofKind(finding: Finding, findings: readonly Finding[]): Fix | null {
    const same = findings.filter((other) => kindOf(other) === kindOf(finding));
    const { edits, applied } = together(same.flatMap((other) => this.of(other).find((each) => each.preferred) ?? []));
    return applied < 2 ? null : fix(titleForAll(finding, applied), edits);
  }

  /** Every fix that changes only how the document is written, together; null where there is none. */
  mechanical(findings: readonly Finding[]): Fix | null {
    const found = findings.flatMap(
      (each) => this.of(each).find(({ preferred, mechanical }) => preferred && mechanical) ?? [],
    );
    const { edits, applied } = together(found);
    if (applied === 0) return null;
    const title: Text = { en: "Fix what is only written wrong", nb: "Rett det som bare er feilskrevet" };
    return fix(title, edits, { mechanical: true });
  }
}

/** As many of the fixes as go together: none that touches the text that an earlier one stretches over. */
function together(fixes: readonly Fix[]): { readonly edits: readonly TextEdit[]; readonly applied: number } {
  const edits: TextEdit[] = [];
  let applied = 0;
  let end = -1;
  for (const each of fixes.toSorted((a, b) => startOf(a) - startOf(b))) {
    const [first] = each.edits;
    const last = each.edits.at(-1);
    if (first === undefined || last === undefined || first.start < end) continue;
    // Two insertions at one place may say the same thing twice.
    if (first.start === end && first.start === first.end) continue;
    edits.push(...each.edits);
    applied++;
    ({ end } = last);
  }
  return { edits, applied };
}

function startOf({ edits }: Fix): number {
  return edits[0]?.start ?? 0;
}

/** Rule findings are of one kind by their rule, schema and syntax findings by what is wrong. */
function kindOf({ source, rule, code, data }: Finding): string {
  if (source === "rule") return rule ?? code;
  return `${source} ${data?.["kind"] ?? ""} ${data?.["reason"] ?? ""}`;
}

/** What schema and syntax findings of one kind are called where several are mended. */
const kindNames: Readonly<Record<string, Text>> = {
  "illegal-value": { en: "values that are not in their list", nb: "verdier som ikke står i listen" },
  "wrong-type": { en: "values of the wrong kind", nb: "verdier av feil type" },
  "wrong-digits": { en: "numbers with too many or too few digits", nb: "numre med feil antall siffer" },
  "unexpected-element": { en: "elements that are out of place", nb: "elementer som står feil" },
  "missing-element": { en: "missing elements", nb: "manglende elementer" },
  "unexpected-attribute": { en: "superfluous attributes", nb: "overflødige attributter" },
  "unexpected-text": { en: "texts between elements", nb: "tekster mellom elementer" },
  "wrong-namespace": { en: "wrong namespaces", nb: "feil navnerom" },
};

function titleForAll({ source, rule, code, data }: Finding, count: number): Text {
  const name = source === "rule" ? undefined : kindNames[data?.["kind"] ?? ""];
  if (name === undefined) {
    const what = source === "rule" ? (rule ?? code) : (data?.["kind"] ?? code);
    return { en: `Fix all ${count} of ${what} in this file`, nb: `Rett alle ${count} funn av ${what} i denne filen` };
  }
  return {
    en: `Fix all ${count} ${name.en} in this file`,
    nb: `Rett alle ${count} ${name.nb} i denne filen`,
  };
}
