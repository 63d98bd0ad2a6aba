import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DocumentType } from "../../src/vatReturn/documentType.ts";

const officialNames: Readonly<Record<DocumentType, RegExp>> = {
  vatReturn: /\.skattemeldingformerverdiavgift\.v1\.0\.xsd$/,
  envelope: /\.mvameldinginnsending\.v1\.0\.xsd$/,
  validationResult: /\.valideringsresultat\.v1\.xsd$/,
  paymentInformation: /\.betalingsinformasjon\.v1\.0\.xsd$/,
  submissionStatus: /\.mvaMeldingInnsendingStatus\.v1\.xsd$/,
};

export const documentTypes = Object.keys(officialNames) as readonly DocumentType[];

/** Where the official schema of a document lies. */
export function officialSchemaPath(folder: string, type: DocumentType): string {
  const name = readdirSync(join(folder, "xsd")).find((file) => officialNames[type].test(file));
  if (name === undefined) throw new Error(`The official schema for ${type} is not in the folder.`);
  return join(folder, "xsd", name);
}

/**
 * The official schema's text, for libxml2. One element name in it has blanks before it, which the XSD standard and
 * Xerces take away (the name is an NCName, whose white space collapses) and libxml2 does not.
 */
export function officialSchemaText(folder: string, type: DocumentType): string {
  return readFileSync(officialSchemaPath(folder, type), "utf8").replace(/ name=" +/g, ' name="');
}

/** An example document of the authority's. */
export interface Example {
  readonly name: string;
  readonly type: DocumentType;
  readonly text: string;
}

/** Every XML example in the folder; which document it is shows in its root element. */
export function officialExamples(folder: string): readonly Example[] {
  const root = join(folder, "examples");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".xml"))
    .sort()
    .map((name) => {
      const text = readFileSync(join(root, name), "utf8").replace(/^\ufeff/, "");
      return { name, type: typeOf(text), text };
    });
}

function typeOf(text: string): DocumentType {
  if (text.includes("<mvaMeldingDto")) return "vatReturn";
  if (text.includes("<mvaMeldingInnsendingStatus")) return "submissionStatus";
  if (text.includes("<mvaMeldingInnsending")) return "envelope";
  if (text.includes("<valideringsresultat")) return "validationResult";
  if (text.includes("<betalingsinformasjon")) return "paymentInformation";
  throw new Error("An example of an unknown kind.");
}
