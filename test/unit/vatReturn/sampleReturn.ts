import { documentIdentities } from "../../../src/vatReturn/documentType.ts";

const namespace = documentIdentities.vatReturn.namespace;

/** A small return with every element of the schema, written for the tests. */
export function sampleReturn(lines: number): string {
  const line = (index: number) => `    <mvaSpesifikasjonslinje>
      <mvaKode>${index % 2 === 0 ? "3" : "81"}</mvaKode>
      <spesifikasjon>uttak</spesifikasjon>
      <mvaKodeRegnskapsystem>Salg &amp; uttak ${index}</mvaKodeRegnskapsystem>
      <grunnlag>${1000 + index}</grunnlag>
      <sats>25</sats>
      <merverdiavgift>${250.25 + index}</merverdiavgift>
      <merknad><beskrivelse>Første — «linje» 😀</beskrivelse></merknad>
    </mvaSpesifikasjonslinje>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<mvaMeldingDto xmlns="${namespace}">
  <innsending>
    <regnskapssystemsreferanse>ref-1</regnskapssystemsreferanse>
    <regnskapssystem><systemnavn>Systemet</systemnavn><systemversjon>1.0</systemversjon></regnskapssystem>
  </innsending>
  <skattegrunnlagOgBeregnetSkatt>
    <skattleggingsperiode>
      <periode><skattleggingsperiodeToMaaneder>mars-april</skattleggingsperiodeToMaaneder></periode>
      <aar>2024</aar>
    </skattleggingsperiode>
    <fastsattMerverdiavgift>-1234</fastsattMerverdiavgift>
${Array.from({ length: lines }, (_, index) => line(index)).join("")}  </skattegrunnlagOgBeregnetSkatt>
  <betalingsinformasjon><kundeIdentifikasjonsnummer>18</kundeIdentifikasjonsnummer></betalingsinformasjon>
  <skattepliktig><organisasjonsnummer>999999999</organisasjonsnummer></skattepliktig>
  <meldingskategori>alminnelig</meldingskategori>
  <merknad><utvalgtMerknad>annet</utvalgtMerknad></merknad>
</mvaMeldingDto>
`;
}

/** Property runs: the everyday number, or the full one with MVA_TEST_FULL=1. */
export function runs(everyday: number, full: number): number {
  return process.env["MVA_TEST_FULL"] === "1" ? full : everyday;
}
