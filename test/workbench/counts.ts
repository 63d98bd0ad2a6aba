import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** How the tests of a run went. */
export type Counts = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Each test that failed, with its error: repeated at the end, where a long log is read first. */
  readonly failures?: readonly string[];
  /** What needed another go: a test, or a file from its beginning. */
  readonly retried?: readonly string[];
};

/** Names the file that a suite's counts are written to, for whoever runs several suites. */
const variable = "MVA_TEST_COUNTS";

/** The environment that makes a suite leave its counts in `file`. */
export function countsEnvironment(file: string): Record<string, string> {
  return { [variable]: file };
}

/** The file that this suite's counts are wanted in, or undefined when nobody asked. */
export function countsFile(): string | undefined {
  const file = process.env[variable];
  return file === "" ? undefined : file;
}

/** Leaves the counts where they are wanted; does nothing when nobody asked. */
export function reportCounts(counts: Counts): void {
  const file = countsFile();
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
}

/** The counts a suite has left in `file`, or undefined when it left none. */
export function readCounts(file: string): Counts | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Counts) : undefined;
}

export function addCounts(counts: readonly Counts[]): Counts {
  const sum = (pick: (one: Counts) => number): number => counts.reduce((total, one) => total + pick(one), 0);
  return {
    passed: sum((one) => one.passed),
    failed: sum((one) => one.failed),
    skipped: sum((one) => one.skipped),
    failures: counts.flatMap((one) => one.failures ?? []),
    retried: counts.flatMap((one) => one.retried ?? []),
  };
}
