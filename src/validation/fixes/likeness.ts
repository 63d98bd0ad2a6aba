import { editDistance } from "../../vatReturn/editDistance.ts";

/** As many ways out as a menu can show. */
const mostOffered = 10;

/** Legal values, those first that look most like what was written; equally near ones keep their order. */
export function byLikeness(written: string, candidates: readonly string[]): readonly string[] {
  const plain = written.trim().slice(0, 80).toLowerCase();
  const ordered = candidates.map((candidate) => ({
    candidate,
    distance: plain === "" ? 0 : editDistance(plain, candidate.toLowerCase()),
  }));
  return ordered
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostOffered)
    .map(({ candidate }) => candidate);
}
