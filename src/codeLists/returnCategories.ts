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

export function isReturnCategory(value: string): value is ReturnCategory {
  return (returnCategories as readonly string[]).includes(value);
}

export function returnTypeOf(category: ReturnCategory): ReturnType {
  if (category === "kompensasjon") return "compensation";
  return category === "omvendtAvgiftsplikt" ? "reverseCharge" : "ordinary";
}
