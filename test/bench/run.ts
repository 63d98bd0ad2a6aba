/**
 * `npm run bench`: bundles the measurements as the product is bundled (a source loader would slow the code down that
 * it measures), packages the product, runs them, and prints figures as JSON and as a table. Figures never make it fail.
 */
import { spawnSync } from "node:child_process";
import { build } from "esbuild";
import { packageExtension } from "../workbench/project.ts";

await packageExtension();

await build({
  entryPoints: { bench: "test/bench/bench.ts", codeLists: "test/bench/codeLists.ts" },
  outdir: "out",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  splitting: true,
  chunkNames: "bench-[name]-[hash]",
  external: ["xsd-schema-validator"],
  logLevel: "warning",
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
const { status } = spawnSync(process.execPath, ["--expose-gc", "out/bench.js", ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
