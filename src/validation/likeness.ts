const longestCompared = 80;

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
    const distance = wordDistance(plain, normalised(candidate));
    if (distance < least) [best, least, tied] = [candidate, distance, false];
    else if (distance === least) tied = true;
  }
  const allowed = plain.length <= 2 ? 0 : plain.length <= 5 ? 1 : plain.length <= 10 ? 2 : 3;
  return tied || least > allowed ? null : best;
}

/**
 * How many letters must be put in, taken out, replaced or swapped with their neighbour to turn `a` into `b`
 * (Damerau-Levenshtein, optimal string alignment).
 */
export function wordDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let least = (previous[column - 1] ?? 0) + (same ? 0 : 1);
      least = Math.min(least, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const swapped =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
      if (swapped) least = Math.min(least, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(least);
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[b.length] ?? 0;
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
