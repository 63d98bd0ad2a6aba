import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startFront } from "./front.ts";
import type { InstalledHost } from "./install.ts";
import { endTree, onInterrupt, runCommand, startTree } from "./processes.ts";
import { lastLines } from "./debian.ts";

export type ServerOptions = {
  readonly host: InstalledHost;
  /** The port to answer on; 0 or left out means any free one. */
  readonly port?: number;
  /** Settings of the machine, beside the ones that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the user: the place of those that neither a machine nor a workspace may give. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** The display language, by default English. VS Code's own words stay English: there is no pack for them here. */
  readonly language?: "en" | "nb";
  /** Whether Workspace Trust is on (Restricted Mode exists). Left out: off. */
  readonly workspaceTrust?: boolean;
  /** A packaged extension to install before the start. */
  readonly vsix?: string;
  /**
   * Whether a program drives the workbench. Left out: yes. VS Code then loads extensions from their folders and shows no
   * toasts; a person gets the toasts, and the extension from `vsix` only.
   */
  readonly driven?: boolean;
  /** Where server data (settings, extensions, logs) is kept; left out: a temporary folder that `stop` removes. */
  readonly dataFolder?: string;
  readonly environment?: Readonly<Record<string, string>>;
};

export type PageOptions = {
  /** The folder to open, absolute. */
  readonly folder?: string;
  /** Or the `.code-workspace` file to open, absolute. */
  readonly workspace?: string;
  /** A file to show at once, absolute. */
  readonly file?: string;
  /** The folder of the extension to load for development, absolute. */
  readonly extension?: string;
  /** The module whose `run()` the extension host is to call, absolute. */
  readonly tests?: string;
  /** How much the window and its extensions log; left out: as usual. */
  readonly logLevel?: "trace";
};

export type WorkbenchServer = {
  readonly port: number;
  readonly dataFolder: string;
  /** What the server has printed so far. */
  output(): string;
  /** The address that opens a workbench. */
  pageUrl(options: PageOptions): string;
  /** A short address that leads to `pageUrl(options)`, for people to type or click. */
  shortUrl(options: PageOptions): string;
  /** Resolves when the server ends by itself; never when `stop` ends it. */
  readonly ended: Promise<void>;
  /** Ends every process of the server and removes its temporary folder. */
  stop(): Promise<void>;
};

/** Keeps the workbench quiet: no welcome page, no gallery look-ups, no chat, no surveys. */
const quietSettings: Readonly<Record<string, unknown>> = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "remote.autoForwardPorts": false,
  "git.enabled": false,
  // In a browser VS Code saves by itself; what is tried out on the samples is saved when it is meant to be.
  "files.autoSave": "off",
  "terminal.integrated.enablePersistentSessions": false,
};

const startMilliseconds = 60_000;

