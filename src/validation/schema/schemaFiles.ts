import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DocumentType } from "../result.ts";

const fileNames: Readonly<Record<DocumentType, string>> = {
  vatReturn: "vatReturn.xsd",
  envelope: "envelope.xsd",
  validationResult: "validationResult.xsd",
  paymentInformation: "paymentInformation.xsd",
  submissionStatus: "submissionStatus.xsd",
};

export const documentTypes = Object.keys(fileNames) as readonly DocumentType[];

/** Where the schema of a document type lies on disk: beside `dist/` in the built product, at the root of the sources. */
export function schemaPath(type: DocumentType): string {
  const candidates = ["../schemas/", "../../../schemas/"].map((folder) =>
    fileURLToPath(new URL(`${folder}${fileNames[type]}`, import.meta.url)),
  );
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`The schema file ${fileNames[type]} is missing from this installation.`);
  return path;
}

export function readSchema(type: DocumentType): string {
  return readFileSync(schemaPath(type), "utf8");
}
