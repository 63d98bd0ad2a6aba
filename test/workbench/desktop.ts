import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findCommand } from "./executables.ts";
import { runCommand, type CommandResult } from "./processes.ts";

/** How to start an installed VS Code: a command and, on Windows, the need of a shell for its .cmd file. */
export type DesktopCode = { readonly command: string; readonly version: string; readonly shell: boolean };

/** An installed VS Code of at least `lowest` ("1.96.0"), or the reason why there is none to use, for people. */
export async function findDesktopCode(lowest: string): Promise<DesktopCode | { readonly reason: string }> {
  if (process.platform === "linux" && !hasDisplay()) return { reason: "there is no display" };
  if (process.env["VSCODE_IPC_HOOK_CLI"] !== undefined) {
    return { reason: "this terminal belongs to a remote VS Code, whose command opens no extension for development" };
  }
  const command = candidates().find((file) => file !== undefined);
  if (command === undefined) return { reason: "no command called code was found" };
  const shell = command.endsWith(".cmd");
  const { code, output } = await askVersion(quoted(command, shell), shell);
  const version = /^(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  if (code !== 0 || version === undefined) return { reason: `${command} --version does not say a version` };
  if (isOlder(version, lowest)) return { reason: `${command} is version ${version}, and ${lowest} is needed` };
  return { command: quoted(command, shell), version, shell };
}

/** As root VS Code asks for a folder of its own for its data, even to say its version. */
async function askVersion(command: string, shell: boolean): Promise<CommandResult> {
  const folder = await mkdtemp(join(tmpdir(), "mva-code-"));
  const data = shell ? `"${folder}"` : folder;
  try {
    return await runCommand(command, ["--version", ...rootFlags(), "--user-data-dir", data], { shell });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What VS Code on Linux wants of a user who is root, beside a `--user-data-dir`. */
export function rootFlags(): string[] {
  return process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

export function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return [process.env["DISPLAY"], process.env["WAYLAND_DISPLAY"]].some((value) => value !== undefined && value !== "");
}

function candidates(): (string | undefined)[] {
  const names = ["code", "code-insiders", "codium"];
  const onMac = "/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code";
  const beside = join(process.env["LOCALAPPDATA"] ?? "", "Programs", "Microsoft VS Code", "bin", "code.cmd");
  const places = process.platform === "darwin" ? [onMac] : process.platform === "win32" ? [beside] : [];
  return [process.env["MVA_CODE"], ...names.map(findCommand), ...places.filter((file) => existsSync(file))];
}

function quoted(command: string, shell: boolean): string {
  return shell ? `"${command}"` : command;
}

function isOlder(version: string, lowest: string): boolean {
  const [a, b] = [version, lowest].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
