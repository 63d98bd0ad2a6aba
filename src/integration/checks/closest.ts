import { editDistance } from "../../vatReturn/editDistance.ts";

/** Longer than any name that is compared here. */
const longestCompared = 80;

/** The candidate that a word is a slip of the keys away from: at most three letters off. null where there is none. */
export function closestOf(written: string, candidates: readonly string[]): string | null {
  if (written.length > longestCompared) return null;
  const plain = written.trim().toLowerCase();
  const most = plain.length < 8 ? 1 : 3;
  const near = candidates
    .map((candidate) => ({ candidate, distance: editDistance(plain, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance)[0];
  return near?.candidate ?? null;
}
