import { existsSync } from "node:fs";
import { join } from "node:path";
import { canInstallDebianPackages, installDebianPackages, lastLines } from "./debian.ts";
import { findCommand, isExecutable } from "./executables.ts";
import { npmCommand, npmEnvironment } from "./npm.ts";
import { runCommand } from "./processes.ts";
import { projectRoot } from "./project.ts";

export type Java = { readonly java: string; readonly javac: string };

/**
 * Makes sure that the second schema engine can run: a JDK (in `JAVA_HOME` or on the PATH, else, as root on Debian, the
 * distribution's own, installed now) and the helper class of `xsd-schema-validator`, which its install step leaves out
 * when there was no JDK yet or when install scripts are switched off. Throws with the command to run when there is none.
 */
export async function ensureJava(say: (line: string) => void = () => undefined): Promise<Java> {
  let java = findJava();
  if (java === undefined && canInstallDebianPackages()) {
    await installDebianPackages(["default-jdk-headless"], say);
    java = findJava();
  }
  if (java === undefined) {
    throw new Error(
      [
        "No JDK (java and javac) was found, and the tests of the second schema engine need one.",
        `Install it with: ${installCommand()}`,
        "or let JAVA_HOME name the folder of one that is installed.",
      ].join("\n"),
    );
  }
  await compileHelper(java, say);
  return java;
}

/** `java` and `javac` as xsd-schema-validator looks for them: in JAVA_HOME alone when that is set, else on the PATH. */
export function findJava(): Java | undefined {
  const home = process.env["JAVA_HOME"];
  const locate = (name: string): string | undefined => {
    if (home === undefined || home === "") return findCommand(name);
    const file = join(home, "bin", process.platform === "win32" ? `${name}.exe` : name);
    return isExecutable(file) ? file : undefined;
  };
  const [java, javac] = [locate("java"), locate("javac")];
  return java !== undefined && javac !== undefined ? { java, javac } : undefined;
}

async function compileHelper({ javac }: Java, say: (line: string) => void): Promise<void> {
  const folder = await validatorFolder(say);
  if (existsSync(join(folder, "support", "XMLValidator.class"))) return;
  const { code, output } = await runCommand(javac, [join("support", "XMLValidator.java")], { cwd: folder });
  if (code !== 0) throw new Error(`javac could not compile the helper of xsd-schema-validator:\n${lastLines(output)}`);
}

/** The folder of xsd-schema-validator; installed now when npm has left it out because there was no JDK at the time. */
async function validatorFolder(say: (line: string) => void): Promise<string> {
  const folder = join(projectRoot, "node_modules", "xsd-schema-validator");
  if (existsSync(folder)) return folder;
  say("Installing xsd-schema-validator, which npm left out without a JDK …");
  const [command, ...before] = npmCommand();
  const args = [...before, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await runCommand(command, args, { cwd: projectRoot, env: npmEnvironment() });
  if (code !== 0 || !existsSync(folder)) {
    throw new Error(`xsd-schema-validator could not be installed; npm said:\n${lastLines(output)}`);
  }
  return folder;
}

function installCommand(): string {
  if (process.platform === "darwin") return "brew install openjdk";
  if (process.platform === "win32") return "winget install Microsoft.OpenJDK.21";
  return existsSync("/usr/bin/apt-get")
    ? "sudo apt-get update && sudo apt-get install -y default-jdk-headless"
    : "your distribution's package manager (a JDK, not only a JRE)";
}
