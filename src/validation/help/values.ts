import { rates, rateTypeLabels, ratesIn } from "../../codeLists/rates.ts";
import { selectableRemark } from "../../codeLists/remarks.ts";
import { categoryLabels } from "../../codeLists/returnCategories.ts";
import { specification } from "../../codeLists/specifications.ts";
import type { Direction } from "../../codeLists/vatCodes.ts";
import { vatCode } from "../../codeLists/vatCodes.ts";
import type { TaxPeriod } from "../../vatReturn/period.ts";
import type { Text } from "../../vatReturn/text.ts";
import { vatReturnNames } from "../../vatReturn/vatReturn.ts";

const names = vatReturnNames;

const directions: Readonly<Record<Direction, Text>> = {
  input: {
    en: "input VAT: deductions, without basis and rate",
    nb: "inngående avgift: fradrag, uten grunnlag og sats",
  },
  output: { en: "output VAT: with basis and rate", nb: "utgående avgift: med grunnlag og sats" },
  both: {
    en: "both sides: calculated VAT with basis and rate, and its deduction on a line without",
    nb: "begge sider: beregnet avgift med grunnlag og sats, og fradraget på en linje uten",
  },
};

/** What a value of a return means, by the code lists; null for values that are in none. */
export function meaningOf(elementName: string, value: string, period: TaxPeriod | null): Text | null {
  switch (elementName) {
    case names.mvaKode:
      return codeMeaning(value, period);
    case names.sats:
      return rateMeaning(value);
    case names.spesifikasjon:
      return specification(value)?.label ?? null;
    case names.utvalgtMerknad:
      return (selectableRemark(value, "line") ?? selectableRemark(value, "return"))?.label ?? null;
    case names.meldingskategori:
      return Object.hasOwn(categoryLabels, value) ? categoryLabels[value as keyof typeof categoryLabels] : null;
    default:
      return null;
  }
}

function codeMeaning(value: string, period: TaxPeriod | null): Text | null {
  const code = vatCode(value);
  if (code === null) return null;
  const type = rateTypeLabels[code.rateType];
  const inForce = period === null ? [] : ratesIn(code.rateType, period.start, period.end);
  const percent = inForce.length === 0 ? "" : `: ${inForce.map((rate) => `${rate} %`).join(", ")}`;
  const direction = directions[code.direction];
  return {
    en: `${code.label.en}\n\n${direction.en}\n\n${type.en}${percent}`,
    nb: `${code.label.nb}\n\n${direction.nb}\n\n${type.nb}${percent}`,
  };
}

function rateMeaning(value: string): Text | null {
  const found = rates.filter(({ text }) => text === value);
  if (found.length === 0) return null;
  const spans = found.map(({ type, from, to }) => ({
    label: rateTypeLabels[type],
    days: `${from ?? "…"} – ${to ?? "…"}`,
  }));
  return {
    en: spans.map(({ label, days }) => `${label.en}, ${days}`).join("\n\n"),
    nb: spans.map(({ label, days }) => `${label.nb}, ${days}`).join("\n\n"),
  };
}
