import { elementAt } from "../../vatReturn/navigate.ts";
import type { XmlDocument, XmlElement } from "../../vatReturn/xml.ts";
import type { Complaint, ComplaintAbout } from "./complaint.ts";

/** One message of Xerces; line and column are where the parser stood, just behind the tag that settled the matter. */
export interface JavaMessage {
  readonly level: "warning" | "error" | "fatal";
  readonly text: string;
  /** null where the message is not about a place in the document. */
  readonly place: { readonly line: number; readonly column: number } | null;
}

const messagePattern =
  /^\[(warning|error|fatal)\] ([^]*?)(?: \((-?[0-9]+):(-?[0-9]+)\))?(?=\r?\n\[(?:warning|error|fatal)\] |\s*$(?![^]))/gm;

/** Takes the helper's output apart. A message may run over several lines: it quotes values as they stand. */
export function readJavaMessages(output: string): readonly JavaMessage[] {
  return Array.from(output.matchAll(messagePattern), ([, level = "", text = "", line, column]) => ({
    level: level === "warning" || level === "fatal" ? level : "error",
    text: text.trim(),
    place: line === undefined ? null : { line: Number(line), column: Number(column) },
  }));
}

/** Finds elements by where their tags end, which is all that Xerces tells. */
export class TagEnds {
  private readonly document: XmlDocument;
  private readonly starts = new Map<number, XmlElement>();
  private readonly ends = new Map<number, XmlElement>();

  constructor(document: XmlDocument) {
    this.document = document;
    const waiting = [...document.topLevel];
    for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
      this.starts.set(element.startTag.end, element);
      this.ends.set(element.range.end, element);
      for (const child of element.children) waiting.push(child);
    }
  }

  /** @returns the element whose start tag ends there, or null */
  startingTo(offset: number): XmlElement | null {
    return this.starts.get(offset) ?? null;
  }

  endingAt(offset: number): XmlElement | null {
    return this.ends.get(offset) ?? null;
  }

  around(offset: number): XmlElement | null {
    return elementAt(this.document, Math.max(offset - 1, 0)) ?? this.document.root;
  }
}

/** Turns one message about the schema into a complaint; null where no element can be told. */
export function complaintOf(text: string, offset: number, tags: TagEnds): Complaint | null {
  const started = tags.startingTo(offset);
  const ended = tags.endingAt(offset);
  const code = /^([A-Za-z][\w.-]*):/.exec(text)?.[1] ?? "";
  const about = aboutOf(code, text, started !== null && ended === null);
  const atStart = isAboutStartTag(about, code);
  const element = (atStart ? (started ?? ended) : (ended ?? started)) ?? tags.around(offset);
  if (element === null) return null;
  return { about, element, attribute: attributeIn(about, code, text), details: text };
}

function aboutOf(code: string, text: string, atStartTag: boolean): ComplaintAbout {
  if (code.startsWith("cvc-complex-type.2.4")) return "content";
  if (code.startsWith("cvc-complex-type.2.3") || code.startsWith("cvc-complex-type.2.1")) return "text";
  if (code.startsWith("cvc-complex-type.3") || code === "cvc-type.3.1.1") return "attribute";
  if (code === "cvc-type.3.1.2") return "children";
  if (/^cvc-elt\.1(?:\.|$)/.test(code)) return "root";
  if (/^(?:cvc-elt\.[34]|cvc-attribute\.3|UndeclaredPrefix)/.test(code)) return "instanceAttribute";
  if (/^cvc-(?:datatype-valid|[a-zA-Z]+-valid|type\.3\.1\.3)/.test(code)) {
    // Of values, only those of xsi: attributes are judged as soon as a start tag is read.
    return atStartTag && /'(?:QName|boolean)'/.test(text) ? "instanceAttribute" : "value";
  }
  return "other";
}

function isAboutStartTag(about: ComplaintAbout, code: string): boolean {
  if (about === "content")
    return !code.startsWith("cvc-complex-type.2.4.b") && !code.startsWith("cvc-complex-type.2.4.i");
  return about === "attribute" || about === "instanceAttribute" || about === "root";
}

function attributeIn(about: ComplaintAbout, code: string, text: string): string | null {
  if (about === "instanceAttribute")
    return /nil|'boolean'/.test(text) && !code.startsWith("cvc-elt.4") ? "nil" : "type";
  if (about !== "attribute") return null;
  const quotes = Array.from(text.matchAll(/'([^']*)'/g), ([, quoted = ""]) => quoted);
  const name = (code === "cvc-type.3.1.1" ? quotes.at(-1) : quotes[0]) ?? null;
  return name === null ? null : name.replace(/^.*:/, "");
}
