import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Context } from "mocha";

/** The folder with the official files, or null where there is none. `MVA_REFERENCE_DATA` names another one. */
export function referenceData(): string | null {
  const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
  const folder = process.env["MVA_REFERENCE_DATA"] ?? join(projectRoot, "../shared/reference/data");
  return existsSync(folder) ? folder : null;
}

/** Skips the test, saying so, where the official files are not at hand. */
export function requireReferenceData(test: Context): string {
  const folder = referenceData();
  if (folder !== null) return folder;
  process.stdout.write("    official files not found: set MVA_REFERENCE_DATA to run this test\n");
  return test.skip();
}
