import { performance } from "node:perf_hooks";

/** Something to time. What it returns is kept alive until the clock has been read, and not looked at. */
export interface Candidate {
  readonly name: string;
  readonly run: () => unknown;
}

/** Milliseconds. */
export interface Timing {
  readonly runs: number;
  readonly median: number;
  readonly p95: number;
}

/**
 * Times all candidates in turn, round by round, so that what slows the machine down for a while slows all of them.
 * @param warmUp rounds that are not counted
 */
export async function interleaved(
  candidates: readonly Candidate[],
  rounds: number,
  warmUp: number,
): Promise<ReadonlyMap<string, Timing>> {
  const times = new Map(candidates.map(({ name }) => [name, [] as number[]]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const { name, run } of candidates) {
      const start = performance.now();
      await run();
      const time = performance.now() - start;
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  return new Map([...times].map(([name, values]) => [name, timingOf(values)]));
}

export function timingOf(values: readonly number[]): Timing {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return { runs: sorted.length, median: at(0.5), p95: at(0.95) };
}
