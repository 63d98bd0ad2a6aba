import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { helperMissing, javaFailed, javaNotFound, javaTimedOut, javaTooOld } from "./javaEngineError.ts";

/** The helper of the package xsd-schema-validator: a Java class that judges one document by one schema. */
export interface JavaHelper {
  /** The folder that holds `support/XMLValidator.java`, and `.class` where it has been compiled. */
  readonly folder: string;
  readonly isCompiled: boolean;
}

/** What the helper wrote. */
export interface JavaOutput {
  /** `OK`, `WITH_ERRORS` or `FATAL_ERROR`. */
  readonly result: string;
  /** Its messages as they stand. */
  readonly messages: string;
}

export interface JavaRun {
  readonly command: string;
  readonly helper: JavaHelper;
  readonly schemaPath: string;
  readonly xml: Buffer;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** Far more than the errors of the largest return; what goes beyond has run wild. */
const longestOutput = 64 * 1024 * 1024;

/** In English whatever the machine speaks, bounded in memory, and unable to fetch anything. */
const javaOptions = [
  "-Xmx512m",
  "-Dfile.encoding=UTF-8",
  "-Dstdout.encoding=UTF-8",
  "-Dstderr.encoding=UTF-8",
  "-Duser.language=en",
  "-Duser.country=US",
  "-Djavax.xml.accessExternalDTD=",
  "-Djavax.xml.accessExternalSchema=",
];

/** The helper beside the built product, or in the installed package; null where there is neither. */
export function findJavaHelper(): JavaHelper | null {
  const folders = [fileURLToPath(new URL("./java/", import.meta.url))];
  try {
    folders.push(dirname(createRequire(import.meta.url).resolve("xsd-schema-validator/package.json")));
  } catch {
    // The package is optional: its installation fails where there is no JDK.
  }
  const folder = folders.find((each) => existsSync(join(each, "support", "XMLValidator.java")));
  if (folder === undefined) return null;
  return { folder, isCompiled: existsSync(join(folder, "support", "XMLValidator.class")) };
}

/** `java` below JAVA_HOME where that is set, otherwise the one in PATH. */
export function javaCommand(environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment["JAVA_HOME"];
  return home === undefined || home === "" ? "java" : join(home, "bin", "java");
}

/**
 * Runs the helper once. It is used as compiled where that works; otherwise Java compiles it on the way, which a JDK
 * can and a mere runtime can't.
 * @throws JavaEngineError
 */
export async function runJava(run: JavaRun): Promise<JavaOutput> {
  const { helper } = run;
  if (!existsSync(join(helper.folder, "support", "XMLValidator.java"))) throw helperMissing();
  const source = [join(helper.folder, "support", "XMLValidator.java")];
  if (!helper.isCompiled) return outputOf(await start(run, source));
  const compiled = await start(run, ["-classpath", helper.folder, "support.XMLValidator"]);
  const isForNewerJava = /UnsupportedClassVersionError|ClassNotFoundException/.test(compiled.stderr);
  return outputOf(isForNewerJava ? await start(run, source) : compiled);
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
}

function outputOf({ stdout, stderr }: Ended): JavaOutput {
  const result = /^result=(\w+)/m.exec(stdout)?.[1];
  if (result !== undefined) return { result, messages: stderr };
  const cause = new Error(stderr.slice(0, 4000));
  if (/jdk\.compiler|UnsupportedClassVersionError|Could not find or load main class|Unrecognized option/.test(stderr)) {
    throw javaTooOld(cause);
  }
  throw javaFailed(firstLine(stderr), cause);
}

function start({ command, schemaPath, xml, timeout, signal }: JavaRun, program: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(command, [...javaOptions, ...program, "-stdin", `-schema=${schemaPath}`], {
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const written: { readonly stdout: Buffer[]; readonly stderr: Buffer[] } = { stdout: [], stderr: [] };
    let length = 0;
    const stop = (reason: unknown): void => {
      child.kill("SIGKILL");
      finish();
      reject(reason instanceof Error ? reason : new Error("Stopped."));
    };
    const timer = setTimeout(() => stop(javaTimedOut(timeout)), timeout);
    const onAbort = (): void => stop(signal?.reason);
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    signal?.addEventListener("abort", onAbort);
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length > longestOutput) stop(javaFailed(""));
        else written[name].push(chunk);
      });
    }
    child.on("error", (error) => {
      finish();
      reject(javaNotFound(command, error));
    });
    child.on("close", () => {
      finish();
      resolve({ stdout: textOf(written.stdout), stderr: textOf(written.stderr) });
    });
    // Java may end before it has read everything; what it said tells why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(xml);
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}

function firstLine(text: string): string {
  const line = text.split(/\r?\n/).find((each) => each.trim() !== "" && !each.startsWith("Picked up ")) ?? "";
  return line.trim().slice(0, 300);
}
