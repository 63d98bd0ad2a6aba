/** Longer than any name on the wire. */
const longestCompared = 40;

/** Whether two names look like one name and its misspelling: other case, cut short, or a letter or two off. */
export function resembles(a: string, b: string): boolean {
  if (a.length > longestCompared || b.length > longestCompared) return a === b;
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  if (left === right) return true;
  const shorter = Math.min(left.length, right.length);
  if (shorter < 3) return false;
  if (left.startsWith(right) || right.startsWith(left)) return true;
  const most = shorter < 6 ? 1 : 2;
  return editDistance(left, right, most) <= most;
}

/**
 * Levenshtein distance; anything above `most` where it is more than that. Time grows with the product of the lengths:
 * for short texts only.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    if (Math.min(...current) > most) return most + 1;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
