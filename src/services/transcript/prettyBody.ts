import { parseXml } from "../../vatReturn/scanner.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";

const deepest = 100;

export interface PrettyBody {
  readonly text: string;
  /** As code blocks name it. */
  readonly language: "json" | "xml" | "text";
}

/** Lays a body out for reading: JSON and XML indented, everything else as it is. What can't be read stays as it is. */
export function prettyBody(body: string, truncated = false): PrettyBody {
  const trimmed = body.trim();
  if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
    return truncated ? { text: body, language: "json" } : (prettyJson(trimmed) ?? { text: body, language: "text" });
  }
  if (!trimmed.startsWith("<")) return { text: body, language: "text" };
  const { root, problems } = parseXml(trimmed);
  const readable = !truncated && root !== null && problems.length === 0 && isPlain(trimmed, root);
  return { text: readable ? prettyXml(trimmed, root) : body, language: "xml" };
}

function prettyJson(text: string): PrettyBody | null {
  try {
    return { text: JSON.stringify(JSON.parse(text), null, 2), language: "json" };
  } catch {
    return null;
  }
}

/** Whether nothing is lost by laying elements out anew: no comments, no text between elements, no absurd depth. */
function isPlain(source: string, root: XmlElement): boolean {
  const plain = (element: XmlElement, depth: number): boolean =>
    depth < deepest &&
    (element.children.length === 0 ||
      (element.text.trim() === "" && element.children.every((child) => plain(child, depth + 1))));
  return !/<!--|<!\[CDATA\[|<\?(?!xml\s)/.test(source) && plain(root, 0);
}

/** Start tags as they are written; elements on lines of their own, unless they hold text only. */
function prettyXml(source: string, root: XmlElement): string {
  const lines: string[] = [];
  const declaration = /^<\?xml[^>]*\?>/.exec(source)?.[0];
  if (declaration !== undefined) lines.push(declaration);
  const write = (element: XmlElement, depth: number): void => {
    const indent = "  ".repeat(depth);
    const startTag = source.slice(element.startTag.start, element.startTag.end);
    if (element.children.length === 0) {
      lines.push(indent + source.slice(element.range.start, element.range.end));
      return;
    }
    lines.push(indent + startTag);
    for (const child of element.children) write(child, depth + 1);
    lines.push(`${indent}</${source.slice(element.nameRange.start, element.nameRange.end)}>`);
  };
  write(root, 0);
  return lines.join("\n");
}