/** Starts VS Code's own server on loopback and waits until it listens. Throws with its last lines when it does not. */
export async function startServer(options: ServerOptions): Promise<WorkbenchServer> {
  const { host, language = "en" } = options;
  const temporary = options.dataFolder === undefined ? await mkdtemp(join(tmpdir(), "mva-vscode-")) : undefined;
  const dataFolder = options.dataFolder ?? temporary ?? "";
  const socketFolder = await mkdtemp(join(tmpdir(), "mva-"));
  const socketPath =
    process.platform === "win32" ? `\\\\.\\pipe\\mva-${process.pid}-${Date.now()}` : join(socketFolder, "server");
  const folders = ["--server-data-dir", join(dataFolder, "server"), "--extensions-dir", join(dataFolder, "extensions")];
  await writeSettings(dataFolder, "Machine", { ...quietSettings, ...options.settings });
  if (options.userSettings !== undefined) await writeSettings(dataFolder, "User", options.userSettings);
  if (language !== "en") await writeLanguagePack(dataFolder, language);
  if (options.vsix !== undefined) await installVsix(host, folders, options.vsix);

  const front = await startFront(options.port ?? 0);
  const trust = options.workspaceTrust === true ? [] : ["--disable-workspace-trust"];
  const driver = options.driven === false ? [] : ["--enable-smoke-test-driver"];
  const flags = ["--without-connection-token", "--accept-server-license-terms", ...driver];
  const child = startTree(
    host.node,
    [
      host.serverMain,
      "--socket-path",
      socketPath,
      ...flags,
      "--locale",
      language,
      "--telemetry-level",
      "off",
      ...folders,
      ...trust,
    ],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...cleanEnvironment(), ...options.environment, VSCODE_PROXY_URI: front.proxyUri },
    },
  );
  let stopping = false;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      if (!stopping) resolve();
    });
  });
  let output = "";
  const stop = async (): Promise<void> => {
    stopping = true;
    forget();
    await endTree(child);
    await front.stop();
    for (const folder of [socketFolder, temporary]) {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  };
  const forget = onInterrupt(stop);
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("it did not listen within a minute")), startMilliseconds);
      const take = (chunk: Buffer): void => {
        output += chunk.toString("utf8");
        if (/agent listening on/.test(output)) {
          clearTimeout(timer);
          resolve();
        }
      };
      child.stdout?.on("data", take);
      child.stderr?.on("data", take);
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`it ended with code ${String(code)}`)));
    });
  } catch (error) {
    await stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`VS Code's server did not start: ${reason}.\n${lastLines(output)}`);
  }
  front.passOnTo(socketPath);
  return {
    port: front.port,
    dataFolder,
    output: () => output,
    ended,
    pageUrl: (page) => pageUrl(front.port, page),
    shortUrl: (page) => front.shorten(pageUrl(front.port, page)),
    stop,
  };
}

/** The environment without marks of a VS Code, an npm or a test runner that this process itself runs in. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|NODE_ENV$)/.test(name)),
  );
}

async function writeSettings(
  dataFolder: string,
  place: "Machine" | "User",
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const folder = join(dataFolder, "server", "data", place);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "settings.json"), JSON.stringify(settings, undefined, 2));
}

/**
 * Registers a language pack without a single translation: VS Code takes a display language only when a pack for it is
 * installed, and then asks every extension for its own words in that language.
 */
async function writeLanguagePack(dataFolder: string, language: string): Promise<void> {
  const folder = join(dataFolder, "server", "data");
  const translations = join(folder, `language-pack-${language}.json`);
  const extensions = [{ extensionIdentifier: { id: `mva-melding.language-pack-${language}` }, version: "1.0.0" }];
  const pack = { hash: language, label: language, extensions, translations: { vscode: translations } };
  await writeFile(translations, JSON.stringify({ version: "1.0.0", contents: {} }));
  await writeFile(join(folder, "languagepacks.json"), JSON.stringify({ [language]: pack }));
}

async function installVsix(host: InstalledHost, folders: readonly string[], vsix: string): Promise<void> {
  const args = [host.serverMain, "--install-extension", vsix, "--force", "--accept-server-license-terms", ...folders];
  const { code, output } = await runCommand(host.node, args, { env: cleanEnvironment() });
  if (code !== 0 || !/successfully installed/.test(output)) {
    throw new Error(`VS Code did not install ${vsix}:\n${lastLines(output)}`);
  }
}

function pageUrl(port: number, { folder, workspace, file, extension, tests, logLevel }: PageOptions): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (folder !== undefined) url.searchParams.set("folder", pathOnHost(folder));
  if (workspace !== undefined) url.searchParams.set("workspace", pathOnHost(workspace));
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${pathOnHost(file)}`;
  const payload: string[][] = [];
  if (file !== undefined) payload.push(["openFile", remote(file)]);
  if (extension !== undefined) payload.push(["extensionDevelopmentPath", remote(extension)]);
  if (tests !== undefined) payload.push(["extensionTestsPath", remote(tests)]);
  if (logLevel !== undefined) payload.push(["logLevel", logLevel]);
  if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}

/** `/c:/folder` for `C:\folder`, the path itself elsewhere. */
function pathOnHost(file: string): string {
  return decodeURIComponent(pathToFileURL(file).pathname);
}
