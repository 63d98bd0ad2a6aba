import { maximumBytes, type DataType } from "./metadata.ts";
import { readContentDisposition, storedName } from "./contentDisposition.ts";
import type { Settings } from "./settings.ts";

/** What a sender says of a file before its bytes are read. */
export interface UploadHeaders {
  readonly contentDisposition: string | null;
  readonly contentType: string | null;
  /** In bytes; null where it is not announced. */
  readonly contentLength: number | null;
}

export type CheckedUpload =
  | { readonly accepted: true; readonly fileName: string; readonly contentType: string }
  | { readonly accepted: false; readonly description: string };

/** Content types by extension; what is not here counts as `application/octet-stream`. */
const byExtension: Readonly<Record<string, readonly string[]>> = {
  xml: ["text/xml", "application/xml"],
  pdf: ["application/pdf"],
  jpg: ["image/jpeg"],
  jpeg: ["image/jpeg"],
  png: ["image/png"],
  gif: ["image/gif"],
  tif: ["image/tiff"],
  tiff: ["image/tiff"],
  odf: ["application/vnd.oasis.opendocument.formula"],
  odt: ["application/vnd.oasis.opendocument.text"],
  ods: ["application/vnd.oasis.opendocument.spreadsheet"],
  odp: ["application/vnd.oasis.opendocument.presentation"],
  odg: ["application/vnd.oasis.opendocument.graphics"],
  docx: ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  xlsx: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  pptx: ["application/vnd.openxmlformats-officedocument.presentationml.presentation"],
  doc: ["application/msword"],
  xls: ["application/vnd.ms-excel"],
  ppt: ["application/vnd.ms-powerpoint"],
  csv: ["text/csv"],
  txt: ["text/plain"],
  json: ["application/json"],
  zip: ["application/zip", "application/x-zip-compressed"],
};
const anything = "application/octet-stream";

function refused(description: string): CheckedUpload {
  return { accepted: false, description: `Invalid data provided. Error: ${description}` };
}

/** Judges an upload by its headers, in the app's order and words; the content type is compared as a whole. */
export function checkUpload(headers: UploadHeaders, dataType: DataType, library: Settings["library"]): CheckedUpload {
  const limit = maximumBytes(dataType);
  if (headers.contentDisposition === null) return refused("The request must include a Content-Disposition header");
  if (limit !== null && headers.contentLength !== null && headers.contentLength > limit)
    return refused(`Binary attachment exceeds limit of ${String(limit)}`);
  const disposition = readContentDisposition(headers.contentDisposition);
  const given = disposition?.extendedFileName ?? disposition?.fileName ?? "";
  if (given.trim() === "") return refused("The Content-Disposition header must contain a valid filename");
  const fileName = storedName(given);
  const point = fileName.lastIndexOf(".");
  if (point < 0)
    return refused(`Invalid format for filename: ${fileName}. Filename is expected to end with '.{filetype}'.`);
  const { contentType } = headers;
  if (contentType === null || contentType === "") return refused("Content-Type header must be included in request.");
  const expected = expectedTypes(fileName.slice(point + 1), library);
  if (contentType !== anything && !expected.includes(contentType.toLowerCase()))
    return refused(
      `Content type header ${contentType} does not match mime type ${expected[0] ?? anything} for uploaded file. Please fix header or upload another file.`,
    );
  if (!dataType.allowedContentTypes.includes(contentType))
    return refused(
      `Invalid content type: ${contentType}. Please try another file. Permitted content types include: ${dataType.allowedContentTypes.join(", ")}`,
    );
  if (headers.contentLength === 0) return zeroBytes();
  return { accepted: true, fileName, contentType };
}

/** The refusal of a file without content. */
export function zeroBytes(): CheckedUpload & { readonly accepted: false } {
  return { accepted: false, description: "Invalid data provided. Error: The file is zero bytes." };
}

/** Older versions know one type for XML, newer ones both. */
function expectedTypes(extension: string, library: Settings["library"]): readonly string[] {
  const types = byExtension[extension.toLowerCase()] ?? [anything];
  return library === "v7" ? types.slice(0, 1) : types;
}
