import type { CalendarDate } from "../vatReturn/period.ts";
import type { Text } from "../vatReturn/text.ts";

/** The official list's `satstype`, under names of our own. */
export type RateType = "standard" | "middle" | "low" | "rawFish" | "zero";

/** One rate (list sats): the text that `sats` must hold, and the days it is valid on, both inclusive. */
export interface Rate {
  readonly text: string;
  readonly type: RateType;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}

export const rates: readonly Rate[] = [
  { text: "25", type: "standard", from: "2005-01-01", to: null },
  { text: "15", type: "middle", from: "2012-01-01", to: null },
  { text: "8", type: "low", from: "2006-01-01", to: "2015-12-31" },
  { text: "10", type: "low", from: "2016-01-01", to: "2017-12-31" },
  { text: "12", type: "low", from: "2018-01-01", to: "2020-03-31" },
  { text: "6", type: "low", from: "2020-04-01", to: "2021-09-30" },
  { text: "12", type: "low", from: "2021-10-01", to: null },
  // The one rate with decimals is written with a comma.
  { text: "11,11", type: "rawFish", from: "1970-01-01", to: null },
  { text: "0", type: "zero", from: null, to: null },
];

export const rateTypeLabels: Readonly<Record<RateType, Text>> = {
  standard: { en: "standard rate", nb: "alminnelig sats" },
  middle: { en: "middle rate (food)", nb: "middels sats (næringsmidler)" },
  low: { en: "low rate", nb: "lav sats" },
  rawFish: { en: "raw fish rate", nb: "sats for råfisk" },
  zero: { en: "zero rate", nb: "nullsats" },
};

/** The rates of a type that are valid on any day of the stretch, each named once. */
export function ratesIn(type: RateType, start: CalendarDate, end: CalendarDate): readonly string[] {
  const valid = rates.filter(
    (rate) => rate.type === type && (rate.from === null || rate.from <= end) && (rate.to === null || rate.to >= start),
  );
  return [...new Set(valid.map((rate) => rate.text))];
}

/** Every rate that the type has ever had. */
export function ratesEver(type: RateType): readonly string[] {
  return [...new Set(rates.filter((rate) => rate.type === type).map((rate) => rate.text))];
}
