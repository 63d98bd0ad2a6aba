/** Writes one page for each rule, and the table of all of them, beside this file. Run by `npm run docs`. */
import { readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rulePages } from "../../src/validation/rules/documentation.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const pages = rulePages();
for (const name of await readdir(folder)) {
  if (name.endsWith(".md") && !pages.has(name)) await rm(join(folder, name));
}
for (const [name, text] of pages) await writeFile(join(folder, name), text);
