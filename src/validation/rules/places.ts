/** Where findings point, as absolute paths; `[i]` stands for the line. */
const basis = "/mvaMeldingDto/skattegrunnlagOgBeregnetSkatt";

export const places = {
  document: "/mvaMeldingDto",
  category: "/mvaMeldingDto/meldingskategori",
  organisationNumber: "/mvaMeldingDto/skattepliktig/organisasjonsnummer",
  kid: "/mvaMeldingDto/betalingsinformasjon/kundeIdentifikasjonsnummer",
  remark: "/mvaMeldingDto/merknad/utvalgtMerknad",
  sums: basis,
  taxPeriod: `${basis}/skattleggingsperiode`,
  period: `${basis}/skattleggingsperiode/periode`,
  year: `${basis}/skattleggingsperiode/aar`,
  total: `${basis}/fastsattMerverdiavgift`,
  line: `${basis}/mvaSpesifikasjonslinje[i]`,
  lineCode: `${basis}/mvaSpesifikasjonslinje[i]/mvaKode`,
  lineSpecification: `${basis}/mvaSpesifikasjonslinje[i]/spesifikasjon`,
  lineBasis: `${basis}/mvaSpesifikasjonslinje[i]/grunnlag`,
  lineRate: `${basis}/mvaSpesifikasjonslinje[i]/sats`,
  lineVat: `${basis}/mvaSpesifikasjonslinje[i]/merverdiavgift`,
  lineRemark: `${basis}/mvaSpesifikasjonslinje[i]/merknad`,
  lineSelectedRemark: `${basis}/mvaSpesifikasjonslinje[i]/merknad/utvalgtMerknad`,
} as const;
