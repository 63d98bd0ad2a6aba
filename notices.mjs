import { readdir, readFile } from "node:fs/promises";

/**
 * The licences of everything that esbuild has taken into the bundles, as one text: what those licences ask for when
 * their software is passed on.
 * @param metafiles what esbuild tells of each bundle
 */
export async function thirdPartyNotices(metafiles) {
  const folders = new Set(metafiles.flatMap(includedFiles).map(packageFolder));
  folders.delete(null);
  const sections = await Promise.all([...folders].sort().map(notice));
  return [
    "MVA-melding contains the software named below. Each part keeps its own licence, which follows its name.\n",
    ...sections,
  ].join(`\n${"-".repeat(80)}\n\n`);
}

/** Files of which something has ended up in the bundle. */
function includedFiles({ outputs }) {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
}

/** The folder of the package that a file belongs to; null for the project's own files. */
function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? null;
}

async function notice(folder) {
  const { name, version, license, homepage } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file)).sort();
  if (files.length === 0 && license === undefined) throw new Error(`${name} names no licence.`);
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
  const heading = [`${name} ${version}`, `Licence: ${license ?? "see below"}`, homepage].filter(Boolean).join("\n");
  return [heading, ...texts.map((text) => text.replaceAll("\r\n", "\n").trim())].join("\n\n") + "\n";
}
