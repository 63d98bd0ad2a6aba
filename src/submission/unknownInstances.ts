import type { AltinnClient } from "../services/altinn/client.ts";
import { dataTypes } from "../services/altinn/wire.ts";
import type { Instance } from "../services/altinn/wire.ts";
import { ServiceError } from "../services/serviceError.ts";
import { childNamed } from "../vatReturn/navigate.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import type { SubmissionState } from "./journal.ts";
import { openInstancesOf } from "./openInstances.ts";
import { isDeleted, placeOf, stateAt } from "./place.ts";
import type { SubmissionStore } from "./store.ts";
import { SubmissionError } from "./submissionError.ts";

/** An unfinished instance that no journal here knows: what one has to know of it to decide. */
export interface UnknownInstance {
  readonly id: string;
  readonly organisationNumber: string;
  /** An instant as Altinn writes it; null where it does not say. */
  readonly created: string | null;
  /** Where it stands; null where that is nothing that this version knows. */
  readonly state: SubmissionState | null;
  /** Such as `mars-april 2026`, by its envelope; null where that is empty. */
  readonly period: string | null;
  readonly category: string | null;
  /** Whether it holds a return: only then it can be gone on with. */
  readonly holdsReturn: boolean;
}

/**
 * The unfinished instances of organisations that no journal here knows: begun on another machine, by another program,
 * or left by a lost journal.
 */
export async function findUnknownInstances(
  organisationNumbers: readonly string[],
  appUrl: string,
  altinn: AltinnClient,
  store: SubmissionStore,
  signal?: AbortSignal,
): Promise<readonly UnknownInstance[]> {
  const { journals } = await store.list();
  const known = new Set(journals.map((journal) => journal.instanceId));
  const unknown: UnknownInstance[] = [];
  for (const organisationNumber of new Set(organisationNumbers)) {
    const open = await openInstancesOf({ organisationNumber, appUrl, journals }, altinn, signal);
    for (const instance of open) {
      if (known.has(instance.id) || isDeleted(instance)) continue;
      unknown.push({
        id: instance.id,
        organisationNumber,
        created: instance.created,
        state: stateOf(instance),
        holdsReturn: instance.data.some(({ dataType }) => dataType === dataTypes.vatReturn),
        ...(await readEnvelope(instance, altinn, signal)),
      });
    }
  }
  return unknown;
}

/** @throws SubmissionError `adoptedAlready` where a submission of this machine has the instance. */
export async function assertUnknown(instanceId: string, store: SubmissionStore): Promise<void> {
  const { journals } = await store.list();
  if (journals.some((journal) => journal.instanceId === instanceId)) throw adoptedAlready(instanceId);
}

export function adoptedAlready(instanceId: string): SubmissionError {
  return new SubmissionError("adoptedAlready", {
    en: `The instance ${instanceId} belongs to a submission on this machine already; resume that one.`,
    nb: `Instansen ${instanceId} hører alt til en innsending på denne maskinen; gjenoppta den.`,
  });
}

/**
 * Deletes a draft for good.
 * @throws SubmissionError `adoptedAlready` where a submission here has it, `alreadySubmitted` where it is no draft any
 * more.
 */
export async function deleteUnknownDraft(
  instanceId: string,
  altinn: AltinnClient,
  store: SubmissionStore,
  signal?: AbortSignal,
): Promise<void> {
  await assertUnknown(instanceId, store);
  if (placeOf(await altinn.instance(instanceId, signal)) === "submitted") {
    throw new SubmissionError("alreadySubmitted", {
      en: `The instance ${instanceId} is submitted and can't be deleted any more.`,
      nb: `Instansen ${instanceId} er sendt inn og kan ikke slettes lenger.`,
    });
  }
  await altinn.deleteInstance(instanceId, true, signal);
}

function stateOf(instance: Instance): SubmissionState | null {
  try {
    return stateAt(placeOf(instance));
  } catch (error) {
    if (error instanceof SubmissionError) return null;
    throw error;
  }
}

/** The instance itself does not say what it is for. An envelope that can't be read says nothing either. */
async function readEnvelope(
  instance: Instance,
  altinn: AltinnClient,
  signal: AbortSignal | undefined,
): Promise<Pick<UnknownInstance, "period" | "category">> {
  const element = instance.data.find(({ dataType }) => dataType === dataTypes.envelope);
  const nothing = { period: null, category: null };
  if (element === undefined) return nothing;
  let text: string;
  try {
    text = new TextDecoder().decode(await altinn.data(instance.id, element.id, signal));
  } catch (error) {
    if (error instanceof ServiceError && error.kind !== "cancelled") return nothing;
    throw error;
  }
  const { root } = parseXml(text);
  const taxPeriod = root === null ? null : childNamed(root, "skattleggingsperiode");
  const value = taxPeriod === null ? null : childNamed(taxPeriod, "periode")?.children[0]?.text.trim();
  const year = taxPeriod === null ? null : childNamed(taxPeriod, "aar")?.text.trim();
  const category = root === null ? null : childNamed(root, "meldingskategori")?.text.trim();
  return {
    period: value !== undefined && value !== null && value !== "" ? `${value} ${year ?? ""}`.trim() : null,
    category: category !== undefined && category !== null && category !== "" ? category : null,
  };
}
