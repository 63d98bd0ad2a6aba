import { editDistance } from "./editDistance.ts";

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
  return Math.abs(left.length - right.length) <= most && editDistance(left, right) <= most;
}
