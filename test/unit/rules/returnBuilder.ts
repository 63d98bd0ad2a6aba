import { add, formatDecimal, parseDecimal, zero } from "../../../src/vatReturn/decimal.ts";
import { periodValues } from "../../../src/vatReturn/period.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../src/vatReturn/vatReturn.ts";
import type { VatReturn } from "../../../src/vatReturn/vatReturn.ts";

/** A return in short; what is left out is filled in so that no rule objects. null leaves the element out. */
export interface Given {
  readonly category?: string | null;
  /** The period's value; its element is looked up by it. `element=value` names both. */
  readonly period?: string | null;
  readonly year?: string | number | null;
  /** The sum of the lines unless given. */
  readonly total?: string | number | null;
  /** See `lineXml`. */
  readonly lines?: readonly string[];
  readonly kid?: string;
  /** The return's own `utvalgtMerknad`. */
  readonly remark?: string;
  readonly organisationNumber?: string;
}

export const organisationNumber = "999999999";

const namespace = "no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0";

/** The text of the described return. */
export function returnXml(given: Given = {}): string {
  const lines = given.lines ?? [];
  const total = given.total === undefined ? sumOfVat(lines) : given.total;
  return [
    `<mvaMeldingDto xmlns="${namespace}">`,
    "<innsending><regnskapssystemsreferanse>1</regnskapssystemsreferanse></innsending>",
    "<skattegrunnlagOgBeregnetSkatt>",
    `<skattleggingsperiode><periode>${periodXml(given.period ?? "mars-april", given.period === null)}</periode>`,
    element("aar", given.year === undefined ? 2026 : given.year),
    "</skattleggingsperiode>",
    element("fastsattMerverdiavgift", total),
    ...lines.map(lineXml),
    "</skattegrunnlagOgBeregnetSkatt>",
    `<betalingsinformasjon>${element("kundeIdentifikasjonsnummer", given.kid ?? null)}</betalingsinformasjon>`,
    `<skattepliktig>${element("organisasjonsnummer", given.organisationNumber ?? organisationNumber)}</skattepliktig>`,
    element("meldingskategori", given.category === undefined ? "alminnelig" : given.category),
    given.remark === undefined ? "" : `<merknad>${element("utvalgtMerknad", given.remark)}</merknad>`,
    "</mvaMeldingDto>",
  ].join("\n");
}

export function builtReturn(given: Given = {}): VatReturn {
  return returnFrom(returnXml(given));
}

/** Reads a return from text that holds one. */
export function returnFrom(text: string): VatReturn {
  const { root } = parseXml(text);
  if (root === null) throw new Error("The text holds no document.");
  return readVatReturn(root);
}

const linePattern = /^(\S*) ([^*= ]*)(?:\*([^=]*))?=(\S*)(?: #(\S+))?(?: !(.+)| '(.*)')?$/;

/**
 * A line in short: `CODE BASIS*RATE=VAT #SPECIFICATION !REMARK` or `… 'free text'`. Basis and rate may be missing
 * (`1 =-250`, `3 100=25`, `3 *25=25`); `?` for code, basis or VAT leaves the element out or, for the basis, empty.
 */
export function lineXml(short: string): string {
  const match = linePattern.exec(short);
  if (match === null) throw new Error(`Not a line in short: ${short}`);
  const [, code = "", basis = "", rate, vat = "", specification, remark, words] = match;
  const chosen = remark === undefined ? "" : `<merknad>${element("utvalgtMerknad", remark)}</merknad>`;
  const written = words === undefined ? "" : `<merknad>${element("beskrivelse", words)}</merknad>`;
  return [
    "<mvaSpesifikasjonslinje>",
    element("mvaKode", code === "?" ? null : code.replaceAll("_", " ")),
    element("spesifikasjon", specification?.replaceAll("_", " ") ?? null),
    basis === "" ? "" : element("grunnlag", basis === "?" ? "" : basis),
    element("sats", rate ?? null),
    element("merverdiavgift", vat === "?" ? null : vat),
    chosen,
    written,
    "</mvaSpesifikasjonslinje>",
  ].join("");
}

function sumOfVat(lines: readonly string[]): string {
  const amounts = lines.map((line) => parseDecimal(linePattern.exec(line)?.[4] ?? "") ?? zero);
  return formatDecimal(amounts.reduce(add, zero));
}

function periodXml(period: string, missing: boolean): string {
  if (missing) return "";
  const [first = "", second] = period.split("=");
  if (second !== undefined) return element(first, second);
  const found = Object.entries(periodValues).find(([, values]) => values.includes(period));
  if (found === undefined) throw new Error(`No period: ${period}`);
  return element(found[0], period);
}

function element(name: string, value: string | number | null): string {
  if (value === null) return "";
  const text = String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<${name}>${text}</${name}>`;
}
