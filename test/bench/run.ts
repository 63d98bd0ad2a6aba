/**
 * `npm run bench`: bundles the measurements as the product is bundled (a source loader would slow the code down that
 * it measures), packages the product, runs them, and prints figures as JSON and as a table. Figures never make it fail.
 */
import { spawnSync } from "node:child_process";
import { build, type BuildOptions } from "esbuild";
import { packageExtension } from "../workbench/project.ts";

await packageExtension();

const common = {
  outdir: "out",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
} satisfies BuildOptions;
await build({
  ...common,
  entryPoints: ["test/bench/bench.ts"],
  splitting: true,
  chunkNames: "bench-[name]-[hash]",
  external: ["xsd-schema-validator"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
// One file with nothing else in it: what is shared with the measurements would be a file more to load.
await build({ ...common, entryPoints: ["test/bench/codeLists.ts"] });
const { status } = spawnSync(process.execPath, ["--expose-gc", "out/bench.js", ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
