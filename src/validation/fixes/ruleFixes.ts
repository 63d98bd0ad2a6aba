import { formatDecimal, hasFraction, parseDecimal, sign, truncate } from "../../vatReturn/decimal.ts";
import { childNamed, elementByPath } from "../../vatReturn/navigate.ts";
import type { VatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlDocument } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import { ruleByNumber } from "../rules/index.ts";
import type { QuickFixKind } from "../rules/rule.ts";
import { addedOrRemoved, addedOrSpecified, withoutElements } from "./basisAndRateFixes.ts";
import { chosenValues } from "./choiceFixes.ts";
import { counterparts } from "./counterpartFixes.ts";
import { replaceContent } from "./edits.ts";
import { expectedValue } from "./expectedValueFixes.ts";
import { fix } from "./fix.ts";
import type { Fix } from "./fix.ts";
import { listed } from "./lineEdits.ts";
import { periodTypes } from "./periodFixes.ts";
import type { Place } from "./place.ts";
import { missingRemark } from "./remarkFixes.ts";
import { compensationOrNot } from "./specificationFixes.ts";

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
  const { data, finding, line, text } = place;
  if (finding.rule === "R124") return line === null ? [] : compensationOrNot(place, line);
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
  switch (kind) {
    case "remove-elements":
      return withoutElements(place, line);
    case "add-elements":
      return addedOrSpecified(place, line);
    case "add-or-remove-elements":
      return addedOrRemoved(place, line);
    case "add-remark":
      return missingRemark(data, line, text);
    case "add-counterpart-line":
      return counterparts(place);
  }
}

/** An amount of less than one krone would become 0, and with it whatever its sign says. */
function withoutDecimals({ data, element, line, text }: Place): readonly Fix[] {
  const elements =
    line === null ? [element] : listed(data["elements"]).flatMap((name) => childNamed(line.element, name) ?? []);
  const amounts = elements.flatMap((amount) => {
    const value = parseDecimal(amount.text);
    return value === null || !hasFraction(value) ? [] : [{ amount, whole: truncate(value) }];
  });
  if (amounts.length === 0) return [];
  const edits = amounts.map(({ amount, whole }) => replaceContent(text, amount, formatDecimal(whole)));
  const preferred = amounts.every(({ whole }) => sign(whole) !== 0);
  return [fix({ en: "Drop the decimals", nb: "Fjern desimalene" }, edits, { preferred })];
}
