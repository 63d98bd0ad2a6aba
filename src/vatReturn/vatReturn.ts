import { parseDecimal } from "./decimal.ts";
import type { Decimal } from "./decimal.ts";
import { childNamed, childrenNamed } from "./navigate.ts";
import { isPeriodElementName, readTaxPeriod } from "./period.ts";
import type { TaxPeriod } from "./period.ts";
import type { XmlElement } from "./xml.ts";

/** A value together with the element it was read from, so that a finding can point at it. */
export interface Field<T> {
  readonly element: XmlElement;
  /** The element's own text as it stands, white space included. */
  readonly text: string;
  readonly value: T;
}

/** `merknad`: free text, or one chosen from the published list; the schema allows one of the two. */
export interface Remark {
  readonly element: XmlElement;
  readonly beskrivelse: Field<string> | null;
  readonly utvalgtMerknad: Field<string> | null;
}

/** `mvaSpesifikasjonslinje`. A field is null where its element is absent; an unreadable amount has the value null. */
export interface SpecificationLine {
  readonly element: XmlElement;
  /** 0-based position among the lines of the return. */
  readonly index: number;
  readonly mvaKode: Field<string> | null;
  readonly spesifikasjon: Field<string> | null;
  readonly mvaKodeRegnskapsystem: Field<string> | null;
  readonly grunnlag: Field<Decimal | null> | null;
  /** A percentage as text: `25`, `11,11`. */
  readonly sats: Field<string> | null;
  readonly merverdiavgift: Field<Decimal | null> | null;
  readonly merknad: Remark | null;
}

/** `mvaMeldingDto`, as much of it as could be read; also a schema-invalid document gives one. */
export interface VatReturn {
  readonly element: XmlElement;
  readonly regnskapssystemsreferanse: Field<string> | null;
  readonly systemnavn: Field<string> | null;
  readonly skattegrunnlagOgBeregnetSkatt: XmlElement | null;
  readonly skattleggingsperiode: XmlElement | null;
  /** The `periode` element. */
  readonly periode: XmlElement | null;
  /** The first four digits of a readable `aar`; null value where it is negative or unreadable. */
  readonly aar: Field<number | null> | null;
  /** null where kind, value or year can't be read. */
  readonly period: TaxPeriod | null;
  readonly fastsattMerverdiavgift: Field<Decimal | null> | null;
  readonly lines: readonly SpecificationLine[];
  readonly kundeIdentifikasjonsnummer: Field<string> | null;
  readonly organisasjonsnummer: Field<string> | null;
  readonly identifikasjonsnummer: Field<string> | null;
  readonly meldingskategori: Field<string> | null;
  readonly merknad: Remark | null;
}

/** The element names of `mvaMeldingDto`, as they stand on the wire. */
export const vatReturnNames = {
  innsending: "innsending",
  regnskapssystemsreferanse: "regnskapssystemsreferanse",
  regnskapssystem: "regnskapssystem",
  systemnavn: "systemnavn",
  skattegrunnlagOgBeregnetSkatt: "skattegrunnlagOgBeregnetSkatt",
  skattleggingsperiode: "skattleggingsperiode",
  periode: "periode",
  aar: "aar",
  fastsattMerverdiavgift: "fastsattMerverdiavgift",
  mvaSpesifikasjonslinje: "mvaSpesifikasjonslinje",
  mvaKode: "mvaKode",
  spesifikasjon: "spesifikasjon",
  mvaKodeRegnskapsystem: "mvaKodeRegnskapsystem",
  grunnlag: "grunnlag",
  sats: "sats",
  merverdiavgift: "merverdiavgift",
  merknad: "merknad",
  beskrivelse: "beskrivelse",
  utvalgtMerknad: "utvalgtMerknad",
  betalingsinformasjon: "betalingsinformasjon",
  kundeIdentifikasjonsnummer: "kundeIdentifikasjonsnummer",
  skattepliktig: "skattepliktig",
  organisasjonsnummer: "organisasjonsnummer",
  identifikasjonsnummer: "identifikasjonsnummer",
  meldingskategori: "meldingskategori",
} as const;

const names = vatReturnNames;
/** xsd:gYear; the year's digits are the first group. Years beyond 9999 and time zones are legal and don't matter. */
const gYear = /^[\t\n\r ]*([0-9]{4,})(?:Z|[+-][0-9]{2}:[0-9]{2})?[\t\n\r ]*$/;

