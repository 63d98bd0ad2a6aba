import XMLBuilder from "fast-xml-builder";
import { childNamed } from "../vatReturn/navigate.ts";
import type { TaxPeriod } from "../vatReturn/period.ts";
import type { XmlElement } from "../vatReturn/xml.ts";

/** What an envelope (`mvaMeldingInnsending`) says of a submission. */
export interface EnvelopeContent {
  readonly organisationNumber: string;
  readonly period: TaxPeriod;
  /** `meldingskategori` as on the wire. */
  readonly category: string;
  /** Name of the person or system that submits. */
  readonly createdBy: string;
  /** An instant as xsd:dateTime, such as `2026-11-22T09:00:00Z`. */
  readonly createdAt: string;
  /** File name of the return, extension included. */
  readonly returnFileName: string;
  /** File names of the attachments, extension included. */
  readonly attachmentNames: readonly string[];
}

const namespace = "no:skatteetaten:fastsetting:avgift:mva:mvameldinginnsending:v1.0";

/** A file name as the envelope writes it: name and extension in elements of their own. */
export interface SplitFileName {
  readonly name: string;
  /** Without the point; empty where there is none. */
  readonly extension: string;
}

export function splitFileName(fileName: string): SplitFileName {
  const point = fileName.lastIndexOf(".");
  return point <= 0
    ? { name: fileName, extension: "" }
    : { name: fileName.slice(0, point), extension: fileName.slice(point + 1) };
}

/** The file that an entry of the envelope's list (`vedlegg`) names, extension included. */
export function listedFile(entry: XmlElement): string {
  const file = childNamed(entry, "vedleggsfil");
  const textOf = (name: string): string => (file === null ? "" : (childNamed(file, name)?.text.trim() ?? ""));
  const extension = textOf("filekstensjon");
  return extension === "" ? textOf("filnavn") : `${textOf("filnavn")}.${extension}`;
}

/**
 * Writes the envelope of a submission: the elements in the order of the schema, `instansstatus` and the time stamps
 * included, since older versions of the app asked for them.
 * Source: the published schema mvameldinginnsending v1.0.
 */
export function buildEnvelope(content: EnvelopeContent): string {
  const file = (fileName: string, kind: "mva-melding" | "binaerVedlegg"): object => {
    const { name, extension } = splitFileName(fileName);
    return {
      vedleggstype: kind,
      kildegruppe: kind === "mva-melding" ? "sluttbrukersystem" : "sluttbruker",
      opprettetAv: content.createdBy,
      opprettingstidspunkt: content.createdAt,
      vedleggsfil: { filnavn: name, filekstensjon: extension, filinnhold: kind },
    };
  };
  const document = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    mvaMeldingInnsending: {
      "@xmlns": namespace,
      norskIdentifikator: { organisasjonsnummer: content.organisationNumber },
      skattleggingsperiode: {
        periode: { [content.period.elementName]: content.period.value },
        aar: String(content.period.year).padStart(4, "0"),
      },
      meldingskategori: content.category,
      innsendingstype: "komplett",
      instansstatus: "utfylling",
      opprettetAv: content.createdBy,
      opprettingstidspunkt: content.createdAt,
      vedlegg: [
        file(content.returnFileName, "mva-melding"),
        ...content.attachmentNames.map((name) => file(name, "binaerVedlegg")),
      ],
      endringstidspunkt: content.createdAt,
    },
  };
  return new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true }).build(document);
}
