import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { dataTypes } from "../services/altinn/wire.ts";
import { readServiceXml, UnreadableXmlError } from "../services/serviceXml.ts";
import type { Journal } from "./journal.ts";

/** What is to be paid, as the authority has written it. Informative: it proves nothing about the return. */
export interface PaymentInformation {
  /** In kroner; negative where money comes back. */
  readonly amount: string;
  /** Such as `1234 56 78903`. */
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
  const account = typeof betalesTilKonto === "object" ? betalesTilKonto.norskKontonummer : (betalesTilKonto ?? "");
  return {
    amount: beloep,
    account: account.replace(/^([0-9]{4})([0-9]{2})([0-9]{5})$/, "$1 $2 $3"),
    kid: kundeidentifikasjonsnummer,
    dueDate: betalingsfrist,
  };
}

/**
 * What is to be paid for a submission, where the authority has said so; null where its file is gone, and where the
 * return was not accepted: that is nothing to pay for.
 */
export async function paymentOf(journal: Journal): Promise<PaymentInformation | null> {
  if (journal.verdict === "refused" || journal.verdict === "incomplete") return null;
  const file = journal.files.find(({ dataType }) => dataType === dataTypes.paymentInformation);
  if (file === undefined) return null;
  const xml = await readFile(file.path, "utf8").catch(() => null);
  return xml === null ? null : readPaymentInformation(xml);
}
