import type { Text } from "../../vatReturn/text.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import { findingByR001, schemaFinding } from "./findings.ts";

/** Why a document could not be judged by a schema at all. */
export type RefusalReason =
  "document-type-declaration" | "too-large" | "not-well-formed" | "refused-by-parser" | "engine-failed";

/** Most UTF-16 code units: far above any return, far below what the engine's memory holds. */
const longestDocument = 50_000_000;
/** libxml2's own limit on nesting. */
const deepestNesting = 256;

const messages: Readonly<Record<RefusalReason, Text>> = {
  "document-type-declaration": {
    en: "The document has a document type declaration, or no root element; it was not given to the schema check.",
    nb: "Dokumentet har en dokumenttypedeklarasjon eller mangler rotelement, og ble ikke kontrollert mot skjemaet.",
  },
  "too-large": {
    en: "The document is too large for the schema check.",
    nb: "Dokumentet er for stort for skjemakontrollen.",
  },
  "not-well-formed": {
    en: "The document holds half a character (a lone surrogate), which no XML document may.",
    nb: "Dokumentet inneholder et halvt tegn (et enslig surrogat). Det kan ikke stå i XML.",
  },
  "refused-by-parser": {
    en: "The XML parser of the schema check does not accept the document.",
    nb: "XML-leseren i skjemakontrollen godtar ikke dokumentet.",
  },
  "engine-failed": {
    en: "The schema check failed on this document, so it counts as not valid.",
    nb: "Skjemakontrollen klarte ikke dette dokumentet, så det regnes som ugyldig.",
  },
};

const tooDeep: Text = {
  en: `Elements are nested deeper than ${deepestNesting} levels here; no VAT document needs more than seven.`,
  nb: `Elementene ligger mer enn ${deepestNesting} nivåer inni hverandre her. Ingen mva-dokumenter trenger mer enn sju.`,
};
const tooLong: Text = {
  en: "The document holds a text or an attribute of 10 MB or more, far beyond any limit of the schema.",
  nb: "Dokumentet har en tekst eller et attributt på 10 MB eller mer, langt over grensene i skjemaet.",
};

/** Why a document must not reach an engine at all, as a finding; null where it may. */
export function unfitness(document: XmlDocument): Finding | null {
  if (document.root === null || document.hasDocumentType) return refusal(document, "document-type-declaration", null);
  if (document.text.length > longestDocument) return refusal(document, "too-large", null);
  return /\p{Surrogate}/u.test(document.text) ? refusal(document, "not-well-formed", null) : null;
}

/** The one finding of a document that the engine could not take. */
export function refusal(document: XmlDocument, reason: RefusalReason, details: string | null): Finding {
  const { root } = document;
  if (root === null) return findingByR001("schema", messages[reason], { start: 0, end: 0 });
  const deep = details?.includes("Excessive depth") === true ? elementAtDepth(root, deepestNesting) : null;
  const isTooLong = details !== null && /Resource limit exceeded|too long|xmlSAX2|Huge|huge/.test(details);
  const element = deep ?? root;
  return schemaFinding(
    {
      element,
      range: element.nameRange,
      message: deep !== null ? tooDeep : isTooLong ? tooLong : messages[reason],
      data: { kind: deep !== null ? "too-deep" : isTooLong ? "too-large" : reason },
    },
    details,
  );
}

/** The first element, in document order, that lies so deep. */
function elementAtDepth(root: XmlElement, depth: number): XmlElement | null {
  const waiting: [XmlElement, number][] = [[root, 1]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [element, own] = next;
    if (own >= depth) return element;
    for (const child of element.children.toReversed()) waiting.push([child, own + 1]);
  }
  return null;
}
