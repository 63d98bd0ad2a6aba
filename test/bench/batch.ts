import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { returnWith } from "./returns.ts";

/** Loaded into the measured process: leaves its peak memory, in kB, in the file named by MVA_PEAK_MEMORY. */
const peakMemoryHook = `data:text/javascript,${encodeURIComponent(
  'import { writeFileSync } from "node:fs";' +
    'process.on("exit", () => writeFileSync(process.env.MVA_PEAK_MEMORY, String(process.resourceUsage().maxRSS)));',
)}`;

export interface ProcessFigures {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly exitCode: number;
}

/** Judges a folder of that many returns with the built `mva validate`, report and all. */
export async function measureBatch(cli: string, documents: number, lines: number): Promise<ProcessFigures> {
  const folder = mkdtempSync(join(tmpdir(), "mva-batch-"));
  try {
    for (let index = 0; index < documents; index++)
      writeFileSync(join(folder, `return-${String(index).padStart(6, "0")}.xml`), returnWith(lines, index));
    return await measureProcess([cli, "validate", "--format", "json", "--today", "2026-06-15", folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs Node with these arguments, its output thrown away. */
export async function measureProcess(nodeArguments: readonly string[]): Promise<ProcessFigures> {
  const folder = mkdtempSync(join(tmpdir(), "mva-process-"));
  const peakFile = join(folder, "peak");
  try {
    const start = performance.now();
    const child = spawn(process.execPath, ["--import", peakMemoryHook, ...nodeArguments], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, MVA_PEAK_MEMORY: peakFile },
    });
    const [exitCode] = (await once(child, "exit")) as [number | null];
    const seconds = (performance.now() - start) / 1000;
    return { seconds, peakMegabytes: Number(readFileSync(peakFile, "utf8")) / 1024, exitCode: exitCode ?? -1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
