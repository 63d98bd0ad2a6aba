import { formatDecimal, negate } from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";
import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import { basisFor, ratesOfCode } from "./amounts.ts";
import { insertAfter, tagged } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix } from "./fix.ts";

const names = vatReturnNames;

/**
 * The other side of a two-sided code: lines with calculated VAT for deductions that have none, or the deduction for
 * calculated VAT.
 */
export function counterparts(
  data: Readonly<Record<string, string>>,
  line: SpecificationLine,
  vatReturn: VatReturn,
  text: string,
): readonly Fix[] {
  const code = data["code"] ?? "";
  return data["missing"] === "output" ? calculatedVat(code, vatReturn, text) : deduction(code, line, text);
}

function calculatedVat(code: string, vatReturn: VatReturn, text: string): readonly Fix[] {
  const [rate] = ratesOfCode(code, vatReturn.period);
  if (rate === undefined) return [];
  const ofCode = vatReturn.lines.filter(({ mvaKode }) => mvaKode?.text === code);
  const output = ofCode.filter(({ grunnlag }) => grunnlag !== null);
  const deductions = ofCode.filter(({ grunnlag, spesifikasjon }) => grunnlag === null && isBlank(spesifikasjon));
  const lacking = unpaired(deductions, output).slice(0, deductions.length - output.length);
  const edits = lacking.flatMap((line) => {
    const vat = line.merverdiavgift?.value ?? null;
    if (vat === null) return [];
    const calculated = negate(vat);
    const children = [
      [names.mvaKode, code],
      [names.grunnlag, basisFor(calculated, rate)],
      [names.sats, rate],
      [names.merverdiavgift, formatDecimal(calculated)],
    ] as const;
    return [insertAfter(text, line.element, lineLike(line, children))];
  });
  if (edits.length === 0 || edits.length < lacking.length) return [];
  const title =
    edits.length === 1
      ? {
          en: `Add the line with VAT calculated on code ${code}`,
          nb: `Legg til linjen med beregnet avgift på kode ${code}`,
        }
      : {
          en: `Add ${edits.length} lines with VAT calculated on code ${code}`,
          nb: `Legg til ${edits.length} linjer med beregnet avgift på kode ${code}`,
        };
  return [fix(title, edits, { preferred: true })];
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

function deduction(code: string, line: SpecificationLine, text: string): readonly Fix[] {
  const vat = line.merverdiavgift?.value ?? null;
  if (vat === null) return [];
  const xml = lineLike(line, [
    [names.mvaKode, code],
    [names.merverdiavgift, formatDecimal(negate(vat))],
  ]);
  const title = {
    en: `Add the line with the deduction on code ${code}`,
    nb: `Legg til linjen med fradraget på kode ${code}`,
  };
  return [fix(title, [insertAfter(text, line.element, xml)])];
}

function lineLike(line: SpecificationLine, children: readonly (readonly [string, string])[]): string {
  const { name } = line.element;
  const inner = children.map(([child, value]) => `  ${tagged(line.element, child, value)}`).join("\n");
  return `<${name}>\n${inner}\n</${name}>`;
}

function amountOf({ merverdiavgift }: SpecificationLine): string | null {
  const vat: Decimal | null = merverdiavgift?.value ?? null;
  return vat === null ? null : formatDecimal(vat);
}

function isBlank(field: SpecificationLine["spesifikasjon"]): boolean {
  return field === null || field.text.trim() === "";
}
