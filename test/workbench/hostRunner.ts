/**
 * Runs inside the extension host: VS Code calls `run()`. It runs the bundled tests with mocha and reports every
 * event to the runner outside over a loopback socket.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import type Mocha from "mocha";
import type { HostEvent, HostRunConfig } from "./hostEvents.ts";

export async function run(): Promise<void> {
  const config = JSON.parse(readFileSync(join(__dirname, "run.json"), "utf8")) as HostRunConfig;
  process.env["MVA_PROJECT_ROOT"] = config.projectRoot;
  const socket = await open(config.port);
  const send = (event: HostEvent): void => void socket.write(`${JSON.stringify(event)}\n`);
  try {
    await runMocha(config, send);
  } catch (error) {
    send({ kind: "crashed", error: describeError(error) });
  }
  await new Promise<void>((resolve) => socket.end(resolve));
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });
}

async function runMocha(config: HostRunConfig, send: (event: HostEvent) => void): Promise<void> {
  // mocha is an ES module and stays outside the bundle, so that its own files and globals are the only ones.
  const { default: MochaClass } = await import("mocha");
  const mocha = new MochaClass({
    retries: 1,
    ui: "bdd",
    timeout: config.timeoutMilliseconds,
    forbidOnly: true,
    ...(config.grep === null ? {} : { grep: config.grep }),
  });
  mocha.reporter(reporterFor(send));
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  createRequire(__filename)("./tests.cjs");
  await new Promise<void>((resolve) => {
    mocha.run(() => resolve());
  });
}

/** A mocha reporter is whatever can be called with `new` and a runner: here a function that listens to it. */
function reporterFor(send: (event: HostEvent) => void): Mocha.ReporterConstructor {
  function report(runner: Mocha.Runner): void {
    let depth = 0;
    const count = { passed: 0, failed: 0, skipped: 0 };
    runner.on("suite", (suite) => {
      if (!suite.root) send({ kind: "suite", title: suite.title, depth });
      depth += 1;
    });
    runner.on("suite end", () => {
      depth -= 1;
    });
    runner.on("pass", (test) => {
      count.passed += 1;
      send({ kind: "passed", title: test.title, depth, milliseconds: test.duration ?? 0 });
    });
    runner.on("pending", (test) => {
      count.skipped += 1;
      send({ kind: "skipped", title: test.title, depth });
    });
    runner.on("fail", (test, error: unknown) => {
      count.failed += 1;
      send({ kind: "failed", title: test.title, depth, fullTitle: test.fullTitle(), error: describeError(error) });
    });
    runner.on("end", () => send({ kind: "end", ...count }));
  }
  return report as unknown as Mocha.ReporterConstructor;
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  const stack = error.stack ?? String(error);
  const { actual, expected } = error as { actual?: unknown; expected?: unknown };
  if (actual === undefined && expected === undefined) return stack;
  return `${stack}\n  actual:   ${inspect(actual, { depth: 6 })}\n  expected: ${inspect(expected, { depth: 6 })}`;
}
