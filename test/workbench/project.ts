import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { lastLines } from "./debian.ts";
import { npmCommand } from "./npm.ts";
import { runCommand } from "./processes.ts";

/** The project's folder, absolute. */
export const projectRoot = resolve(import.meta.dirname, "..", "..");

/**
 * Builds the bundles into `dist/`; with `MVA_NO_BUILD=1` takes those that are there, so that a runner of several suites
 * builds once. Throws with the bundler's words when that fails.
 */
export async function buildProject(): Promise<void> {
  if (process.env["MVA_NO_BUILD"] === "1") return;
  const { code, output } = await runCommand(process.execPath, ["esbuild.mjs"], { cwd: projectRoot });
  if (code !== 0) throw new Error(`The build failed:\n${lastLines(output, 40)}`);
  if (!existsSync(join(projectRoot, "dist", "extension.cjs"))) throw new Error("The build made no dist/extension.cjs.");
}

/** The folder that `npm run package` puts the extension together in: what is in the .vsix is chosen from it. */
export const packageFolder = join(projectRoot, "out", "package");

/** Packages the extension with `npm run package`, as it is published. Returns the .vsix file, absolute. */
export async function packageExtension(): Promise<string> {
  const file = join(projectRoot, "out", "mva-melding.vsix");
  await mkdir(join(projectRoot, "out"), { recursive: true });
  await rm(file, { force: true });
  const [command, ...before] = npmCommand();
  const { code, output } = await runCommand(command, [...before, "run", "--silent", "package"], { cwd: projectRoot });
  if (code !== 0 || !existsSync(file))
    throw new Error(`The extension could not be packaged:\n${lastLines(output, 40)}`);
  return file;
}
