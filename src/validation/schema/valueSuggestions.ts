import { parseDecimal } from "../../vatReturn/decimal.ts";
import { likeliest } from "../likeness.ts";
import type { SimpleType } from "./schemaModel.ts";

/**
 * The legal value that was probably meant, or null. Only what cannot change a meaning is offered: `1,5` becomes `1.5`,
 * but `1,000` may be a thousand or one and stays.
 */
export function suggestValue(type: SimpleType, found: string): string | null {
  if (type.values !== null) return likeliest(found, [...type.values.keys()]);
  if (type.digits !== null) return suggestDigits(type.digits, found);
  switch (type.base) {
    case "decimal":
      return suggestDecimal(found);
    case "gYear":
      return /^[^0-9]*([12][0-9]{3})[^0-9]*$/.exec(found)?.[1] ?? null;
    case "date":
      return suggestDate(found);
    case "long":
      return suggestWholeNumber(found);
    case "boolean":
      return suggestBoolean(found);
    case "dateTime":
    case "string":
      return null;
  }
}

function suggestDigits(digits: number, found: string): string | null {
  const bare = found.replace(/[\s\u00a0.\-\u2013]/g, "").replace(/^NO|MVA$/gi, "");
  return bare.length === digits && /^[0-9]+$/.test(bare) ? bare : null;
}

function suggestDecimal(found: string): string | null {
  let plain = found
    .replace(/[\s\u00a0\u202f]/g, "")
    .replace(/^[\u2212\u2013]/, "-")
    .replace(/^(?:kr|nok)\.?|(?:,-|(?:kr|nok)\.?)$/gi, "");
  if (/^[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}$/.test(plain)) plain = plain.replaceAll(".", "");
  if (/^[+-]?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})$/.test(plain)) plain = plain.replace(",", ".");
  return plain !== found && parseDecimal(plain) !== null ? plain : null;
}

function suggestDate(found: string): string | null {
  const trimmed = found.trim();
  const [, day, month, year] = /^([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})$/.exec(trimmed) ?? [];
  if (day !== undefined && month !== undefined && year !== undefined) return calendarDate(year, month, day);
  const [, plainYear, plainMonth, plainDay] = /^([0-9]{4})-?([0-9]{1,2})-?([0-9]{1,2})(?:T.*)?$/.exec(trimmed) ?? [];
  if (plainYear === undefined || plainMonth === undefined || plainDay === undefined) return null;
  return calendarDate(plainYear, plainMonth, plainDay);
}

/** The date in the form of xsd:date, or null where there is no such day. */
function calendarDate(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}

function suggestWholeNumber(found: string): string | null {
  const plain = found.replace(/[\s\u00a0\u202f]/g, "").replace(/[.,]0+$/, "");
  return plain !== found && /^[+-]?[0-9]{1,18}$/.test(plain) ? plain : null;
}

function suggestBoolean(found: string): string | null {
  const meanings: Readonly<Record<string, string>> = {
    true: "true",
    false: "false",
    ja: "true",
    nei: "false",
    yes: "true",
    no: "false",
  };
  return meanings[found.trim().toLowerCase()] ?? null;
}
