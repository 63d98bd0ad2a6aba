const notInToken = /[^A-Za-z0-9._-]/g;

/**
 * The header for an uploaded file: an unquoted ASCII name that every version of the app accepts, and the real name in
 * `filename*` (RFC 5987) where it differs. Raw letters outside ASCII, spaces and quotes have all been refused.
 */
export function contentDisposition(fileName: string): string {
  const plain = asciiFileName(fileName);
  const encoded = encodeURIComponent(fileName.replace(/\p{Surrogate}/gu, "_")).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return plain === fileName
    ? `attachment; filename=${plain}`
    : `attachment; filename=${plain}; filename*=UTF-8''${encoded}`;
}

/** æ, ø and å as they are commonly written without them; everything else outside a plain name becomes `_`. */
export function asciiFileName(fileName: string): string {
  return fileName
    .normalize("NFC")
    .replace(/[æÆ]/g, "ae")
    .replace(/[øØ]/g, "o")
    .replace(/[åÅ]/g, "a")
    .replace(notInToken, "_");
}
