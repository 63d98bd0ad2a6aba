/** Character data and attribute values of XML. */
export function escapeXml(value: string): string {
  return value
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
