import { ratesIn } from "../../codeLists/rates.ts";
import { vatCode } from "../../codeLists/vatCodes.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import {
  absolute,
  compare,
  formatDecimal,
  fromInteger,
  hundredth,
  multiply,
  negate,
  parseDecimal,
  sign,
  subtract,
  truncate,
} from "../../vatReturn/decimal.ts";
import { childNamed, elementByPath } from "../../vatReturn/navigate.ts";
import { isPeriodElementName, periodValues, readTaxPeriod } from "../../vatReturn/period.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import { ruleByNumber } from "../rules/index.ts";
import { escapeText, insertAfter, insertChild, nameLike, removeElement, rename, replaceContent } from "./edits.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { byLikeness } from "./likeness.ts";
import { setValue } from "./schemaFixes.ts";

const names = vatReturnNames;
/** The order of a line's elements by the schema. */
const lineOrder: readonly string[] = [
  names.mvaKode,
  names.spesifikasjon,
  names.mvaKodeRegnskapsystem,
  names.grunnlag,
  names.sats,
  names.merverdiavgift,
  names.merknad,
];

interface RuleFixContext {
  readonly document: XmlDocument;
  readonly vatReturn: VatReturn;
}

/** Ways to mend what a rule objects to, by the kind of fix that the rule names. */
export function ruleFixes(finding: Finding, context: RuleFixContext): readonly Fix[] {
  const kind = finding.rule === null ? null : (ruleByNumber(finding.rule)?.quickFix ?? null);
  const element = finding.path === null ? null : elementByPath(context.document, finding.path);
  const data = finding.data ?? {};
  if (kind === null || element === null) return [];
  const line = context.vatReturn.lines[finding.specificationLine ?? -1] ?? null;
  switch (kind) {
    case "set-value":
      return data["expected"] === undefined
        ? []
        : [expectedValue(data["expected"], data["elements"], element, line, context)];
    case "choose-value":
      return chosenValues(data, element);
    case "drop-decimals":
      return withoutDecimals(list(data["elements"]), element, line);
    case "remove-elements":
      return line === null ? [] : [removed(list(data["elements"]), line, context.document.text)];
    case "add-elements":
      return line === null ? [] : added(list(data["elements"]), line, context);
    case "add-or-remove-elements":
      return line === null
        ? []
        : [
            ...added(list(data["elements"]), line, context),
            removed(list(data["partner"]), line, context.document.text, false),
          ];
    case "add-remark":
      return line === null ? [] : remarks(data, line, context.document.text);
    case "add-counterpart-line":
      return line === null ? [] : [counterpart(data, line, context)];
    case "set-period-type":
      return periodTypes(data, context);
  }
}

/** Puts the value in; an element that is missing from the line is added with it. */
function expectedValue(
  expected: string,
  missing: string | undefined,
  element: XmlElement,
  line: SpecificationLine | null,
  { document }: RuleFixContext,
): Fix {
  if (line !== null && missing !== undefined && childNamed(line.element, missing) === null) {
    return {
      title: { en: `Add <${missing}> with ${expected}`, nb: `Legg til <${missing}> med ${expected}` },
      edits: [insertInOrder(document.text, line.element, missing, tagged(line.element, missing, expected))],
      preferred: true,
    };
  }
  const target = line !== null && missing !== undefined ? (childNamed(line.element, missing) ?? element) : element;
  return {
    title: { en: `Set <${target.localName}> to ${expected}`, nb: `Sett <${target.localName}> til ${expected}` },
    edits: [replaceContent(target, expected)],
    preferred: true,
  };
}

function chosenValues(data: Readonly<Record<string, string>>, element: XmlElement): readonly Fix[] {
  const allowed = list(data["allowed"]);
  const certain = data["expected"] ?? (allowed.length === 1 ? allowed[0] : undefined);
  return byLikeness(data["value"] ?? element.text, allowed).map((value) => setValue(element, value, value === certain));
}

