import * as v from "valibot";
import { readServiceXml } from "../../services/serviceXml.ts";

const text = v.pipe(v.string(), v.minLength(1));
const schema = v.object({
  betalingsinformasjon: v.object({
    kundeidentifikasjonsnummer: text,
    beloep: text,
    betalingsfrist: v.optional(v.string(), ""),
    betalesTilKonto: v.optional(v.object({ norskKontonummer: v.optional(v.string(), "") }), {}),
  }),
});

/** What is to be paid for a return, each value as the authority wrote it; empty where it did not. */
export interface Payment {
  /** In kroner. */
  readonly amount: string;
  /** Such as `1234 56 78903`. */
  readonly account: string;
  readonly customerId: string;
  /** `YYYY-MM-DD`. */
  readonly due: string;
}

/** @returns null where the file can't be understood; it can still be opened. */
export function readPayment(xml: string): Payment | null {
  let read: unknown;
  try {
    read = readServiceXml(xml);
  } catch {
    return null;
  }
  const parsed = v.safeParse(schema, read);
  if (!parsed.success) return null;
  const { beloep, betalesTilKonto, betalingsfrist, kundeidentifikasjonsnummer } = parsed.output.betalingsinformasjon;
  return {
    amount: beloep,
    account: betalesTilKonto.norskKontonummer.replace(/^([0-9]{4})([0-9]{2})([0-9]{5})$/, "$1 $2 $3"),
    customerId: kundeidentifikasjonsnummer,
    due: betalingsfrist,
  };
}
