import type { Text } from "../../vatReturn/text.ts";

const longestQuote = 60;

/** `<a>, <b> or <c>`. */
export function elementList(names: readonly string[], lastWord: Text): Text {
  return listed(
    names.map((name) => `<${name}>`),
    lastWord,
  );
}

/** `"a", "b" or "c"`, in Norwegian with «guillemets». */
export function valueList(values: readonly string[], lastWord: Text): Text {
  return {
    en: listed(
      values.map((value) => quoted(value).en),
      lastWord,
    ).en,
    nb: listed(
      values.map((value) => quoted(value).nb),
      lastWord,
    ).nb,
  };
}

/** A value in quotation marks; long ones are cut. */
export function quoted(value: string): Text {
  const short = value.length <= longestQuote ? value : `${value.slice(0, longestQuote - 1)}…`;
  const plain = short.replace(/\p{Surrogate}/gu, "\ufffd").replace(/[\t\n\r]+/g, " ");
  return { en: `“${plain}”`, nb: `«${plain}»` };
}

/** Appends a sentence; null appends nothing. */
export function sentences(first: Text, second: Text | null): Text {
  return second === null ? first : { en: `${first.en} ${second.en}`, nb: `${first.nb} ${second.nb}` };
}

export function didYouMean(value: Text): Text {
  return { en: `Did you mean ${value.en}?`, nb: `Mente du ${value.nb}?` };
}

export const or: Text = { en: "or", nb: "eller" };
export const and: Text = { en: "and", nb: "og" };

function listed(items: readonly string[], lastWord: Text): Text {
  const last = items.at(-1) ?? "";
  if (items.length < 2) return { en: last, nb: last };
  const others = items.slice(0, -1).join(", ");
  return { en: `${others} ${lastWord.en} ${last}`, nb: `${others} ${lastWord.nb} ${last}` };
}
