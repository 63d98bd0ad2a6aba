import type { DocumentType } from "../../src/vatReturn/documentType.ts";
import { documentIdentities } from "../../src/vatReturn/documentType.ts";

/** One valid document of each kind that uses every element its schema has room for: what mutations start from. */
export const fullDocuments: Readonly<Record<DocumentType, string>> = {
  vatReturn: inRoot(
    "vatReturn",
    `
  <innsending>
    <regnskapssystemsreferanse>ref-1</regnskapssystemsreferanse>
    <regnskapssystem><systemnavn>Regnskap</systemnavn><systemversjon>1.2</systemversjon></regnskapssystem>
  </innsending>
  <skattegrunnlagOgBeregnetSkatt>
    <skattleggingsperiode>
      <periode><skattleggingsperiodeUke>uke 7</skattleggingsperiodeUke></periode>
      <aar>2026</aar>
    </skattleggingsperiode>
    <fastsattMerverdiavgift>1250.50</fastsattMerverdiavgift>
    <mvaSpesifikasjonslinje>
      <mvaKode>3</mvaKode>
      <spesifikasjon>uttak</spesifikasjon>
      <mvaKodeRegnskapsystem>utgående</mvaKodeRegnskapsystem>
      <grunnlag>5002</grunnlag>
      <sats>25</sats>
      <merverdiavgift>1250.50</merverdiavgift>
      <merknad><beskrivelse>Fri tekst</beskrivelse></merknad>
    </mvaSpesifikasjonslinje>
    <mvaSpesifikasjonslinje>
      <mvaKode>1</mvaKode>
      <merverdiavgift>-10</merverdiavgift>
      <merknad><utvalgtMerknad>Kreditnota</utvalgtMerknad></merknad>
    </mvaSpesifikasjonslinje>
  </skattegrunnlagOgBeregnetSkatt>
  <betalingsinformasjon><kundeIdentifikasjonsnummer>2345676</kundeIdentifikasjonsnummer></betalingsinformasjon>
  <skattepliktig>
    <organisasjonsnummer>310419054</organisasjonsnummer>
    <identifikasjonsnummer>2000000</identifikasjonsnummer>
  </skattepliktig>
  <meldingskategori>alminnelig</meldingskategori>
  <merknad><beskrivelse>Til hele meldingen</beskrivelse></merknad>`,
  ),
  envelope: inRoot(
    "envelope",
    `
  <norskIdentifikator><organisasjonsnummer>310419054</organisasjonsnummer></norskIdentifikator>
  <skattleggingsperiode>
    <periode><skattleggingsperiodeHalvMaaned>andre halvdel mars</skattleggingsperiodeHalvMaaned></periode>
    <aar>2026</aar>
  </skattleggingsperiode>
  <meldingskategori>kompensasjon</meldingskategori>
  <innsendingstype>ikke komplett</innsendingstype>
  <instansstatus>ny</instansstatus>
  <opprettetAv>Kari</opprettetAv>
  <opprettingstidspunkt>2026-04-01T12:00:00.5+02:00</opprettingstidspunkt>
  <vedlegg>
    <vedleggstype>mva-melding</vedleggstype>
    <kildegruppe>sluttbrukersystem</kildegruppe>
    <opprettetAv>Kari</opprettetAv>
    <opprettingstidspunkt>2026-04-01T12:00:00Z</opprettingstidspunkt>
    <vedleggsfil><filnavn>melding</filnavn><filekstensjon>xml</filekstensjon><filinnhold>mva-melding</filinnhold></vedleggsfil>
  </vedlegg>
  <vedlegg>
    <vedleggstype>binaerVedlegg</vedleggstype>
    <kildegruppe>etat</kildegruppe>
    <opprettetAv/>
    <vedleggsfil><filnavn/><filekstensjon/><filinnhold/></vedleggsfil>
  </vedlegg>
  <endringstidspunkt>2026-04-02T00:00:00</endringstidspunkt>`,
  ),
  validationResult: inRoot(
    "validationResult",
    `
  <avvikVedMeldingslevering>avvikende skattemelding</avvikVedMeldingslevering>
  <avvik>
    <stiTilAvvik>/mvaMeldingDto</stiTilAvvik>
    <mvaKode>3</mvaKode>
    <xmlLinjenummer>12</xmlLinjenummer>
    <xmlPosisjonPaaLinje>-1</xmlPosisjonPaaLinje>
    <avviksinformasjon>
      <begrunnelse>noe</begrunnelse>
      <avvikstype>ugyldig skattemelding</avvikstype>
      <avvikKode>KODE</avvikKode>
      <regelDefinisjon>regel</regelDefinisjon>
      <detaljer>mer</detaljer>
    </avviksinformasjon>
  </avvik>`,
  ),
  paymentInformation: inRoot(
    "paymentInformation",
    `
  <innsendingsreferanse>1/2</innsendingsreferanse>
  <skattepliktig><organisasjonsnummer>310419054</organisasjonsnummer></skattepliktig>
  <skattleggingsperiode>
    <periode><skattleggingsperiodeTreMaaneder>april-juni</skattleggingsperiodeTreMaaneder></periode>
    <aar>2026</aar>
  </skattleggingsperiode>
  <kundeidentifikasjonsnummer>2345676</kundeidentifikasjonsnummer>
  <beloep>-1.5</beloep>
  <betaleTil>Skatteetaten</betaleTil>
  <betalingsfrist>2026-08-31</betalingsfrist>
  <betalesTilKonto>
    <norskKontonummer>00000000000</norskKontonummer>
    <swiftBIC>ABCDEFGH</swiftBIC>
    <IBAN>NO00</IBAN>
  </betalesTilKonto>
  <informasjon>Takk</informasjon>`,
  ),
  submissionStatus: inRoot(
    "submissionStatus",
    `
  <skattepliktig><organisasjonsnummer>310419054</organisasjonsnummer></skattepliktig>
  <terminUtenLevertMvaMelding>
    <meldingskategori>merverdiavgift kompensasjon</meldingskategori>
    <skattleggingsperiode><periode>mars-april</periode><aar>2026</aar></skattleggingsperiode>
    <skattleggingsperiodeType>toMaaned</skattleggingsperiodeType>
    <leveringsfrist>2026-06-10</leveringsfrist>
  </terminUtenLevertMvaMelding>
  <harTidligereSendtMvaMelding>true</harTidligereSendtMvaMelding>`,
  ),
};

function inRoot(type: DocumentType, content: string): string {
  const { rootName, namespace } = documentIdentities[type];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${rootName} xmlns="${namespace}">${content}\n</${rootName}>\n`;
}
