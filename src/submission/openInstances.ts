import type { AltinnClient } from "../services/altinn/client.ts";
import type { Instance } from "../services/altinn/wire.ts";
import { ServiceError } from "../services/serviceError.ts";
import type { ServiceErrorKind } from "../services/serviceError.ts";
import type { Journal } from "./journal.ts";

/** Refusals of the search itself: asking another way may help. */
const refused: ReadonlySet<ServiceErrorKind> = new Set(["badRequest", "forbidden", "notFound", "unexpectedStatus"]);

/** Whose instances are looked for, and what is known already that helps to find them. */
export interface Search {
  readonly organisationNumber: string;
  readonly appUrl: string;
  readonly journals: readonly Journal[];
}

/**
 * The unfinished instances of an organisation. The platform's search tells all of each at once; where it refuses, the
 * app's own list of active instances is read, and each instance after it. That list wants Altinn's number of the
 * organisation, which an earlier submission has to know.
 */
export async function openInstancesOf(
  search: Search,
  altinn: AltinnClient,
  signal: AbortSignal | undefined,
): Promise<readonly Instance[]> {
  try {
    return await altinn.openInstances(search.organisationNumber, signal);
  } catch (error) {
    const partyId = partyIdOf(search);
    if (!(error instanceof ServiceError) || !refused.has(error.kind) || partyId === null) throw error;
    return activeInstancesOf(partyId, altinn, signal);
  }
}

async function activeInstancesOf(
  partyId: string,
  altinn: AltinnClient,
  signal: AbortSignal | undefined,
): Promise<readonly Instance[]> {
  const found: Instance[] = [];
  for (const { id } of await altinn.activeInstances(partyId, signal)) {
    try {
      found.push(await altinn.instance(id, signal));
    } catch (error) {
      // Deleted meanwhile, or somebody else's: nothing that could be gone on with.
      const isGone = error instanceof ServiceError && (error.kind === "notFound" || error.kind === "forbidden");
      if (!isGone) throw error;
    }
  }
  return found;
}

/** An instance's id begins with Altinn's number of its owner. */
function partyIdOf({ organisationNumber, appUrl, journals }: Search): string | null {
  const known = journals.find(
    (journal) =>
      journal.instanceId !== null &&
      journal.organisationNumber === organisationNumber &&
      journal.environment.appUrl === appUrl,
  );
  return known?.instanceId?.split("/")[0] ?? null;
}
