import { recogniseDocument } from "../../vatReturn/documentType.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import { readVatReturn } from "../../vatReturn/vatReturn.ts";
import type { VatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import type { DocumentType } from "../result.ts";
import type { SchemaModel } from "../schema/schemaModel.ts";
import type { Fix, TextEdit } from "./fix.ts";
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
    switch (finding.source) {
      case "syntax":
        return syntaxFixes(finding, this.#document);
      case "schema":
        return schemaFixes(finding, { document: this.#document, model: this.#model, today: this.#today });
      case "rule":
        return this.#vatReturn === null
          ? []
          : ruleFixes(finding, { document: this.#document, vatReturn: this.#vatReturn });
      case "skatteetaten":
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
    const fixes = same.flatMap((other) => this.of(other).find((fix) => fix.preferred) ?? []);
    const edits: TextEdit[] = [];
    let applied = 0;
    for (const fix of fixes.toSorted((a, b) => startOf(a) - startOf(b))) {
      if (startOf(fix) < (edits.at(-1)?.end ?? 0)) continue;
      edits.push(...fix.edits);
      applied++;
    }
    if (applied < 2) return null;
    const what = finding.rule ?? finding.code;
    return {
      title: { en: `Fix all ${applied} of ${what} in this file`, nb: `Rett alle ${applied} av ${what} i denne filen` },
      edits,
      preferred: false,
    };
  }
}

function startOf(fix: Fix): number {
  return fix.edits[0]?.start ?? 0;
}

/** Rule findings are of one kind by their rule, schema and syntax findings by what is wrong. */
function kindOf(finding: Finding): string {
  return `${finding.source} ${finding.rule ?? finding.code} ${finding.source === "rule" ? "" : (finding.data?.["kind"] ?? "")}`;
}
