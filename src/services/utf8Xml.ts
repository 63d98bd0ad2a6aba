const declaredEncoding = /^(<\?xml[ \t\r\n][^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*)(?:"[^"<>]*"|'[^'<>]*')/;

/** XML text as it may be sent in UTF-8: a declaration that names another encoding would make its reader go wrong. */
export function declaredAsUtf8(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(declaredEncoding, '$1"UTF-8"');
}