/**
 * Reads a return from its root element, as much of it as is there: a document that breaks the schema is read as well.
 * Children count when they are in their parent's namespace, so that a return in a mistaken namespace is readable too.
 * Where an element that may stand once stands several times, the first counts.
 */
export function readVatReturn(root: XmlElement): VatReturn {
  const submission = childNamed(root, names.innsending);
  const basis = childNamed(root, names.skattegrunnlagOgBeregnetSkatt);
  const taxpayer = childNamed(root, names.skattepliktig);
  const skattleggingsperiode = inside(basis, names.skattleggingsperiode);
  const periode = inside(skattleggingsperiode, names.periode);
  const aar = read(inside(skattleggingsperiode, names.aar), readYear);
  return {
    element: root,
    regnskapssystemsreferanse: readText(inside(submission, names.regnskapssystemsreferanse)),
    systemnavn: readText(inside(inside(submission, names.regnskapssystem), names.systemnavn)),
    skattegrunnlagOgBeregnetSkatt: basis,
    skattleggingsperiode,
    periode,
    aar,
    period: readPeriod(periode, aar?.value ?? null),
    fastsattMerverdiavgift: read(inside(basis, names.fastsattMerverdiavgift), parseDecimal),
    lines: basis === null ? [] : childrenNamed(basis, names.mvaSpesifikasjonslinje).map(readLine),
    kundeIdentifikasjonsnummer: readText(
      inside(childNamed(root, names.betalingsinformasjon), names.kundeIdentifikasjonsnummer),
    ),
    organisasjonsnummer: readText(inside(taxpayer, names.organisasjonsnummer)),
    identifikasjonsnummer: readText(inside(taxpayer, names.identifikasjonsnummer)),
    meldingskategori: readText(childNamed(root, names.meldingskategori)),
    merknad: readRemark(childNamed(root, names.merknad)),
  };
}

/** One pass over the children: a return may have ten thousand lines. */
function readLine(element: XmlElement, index: number): SpecificationLine {
  const { namespace } = element;
  let mvaKode: Field<string> | null = null;
  let spesifikasjon: Field<string> | null = null;
  let mvaKodeRegnskapsystem: Field<string> | null = null;
  let grunnlag: Field<Decimal | null> | null = null;
  let sats: Field<string> | null = null;
  let merverdiavgift: Field<Decimal | null> | null = null;
  let merknad: Remark | null = null;
  for (const child of element.children) {
    if (child.namespace !== namespace) continue;
    switch (child.localName) {
      case names.mvaKode:
        mvaKode ??= readText(child);
        break;
      case names.spesifikasjon:
        spesifikasjon ??= readText(child);
        break;
      case names.mvaKodeRegnskapsystem:
        mvaKodeRegnskapsystem ??= readText(child);
        break;
      case names.grunnlag:
        grunnlag ??= read(child, parseDecimal);
        break;
      case names.sats:
        sats ??= readText(child);
        break;
      case names.merverdiavgift:
        merverdiavgift ??= read(child, parseDecimal);
        break;
      case names.merknad:
        merknad ??= readRemark(child);
        break;
      default:
    }
  }
  return { element, index, mvaKode, spesifikasjon, mvaKodeRegnskapsystem, grunnlag, sats, merverdiavgift, merknad };
}

function readRemark(element: XmlElement | null): Remark | null {
  if (element === null) return null;
  return {
    element,
    beskrivelse: readText(childNamed(element, names.beskrivelse)),
    utvalgtMerknad: readText(childNamed(element, names.utvalgtMerknad)),
  };
}

function readPeriod(periode: XmlElement | null, year: number | null): TaxPeriod | null {
  if (periode === null || year === null) return null;
  const kind = periode.children.find(
    (child) => child.namespace === periode.namespace && isPeriodElementName(child.localName),
  );
  return kind === undefined ? null : readTaxPeriod(kind.localName, kind.text.trim(), year);
}

/** The first four digits, as the authority reads them; null for a negative, unreadable or zero year. */
function readYear(text: string): number | null {
  const digits = gYear.exec(text)?.[1];
  return digits === undefined ? null : Number(digits.slice(0, 4)) || null;
}

function inside(element: XmlElement | null, localName: string): XmlElement | null {
  return element === null ? null : childNamed(element, localName);
}

function readText(element: XmlElement | null): Field<string> | null {
  if (element === null) return null;
  const { text } = element;
  return { element, text, value: text };
}

function read<T>(element: XmlElement | null, readValue: (text: string) => T): Field<T> | null {
  if (element === null) return null;
  const { text } = element;
  return { element, text, value: readValue(text) };
}
