import { editDistance } from "../vatReturn/editDistance.ts";

const longestCompared = 80;
/** As many ways out as a menu can show. */
const mostOffered = 10;

/**
 * The candidate that was probably meant, or null where none is near enough or two are equally near. Case, white space
 * around the value, leading zeros and Norwegian letters written as on the wire (`æ` as `ae`) do not count.
 */
export function likeliest(written: string, candidates: readonly string[]): string | null {
  if (written.length > longestCompared) return null;
  const plain = normalised(written);
  if (plain === "") return null;
  let best: string | null = null;
  let least = Infinity;
  let tied = false;
  for (const candidate of candidates) {
    const distance = editDistance(plain, normalised(candidate));
    if (distance < least) [best, least, tied] = [candidate, distance, false];
    else if (distance === least) tied = true;
  }
  const allowed = plain.length <= 2 ? 0 : plain.length <= 5 ? 1 : plain.length <= 10 ? 2 : 3;
  return tied || least > allowed ? null : best;
}

/** Legal values, those first that look most like what was written; equally near ones keep their order. */
export function byLikeness(written: string, candidates: readonly string[]): readonly string[] {
  const plain = written.trim().slice(0, longestCompared).toLowerCase();
  const ordered = candidates.map((candidate) => ({
    candidate,
    distance: plain === "" ? 0 : editDistance(plain, candidate.toLowerCase()),
  }));
  return ordered
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostOffered)
    .map(({ candidate }) => candidate);
}

function normalised(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/\s?[-–—]\s?/g, "-")
    .replace(/\b0+(?=[0-9])/g, "")
    .replaceAll("æ", "ae")
    .replaceAll("ø", "oe")
    .replaceAll("å", "aa");
}
