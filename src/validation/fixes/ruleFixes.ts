import { unreportableSaftCodes } from "../../codeLists/vatCodes.ts";
import { compare, formatDecimal, hasFraction, parseDecimal, truncate } from "../../vatReturn/decimal.ts";
import { childNamed, elementByPath } from "../../vatReturn/navigate.ts";
import { isPeriodElementName, periodValues, readTaxPeriod } from "../../vatReturn/period.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import { likeliest } from "../likeness.ts";
import { ruleByNumber } from "../rules/index.ts";
import type { QuickFixKind } from "../rules/rule.ts";
import { basisFor, ratesOf, ratesOfCode } from "./amounts.ts";
import { counterparts } from "./counterpartFixes.ts";
import { removeElement, rename, replaceContent } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { byLikeness } from "../likeness.ts";
import { listed, setChild, tags } from "./lineEdits.ts";
import { freeTextInstead, missingRemark } from "./remarkFixes.ts";

const names = vatReturnNames;

type Data = Readonly<Record<string, string>>;

interface Place {
  readonly finding: Finding;
  readonly data: Data;
  readonly element: XmlElement;
  readonly line: SpecificationLine | null;
  readonly vatReturn: VatReturn;
  readonly text: string;
}

/** Ways to mend what a rule or a hint objects to, by the kind of fix that the rule names. */
export function ruleFixes(
  finding: Finding,
  { document, vatReturn }: { readonly document: XmlDocument; readonly vatReturn: VatReturn },
): readonly Fix[] {
  const data = finding.data ?? {};
  const kind = kindFor(finding);
  const element = finding.path === null ? null : elementByPath(document, finding.path);
  if (kind === null || element === null) return [];
  const line = finding.specificationLine === null ? null : (vatReturn.lines[finding.specificationLine] ?? null);
  return fixesOfKind(kind, { finding, data, element, line, vatReturn, text: document.text });
}

/** Hints have no record of their own: they say what they would have instead. */
function kindFor({ rule, data }: Finding): QuickFixKind | null {
  if (rule !== null) return ruleByNumber(rule)?.quickFix ?? null;
  return data?.["expected"] === undefined ? null : "set-value";
}

function fixesOfKind(kind: QuickFixKind, place: Place): readonly Fix[] {
  const { data, line, text, vatReturn } = place;
  switch (kind) {
    case "set-value":
      return expectedValue(place);
    case "choose-value":
      return chosenValues(place);
    case "drop-decimals":
      return withoutDecimals(place);
    case "set-period-type":
      return periodTypes(place);
    default:
  }
  if (line === null) return [];
  const elements = listed(data["elements"]);
  switch (kind) {
    case "remove-elements":
      return [removed(elements, line, text, true)];
    case "add-elements":
      return addedOrSpecified(place, line);
    case "add-or-remove-elements":
      return [...added(elements, line, place), removed(listed(data["partner"]), line, text, false)];
    case "add-remark":
      return missingRemark(data, line, text);
    case "add-counterpart-line":
      return counterparts(data, line, vatReturn, text);
  }
}

/** Puts the value in; an element that is missing from the line is added with it. */
function expectedValue(place: Place): readonly Fix[] {
  const { finding, data, element, line, text } = place;
  const { expected } = data;
  const swaps = finding.rule === "R122" ? swapped(data, line, text) : [];
  if (expected === undefined || (finding.rule === "R122" && !isLower(expected, data["basis"]))) return swaps;
  const name = line === null ? undefined : data["elements"];
  if (line !== null && name !== undefined && childNamed(line.element, name) === null) {
    const title = { en: `Add <${name}> with ${expected}`, nb: `Legg til <${name}> med ${expected}` };
    return [fix(title, [setChild(text, line.element, name, expected)], { preferred: true })];
  }
  const target = line !== null && name !== undefined ? (childNamed(line.element, name) ?? element) : element;
  const title = { en: `Set <${target.localName}> to ${expected}`, nb: `Sett <${target.localName}> til ${expected}` };
  const isHint = finding.rule === null;
  // A total without lines is as likely to lack its lines as to be wrong.
  const linesMayLack = !isHint && line === null && (data["lines"] ?? "0") === "0";
  const preferred = swaps.length === 0 && !linesMayLack;
  const mechanical = isHint && finding.code !== "zero-vat-on-small-basis";
  return [...swaps, fix(title, [replaceContent(text, target, expected)], { preferred, mechanical })];
}

