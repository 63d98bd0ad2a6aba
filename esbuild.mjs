/**
 * Builds every bundle into dist/. `node esbuild.mjs --watch` rebuilds on change; `--production` minifies;
 * `--only=cli` builds that one; `--outdir=FOLDER` builds into another folder.
 */
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { context, build } from "esbuild";
import { thirdPartyNotices } from "./notices.mjs";

const production = process.argv.includes("--production");
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: !production,
  minify: production,
  legalComments: "none",
  logLevel: "warning",
};
/** ES modules that carry CommonJS dependencies need a `require` of their own. */
const requireBanner = {
  js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
};

/**
 * What is imported on first use becomes a file of its own. libxml2-wasm needs that: its modules import each other in
 * circles and await at top level, and folded into one file they would wait for each other for ever.
 */
const loadedOnUse = (name) => ({ splitting: true, chunkNames: `${name}-[name]-[hash]` });

/**
 * Gives all modules of the bundle one `vscode` between them. By itself esbuild copies the whole API for each module that
 * imports it, which is a good part of the time that the bundle takes to load.
 */
const vscodeOnce = {
  name: "vscode-once",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === "vscode-once" ? { path: "vscode", external: true } : { path: "vscode", namespace: "vscode-once" },
    );
    onLoad({ filter: /.*/, namespace: "vscode-once" }, async () => {
      const types = await readFile("node_modules/@types/vscode/index.d.ts", "utf8");
      const names = types.matchAll(/^\texport (?:class|enum|namespace|const|function) (\w+)/gm);
      const unique = [...new Set([...names].map(([, name]) => name))];
      return { contents: `export const { ${unique.join(", ")} } = require("vscode");`, loader: "js" };
    });
  },
};

const bundles = [
  // The extension's main: small, loaded by VS Code with require().
  {
    entryPoints: { extension: "src/extension/extension.ts" },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    plugins: [vscodeOnce],
  },
  // Everything that judges documents, schema engine included: a worker, loaded on first use.
  {
    entryPoints: { validator: "src/extension/validatorWorker.ts" },
    format: "esm",
    outExtension: { ".js": ".mjs" },
    banner: requireBanner,
    ...loadedOnUse("validator"),
  },
  // Everything that talks to ID-porten, loaded on first use.
  { entryPoints: { signIn: "src/services/idPorten/signInBundle.ts" }, format: "cjs", outExtension: { ".js": ".cjs" } },
  // Validation by the authority, submission and the views, loaded on first use.
  {
    entryPoints: { submission: "src/extension/submission/feature.ts" },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    plugins: [vscodeOnce],
  },
  // Integration files and what makes and checks them, loaded on first use.
  {
    entryPoints: { integration: "src/extension/integration/feature.ts" },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    plugins: [vscodeOnce],
  },
  {
    entryPoints: { cli: "src/cli/main.ts" },
    format: "esm",
    banner: { js: `#!/usr/bin/env node\n${requireBanner.js}` },
    external: ["xsd-schema-validator"],
    ...loadedOnUse("cli"),
  },
  // The provider finds its settings by the names of its classes.
  {
    entryPoints: { sandbox: "src/sandbox/main.ts" },
    format: "esm",
    banner: requireBanner,
    ...loadedOnUse("sandbox"),
    keepNames: true,
  },
].filter((bundle) => Object.values(bundle.entryPoints).every((file) => existsSync(file)));
const only = valueOf("only");
const outdir = valueOf("outdir") ?? "dist";

await mkdir(outdir, { recursive: true });
// What "validate with Java" runs: the helper class of an optional package, which only machines with a JDK have.
const javaHelper = "node_modules/xsd-schema-validator";
for (const part of ["support", "LICENSE"]) {
  if (existsSync(`${javaHelper}/${part}`)) {
    await cp(`${javaHelper}/${part}`, `${outdir}/java/${part}`, { recursive: true });
  }
}
const metafiles = [];
for (const bundle of bundles.filter(({ entryPoints }) => only === undefined || only in entryPoints)) {
  const options = { ...common, ...bundle, outdir };
  if (process.argv.includes("--watch")) {
    await (await context(options)).watch();
    continue;
  }
  const { metafile } = await build({ ...options, metafile: true });
  await removeStale(Object.keys(bundle.entryPoints)[0], metafile);
  metafiles.push(metafile);
}
if (metafiles.length === bundles.length) {
  await writeFile(`${outdir}/THIRD-PARTY-NOTICES.txt`, await thirdPartyNotices(metafiles));
}

/** Takes away the files of earlier builds that carry another hash in their names. */
async function removeStale(name, metafile) {
  const built = new Set(Object.keys(metafile.outputs).map((file) => basename(file)));
  for (const file of await readdir(outdir)) {
    if (file.startsWith(`${name}-`) && !built.has(file)) await rm(`${outdir}/${file}`);
  }
}

function valueOf(option) {
  return process.argv.find((argument) => argument.startsWith(`--${option}=`))?.slice(`--${option}=`.length);
}
