import type { Journal } from "../../submission/journal.ts";
import { hasReceipt } from "../../submission/standing.ts";

/** Whether something is left to do that begins with looking at Altinn. */
export function mayResume({ state }: Journal): boolean {
  return state === "prepared" || state === "open" || state === "readyToSign" || state === "waiting";
}

/** Whether only something of the authority's is missing: the verdict, or the receipt after it. */
export function mayCheck(journal: Journal): boolean {
  return journal.state === "waiting" || (journal.state === "finished" && !hasReceipt(journal));
}

/** Whether there is a draft, or may be one, that can be deleted. */
export function mayAbandon({ state }: Journal): boolean {
  return state === "prepared" || state === "open" || state === "readyToSign";
}

/** Whether nothing can be lost that is not at the authority too. */
export function mayDelete({ state, instanceId, intent }: Journal): boolean {
  if (state === "finished" || state === "abandoned") return true;
  return state === "prepared" && instanceId === null && intent === null;
}
