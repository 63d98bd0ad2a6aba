import { ratesEver } from "../../codeLists/rates.ts";
import { selectableRemarksOf } from "../../codeLists/remarks.ts";
import { freeText, remarkGroup, remarksFor } from "../../codeLists/remarkSigns.ts";
import { isReturnCategory, returnCategories, returnTypeOf, type ReturnType } from "../../codeLists/returnCategories.ts";
import { specification, specificationsOf } from "../../codeLists/specifications.ts";
import { vatCode, vatCodes, vatCodesOf } from "../../codeLists/vatCodes.ts";
import { sign } from "../../vatReturn/decimal.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import { readVatReturn, vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import { ratesOfCode, sumOfLines, vatOf } from "../fixes/amounts.ts";
import type { DocumentType } from "../result.ts";
import type { SimpleType } from "../schema/schemaModel.ts";
import { meaningOf } from "./values.ts";

const names = vatReturnNames;

export interface LegalValue {
  readonly value: string;
  readonly meaning: Text | null;
}

/** The values that can stand in an element: those of the code lists that fit the line and the return, or the schema's. */
export function legalValues(
  document: XmlDocument,
  documentType: DocumentType,
  element: XmlElement,
  type: SimpleType,
  today: CalendarDate,
): readonly LegalValue[] {
  if (documentType === "vatReturn" && document.root !== null) {
    const vatReturn = readVatReturn(document.root);
    const values = valuesInReturn(element, vatReturn, today);
    if (values !== null) {
      return values.map((value) => ({ value, meaning: meaningOf(element.localName, value, vatReturn.period) }));
    }
  }
  return [...(type.values ?? [])].map(([value, meaning]) => ({ value, meaning }));
}

function valuesInReturn(element: XmlElement, vatReturn: VatReturn, today: CalendarDate): readonly string[] | null {
  const category = vatReturn.meldingskategori?.text ?? "";
  const returnType = isReturnCategory(category) ? returnTypeOf(category) : null;
  const line =
    vatReturn.lines.find((each) => each.element === element.parent || each.merknad?.element === element.parent) ?? null;
  switch (element.localName) {
    case names.meldingskategori:
      return returnCategories;
    case names.mvaKode:
      return (returnType === null ? vatCodes : vatCodesOf(returnType)).map(({ code }) => code);
    case names.sats:
      return rateValues(line, vatReturn);
    case names.spesifikasjon:
      return specificationValues(line, returnType);
    case names.utvalgtMerknad:
      return remarkValues(line, returnType);
    case names.aar:
      return [today.slice(0, 4), String(Number(today.slice(0, 4)) - 1)];
    case names.fastsattMerverdiavgift:
      return present(sumOfLines(vatReturn));
    case names.merverdiavgift:
      return present(line === null ? null : vatOf(line));
    default:
      return null;
  }
}

function rateValues(line: SpecificationLine | null, { period }: VatReturn): readonly string[] {
  const code = line?.mvaKode?.text ?? "";
  const inPeriod = ratesOfCode(code, period);
  const known = vatCode(code);
  return inPeriod.length > 0 || known === null ? inPeriod : ratesEver(known.rateType);
}

function specificationValues(line: SpecificationLine | null, returnType: ReturnType | null): readonly string[] {
  if (returnType === null) return [];
  const code = vatCode(line?.mvaKode?.text ?? "");
  return specificationsOf(returnType)
    .map(({ name }) => name)
    .filter((name) => code === null || code.specifications.includes(name));
}

function remarkValues(line: SpecificationLine | null, returnType: ReturnType | null): readonly string[] {
  if (returnType === null) return [];
  if (line === null) return selectableRemarksOf("return", returnType).map(({ name }) => name);
  const all = selectableRemarksOf("line", returnType).map(({ name }) => name);
  const code = vatCode(line.mvaKode?.text ?? "");
  const basis = line.grunnlag?.value ?? null;
  const vat = line.merverdiavgift?.value ?? null;
  if (code === null || vat === null) return all;
  const named = specification(line.spesifikasjon?.text ?? "")?.name ?? null;
  const deduction = returnType === "ordinary" && code.direction === "both" && line.grunnlag === null && named === null;
  const group = remarkGroup(returnType, code.code, named, deduction);
  const amount = basis === null || returnType === "compensation" ? vat : basis;
  const fitting =
    group === null ? [] : remarksFor(group, sign(amount) === 0 ? group.expectedSign : sign(amount) < 0 ? "-" : "+");
  return fitting.filter((remark) => remark !== freeText);
}

function present(value: string | null): readonly string[] {
  return value === null ? [] : [value];
}
