/** A half-open stretch of a document's text: UTF-16 offsets, `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A sentence for people, in both of the product's languages. */
export interface Text {
  readonly en: string;
  readonly nb: string;
}

export type Language = keyof Text;
