import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** How the tests of a run went. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** Names the file that a suite's counts are written to, for whoever runs several suites. */
const countsFileVariable = "MVA_TEST_COUNTS";

/** The environment that makes a suite leave its counts in `file`. */
export function countsEnvironment(file: string): Record<string, string> {
  return { [countsFileVariable]: file };
}

/** Leaves the counts where `countsEnvironment` asked for them; does nothing when nobody asked. */
export async function reportCounts(counts: Counts): Promise<void> {
  const file = process.env[countsFileVariable];
  if (file === undefined || file === "") return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(counts));
}

/** The counts a suite has left in `file`, or undefined when it left none. */
export async function readCounts(file: string): Promise<Counts | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Counts;
  } catch {
    return undefined;
  }
}
