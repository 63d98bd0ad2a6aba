import { isTooLong, longestNumber } from "../../vatReturn/decimal.ts";
import type { Decimal } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { Field } from "../../vatReturn/vatReturn.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Hint, Outcome } from "./rule.ts";
import { everyCategory } from "./rule.ts";

type Amount = Field<Decimal | null>;

/** The schema sets no limit to how long a number is, but nothing is computed with one that long: it must not look fine. */
export const longAmount: Hint = {
  code: "amount-too-long-to-compute",
  near: "R082",
  appliesTo: everyCategory,
  title: {
    en: "An amount is too long to be computed with",
    nb: "Et beløp er for langt til å regne med",
  },
  checkLine: ({ amounts }) => outcomeOf(amounts.filter(isLong)),
  checkReturn: (checked) => outcomeOf(longTotalOf(checked)),
};

/** What is taken for granted of amounts that were not read; null where there are none. */
export function longAmountsAssumed(checked: CheckedReturn): Text | null {
  const found = checked.lines.some(({ amounts }) => amounts.some(isLong)) || longTotalOf(checked).length > 0;
  if (!found) return null;
  return {
    en: `Amounts of more than ${longestNumber} characters were not computed with; the rules that need them are not decided.`,
    nb: `Beløp på mer enn ${longestNumber} tegn ble ikke regnet med; reglene som trenger dem, er ikke avgjort.`,
  };
}

function longTotalOf({ source }: CheckedReturn): readonly Amount[] {
  return [source.fastsattMerverdiavgift].filter((amount) => amount !== null).filter(isLong);
}

function isLong({ value, text }: Amount): boolean {
  return value === null && isTooLong(text);
}

function outcomeOf(amounts: readonly Amount[]): Outcome {
  const [first] = amounts;
  if (first === undefined) return "passes";
  return {
    element: first.element,
    message: {
      en: `This amount has ${first.text.length} characters; at most ${longestNumber} are computed with. The rules that need it are not decided.`,
      nb: `Dette beløpet har ${first.text.length} tegn; det regnes med høyst ${longestNumber}. Reglene som trenger det, er ikke avgjort.`,
    },
    data: { characters: String(first.text.length), limit: String(longestNumber) },
    related: amounts.slice(1).map(({ element }) => ({
      range: element.valueRange,
      message: { en: "This amount is too long too.", nb: "Også dette beløpet er for langt." },
    })),
  };
}
