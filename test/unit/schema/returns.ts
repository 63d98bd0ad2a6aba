import type { DocumentType } from "../../../src/vatReturn/documentType.ts";

/** A small valid return with two lines, written so that every value in it is easy to replace. */
export const smallReturn = `<?xml version="1.0" encoding="UTF-8"?>
<mvaMeldingDto xmlns="no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0">
  <innsending>
    <regnskapssystemsreferanse>ref-1</regnskapssystemsreferanse>
  </innsending>
  <skattegrunnlagOgBeregnetSkatt>
    <skattleggingsperiode>
      <periode>
        <skattleggingsperiodeToMaaneder>mars-april</skattleggingsperiodeToMaaneder>
      </periode>
      <aar>2026</aar>
    </skattleggingsperiode>
    <fastsattMerverdiavgift>100</fastsattMerverdiavgift>
    <mvaSpesifikasjonslinje>
      <mvaKode>3</mvaKode>
      <grunnlag>500</grunnlag>
      <sats>25</sats>
      <merverdiavgift>125</merverdiavgift>
    </mvaSpesifikasjonslinje>
    <mvaSpesifikasjonslinje>
      <mvaKode>1</mvaKode>
      <merverdiavgift>-25</merverdiavgift>
    </mvaSpesifikasjonslinje>
  </skattegrunnlagOgBeregnetSkatt>
  <betalingsinformasjon/>
  <skattepliktig>
    <organisasjonsnummer>310419054</organisasjonsnummer>
  </skattepliktig>
  <meldingskategori>alminnelig</meldingskategori>
</mvaMeldingDto>
`;

/** An envelope as the authority writes it: without namespace. */
export const smallEnvelope = `<mvaMeldingInnsending>
  <norskIdentifikator><organisasjonsnummer>310419054</organisasjonsnummer></norskIdentifikator>
  <skattleggingsperiode>
    <periode><skattleggingsperiodeAar>aarlig</skattleggingsperiodeAar></periode>
    <aar>2026</aar>
  </skattleggingsperiode>
  <meldingskategori>alminnelig</meldingskategori>
  <opprettetAv>Kari</opprettetAv>
  <opprettingstidspunkt>2026-04-01T12:00:00Z</opprettingstidspunkt>
</mvaMeldingInnsending>
`;

/** A change to a document: what is replaced, first occurrence, by what. */
export type Change = readonly [found: string, by: string];

/** @throws Error where there is nothing to replace: a test must not test the unchanged document by mistake. */
export function changed(text: string, ...changes: readonly Change[]): string {
  return changes.reduce((current, [found, by]) => {
    if (!current.includes(found)) throw new Error(`"${found}" does not occur in the document.`);
    return current.replace(found, () => by);
  }, text);
}

export interface SchemaCase {
  readonly what: string;
  readonly text: string;
  readonly type?: DocumentType;
  /** One line for each finding: kind, path, marked text. */
  readonly expected: readonly string[];
}
