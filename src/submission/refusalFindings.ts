import type { AltinnRefusal } from "../services/altinn/refusalError.ts";
import { findingsOf } from "../validation/remote/merge.ts";
import { findingsOfSentence, nothingFound } from "./refusalSentences.ts";
import type { RefusalFindings, RefusedDocuments } from "./refusalSentences.ts";

/**
 * Turns a refusal (409) into findings, where it speaks of the return or the envelope: the authority's validation result
 * becomes the findings of the return, a documented sentence one finding on the element that it names.
 * @returns empty lists where it speaks of something else.
 */
export function findingsOfRefusal({ refusal, kind }: AltinnRefusal, documents: RefusedDocuments): RefusalFindings {
  if (kind !== "conflict") return nothingFound;
  switch (refusal.shape) {
    case "validationResult":
      return { ...nothingFound, vatReturn: findingsOf(refusal.answer, documents.vatReturn) };
    case "sentence":
    case "problem":
      return findingsOfSentence(refusal.sentence, documents);
    case "empty":
    case "webPage":
      return nothingFound;
  }
}
