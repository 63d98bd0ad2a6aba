import { remarkFits, remarkGroup } from "../../codeLists/remarkSigns.ts";
import type { RemarkGroup, Sign } from "../../codeLists/remarkSigns.ts";
import { formatDecimal, negate, sign } from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import { basisFor, ratesOfCode } from "./amounts.ts";
import { insertAfter, nameLike, tagged } from "./edits.ts";
import { fix, placed, placeholder } from "./fix.ts";
import type { Fix, TextEdit } from "./fix.ts";
import type { Place } from "./place.ts";
import { explainHere } from "./remarkFixes.ts";

const names = vatReturnNames;

/**
 * The other side of a two-sided code: lines with calculated VAT for deductions that have none, or deductions for
 * calculated VAT. None is preferred: a basis is a guess, and how much can be deducted is the author's to know.
 */
export function counterparts({ data, vatReturn, text }: Place): readonly Fix[] {
  const code = data["code"] ?? "";
  const side = data["missing"] === "output" ? calculatedVat : deductionsFor;
  return side(code, vatReturn, text);
}

function calculatedVat(code: string, vatReturn: VatReturn, text: string): readonly Fix[] {
  const [rate] = ratesOfCode(code, vatReturn.period);
  if (rate === undefined) return [];
  const ofCode = vatReturn.lines.filter(({ mvaKode }) => mvaKode?.text === code);
  const output = ofCode.filter(({ grunnlag }) => grunnlag !== null);
  const deductions = ofCode.filter(isPlainDeduction);
  const lacking = unpaired(deductions, output).slice(0, deductions.length - output.length);
  const title = (count: number): Text =>
    count === 1
      ? {
          en: `Add the line with VAT calculated on code ${code}`,
          nb: `Legg til linjen med beregnet avgift på kode ${code}`,
        }
      : {
          en: `Add ${count} lines with VAT calculated on code ${code}`,
          nb: `Legg til ${count} linjer med beregnet avgift på kode ${code}`,
        };
  return lineForEach(lacking, text, title, (line, calculated) => [
    tagged(line.element, names.mvaKode, code),
    // Which basis it was is known to the krone by the author alone.
    tagged(line.element, names.grunnlag, placeholder(basisFor(calculated, rate) ?? "0")),
    tagged(line.element, names.sats, rate),
    tagged(line.element, names.merverdiavgift, formatDecimal(calculated)),
    ...(sign(calculated) < 0 ? [remarkLike(line, remarkGroup("ordinary", code, null, false), "-")] : []),
  ]);
}

function deductionsFor(code: string, vatReturn: VatReturn, text: string): readonly Fix[] {
  const output = vatReturn.lines.filter(
    ({ mvaKode, grunnlag, spesifikasjon }) => mvaKode?.text === code && grunnlag !== null && isBlank(spesifikasjon),
  );
  const title = (count: number): Text =>
    count === 1
      ? { en: `Add the line with the deduction on code ${code}`, nb: `Legg til linjen med fradraget på kode ${code}` }
      : {
          en: `Add ${count} lines with the deductions on code ${code}`,
          nb: `Legg til ${count} linjer med fradragene på kode ${code}`,
        };
  return lineForEach(output, text, title, (line, deducted) => [
    tagged(line.element, names.mvaKode, code),
    tagged(line.element, names.merverdiavgift, formatDecimal(deducted)),
    ...(sign(deducted) > 0 ? [remarkLike(line, remarkGroup("ordinary", code, null, true), "+")] : []),
  ]);
}

/** A line behind each of some, with the same VAT under the other sign; none where one of the amounts can't be read. */
function lineForEach(
  lines: readonly SpecificationLine[],
  text: string,
  title: (count: number) => Text,
  childrenOf: (line: SpecificationLine, vat: Decimal) => readonly string[],
): readonly Fix[] {
  const edits: TextEdit[] = [];
  for (const line of lines) {
    const vat = line.merverdiavgift?.value ?? null;
    if (vat === null) return [];
    const { name } = line.element;
    const inner = childrenOf(line, negate(vat)).join("\n").replace(/^/gm, "  ");
    edits.push(placed(insertAfter(text, line.element, `<${name}>\n${inner}\n</${name}>`)));
  }
  return edits.length === 0 ? [] : [fix(title(edits.length), edits)];
}

/** An opposite sign has to be explained: by the other line's remark where it fits here too, else in words to be written. */
function remarkLike({ element, merknad }: SpecificationLine, group: RemarkGroup | null, side: Sign): string {
  const chosen = merknad?.utvalgtMerknad?.text ?? "";
  const words = merknad?.beskrivelse?.text ?? "";
  const content =
    group !== null && remarkFits(group, chosen, side)
      ? tagged(element, names.utvalgtMerknad, chosen)
      : tagged(element, names.beskrivelse, placeholder(words.trim() === "" ? explainHere : words.trim()));
  const outer = nameLike(element, names.merknad);
  return `<${outer}>\n  ${content}\n</${outer}>`;
}

/** Deductions, those first that no line with calculated VAT of the same size can belong to. */
function unpaired(
  deductions: readonly SpecificationLine[],
  output: readonly SpecificationLine[],
): readonly SpecificationLine[] {
  const amounts = output.flatMap((line) => amountOf(line) ?? []);
  const paired: SpecificationLine[] = [];
  const alone: SpecificationLine[] = [];
  for (const line of deductions) {
    const vat = line.merverdiavgift?.value ?? null;
    const found = vat === null ? -1 : amounts.indexOf(formatDecimal(negate(vat)));
    if (found >= 0) amounts.splice(found, 1);
    (found >= 0 ? paired : alone).push(line);
  }
  return [...alone, ...paired];
}

function amountOf({ merverdiavgift }: SpecificationLine): string | null {
  const vat: Decimal | null = merverdiavgift?.value ?? null;
  return vat === null ? null : formatDecimal(vat);
}

function isPlainDeduction({ grunnlag, spesifikasjon }: SpecificationLine): boolean {
  return grunnlag === null && isBlank(spesifikasjon);
}

function isBlank(field: SpecificationLine["spesifikasjon"]): boolean {
  return field === null || field.text.trim() === "";
}
