import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { findCommand } from "./executables.ts";

/** The command that runs npm: its own script with this Node where it is known, which needs no shell on any platform. */
export function npmCommand(): readonly [string, ...string[]] {
  const script = process.env["npm_execpath"];
  if (script !== undefined && /npm-cli\.c?js$/.test(script) && existsSync(script)) return [process.execPath, script];
  const beside = join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js");
  if (existsSync(beside)) return [process.execPath, beside];
  const found = findCommand("npm");
  if (found === undefined) throw new Error("npm was not found on the PATH.");
  return [found];
}

/** The environment without what an outer `npm run` says about the project it runs in. */
export function npmEnvironment(): NodeJS.ProcessEnv {
  const outer =
    /^npm_(package_.*|lifecycle_.*|config_(local_prefix|prefix|global_prefix|ignore_scripts|omit|include))$|^INIT_CWD$|^NODE_(ENV|OPTIONS)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}
