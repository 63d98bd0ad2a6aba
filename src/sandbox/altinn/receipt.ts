/** Writes a one-page PDF from lines of text: Helvetica, Western European letters, nothing compressed. */
export function writePdf(title: string, lines: readonly string[]): Buffer {
  const content = [
    "BT",
    "/F1 18 Tf",
    "56 770 Td",
    `(${escape(title)}) Tj`,
    "/F1 11 Tf",
    "0 -14 Td",
    ...lines.flatMap((line) => ["0 -18 Td", `(${escape(line)}) Tj`]),
    "ET",
  ].join("\n");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    `<< /Length ${String(Buffer.byteLength(content, "latin1"))} >>\nstream\n${content}\nendstream`,
    `<< /Title (${escape(title)}) /Producer (mva-melding sandbox) >>`,
  ];
  let text = "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`;
  // One character is one byte from here on, so the offsets counted above hold.
  return Buffer.from(text, "latin1");
}

function escape(text: string): string {
  return text.replace(/[^\x20-\x7e\xa0-\xff]/g, "?").replace(/[\\()]/g, (character) => `\\${character}`);
}
