import type { AltinnRefusal } from "../services/altinn/refusalError.ts";
import type { Finding } from "../validation/finding.ts";
import { findingsOf } from "../validation/remote/merge.ts";
import { childNamed, pathOf } from "../vatReturn/navigate.ts";
import type { XmlDocument, XmlElement } from "../vatReturn/xml.ts";

/** What the refused submission was made of. */
export interface RefusedDocuments {
  readonly vatReturn: XmlDocument;
  /** As it was sent. */
  readonly envelope: XmlDocument;
}

export interface RefusalFindings {
  readonly vatReturn: readonly Finding[];
  readonly envelope: readonly Finding[];
}

interface Sentence {
  readonly pattern: RegExp;
  readonly code: string;
  readonly place: (documents: RefusedDocuments) => XmlElement | null;
  readonly document: keyof RefusedDocuments;
}

const inside =
  (document: keyof RefusedDocuments, ...path: readonly string[]): Sentence["place"] =>
  (documents) =>
    path.reduce<XmlElement | null>(
      (element, name) => (element === null ? null : (childNamed(element, name) ?? element)),
      documents[document].root,
    );

/** The documented sentences of a 409, in the app's own spelling, and the element that each speaks of. */
const sentences: readonly Sentence[] = [
  {
    pattern: /organisasjonsnummer/i,
    code: "organisation-differs",
    document: "envelope",
    place: inside("envelope", "norskIdentifikator", "organisasjonsnummer"),
  },
  {
    pattern: /meldingskategori/i,
    code: "category-differs",
    document: "envelope",
    place: inside("envelope", "meldingskategori"),
  },
  {
    pattern: /skattleggingsperiode/i,
    code: "period-differs",
    document: "envelope",
    place: inside("envelope", "skattleggingsperiode"),
  },
  {
    pattern: /instansstatus/i,
    code: "status-missing",
    document: "envelope",
    place: inside("envelope", "instansstatus"),
  },
  {
    pattern: /filnavn\w* .*unike|file names? .*unique|vedlegg/i,
    code: "files-differ",
    document: "envelope",
    place: inside("envelope", "vedlegg"),
  },
  {
    pattern: /ugyldig mva-melding/i,
    code: "return-refused",
    document: "vatReturn",
    place: inside("vatReturn"),
  },
  {
    pattern: /no:skatteetaten:[\w:.]*mvameldinginnsending|MvaMeldingInnsending|konvolutt/i,
    code: "envelope-refused",
    document: "envelope",
    place: inside("envelope"),
  },
];

/**
 * Turns a refusal (409) into findings, where it speaks of the return or the envelope: the authority's validation result
 * becomes the findings of the return, a documented sentence one finding on the element that it names.
 * @returns empty lists where it speaks of something else.
 */
export function findingsOfRefusal({ refusal, kind }: AltinnRefusal, documents: RefusedDocuments): RefusalFindings {
  const nothing: RefusalFindings = { vatReturn: [], envelope: [] };
  if (kind !== "conflict") return nothing;
  switch (refusal.shape) {
    case "validationResult":
      return { ...nothing, vatReturn: findingsOf(refusal.answer, documents.vatReturn) };
    case "sentence":
    case "problem":
      return { ...nothing, ...findingOfSentence(refusal.sentence, documents) };
    case "empty":
    case "webPage":
      return nothing;
  }
}

function findingOfSentence(said: string, documents: RefusedDocuments): Partial<RefusalFindings> {
  const sentence = sentences.find(({ pattern }) => pattern.test(said));
  if (sentence === undefined) return {};
  const element = sentence.place(documents);
  const finding: Finding = {
    source: "skatteetaten",
    rule: null,
    code: sentence.code,
    severity: "error",
    officialSeverity: "ugyldig",
    message: { en: `The app refuses the submission: ${said}`, nb: `Appen avviser innsendingen: ${said}` },
    range: element === null ? { start: 0, end: 0 } : rangeOf(element),
    path: element === null ? null : pathOf(element),
    specificationLine: null,
    related: [],
  };
  return { [sentence.document]: [finding] };
}

function rangeOf(element: XmlElement): Finding["range"] {
  return element.children.length > 0 ? element.nameRange : element.valueRange;
}
