import type { Text } from "../vatReturn/text.ts";

/** The categories the authority receives as VAT returns. `eHandel` is in the schema, but is refused (R104). */
export const returnCategories = ["alminnelig", "primaernaering", "kompensasjon", "omvendtAvgiftsplikt"] as const;

/** A value of `meldingskategori` that the authority receives. */
export type ReturnCategory = (typeof returnCategories)[number];

/** What the code lists tell apart: both ordinary categories share everything in them. */
export type ReturnType = "ordinary" | "compensation" | "reverseCharge";

export const ordinary: readonly ReturnCategory[] = ["alminnelig", "primaernaering"];

export const categoryLabels: Readonly<Record<ReturnCategory | "eHandel", Text>> = {
  alminnelig: { en: "general industries", nb: "alminnelig næring" },
  primaernaering: { en: "primary industries", nb: "primærnæring" },
  kompensasjon: { en: "VAT compensation claim", nb: "krav om merverdiavgiftskompensasjon" },
  omvendtAvgiftsplikt: { en: "reverse charge", nb: "omvendt avgiftsplikt" },
  eHandel: { en: "e-commerce (VOEC)", nb: "netthandel (VOEC)" },
};

/** The categories as parts of sentences: one such return, and several. */
export const categoryPhrases: Readonly<Record<ReturnCategory, { readonly one: Text; readonly many: Text }>> = {
  alminnelig: {
    one: { en: "a return for general industries", nb: "en melding for alminnelig næring" },
    many: { en: "returns for general industries", nb: "meldinger for alminnelig næring" },
  },
  primaernaering: {
    one: { en: "a return for primary industries", nb: "en melding for primærnæring" },
    many: { en: "returns for primary industries", nb: "meldinger for primærnæring" },
  },
  kompensasjon: {
    one: { en: "a compensation claim", nb: "et kompensasjonskrav" },
    many: { en: "compensation claims", nb: "kompensasjonskrav" },
  },
  omvendtAvgiftsplikt: {
    one: { en: "a reverse-charge return", nb: "en melding for omvendt avgiftsplikt" },
    many: { en: "reverse-charge returns", nb: "meldinger for omvendt avgiftsplikt" },
  },
};

export function isReturnCategory(value: string): value is ReturnCategory {
  return (returnCategories as readonly string[]).includes(value);
}

export function returnTypeOf(category: ReturnCategory): ReturnType {
  if (category === "kompensasjon") return "compensation";
  return category === "omvendtAvgiftsplikt" ? "reverseCharge" : "ordinary";
}
