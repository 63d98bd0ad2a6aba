import { existsSync } from "node:fs";
import { runCommand } from "./processes.ts";

/** Whether packages can be installed here without asking anybody: root on Debian or one of its relatives. */
export function canInstallDebianPackages(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Installs Debian packages. Throws with the end of apt's own words when that fails. */
export async function installDebianPackages(names: readonly string[], say: (line: string) => void): Promise<void> {
  say(`Installing from Debian: ${names.join(", ")} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-q"],
    ["install", "-y", "-q", "--no-install-recommends", ...names],
  ]) {
    const { code, output } = await runCommand("apt-get", args, { env: environment });
    if (code !== 0)
      throw new Error(`apt-get ${args.join(" ")} failed (exit code ${String(code)}):\n${lastLines(output)}`);
  }
}

/** The last lines of a command's output: enough to see why it failed. */
export function lastLines(output: string, count = 15): string {
  return output.trimEnd().split("\n").slice(-count).join("\n");
}
