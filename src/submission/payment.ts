import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { dataTypes } from "../services/altinn/wire.ts";
import { readServiceXml, UnreadableXmlError } from "../services/serviceXml.ts";
import type { Journal } from "./journal.ts";

/** What is to be paid, as the authority has written it. Informative: it proves nothing about the return. */
export interface PaymentInformation {
  /** In kroner; negative where money comes back. */
  readonly amount: string;
  readonly account: string;
  /** Payment identification (KID). */
  readonly kid: string;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string;
}

const text = v.optional(v.string(), "");
const schema = v.object({
  betalingsinformasjon: v.object({
    kundeidentifikasjonsnummer: text,
    beloep: text,
    betalingsfrist: text,
    betalesTilKonto: v.optional(v.union([v.object({ norskKontonummer: text }), v.string()])),
  }),
});

/** Reads `betalingsinformasjon`; null where it is none. */
export function readPaymentInformation(xml: string): PaymentInformation | null {
  let root: unknown;
  try {
    root = readServiceXml(xml);
  } catch (error) {
    if (error instanceof UnreadableXmlError) return null;
    throw error;
  }
  const parsed = v.safeParse(schema, root);
  if (!parsed.success) return null;
  const { kundeidentifikasjonsnummer, beloep, betalingsfrist, betalesTilKonto } = parsed.output.betalingsinformasjon;
  return {
    amount: beloep,
    account: typeof betalesTilKonto === "object" ? betalesTilKonto.norskKontonummer : (betalesTilKonto ?? ""),
    kid: kundeidentifikasjonsnummer,
    dueDate: betalingsfrist,
  };
}

/** The payment information that a submission has fetched; null where there is none, or its file is gone. */
export async function readPayment(journal: Journal): Promise<PaymentInformation | null> {
  const file = journal.files.find(({ dataType }) => dataType === dataTypes.paymentInformation);
  if (file === undefined) return null;
  const xml = await readFile(file.path, "utf8").catch(() => null);
  return xml === null ? null : readPaymentInformation(xml);
}
