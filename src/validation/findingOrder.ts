import type { Finding } from "./finding.ts";

/** Sorts findings by the position where they begin, then by rule; the narrower of two goes first. */
export function byPosition(a: Finding, b: Finding): number {
  return a.range.start - b.range.start || compareTexts(a.rule ?? "", b.rule ?? "") || a.range.end - b.range.end;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
