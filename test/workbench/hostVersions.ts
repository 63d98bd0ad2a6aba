import { homedir } from "node:os";
import { join } from "node:path";

/** One real VS Code that npm carries: the `code-server` release, the VS Code inside it, the Node it runs on. */
export type HostVersion = {
  readonly vscode: string;
  readonly codeServer: string;
  readonly node: string;
};

/** The newest VS Code the tests run in. */
export const newestHost: HostVersion = { vscode: "1.139.1", codeServer: "4.139.1", node: "24.21.0" };

/** The lowest VS Code that `engines.vscode` in package.json admits. */
export const lowestHost: HostVersion = { vscode: "1.96.4", codeServer: "4.96.4", node: "20.20.0" };

/** Raise when the layout of an installed host changes, so that older cached folders are left alone. */
const layout = 1;

/**
 * The folder a host is installed into: `MVA_VSCODE_HOST_CACHE` (one sub-folder a version), or the
 * user's cache folder as the platform has it. Always outside the project, kept between runs.
 */
export function hostFolder(version: HostVersion): string {
  return join(cacheFolder(), `vscode-host-${version.vscode}-${layout}`);
}

/** The project's folder in the user's cache, or the one that `MVA_VSCODE_HOST_CACHE` names. */
export function cacheFolder(): string {
  const own = process.env["MVA_VSCODE_HOST_CACHE"];
  if (own !== undefined && own !== "") return own;
  return join(userCacheFolder(), "mva-melding");
}

function userCacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: localAppData } = process.env;
  if (process.platform === "win32") return localAppData ?? join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return xdg !== undefined && xdg !== "" ? xdg : join(homedir(), ".cache");
}
