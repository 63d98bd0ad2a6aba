import { editDistance } from "../vatReturn/editDistance.ts";

/** The candidate that differs least from what was typed, or null where none is close enough to be meant. */
export function closestTo(typed: string, candidates: readonly string[]): string | null {
  let closest: string | null = null;
  let least = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(typed, candidate);
    if (distance < least) [closest, least] = [candidate, distance];
  }
  return closest;
}
