import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build, type BuildOptions } from "esbuild";
import type { HostEvent, HostRunConfig } from "./hostEvents.ts";
import { projectRoot } from "./project.ts";
import { say } from "./say.ts";
import type { Counts } from "./counts.ts";

export type HostRun = {
  /** The module whose `run()` the extension host is to call. */
  readonly testsModule: string;
  /** A copy of the samples in a temporary folder: tests may write there. */
  readonly workspace: string;
  /** Resolves with the counts once mocha has finished; rejects when the runner inside breaks off. */
  readonly finished: Promise<Counts>;
  /** Milliseconds since the last sign of life from inside. */
  silence(): number;
  close(): Promise<void>;
};

/** Bundles `test/host/**` for one VS Code and listens for what the run reports. `name` keeps parallel runs apart. */
export async function prepareHostRun(name: string, grep: string | null): Promise<HostRun> {
  const folder = join(projectRoot, "out", "host", name);
  await bundleTests(folder);
  const workspace = await mkdtemp(join(tmpdir(), "mva-samples-"));
  const samples = join(projectRoot, "samples");
  if (existsSync(samples)) await cp(samples, workspace, { recursive: true });

  let lastSign = Date.now();
  let settle: { resolve(counts: Counts): void; reject(error: Error): void } | undefined;
  const finished = new Promise<Counts>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever awaits it hears of a failure; nobody awaiting yet is no crash.
  finished.catch(() => undefined);
  const printer = new EventPrinter();
  const server = createServer((socket) => {
    createInterface({ input: socket }).on("line", (line) => {
      lastSign = Date.now();
      const event = JSON.parse(line) as HostEvent;
      printer.print(event);
      if (event.kind === "end") {
        const { passed, failed, skipped } = event;
        settle?.resolve({ passed, failed, skipped, failures: printer.failures });
      }
      if (event.kind === "crashed") settle?.reject(new Error(`The tests could not be run:\n${event.error}`));
    });
    socket.on("error", () => undefined);
    socket.on("close", () => settle?.reject(new Error("The extension host broke off before the tests had ended.")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const config: HostRunConfig = {
    port: (server.address() as AddressInfo).port,
    projectRoot,
    grep,
    timeoutMilliseconds: 120_000,
  };
  await writeFile(join(folder, "run.json"), JSON.stringify(config));
  return {
    testsModule: join(folder, "index.cjs"),
    workspace,
    finished,
    silence: () => Date.now() - lastSign,
    close: async () => {
      server.close();
      await rm(workspace, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function bundleTests(folder: string): Promise<void> {
  const all = await readdir(join(projectRoot, "test", "host"), { recursive: true });
  const files = all
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => `test/host/${file.replaceAll("\\", "/")}`);
  if (files.length === 0) throw new Error("There is no test in test/host.");
  await mkdir(folder, { recursive: true });
  const common = {
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  } satisfies BuildOptions;
  const contents = files.sort().map((file) => `import ${JSON.stringify(`./${file}`)};`);
  await build({
    ...common,
    stdin: { contents: contents.join("\n"), resolveDir: projectRoot, sourcefile: "tests.ts" },
    outfile: join(folder, "tests.cjs"),
  });
  await build({
    ...common,
    entryPoints: [join(import.meta.dirname, "hostRunner.ts")],
    outfile: join(folder, "index.cjs"),
  });
}

/** Prints the events as mocha's own spec reporter would, failures again at the end. */
class EventPrinter {
  readonly #failures: string[] = [];

  get failures(): readonly string[] {
    return this.#failures;
  }

  print(event: HostEvent): void {
    switch (event.kind) {
      case "suite": {
        say(`${"  ".repeat(event.depth)}${event.title}`);
        return;
      }
      case "passed": {
        say(
          `${"  ".repeat(event.depth)}✔ ${event.title}${event.milliseconds > 75 ? ` (${event.milliseconds} ms)` : ""}`,
        );
        return;
      }
      case "skipped": {
        say(`${"  ".repeat(event.depth)}- ${event.title}`);
        return;
      }
      case "failed":
        this.#failures.push(`${this.#failures.length + 1}) ${event.fullTitle}\n${indent(event.error)}`);
        {
          say(`${"  ".repeat(event.depth)}${this.#failures.length}) ${event.title}`);
          return;
        }
      case "end": {
        say(
          [
            "",
            `  ${event.passed} passing, ${event.failed} failing, ${event.skipped} pending`,
            "",
            ...this.#failures,
          ].join("\n"),
        );
        return;
      }
      case "crashed":
        return;
    }
  }
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "     ");
}
