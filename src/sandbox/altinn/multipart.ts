/** One part of a `multipart/form-data` body, its headers by lower-case name. */
export interface MultipartPart {
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Buffer;
}

const headerEnd = "\r\n\r\n";

/**
 * Takes a `multipart/form-data` body apart (RFC 7578, without nested parts).
 * @returns null where the boundary is missing or the body does not keep to it
 */
export function readMultipart(body: Buffer, contentType: string): readonly MultipartPart[] | null {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return null;
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: MultipartPart[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (body.subarray(start, start + 2).toString("latin1") === "--") return parts;
    const next = body.indexOf(Buffer.concat([Buffer.from("\r\n"), delimiter]), start);
    const headersTo = body.indexOf(headerEnd, start);
    if (next < 0 || headersTo < 0 || headersTo > next) return null;
    parts.push({
      headers: readHeaders(body.subarray(start, headersTo).toString("latin1")),
      bytes: body.subarray(headersTo + headerEnd.length, next),
    });
    at = next + 2;
  }
  return null;
}

function readHeaders(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split("\r\n").flatMap((line): [string, string][] => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
    }),
  );
}

/** The `name` of a part's `Content-Disposition`. */
export function nameOfPart({ headers }: MultipartPart): string {
  return (
    /;\s*name=(?:"([^"]*)"|([^\s;]+))/i
      .exec(headers.get("content-disposition") ?? "")
      ?.slice(1)
      .find(Boolean) ?? ""
  );
}
