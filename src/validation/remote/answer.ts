/** The four verdicts of the authority, as they are written on the wire. */
export const officialVerdicts = [
  "ingen avvik",
  "avvikende skattemelding",
  "mangelfull skattemelding",
  "ugyldig skattemelding",
] as const;

export type OfficialVerdict = (typeof officialVerdicts)[number];

/** One reason why a place deviates (`avviksinformasjon`). */
export interface DeviationReason {
  /** Text of the authority, in Norwegian. */
  readonly reason: string;
  readonly severity: OfficialVerdict;
  /** The official identifier (avvikKode). */
  readonly code: string;
  readonly ruleDefinition: string | null;
  readonly details: string | null;
}

/** One place that deviates (`avvik`). Which of the ways to name the place are filled differs from answer to answer. */
export interface Deviation {
  /** As sent: absolute, `//name`, with or without index. */
  readonly path: string | null;
  readonly vatCode: string | null;
  /** 1-based. */
  readonly line: number | null;
  readonly column: number | null;
  readonly reasons: readonly DeviationReason[];
}

/** What Skatteetaten's validation says of a return, whichever of its answer shapes it came in. */
export interface ValidationAnswer {
  readonly verdict: OfficialVerdict;
  readonly deviations: readonly Deviation[];
}
