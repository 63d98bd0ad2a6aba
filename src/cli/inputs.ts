import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import picomatch from "picomatch";
import type { Text } from "../vatReturn/text.ts";
import { failureText } from "./failureText.ts";

/** One document to judge. */
export interface Input {
  /** As given, or as found below what was given, with `/`; `-` for standard input. */
  readonly file: string;
  /** Named by itself, so it is reported even when it is no document of ours. */
  readonly explicit: boolean;
}

/** What could not be looked at, and why. */
export interface InputFailure {
  readonly file: string;
  readonly message: Text;
}

export interface Inputs {
  readonly inputs: readonly Input[];
  readonly failures: readonly InputFailure[];
}

/** Where a search starts, and which of the files below it are meant. */
interface Search {
  readonly folder: string;
  /** Deepest level of folders to enter; 0 stays in `folder`. */
  readonly depth: number;
  readonly enters: (folderName: string) => boolean;
  readonly accepts: (pathBelow: string) => boolean;
}

/**
 * Finds the files that the arguments stand for, in the arguments' order, those of one folder or pattern sorted by
 * path. A file that is reached in several ways comes once.
 */
export async function findInputs(givenInputs: readonly string[]): Promise<Inputs> {
  const found = new Map<string, Input>();
  const failures: InputFailure[] = [];
  const remember = (file: string, realPath: string, explicit: boolean): void => {
    const before = found.get(realPath);
    if (before === undefined) found.set(realPath, { file: slashed(file), explicit });
    else if (explicit && !before.explicit) found.set(realPath, { ...before, explicit });
  };
  for (const given of givenInputs) {
    if (given === "-") {
      remember(given, given, true);
      continue;
    }
    const status = await statusOf(given);
    if (status instanceof Error) {
      const search = isMissing(status) ? searchOfPattern(slashed(given)) : null;
      if (search === null) failures.push({ file: slashed(given), message: failureText(status) });
      else {
        const before = failures.length;
        const files = await searchFiles(search, failures);
        // A folder that is not there has been named already.
        if (files.length === 0 && failures.length === before) failures.push({ file: given, message: nothingMatches });
        for (const { file, realPath } of files) remember(file, realPath, false);
      }
    } else if (status.isDirectory()) {
      const files = await searchFiles(searchOfFolder(given), failures);
      for (const { file, realPath } of files) remember(file, realPath, false);
    } else remember(given, await realPathOf(given), true);
  }
  return { inputs: [...found.values()], failures };
}

const nothingMatches: Text = { en: "no file matches this pattern", nb: "ingen fil passer med dette mønsteret" };

/** Every XML file below a folder, dot folders and node_modules aside. */
function searchOfFolder(folder: string): Search {
  return {
    folder,
    depth: Number.POSITIVE_INFINITY,
    enters: (name) => !name.startsWith(".") && name !== "node_modules",
    accepts: (path) => /\.xml$/i.test(path),
  };
}

/** null where the text holds nothing that makes it a pattern. */
function searchOfPattern(pattern: string): Search | null {
  const { base, glob, isGlob, prefix } = picomatch.scan(pattern, { nonegate: true });
  if (!isGlob) return null;
  const matches = picomatch(glob, { nonegate: true });
  const anyDepth = glob.includes("**") || /[({]/.test(glob);
  const entersModules = glob.includes("node_modules");
  const entersDots = /(?:^|[/{,(|])\./.test(glob);
  return {
    folder: base === "" ? (prefix === "" ? "." : prefix) : prefix + base,
    depth: anyDepth ? Number.POSITIVE_INFINITY : glob.split("/").length - 1,
    enters: (name) => (entersDots || !name.startsWith(".")) && (entersModules || name !== "node_modules"),
    accepts: (path) => matches(path),
  };
}

interface FoundFile {
  readonly file: string;
  /** The same for every way to reach the file. */
  readonly realPath: string;
}

async function searchFiles(search: Search, failures: InputFailure[]): Promise<readonly FoundFile[]> {
  const start = withFinalSlash(search.folder);
  const files: FoundFile[] = [];
  const visited = new Set<string>();
  const walk = async (folderBelow: string, depth: number): Promise<void> => {
    const folder = join(search.folder, folderBelow);
    try {
      // A symbolic link may lead back up; each folder is entered once, by its real name.
      const real = await realpath(folder);
      if (visited.has(real)) return;
      visited.add(real);
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        const pathBelow = folderBelow === "" ? entry.name : `${folderBelow}/${entry.name}`;
        const kind = entry.isSymbolicLink() ? await statusOf(join(folder, entry.name)) : entry;
        if (kind instanceof Error) continue; // a link that leads nowhere
        if (kind.isDirectory()) {
          if (depth < search.depth && search.enters(entry.name)) await walk(pathBelow, depth + 1);
        } else if (kind.isFile() && search.accepts(pathBelow)) {
          const realPath = join(real, entry.name);
          files.push({ file: start + pathBelow, realPath: kind === entry ? realPath : await realPathOf(realPath) });
        }
      }
    } catch (error) {
      failures.push({ file: slashed(folder), message: failureText(error) });
    }
  };
  await walk("", 0);
  return files.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

function withFinalSlash(folder: string): string {
  if (folder === ".") return "";
  const plain = slashed(folder);
  return plain.endsWith("/") ? plain : `${plain}/`;
}

/** The path itself where it can't be resolved: reading it will say why. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}

async function statusOf(path: string): Promise<Stats | Error> {
  try {
    return await stat(path);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A pattern's characters may be ones that no file name can hold on the system, so "invalid" counts as missing too. */
function isMissing(error: Error): boolean {
  return "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "EINVAL");
}

/** On Windows both slashes separate folders; elsewhere a backslash is a letter like any other. */
export function slashed(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}