/** Lets basis and VAT change places where the VAT is the higher of the two (R122). */
function swapped(data: Data, line: SpecificationLine | null, text: string): readonly Fix[] {
  const [basis, vat] = [line?.grunnlag ?? null, line?.merverdiavgift ?? null];
  if (basis === null || vat === null || !isLower(data["basis"], data["actual"])) return [];
  const edits = [
    replaceContent(text, basis.element, vat.text.trim()),
    replaceContent(text, vat.element, basis.text.trim()),
  ];
  const preferred = basis.value !== null && basisFor(basis.value, data["rate"] ?? "") === data["actual"];
  return [fix({ en: "Swap basis and VAT", nb: "La grunnlag og avgift bytte plass" }, edits, { preferred })];
}

function isLower(amount: string | undefined, limit: string | undefined): boolean {
  const [a, b] = [parseDecimal(amount ?? ""), parseDecimal(limit ?? "")];
  return a !== null && b !== null && compare(a, b) < 0;
}

function chosenValues({ data, element, line, text }: Place): readonly Fix[] {
  const allowed = listed(data["allowed"]);
  const value = data["value"] ?? element.text;
  const meant = data["expected"] ?? likeliest(value, allowed);
  const offered = byLikeness(value, allowed);
  const ordered = meant === null ? offered : [meant, ...offered.filter((candidate) => candidate !== meant)];
  const choices = ordered.map((candidate) => setValue(text, element, candidate, candidate === meant));
  if (line === null && element.localName !== names.utvalgtMerknad) return choices;
  switch (element.localName) {
    case names.mvaKode:
      return [...choices, ...withoutSpecification(data, line, text), ...withoutLine(value, line, text)];
    case names.spesifikasjon:
      return [...choices, removal(text, element, false)];
    case names.utvalgtMerknad:
      return [...choices, freeTextInstead(element)];
    default:
      return choices;
  }
}

/** Replaces a value by a legal one. Only where it is the same value written differently is that mechanical. */
export function setValue(text: string, element: XmlElement, value: string, meant: boolean): Fix {
  const title = { en: `Replace by “${value}”`, nb: `Erstatt med «${value}»` };
  const mechanical = meant && plain(element.text) === plain(value);
  return fix(title, [replaceContent(text, element, value)], { preferred: meant, mechanical });
}

/** A value without what is only spelling: case, white space, the percent sign, comma for point, zeros behind it. */
function plain(value: string): string {
  return value
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s%]/g, "")
    .replace(",", ".")
    .replace(/^0+(?=[0-9])/, "")
    .replace(/(\.[0-9]*?)0+$/, "$1")
    .replace(/\.$/, "");
}

export function removal(text: string, element: XmlElement, preferred: boolean): Fix {
  const title = { en: `Remove <${element.localName}>`, nb: `Fjern <${element.localName}>` };
  return fix(title, [removeElement(text, element)], { preferred });
}

/** For a specification on a code that does not have it (R038 and its like). */
function withoutSpecification(data: Data, line: SpecificationLine | null, text: string): readonly Fix[] {
  const specification = line?.spesifikasjon?.element;
  return specification === undefined || data["specification"] === undefined
    ? []
    : [removal(text, specification, false)];
}

/** Amounts on some of SAF-T's codes are not reported at all. */
function withoutLine(code: string, line: SpecificationLine | null, text: string): readonly Fix[] {
  if (line === null || !unreportableSaftCodes.has(code)) return [];
  return [fix({ en: "Leave the line out", nb: "Utelat linjen" }, [removeElement(text, line.element)])];
}

