import { build } from "esbuild";

export const crashingRunScript = "out/test/crashingRun.mjs";

/** Bundles the process that is killed, so that starting it many times takes little. */
export async function buildCrashingRun(): Promise<void> {
  await build({
    entryPoints: ["test/unit/submission/crashingRun.ts"],
    outfile: crashingRunScript,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
}
