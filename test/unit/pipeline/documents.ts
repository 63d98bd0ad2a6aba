import { readdirSync, readFileSync } from "node:fs";
import { returnWith } from "../../bench/returns.ts";

/** Documents to start changing from: every sample, and returns with few and many lines. */
export function startingDocuments(): readonly string[] {
  const samples = readdirSync("samples")
    .filter((name) => name.endsWith(".xml"))
    .sort()
    .map((name) => readFileSync(`samples/${name}`, "utf8"));
  return [...samples, returnWith(0), returnWith(1), returnWith(8)];
}
