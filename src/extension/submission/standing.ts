import type { Journal } from "../../submission/journal.ts";

/** Whether something is left to do that begins with looking at Altinn. */
export function mayResume({ state }: Journal): boolean {
  return state === "prepared" || state === "open" || state === "readyToSign" || state === "waiting";
}

/** Whether only the verdict is missing. */
export function mayCheck({ state }: Journal): boolean {
  return state === "waiting";
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
