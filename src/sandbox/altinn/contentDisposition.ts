/** What a `Content-Disposition` header says, as the app's framework reads it. */
export interface ContentDisposition {
  /** From `filename`, quotation marks taken off. */
  readonly fileName: string | null;
  /** From `filename*` (RFC 5987). */
  readonly extendedFileName: string | null;
}

const token = String.raw`[!#$%&'*+.^_\x60|~0-9A-Za-z-]+`;
const quotedString = String.raw`"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\.)*"`;
const parameter = new RegExp(String.raw`\s*;\s*(${token})\s*=\s*(${quotedString}|${token})`, "y");

/**
 * Reads the header strictly: a name with spaces, brackets or letters outside ASCII that is not quoted makes all of it
 * unreadable, as it does there.
 * @returns null where it can't be read
 */
export function readContentDisposition(header: string): ContentDisposition | null {
  const type = new RegExp(`^\\s*${token}`).exec(header);
  if (type === null) return null;
  let fileName: string | null = null;
  let extendedFileName: string | null = null;
  let at = type[0].length;
  while (at < header.length) {
    parameter.lastIndex = at;
    const match = parameter.exec(header);
    if (match === null) return header.slice(at).trim() === "" ? { fileName, extendedFileName } : null;
    const [whole, name = "", value = ""] = match;
    at += whole.length;
    if (name.toLowerCase() === "filename") fileName = unquote(value);
    if (name.toLowerCase() === "filename*") extendedFileName = decodeExtended(value);
  }
  return { fileName, extendedFileName };
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
}

/** `UTF-8''%C3%B8konomi.pdf`; null where it is not of that form. */
function decodeExtended(value: string): string | null {
  const [charset, , ...rest] = value.split("'");
  if (charset === undefined || charset.toLowerCase() !== "utf-8" || rest.length === 0) return null;
  try {
    return decodeURIComponent(rest.join("'"));
  } catch {
    return null;
  }
}

/** The name under which a file is stored: what the server's file system can't have is replaced. */
export function storedName(fileName: string): string {
  return fileName.trim().replace(/[/\0]/g, "_");
}

/** How a stored file is sent back. */
export function attachmentHeader(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const plain = /^[\w.-]+$/.test(ascii) ? ascii : `"${ascii}"`;
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename=${plain}; filename*=UTF-8''${encoded}`;
}
