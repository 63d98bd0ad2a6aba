import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { canInstallDebianPackages, installDebianPackages } from "./debian.ts";
import { findCommand, isExecutable } from "./executables.ts";

const commandNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

/**
 * The executable of a Chromium, Chrome or Edge: the one `MVA_CHROMIUM` names, else one that is installed, else (as
 * root on Debian) the distribution's own, installed now. Throws with the command to run when there is none.
 */
export async function ensureChromium(say: (line: string) => void): Promise<string> {
  const named = process.env["MVA_CHROMIUM"];
  if (named !== undefined && named !== "") {
    if (!isExecutable(named)) throw new Error(`MVA_CHROMIUM names ${named}, which is not an executable file.`);
    return named;
  }
  const found = findChromium();
  if (found !== undefined) return found;
  if (canInstallDebianPackages()) {
    await installDebianPackages(["chromium", "fonts-liberation"], say);
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    [
      "No Chromium, Chrome or Edge was found, and the tests in a real VS Code need one.",
      `Install it with: ${installCommand()}`,
      "or let the environment variable MVA_CHROMIUM name the executable of one that is installed.",
    ].join("\n"),
  );
}

/** The executable of an installed Chromium, Chrome or Edge, or undefined. Looks, installs nothing. */
export function findChromium(): string | undefined {
  return [...onPath(), ...usualPlaces(), ...playwrightCache()].find(isExecutable);
}

function onPath(): string[] {
  return commandNames.map((name) => findCommand(name)).filter((file) => file !== undefined);
}

function usualPlaces(): string[] {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].flatMap((name) =>
      ["/Applications", join(homedir(), "Applications")].map((root) =>
        join(root, `${name}.app`, "Contents", "MacOS", name),
      ),
    );
  }
  if (process.platform === "win32") {
    const roots = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].map((name) => process.env[name]);
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => [
        join(root, "Google", "Chrome", "Application", "chrome.exe"),
        join(root, "Chromium", "Application", "chrome.exe"),
        join(root, "Microsoft", "Edge", "Application", "msedge.exe"),
      ]);
  }
  return ["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) =>
    commandNames.map((name) => join(folder, name)),
  );
}

/** Browsers that Playwright has downloaded for another project, newest first. */
function playwrightCache(): string[] {
  const roots: Partial<Record<NodeJS.Platform, string>> = {
    linux: join(homedir(), ".cache", "ms-playwright"),
    darwin: join(homedir(), "Library", "Caches", "ms-playwright"),
    win32: join(homedir(), "AppData", "Local", "ms-playwright"),
  };
  const root = process.env["PLAYWRIGHT_BROWSERS_PATH"] ?? roots[process.platform];
  if (root === undefined || !existsSync(root)) return [];
  const executables = [
    join("chrome-linux", "chrome"),
    join("chrome-linux64", "chrome"),
    join("chrome-mac", "Chromium.app", "Contents", "MacOS", "Chromium"),
    join("chrome-win", "chrome.exe"),
    join("chrome-win64", "chrome.exe"),
  ];
  return readdirSync(root)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((name) => executables.map((executable) => join(root, name, executable)));
}

function installCommand(): string {
  if (process.platform === "darwin") return "brew install --cask chromium";
  if (process.platform === "win32") return "winget install Google.Chrome";
  if (existsSync("/usr/bin/apt-get")) return "sudo apt-get update && sudo apt-get install -y chromium";
  if (existsSync("/usr/bin/dnf")) return "sudo dnf install -y chromium";
  return "your distribution's package manager (package chromium)";
}
