import type { Decimal } from "./decimal.ts";
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
