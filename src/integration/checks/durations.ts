import type { Text } from "../../vatReturn/text.ts";

const units: readonly {
  readonly seconds: number;
  readonly en: readonly [string, string];
  readonly nb: readonly [string, string];
}[] = [
  { seconds: 365 * 86_400, en: ["year", "years"], nb: ["år", "år"] },
  { seconds: 86_400, en: ["day", "days"], nb: ["dag", "dager"] },
  { seconds: 3600, en: ["hour", "hours"], nb: ["time", "timer"] },
  { seconds: 60, en: ["minute", "minutes"], nb: ["minutt", "minutter"] },
  { seconds: 1, en: ["second", "seconds"], nb: ["sekund", "sekunder"] },
];

/** Beyond it nobody counts. */
const thousandYears = 1000 * 365 * 86_400;

/** A number of seconds as people say it, by its two largest units: “2 hours”, “1 day 4 hours”. */
export function inWords(seconds: number): Text {
  if (seconds > thousandYears) return { en: "more than 1000 years", nb: "mer enn 1000 år" };
  const parts: Text[] = [];
  let rest = seconds;
  for (const unit of units) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    const form = count === 1 ? 0 : 1;
    if (count > 0 && parts.length < 2) parts.push({ en: `${count} ${unit.en[form]}`, nb: `${count} ${unit.nb[form]}` });
  }
  if (parts.length === 0) return { en: "0 seconds", nb: "0 sekunder" };
  return { en: parts.map(({ en }) => en).join(" "), nb: parts.map(({ nb }) => nb).join(" ") };
}
