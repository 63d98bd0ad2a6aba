import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** `mva sandbox`: the sandbox as a process of its own, with the same words, output and exit code. */
export async function runSandbox(words: readonly string[]): Promise<number> {
  const script = fileURLToPath(new URL("./sandbox.js", import.meta.url));
  const child = spawn(process.execPath, [script, ...words], { stdio: "inherit" });
  // Ctrl-C reaches both; a request to end has to be passed on.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}
