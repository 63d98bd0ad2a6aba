const lineKinds: readonly (readonly [code: string, basis: number, rate: string, percentTimes100: number])[] = [
  ["3", 48000, "25", 2500],
  ["31", 6000, "15", 1500],
  ["33", 2500, "12", 1200],
  ["32", 1800, "11,11", 1111],
  ["5", 2000, "0", 0],
];

/**
 * A clean return with so many lines, written as accounting systems do; about 300 bytes a line.
 * @param seed makes the amounts differ from return to return
 */
export function returnWith(lines: number, seed = 0): string {
  let sum = 0;
  let written = "";
  for (let index = 0; index < lines; index++) {
    const [code, smallest, rate, percentTimes100] = lineKinds[index % lineKinds.length] ?? ["6", 0, "0", 0];
    const basis = smallest + (((index + seed) * 7919) % 5000);
    const vat = Math.trunc((basis * percentTimes100) / 10000);
    sum += vat;
    written += `    <mvaSpesifikasjonslinje>
      <mvaKode>${code}</mvaKode>
      <mvaKodeRegnskapsystem>Salg, avdeling ${String(index + 1)}</mvaKodeRegnskapsystem>
      <grunnlag>${String(basis)}</grunnlag>
      <sats>${rate}</sats>
      <merverdiavgift>${String(vat)}</merverdiavgift>
    </mvaSpesifikasjonslinje>
`;
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<mvaMeldingDto xmlns="no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0">
  <innsending>
    <regnskapssystemsreferanse>2026-${String(seed)}</regnskapssystemsreferanse>
    <regnskapssystem>
      <systemnavn>Eksempelregnskap</systemnavn>
      <systemversjon>1.0</systemversjon>
    </regnskapssystem>
  </innsending>
  <skattegrunnlagOgBeregnetSkatt>
    <skattleggingsperiode>
      <periode>
        <skattleggingsperiodeToMaaneder>mars-april</skattleggingsperiodeToMaaneder>
      </periode>
      <aar>2026</aar>
    </skattleggingsperiode>
    <fastsattMerverdiavgift>${String(sum)}</fastsattMerverdiavgift>
${written}  </skattegrunnlagOgBeregnetSkatt>
  <betalingsinformasjon>
    <kundeIdentifikasjonsnummer>202603145527</kundeIdentifikasjonsnummer>
  </betalingsinformasjon>
  <skattepliktig>
    <organisasjonsnummer>314552105</organisasjonsnummer>
  </skattepliktig>
  <meldingskategori>alminnelig</meldingskategori>
</mvaMeldingDto>
`;
}
