import { XMLParser } from "fast-xml-parser";
import { LineIndex } from "../vatReturn/lineIndex.ts";
import { parseXml } from "../vatReturn/scanner.ts";

/** Why a service document could not be read; the caller says which document it was. */
export class UnreadableXmlError extends Error {
  override readonly name = "UnreadableXmlError";
}

/**
 * Reads a small document of the authority's services (validation result, payment information, error) into plain
 * objects: prefixes and attributes dropped, every value a trimmed string, and the elements named in `repeated`
 * always arrays. A document type declaration is refused, so no entity is ever expanded.
 * @throws UnreadableXmlError where the text is not well-formed XML.
 */
export function readServiceXml(text: string, repeated: readonly string[] = []): Readonly<Record<string, unknown>> {
  const [problem] = parseXml(text).problems;
  if (problem !== undefined) {
    const { line } = new LineIndex(text).position(problem.range.start);
    throw new UnreadableXmlError(`line ${line}: ${problem.message.en}`);
  }
  const parser = new XMLParser({
    removeNSPrefix: true,
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    trimValues: true,
    isArray: (name) => repeated.includes(name),
  });
  try {
    return parser.parse(text) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new UnreadableXmlError(error instanceof Error ? error.message : String(error));
  }
}