function withoutDecimals({ data, element, line, text }: Place): readonly Fix[] {
  const elements =
    line === null ? [element] : listed(data["elements"]).flatMap((name) => childNamed(line.element, name) ?? []);
  const edits = elements.flatMap((amount): TextEdit[] => {
    const value = parseDecimal(amount.text);
    if (value === null || !hasFraction(value)) return [];
    return [replaceContent(text, amount, formatDecimal(truncate(value)))];
  });
  if (edits.length === 0) return [];
  return [fix({ en: "Drop the decimals", nb: "Fjern desimalene" }, edits, { preferred: true })];
}

function removed(elements: readonly string[], line: SpecificationLine, text: string, preferred: boolean): Fix {
  const title = { en: `Remove ${tags(elements)}`, nb: `Fjern ${tags(elements)}` };
  const found = elements.flatMap((name) => childNamed(line.element, name) ?? []);
  return fix(
    title,
    found.map((element) => removeElement(text, element)),
    { preferred },
  );
}

/** Adds basis and rate; on a line whose specification is on the wrong code (R116), the code is put right with them. */
function addedOrSpecified(place: Place, line: SpecificationLine): readonly Fix[] {
  const { data, vatReturn, text } = place;
  const elements = listed(data["elements"]);
  const codes = listed(data["allowed"]);
  const code = line.mvaKode?.text ?? "";
  if (codes.length === 0) return added(elements, line, place);
  const specification = line.spesifikasjon === null ? [] : [removal(text, line.spesifikasjon.element, false)];
  if (codes.includes(code)) return [...added(elements, line, place), ...specification];
  const choices = byLikeness(code, codes).flatMap((candidate) => {
    const [rate] = ratesOfCode(candidate, vatReturn.period);
    if (rate === undefined && elements.length > 0) return [];
    const values = valuesFor(line, rate ?? "");
    const title = { en: `Make it code ${candidate}`, nb: `Gjør det til kode ${candidate}` };
    const edits = elements.map((name) => setChild(text, line.element, name, values[name] ?? ""));
    return [fix(title, [setChild(text, line.element, names.mvaKode, candidate), ...edits])];
  });
  return [...specification, ...choices];
}

/** Adds basis and rate: the rate of the code in the period, and the basis that the VAT on the line belongs to. */
function added(elements: readonly string[], line: SpecificationLine, { vatReturn, text }: Place): readonly Fix[] {
  const rates = ratesOf(line, vatReturn);
  return rates.map((rate) => {
    const values = valuesFor(line, rate);
    const what = elements.map((name) => `<${name}> ${values[name] ?? ""}`).join(", ");
    return fix(
      { en: `Add ${what}`, nb: `Legg til ${what}` },
      elements.map((name) => setChild(text, line.element, name, values[name] ?? "")),
      { preferred: rates.length === 1 },
    );
  });
}

function valuesFor({ grunnlag, merverdiavgift }: SpecificationLine, rate: string): Readonly<Record<string, string>> {
  const basis = grunnlag === null ? basisFor(merverdiavgift?.value ?? null, rate) : grunnlag.text.trim();
  return { [names.grunnlag]: basis, [names.sats]: rate };
}

/** The right period element, with the values that overlap the period that was written; with all, where it can't be read. */
function periodTypes({ data, vatReturn, text }: Place): readonly Fix[] {
  const wanted = data["expected"] ?? "";
  const element = vatReturn.periode?.children[0];
  const { period } = vatReturn;
  if (element === undefined || !isPeriodElementName(wanted)) return [];
  const values = periodValues[wanted].filter((value) => {
    if (period === null) return true;
    const candidate = readTaxPeriod(wanted, value, period.year);
    return candidate !== null && candidate.end >= period.start && candidate.start <= period.end;
  });
  return values.map((value) => {
    const title = { en: `Make it the period ${value}`, nb: `Gjør det til perioden ${value}` };
    return fix(title, replaced(text, element, wanted, value), { preferred: values.length === 1 });
  });
}

/** Gives an element another name and another value. */
function replaced(text: string, element: XmlElement, localName: string, value: string): readonly TextEdit[] {
  const [startTag, endTag] = rename(element, localName);
  if (startTag === undefined || endTag === undefined) {
    const name = startTag?.newText ?? localName;
    return [{ ...element.range, newText: `<${name}>${value}</${name}>` }];
  }
  return [startTag, replaceContent(text, element, value), endTag];
}
