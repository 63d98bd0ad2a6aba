import { dateInOslo } from "../../vatReturn/calendar.ts";
import { zero } from "../../vatReturn/decimal.ts";
import { factsFor } from "../../validation/taxpayerFacts.ts";
import { readReturn } from "../validation/judge.ts";
import type { AltinnContext } from "./context.ts";
import { addFile, elementOf } from "./instances.ts";
import { paymentInformation } from "./paymentInformation.ts";
import { dataTypeIds, type StoredInstance } from "./state.ts";
import { instanceId } from "./wire.ts";

/** Writes `betalingsinformasjon` as the authority does right after the submission. */
export async function storePaymentInformation(context: AltinnContext, instance: StoredInstance): Promise<void> {
  const element = elementOf(instance, dataTypeIds.vatReturn);
  const vatReturn = element === null ? null : readReturn(await context.archive.readBytes(element.id));
  if (vatReturn === null || vatReturn.period === null) return;
  const facts = factsFor(context.judge.facts, instance.organisationNumber);
  const xml = paymentInformation({
    instanceId: instanceId(instance),
    organisationNumber: instance.organisationNumber,
    period: vatReturn.period,
    category: vatReturn.meldingskategori?.value.trim() ?? "",
    amount: vatReturn.fastsattMerverdiavgift?.value ?? zero,
    today: dateInOslo(new Date(context.clock.milliseconds)),
    deadline: facts?.deadlines?.[vatReturn.period.end] ?? null,
  });
  await addFile(context, instance, "authority", {
    dataType: dataTypeIds.paymentInformation,
    fileName: "betalingsinformasjon.xml",
    contentType: "text/xml",
    bytes: Buffer.from(xml),
    locked: true,
  });
}
