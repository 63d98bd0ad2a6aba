import type { XmlElement } from "../../vatReturn/xml.ts";
import type { Matching } from "./content.ts";
import { simpleTypeOf } from "./findings.ts";
import type { SchemaModel } from "./schemaModel.ts";

/**
 * Texts that Xerces finds too long and libxml2 does not: Xerces counts UTF-16 code units, libxml2 and the XSD standard
 * count characters.
 */
export function overlongTexts(model: SchemaModel, matching: Matching): readonly XmlElement[] {
  return [...matching.declarations.keys()].filter((element) => {
    const limit = simpleTypeOf(model, matching, element)?.maximumLength ?? null;
    return limit !== null && element.text.length > limit;
  });
}