function withoutDecimals(
  broken: readonly string[],
  element: XmlElement,
  line: SpecificationLine | null,
): readonly Fix[] {
  const elements = line === null ? [element] : broken.flatMap((name) => childNamed(line.element, name) ?? []);
  const edits = elements.flatMap((amount): TextEdit[] => {
    const value = parseDecimal(amount.text);
    return value === null ? [] : [replaceContent(amount, formatDecimal(truncate(value)))];
  });
  if (edits.length === 0) return [];
  return [{ title: { en: "Drop the decimals", nb: "Fjern desimalene" }, edits, preferred: true }];
}

function removed(elements: readonly string[], line: SpecificationLine, text: string, preferred = true): Fix {
  const found = elements.flatMap((name) => childNamed(line.element, name) ?? []);
  return {
    title: { en: `Remove ${tags(elements)}`, nb: `Fjern ${tags(elements)}` },
    edits: found.map((element) => removeElement(text, element)).sort((a, b) => a.start - b.start),
    preferred,
  };
}

/** Adds basis and rate: the rate of the code in the period, and the basis that the VAT on the line belongs to. */
function added(elements: readonly string[], line: SpecificationLine, context: RuleFixContext): readonly Fix[] {
  const rates = ratesOf(line, context.vatReturn);
  return rates.flatMap((rate) => {
    const values: Readonly<Record<string, string>> = { [names.grunnlag]: basisFor(line, rate), [names.sats]: rate };
    const known = elements.filter((name) => values[name] !== undefined);
    if (known.length !== elements.length) return [];
    const edits = known.map((name) =>
      insertInOrder(context.document.text, line.element, name, tagged(line.element, name, values[name] ?? "")),
    );
    const what = known.map((name) => `<${name}> ${values[name] ?? ""}`).join(", ");
    return [
      {
        title: { en: `Add ${what}`, nb: `Legg til ${what}` },
        edits: joined(edits),
        preferred: rates.length === 1,
      },
    ];
  });
}

function ratesOf(line: SpecificationLine, vatReturn: VatReturn): readonly string[] {
  const given = line.sats?.value.trim() ?? "";
  if (given !== "") return [given];
  const code = vatCode(line.mvaKode?.value ?? "");
  const period = vatReturn.period;
  if (code === null || period === null) return [];
  return ratesIn(code.rateType, period.start, period.end);
}

/** The whole kroner whose VAT comes nearest to the VAT on the line; what it was before where it can't be told. */
function basisFor(line: SpecificationLine, rateText: string): string {
  if (line.grunnlag !== null) return line.grunnlag.text.trim();
  const rate = parseDecimal(rateText.replace(",", "."));
  const vat = line.merverdiavgift?.value ?? null;
  if (rate === null || vat === null || sign(rate) === 0) return "0";
  return formatDecimal(divideToWhole(vat, hundredth(rate)));
}

/** The whole number next to `amount / factor`, found with exact arithmetic. */
function divideToWhole(amount: Decimal, factor: Decimal): Decimal {
  const scale = Math.max(amount.scale, factor.scale);
  const numerator = truncate(multiply(amount, { coefficient: 10n ** BigInt(scale), scale: 0 })).coefficient;
  const denominator = truncate(multiply(factor, { coefficient: 10n ** BigInt(scale), scale: 0 })).coefficient;
  const near = fromInteger(numerator / denominator);
  const further = fromInteger(numerator / denominator + (numerator < 0n ? -1n : 1n));
  const error = (candidate: Decimal): Decimal => absolute(subtract(multiply(candidate, factor), amount));
  return compare(error(near), error(further)) <= 0 ? near : further;
}

function remarks(data: Readonly<Record<string, string>>, line: SpecificationLine, text: string): readonly Fix[] {
  const withRemark = (child: string, value: string): readonly TextEdit[] => {
    const xml = tagged(line.element, child, value);
    if (line.merknad !== null) {
      const { element } = line.merknad;
      const inner = `<${element.name}>${xml}</${element.name}>`;
      return [{ ...element.range, newText: inner }];
    }
    const tag = nameLike(line.element, names.merknad);
    return [insertInOrder(text, line.element, names.merknad, `<${tag}>\n  ${xml}\n</${tag}>`)];
  };
  const chosen = list(data["allowed"]).map((remark): Fix => ({
    title: { en: `Add the remark “${remark}”`, nb: `Legg til merknaden «${remark}»` },
    edits: withRemark(names.utvalgtMerknad, remark),
    preferred: false,
  }));
  if (data["freeText"] !== "yes") return chosen;
  return [
    ...chosen,
    {
      title: { en: "Add a remark in own words", nb: "Legg til en merknad med egne ord" },
      edits: withRemark(names.beskrivelse, "Skriv forklaringen her"),
      preferred: false,
    },
  ];
}

