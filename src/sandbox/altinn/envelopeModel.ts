import { childNamed, childrenNamed } from "../../vatReturn/navigate.ts";
import { parseXml } from "../../vatReturn/scanner.ts";
import { periodValues } from "../../vatReturn/period.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { documentIdentities } from "../../vatReturn/documentType.ts";
import { escapeXml } from "../xmlText.ts";

/** The envelope as the app's model holds it: only elements it knows, in its own order, whatever came with them. */
export type Model = { readonly [name: string]: string | null | Model | readonly Model[] };

type Shape = { readonly [name: string]: "text" | Shape | readonly [Shape] };

const text = "text";
const shape: Shape = {
  norskIdentifikator: { organisasjonsnummer: text, foedselsnummer: text, identifikasjonsnummer: text },
  skattleggingsperiode: {
    periode: Object.fromEntries(Object.keys(periodValues).map((name) => [name, text])),
    aar: text,
  },
  meldingskategori: text,
  innsendingstype: text,
  instansstatus: text,
  opprettetAv: text,
  opprettingstidspunkt: text,
  vedlegg: [
    {
      vedleggstype: text,
      kildegruppe: text,
      opprettetAv: text,
      opprettingstidspunkt: text,
      vedleggsfil: { filnavn: text, filekstensjon: text, filinnhold: text },
    },
  ],
  endringstidspunkt: text,
};

const { rootName } = documentIdentities.envelope;

/** What stands in a new instance. */
export const emptyModel: Model = readElement(null, shape);

/**
 * Reads an envelope as the app does: with the schema's namespace or without any, unknown elements dropped silently.
 * @returns null where it is not well-formed, or no envelope
 */
export function readEnvelopeModel(xml: string): Model | null {
  const { root, problems } = parseXml(xml);
  if (root === null || problems.length > 0 || root.localName !== rootName) return null;
  if (root.namespace !== null && root.namespace !== documentIdentities.envelope.namespace) return null;
  return readElement(root, shape);
}

function readElement(element: XmlElement | null, of: Shape): Model {
  return Object.fromEntries(
    Object.entries(of).map(([name, kind]): [string, Model[string]] => {
      if (isList(kind)) {
        const found = element === null ? [] : childrenNamed(element, name);
        return [name, found.map((child) => readElement(child, kind[0]))];
      }
      const child = element === null ? null : childNamed(element, name);
      if (child === null) return [name, null];
      return [name, kind === text ? child.text : readElement(child, kind)];
    }),
  );
}

function isList(kind: Shape[string]): kind is readonly [Shape] {
  return Array.isArray(kind);
}

/** Writes the model without the schema's namespace, as the app's serialiser does. */
export function writeEnvelopeModel(model: Model): string {
  const declared = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  const content = writeChildren(model, 1);
  const body = content === "" ? `<${rootName} ${declared} />` : `<${rootName} ${declared}>\n${content}</${rootName}>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${body}`;
}

function writeChildren(model: Model, depth: number): string {
  return Object.entries(model)
    .map(([name, value]) => writeValue(name, value, depth))
    .join("");
}

function writeValue(name: string, value: Model[string] | undefined, depth: number): string {
  if (value === null || value === undefined) return "";
  const indent = "  ".repeat(depth);
  if (typeof value === "string") return `${indent}<${name}>${escapeXml(value)}</${name}>\n`;
  if (isModels(value)) return value.map((single) => writeValue(name, single, depth)).join("");
  return `${indent}<${name}>\n${writeChildren(value, depth + 1)}${indent}</${name}>\n`;
}

function isModels(value: Model | readonly Model[]): value is readonly Model[] {
  return Array.isArray(value);
}

/** The text at a path; null where something on the way is missing. */
export function textAt(model: Model, ...path: readonly string[]): string | null {
  let current: Model[string] | undefined = model;
  for (const name of path) {
    if (current === null || current === undefined || typeof current === "string" || isModels(current)) return null;
    current = current[name];
  }
  return typeof current === "string" ? current : null;
}

export function listAt(model: Model, name: string): readonly Model[] {
  const found = model[name];
  return found !== null && found !== undefined && typeof found !== "string" && isModels(found) ? found : [];
}
