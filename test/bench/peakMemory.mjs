/** Loaded into a process that is measured: leaves its peak memory, in kB, in the file named by MVA_PEAK_MEMORY. */
import { writeFileSync } from "node:fs";

const file = process.env.MVA_PEAK_MEMORY;
if (file !== undefined) process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
