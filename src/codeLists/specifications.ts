import type { Text } from "../vatReturn/text.ts";
import type { ReturnType } from "./returnCategories.ts";

export type SpecificationName =
  | "justering"
  | "tapPåKrav"
  | "tilbakeføringAvInngåendeMerverdiavgift"
  | "uttak"
  | "justeringMerverdiavgiftskompensasjonFastEiendom"
  | "kompensasjonsrett";

/** One value of `spesifikasjon` (list mvaSpesifikasjon). */
export interface Specification {
  readonly name: SpecificationName;
  readonly returnTypes: readonly ReturnType[];
  readonly label: Text;
}

export const specifications: readonly Specification[] = [
  {
    name: "justering",
    returnTypes: ["ordinary"],
    label: { en: "adjustment of VAT on capital goods", nb: "justering av avgift på kapitalvarer" },
  },
  {
    name: "tapPåKrav",
    returnTypes: ["ordinary"],
    label: { en: "loss on a claim", nb: "tap på krav" },
  },
  {
    name: "tilbakeføringAvInngåendeMerverdiavgift",
    returnTypes: ["ordinary"],
    label: {
      en: "reversal of deducted VAT on cars and real property",
      nb: "tilbakeføring av fradragsført avgift på biler og fast eiendom",
    },
  },
  {
    name: "uttak",
    returnTypes: ["ordinary"],
    label: { en: "withdrawal from the business", nb: "uttak fra virksomheten" },
  },
  {
    name: "justeringMerverdiavgiftskompensasjonFastEiendom",
    returnTypes: ["compensation"],
    label: {
      en: "adjustment of VAT compensation for real property",
      nb: "justering av kompensert avgift på fast eiendom",
    },
  },
  {
    name: "kompensasjonsrett",
    returnTypes: ["ordinary", "reverseCharge"],
    label: { en: "purchase that gives right to compensation", nb: "kjøp som gir rett til kompensasjon" },
  },
];

const byName = new Map<string, Specification>(specifications.map((entry) => [entry.name, entry]));

/** @param value the text on the wire; å and ø count as the same however they are composed. */
export function specification(value: string): Specification | null {
  return byName.get(value) ?? byName.get(value.normalize("NFC")) ?? null;
}

export function specificationsOf(returnType: ReturnType): readonly Specification[] {
  return specifications.filter((entry) => entry.returnTypes.includes(returnType));
}
