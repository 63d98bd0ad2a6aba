/** What the authority's registers hold of one organisation, as far as somebody has written it down. */
export interface TaxpayerFacts {
  readonly organisationNumber: string;
}
