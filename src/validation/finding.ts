import type { Text, TextRange } from "../vatReturn/text.ts";

/** `integration`: of a client registration at ID-porten rather than of a return. */
export type FindingSource = "syntax" | "schema" | "rule" | "skatteetaten" | "integration";

/** How a finding is shown; `officialSeverity` is what the authority would call it. */
export type Severity = "error" | "warning" | "information";

/** `ugyldig`: the return is refused. `avvikende`: accepted with a remark. */
export type OfficialSeverity = "ugyldig" | "avvikende";

/** A second place that takes part in a finding, such as the lines that a total sums. */
export interface RelatedPlace {
  readonly range: TextRange;
  readonly message: Text;
}

/** One thing found in one document. Everything that shows findings (editor, terminal, SARIF) starts from this. */
export interface Finding {
  readonly source: FindingSource;
  /** Rule number such as `R018`; `R001` for schema and syntax findings; null where no published rule speaks. */
  readonly rule: string | null;
  /** The official identifier (avvikKode), or a name of our own in kebab-case where there is none. */
  readonly code: string;
  readonly severity: Severity;
  /** null for information findings and for hints that no published rule covers. */
  readonly officialSeverity: OfficialSeverity | null;
  readonly message: Text;
  readonly range: TextRange;
  /** Absolute path without prefixes, 1-based index on repeated elements only; null where no element is concerned. */
  readonly path: string | null;
  /** 0-based index of the specification line, or null. */
  readonly specificationLine: number | null;
  readonly related: readonly RelatedPlace[];
  /** The schema engine's own text, where one spoke. */
  readonly details?: string;
  /** Numbers and texts put into the message, by name; what quick fixes and explanations work from. */
  readonly data?: Readonly<Record<string, string>>;
}
