/**
 * `npm start`: builds the extension and opens a real VS Code with it and the samples: an installed one with a profile of
 * its own if there is one, else the one that npm carries, in the browser. `npm start -- --browser` always takes that.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findDesktopCode, hasDisplay, rootFlags, type DesktopCode } from "./desktop.ts";
import { cacheFolder, lowestHost, newestHost } from "./hostVersions.ts";
import { ensureHost } from "./install.ts";
import { startTree } from "./processes.ts";
import { buildProject, packageExtension, projectRoot } from "./project.ts";
import { endWith, say } from "./say.ts";
import { startServer, type ServerOptions, type WorkbenchServer } from "./server.ts";

/** The browser keeps what a person sets in the workbench by address, so the port stays the same while it is free. */
const usualPort = 8196;
const samples = join(projectRoot, "samples");
/** The return that shows most at once. */
const firstFile = join(samples, "many-mistakes.xml");

await endWith(async () => {
  const { values } = parseArgs({
    options: { browser: { type: "boolean", default: false }, port: { type: "string" } },
  });
  const desktop = values.browser ? { reason: "--browser was asked for" } : await findDesktopCode(lowestHost.vscode);
  if ("command" in desktop) return openDesktop(desktop);
  say(`VS Code from npm is used: ${desktop.reason}.`);
  return openInBrowser(values.port === undefined ? undefined : Number(values.port));
});

async function openDesktop({ command, version, shell }: DesktopCode): Promise<number> {
  const profile = join(cacheFolder(), "desktop-profile");
  say("Building the extension …");
  await buildProject();
  say(`Opening the installed VS Code ${version} with a profile of its own (${profile}).`);
  explain("Close its window or press Ctrl-C here to stop.");
  const args = [
    ...rootFlags(),
    "--user-data-dir",
    join(profile, "data"),
    "--extensions-dir",
    join(profile, "extensions"),
    "--extensionDevelopmentPath",
    projectRoot,
    "--disable-workspace-trust",
    "--skip-welcome",
    "--new-window",
    "--wait",
    samples,
    ...(existsSync(firstFile) ? [firstFile] : []),
  ];
  const child = startTree(command, shell ? args.map((arg) => `"${arg}"`) : args, { stdio: "inherit", shell });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

async function openInBrowser(port: number | undefined): Promise<number> {
  const host = await ensureHost(newestHost, say);
  say("Building the extension …");
  // Installed as it is published: VS Code shows no toasts where it loads an extension from its folder in the browser.
  const vsix = await packageExtension();
  const server = await startOnPort({ host, vsix, driven: false, dataFolder: join(cacheFolder(), "start") }, port);
  const file = existsSync(firstFile) ? { file: firstFile } : {};
  const url = server.shortUrl({ folder: samples, ...file });
  say(`\nVS Code ${newestHost.vscode} with the extension and the samples is ready:\n\n  ${url}\n`);
  say(openBrowser(url) ? "Your browser opens it now." : "Open this address in a browser on this machine.");
  explain("Press Ctrl-C here to stop.");
  await server.ended;
  throw new Error(`VS Code's server has ended by itself.\n${server.output()}`);
}

/** Takes the port asked for, or the usual one, or, when that is taken, any. */
async function startOnPort(options: ServerOptions, port: number | undefined): Promise<WorkbenchServer> {
  try {
    return await startServer({ ...options, port: port ?? usualPort });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    if (port !== undefined) throw new Error(`Port ${port} is taken; choose another with npm start -- --port NUMBER.`);
    return startServer(options);
  }
}

function explain(howToStop: string): void {
  say(
    [
      "",
      "Where to look: the editor underlines what is wrong in samples/many-mistakes.xml; every finding stands in the",
      "Problems panel (Ctrl+Shift+M, on a Mac Cmd+Shift+M). Press F1 and type MVA for the commands.",
      "To sign in: the Accounts menu (bottom left), Sign in with ID-porten (sandbox). The sandbox starts by itself, and",
      "its page lists invented persons to choose from.",
      howToStop,
      "",
    ].join("\n"),
  );
}

/** Asks the system to open an address. False where there is no desktop to do so. */
function openBrowser(url: string): boolean {
  if (!hasDisplay() || process.env["CI"] !== undefined) return false;
  const [command, args] = opener(url);
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  // The address has been printed: without an opener the person still has it.
  child.on("error", () => undefined);
  child.unref();
  return true;
}

function opener(url: string): readonly [string, string[]] {
  if (process.platform === "darwin") return ["open", [url]];
  if (process.platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", url]];
  return ["xdg-open", [url]];
}
