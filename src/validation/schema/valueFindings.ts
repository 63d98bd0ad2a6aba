import type { Text } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import type { Description } from "./contentFindings.ts";
import type { BuiltInType, SimpleType } from "./schemaModel.ts";
import { suggestValue } from "./valueSuggestions.ts";
import { didYouMean, or, quoted, sentences, valueList } from "./wording.ts";

/** Lists of legal values up to this length are written out. */
const shortList = 8;
const longestValueInData = 200;

/** What each built-in type wants, as the end of "… is expected". */
const wanted: Readonly<Record<BuiltInType, Text>> = {
  string: { en: "a text", nb: "en tekst" },
  decimal: {
    en: "a number: digits, with a point as the decimal sign and no spaces",
    nb: "et tall: siffer, med punktum som desimaltegn og uten mellomrom",
  },
  gYear: { en: "a year of four digits, such as 2026", nb: "et årstall med fire siffer, som 2026" },
  date: { en: "a date such as 2026-06-10", nb: "en dato som 2026-06-10" },
  dateTime: {
    en: "a date and time such as 2026-06-10T12:00:00+02:00",
    nb: "dato og klokkeslett som 2026-06-10T12:00:00+02:00",
  },
  long: { en: "a whole number", nb: "et helt tall" },
  boolean: { en: "true or false", nb: "true eller false" },
};

/** Explains why the text of an element is no value of its type, and marks the value (the name where it is empty). */
export function describeValue(element: XmlElement, type: SimpleType): Description {
  const found = element.text;
  const nearest = suggestValue(type, found);
  const { valueRange, nameRange } = element;
  const isEmpty = found.trim() === "";
  return {
    element,
    range: isEmpty ? nameRange : valueRange,
    message: messageFor(element, type, found, nearest),
    data: {
      kind: kindOf(type, found),
      type: type.base,
      found: shortened(found),
      ...(nearest === null ? {} : { nearest }),
      ...(type.values === null ? {} : { allowed: [...type.values.keys()].join("|") }),
      ...(type.digits === null ? {} : { digits: String(type.digits) }),
      ...(isTooLong(type, found) ? { limit: String(type.maximumLength), length: String(found.length) } : {}),
    },
  };
}

function kindOf(type: SimpleType, found: string): string {
  if (type.values !== null) return "illegal-value";
  if (type.digits !== null) return "wrong-digits";
  if (isTooLong(type, found)) return "too-long";
  return "wrong-type";
}

function isTooLong(type: SimpleType, found: string): boolean {
  return type.maximumLength !== null && found.length > type.maximumLength;
}

function messageFor(element: XmlElement, type: SimpleType, found: string, nearest: string | null): Text {
  const name = `<${element.localName}>`;
  if (type.digits !== null) return digitsMessage(name, type.digits, found, nearest);
  if (type.values !== null) return enumerationMessage(name, [...type.values.keys()], found, nearest);
  if (isTooLong(type, found)) return lengthMessage(name, type.maximumLength ?? 0, found.length);
  return typeMessage(name, type.base, found, nearest);
}

function enumerationMessage(name: string, values: readonly string[], found: string, nearest: string | null): Text {
  const { en, nb } = quoted(found);
  const [first = "", last = ""] = [values[0], values.at(-1)];
  if (nearest !== null && found.trim() === nearest) {
    return {
      en: `The value of ${name} must be exactly ${quoted(nearest).en}, without spaces or line breaks around it.`,
      nb: `Verdien i ${name} skal være nøyaktig ${quoted(nearest).nb}, uten mellomrom eller linjeskift rundt.`,
    };
  }
  const list = valueList(values, or);
  const choices =
    values.length <= shortList
      ? { en: list.en, nb: list.nb }
      : {
          en: `one of ${values.length} values from ${quoted(first).en} to ${quoted(last).en}`,
          nb: `én av ${values.length} verdier fra ${quoted(first).nb} til ${quoted(last).nb}`,
        };
  if (found.trim() === "") {
    return {
      en: `${name} is empty; ${choices.en} is expected.`,
      nb: `${name} er tom. Her skal det stå ${choices.nb}.`,
    };
  }
  const refusal = { en: `${en} is not a legal value of ${name}.`, nb: `${nb} er ikke en lovlig verdi i ${name}.` };
  const hint =
    nearest === null
      ? { en: `Expected: ${choices.en}.`, nb: `Her skal det stå ${choices.nb}.` }
      : didYouMean(quoted(nearest));
  return sentences(refusal, hint);
}

function digitsMessage(name: string, digits: number, found: string, nearest: string | null): Text {
  const { en, nb } = quoted(found);
  if (found === "") {
    return {
      en: `${name} is empty; ${digits} digits are expected.`,
      nb: `${name} er tom. Her skal det stå ${digits} siffer.`,
    };
  }
  const onlyDigits = /^[0-9]+$/.test(found);
  const refusal = onlyDigits
    ? {
        en: `${name} must have exactly ${digits} digits; ${en} has ${found.length}.`,
        nb: `${name} skal ha nøyaktig ${digits} siffer. ${nb} har ${found.length}.`,
      }
    : {
        en: `${name} must be exactly ${digits} digits and nothing else; ${en} stands here.`,
        nb: `${name} skal være nøyaktig ${digits} siffer og ingenting annet. Her står ${nb}.`,
      };
  return sentences(refusal, nearest === null ? null : didYouMean(quoted(nearest)));
}

function lengthMessage(name: string, limit: number, length: number): Text {
  return {
    en: `The text in ${name} is ${thousands(length, ",")} characters long; at most ${thousands(limit, ",")} are allowed.`,
    nb: `Teksten i ${name} er på ${thousands(length, "\u00a0")} tegn. Høyst ${thousands(limit, "\u00a0")} er tillatt.`,
  };
}

function typeMessage(name: string, base: BuiltInType, found: string, nearest: string | null): Text {
  const { en: wantedEn, nb: wantedNb } = wanted[base];
  if (found.trim() === "") {
    return { en: `${name} is empty; it must hold ${wantedEn}.`, nb: `${name} er tom. Her skal det stå ${wantedNb}.` };
  }
  const { en, nb } = quoted(found);
  return sentences(
    {
      en: `${en} cannot stand in ${name}; it must hold ${wantedEn}.`,
      nb: `${nb} kan ikke stå i ${name}. Her skal det stå ${wantedNb}.`,
    },
    nearest === null ? null : didYouMean(quoted(nearest)),
  );
}

function thousands(value: number, separator: string): string {
  return String(value).replace(/\B(?=(?:[0-9]{3})+$)/g, separator);
}

function shortened(text: string): string {
  return text.length <= longestValueInData ? text : `${text.slice(0, longestValueInData - 1)}…`;
}
