import type { AltinnRefusal } from "../services/altinn/refusalError.ts";
import type { Journal } from "../submission/journal.ts";
import { findingsOfRefusal } from "../submission/refusalFindings.ts";
import { refusedDocuments, sentFiles } from "../submission/refusedDocuments.ts";
import type { SubmissionStore } from "../submission/store.ts";
import { LineIndex } from "../vatReturn/lineIndex.ts";
import type { Language } from "../vatReturn/text.ts";

/**
 * What a refusal (409) says of the return or the envelope, one line each: file, line, column, code and message. The
 * return is named as the user knows it, the envelope as the copy that was sent.
 */
export async function refusalLines(
  error: AltinnRefusal,
  journal: Journal,
  store: SubmissionStore,
  language: Language,
): Promise<readonly string[]> {
  const documents = await refusedDocuments(journal, store);
  if (documents === null) return [];
  const files = sentFiles(journal, store);
  const { sourcePath } = journal.vatReturn;
  const paths = { vatReturn: sourcePath === "" ? files.vatReturn : sourcePath, envelope: files.envelope };
  const found = findingsOfRefusal(error, documents);
  return (["vatReturn", "envelope"] as const).flatMap((document) => {
    const lines = new LineIndex(documents[document].text);
    return found[document].map(({ range, code, rule, message }) => {
      const { line, column } = lines.position(range.start);
      return `${paths[document]}:${line}:${column} ${rule ?? code} ${message[language]}`;
    });
  });
}
