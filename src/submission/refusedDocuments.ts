import { join } from "node:path";
import { decodeXml } from "../vatReturn/encoding.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import type { Journal } from "./journal.ts";
import type { RefusedDocuments } from "./refusalSentences.ts";
import type { SubmissionStore } from "./store.ts";

/** The copies of what a submission sent, read for the findings of a refusal; null where one can't be read any more. */
export async function refusedDocuments(journal: Journal, store: SubmissionStore): Promise<RefusedDocuments | null> {
  try {
    const content = store.content(journal);
    const decoded = decodeXml(await content.vatReturn());
    if (decoded.kind === "problem") return null;
    return {
      vatReturn: parseXml(decoded.text),
      envelope: parseXml(await content.envelope()),
      returnFileName: journal.vatReturn.fileName,
    };
  } catch {
    return null;
  }
}

/** Where the copies of what was sent are kept. */
export function sentFiles(
  journal: Journal,
  store: SubmissionStore,
): { readonly vatReturn: string; readonly envelope: string } {
  const sent = join(store.folder(journal.id), "sent");
  return { vatReturn: join(sent, "return.xml"), envelope: join(sent, "envelope.xml") };
}
