import { XMLParser, XMLValidator } from "fast-xml-parser";

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
  if (/<!DOCTYPE/i.test(text)) throw new UnreadableXmlError("a document type declaration is not accepted");
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new UnreadableXmlError(`line ${verdict.err.line}: ${verdict.err.msg}`);
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
