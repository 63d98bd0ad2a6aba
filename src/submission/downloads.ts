import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { AltinnClient } from "../services/altinn/client.ts";
import { dataTypes } from "../services/altinn/wire.ts";
import type { Instance } from "../services/altinn/wire.ts";
import { allOver } from "./allOver.ts";
import { writeFileAtomically } from "./atomicFile.ts";
import type { Journal } from "./journal.ts";
import type { SubmissionStore } from "./store.ts";

type DownloadedFile = Journal["files"][number];

const wanted: readonly string[] = [dataTypes.paymentInformation, dataTypes.validationResult, dataTypes.receipt];

/**
 * Fetches the authority's files that the instance holds and the journal does not have yet.
 * @returns all files known now, the earlier ones first.
 */
export async function storeDownloads(
  journal: Journal,
  instance: Instance,
  altinn: AltinnClient,
  store: SubmissionStore,
  signal: AbortSignal | undefined,
): Promise<DownloadedFile[]> {
  const folder = journal.outFolder === "" ? join(store.folder(journal.id), "files") : journal.outFolder;
  const known = new Set(journal.files.map((file) => file.dataType));
  const missing = instance.data.filter(({ dataType }) => wanted.includes(dataType) && !known.has(dataType));
  if (missing.length > 0) await mkdir(folder, { recursive: true });
  const fetched = missing.map(async (element): Promise<DownloadedFile> => {
    const bytes = await altinn.data(instance.id, element.id, signal);
    const path = join(folder, downloadName(journal, instance.id, element.dataType, element.contentType));
    await writeFileAtomically(path, bytes);
    return { dataType: element.dataType, path };
  });
  return [...journal.files, ...(await allOver(fetched))];
}

/** Such as `311111111-mars-april-2026-2f0c9a1e-kvittering.pdf`. */
function downloadName(journal: Journal, instanceId: string, dataType: string, contentType: string | null): string {
  const extension = contentType === "application/pdf" ? "pdf" : contentType === "text/plain" ? "txt" : "xml";
  const instance = instanceId.split("/")[1]?.slice(0, 8) ?? "";
  const period = journal.period.replace(/[^\p{L}\p{N}]+/gu, "-");
  return `${journal.organisationNumber}-${period}-${instance}-${dataType}.${extension}`;
}
