/**
 * Packages the extension as it is published, into out/mva-melding.vsix. It is put together in a folder of its own,
 * out/package: dist/ keeps the bundles that are being worked with.
 */
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createVSIX } from "@vscode/vsce";

const folder = "out/package";
/** What .vscodeignore chooses from, beside the bundles. */
const parts = [
  ".vscodeignore",
  "package.json",
  "package.nls.json",
  "package.nls.nb.json",
  "CHANGELOG.md",
  "LICENSE",
  "docs/rules",
  "docs/integration.md",
  "l10n",
  "media",
  "schemas",
];

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const part of parts) await cp(part, `${folder}/${part}`, { recursive: true });
await writeFile(`${folder}/README.md`, withoutRelativeLinks(await readFile("README.md", "utf8")));
execFileSync(process.execPath, ["esbuild.mjs", "--production", `--outdir=${folder}/dist`], { stdio: "inherit" });
await createVSIX({
  cwd: folder,
  packagePath: "out/mva-melding.vsix",
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});

/** The page of an installed extension follows no links to the project's files: they become plain words. */
function withoutRelativeLinks(markdown) {
  return markdown.replaceAll(/(?<!!)\[([^\]]+)\]\((?![a-z]+:)[^)]+\)/g, "$1");
}