/** The other side of a two-sided code: the computed VAT for a deduction, the deduction for computed VAT. */
function counterpart(data: Readonly<Record<string, string>>, line: SpecificationLine, context: RuleFixContext): Fix {
  const code = data["code"] ?? line.mvaKode?.value ?? "";
  const vat = line.merverdiavgift?.value ?? fromInteger(0);
  const other = negate(vat);
  const isOutput = data["missing"] === "output";
  const [rate] = ratesOf({ ...line, sats: null }, context.vatReturn);
  const mirrored: SpecificationLine = {
    ...line,
    grunnlag: null,
    merverdiavgift: line.merverdiavgift === null ? null : { ...line.merverdiavgift, value: other },
  };
  const children: readonly (readonly [string, string])[] = [
    [names.mvaKode, code],
    ...(isOutput && rate !== undefined
      ? ([
          [names.grunnlag, basisFor(mirrored, rate)],
          [names.sats, rate],
        ] as const)
      : []),
    [names.merverdiavgift, formatDecimal(other)],
  ];
  const inner = children.map(([name, value]) => `  ${tagged(line.element, name, value)}`).join("\n");
  const xml = `<${line.element.name}>\n${inner}\n</${line.element.name}>`;
  const what = isOutput
    ? { en: `computed VAT on code ${code}`, nb: `beregnet avgift på kode ${code}` }
    : { en: `the deduction on code ${code}`, nb: `fradraget på kode ${code}` };
  return {
    title: { en: `Add a line with ${what.en}`, nb: `Legg til en linje med ${what.nb}` },
    edits: [insertAfter(context.document.text, line.element, xml)],
    preferred: isOutput,
  };
}

/** The right period element, with the values that overlap the period that was written. */
function periodTypes(data: Readonly<Record<string, string>>, { vatReturn }: RuleFixContext): readonly Fix[] {
  const wanted = data["expected"] ?? "";
  const element = vatReturn.periode?.children[0];
  const { period } = vatReturn;
  if (element === undefined || period === null || !isPeriodElementName(wanted)) return [];
  return periodValues[wanted].flatMap((value): Fix[] => {
    const candidate = readTaxPeriod(wanted, value, period.year);
    if (candidate === null || candidate.end < period.start || candidate.start > period.end) return [];
    const [startTag, ...endTag] = rename(element, wanted);
    if (startTag === undefined) return [];
    return [
      {
        title: { en: `Make it the period ${value}`, nb: `Gjør det til perioden ${value}` },
        edits: [startTag, replaceContent(element, value), ...endTag],
        preferred: false,
      },
    ];
  });
}

/** Inserts a line's child at its place in the schema's order. */
function insertInOrder(text: string, line: XmlElement, name: string, xml: string): TextEdit {
  const place = lineOrder.indexOf(name);
  const before = line.children.find((child) => lineOrder.indexOf(child.localName) > place) ?? null;
  return insertChild(text, line, before, xml);
}

function tagged(neighbour: XmlElement, name: string, value: string): string {
  const tag = nameLike(neighbour, name);
  return `<${tag}>${escapeText(value)}</${tag}>`;
}

/** Insertions at one place become one. */
function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && last.start === edit.start && last.end === edit.end) {
      result[result.length - 1] = { ...last, newText: last.newText + edit.newText };
    } else result.push(edit);
  }
  return result;
}

function list(values: string | undefined): readonly string[] {
  return values === undefined || values === "" ? [] : values.split("|");
}

function tags(elements: readonly string[]): string {
  return elements.map((name) => `<${name}>`).join(", ");
}
