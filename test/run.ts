/**
 * `npm test` and `npm run test:full`: run the suites one after the other, print a table of how each went, and fail when
 * one failed or ran no test. `npm test -- --only unit,host` runs some of them. The sums are left in out/test-results/.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureChromium } from "./workbench/chromium.ts";
import { addCounts, countsEnvironment, readCounts, type Counts } from "./workbench/counts.ts";
import { lowestHost, newestHost } from "./workbench/hostVersions.ts";
import { ensureHost } from "./workbench/install.ts";
import { ensureJava } from "./workbench/java.ts";
import { npmCommand } from "./workbench/npm.ts";
import { runCommand } from "./workbench/processes.ts";
import { buildProject, projectRoot } from "./workbench/project.ts";
import { endWith, say } from "./workbench/say.ts";

type Step = { readonly name: string; readonly title: string; readonly run: () => Promise<Outcome> };

/** A step that is no test suite has no counts; `problem` says why a step has failed. */
type Outcome = { readonly counts?: Counts; readonly problem?: string };

type Result = Outcome & { readonly name: string; readonly seconds: number };

const results = join(projectRoot, "out", "test-results");

const suites: readonly Step[] = [
  { name: "prepare", title: "What the tests need", run: () => attempt(prepare) },
  { name: "check", title: "Type check", run: () => npmScript("check") },
  { name: "lint", title: "Lint, layering, format", run: () => npmScript("lint") },
  { name: "build", title: "Build", run: () => attempt(buildProject) },
  { name: "unit", title: "Unit tests", run: () => mocha("unit") },
  { name: "conformance", title: "Conformance with the official data", run: () => mocha("conformance") },
  { name: "host", title: `In the extension host of VS Code ${newestHost.vscode}`, run: () => hostTests("newest") },
  { name: "e2e", title: "In the workbench, as a user", run: () => mocha("e2e") },
];

const fullSuites: readonly Step[] = [
  { name: "prepare", title: "What the tests need", run: () => attempt(prepareFull) },
  { name: "build", title: "Build", run: () => attempt(buildProject) },
  { name: "unit-full", title: "Unit tests, full size", run: () => mocha("unit", { MVA_TEST_FULL: "1" }) },
  {
    name: "conformance-full",
    title: "Conformance, full size",
    run: () => mocha("conformance", { MVA_TEST_FULL: "1" }),
  },
  {
    name: "host-lowest",
    title: `In the extension host of VS Code ${lowestHost.vscode}`,
    run: () => hostTests("lowest"),
  },
];

await endWith(async () => {
  const { values } = parseArgs({ options: { full: { type: "boolean", default: false }, only: { type: "string" } } });
  const all = values.full ? fullSuites : suites;
  const wanted = values.only?.split(",");
  const unknown = wanted?.filter((name) => !all.some((step) => step.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`There is no ${unknown.join(", ")} here, only ${all.map((step) => step.name).join(", ")}.`);
  }
  if (!values.full) rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const done: Result[] = [];
  for (const step of all.filter(({ name }) => wanted?.includes(name) ?? true)) done.push(await runStep(step));
  printTable(done);
  const sum = addCounts(done.map(countsOf));
  writeFileSync(join(results, values.full ? "sum-full.json" : "sum.json"), JSON.stringify(sum));
  const broken = done.filter(({ problem }) => problem !== undefined);
  say(broken.length === 0 ? "\nAll green." : `\nNot green: ${broken.map(({ name }) => name).join(", ")}.`);
  return broken.length === 0 ? 0 : 1;
});

async function runStep({ name, title, run }: Step): Promise<Result> {
  say(`\n━━ ${title} (${name})\n`);
  const start = performance.now();
  const outcome = await run();
  if (outcome.problem !== undefined) say(outcome.problem);
  return { ...outcome, name, seconds: (performance.now() - start) / 1000 };
}

/** A step that broke without counting is one failure, so that no sum looks green that is not. */
function countsOf({ counts, problem }: Outcome): Counts {
  if (problem !== undefined && (counts === undefined || counts.failed === 0)) {
    return { passed: counts?.passed ?? 0, failed: 1, skipped: counts?.skipped ?? 0 };
  }
  return counts ?? { passed: 0, failed: 0, skipped: 0 };
}

async function attempt(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work();
    return {};
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function prepare(): Promise<void> {
  // One after the other: two of them may want the same package manager.
  await ensureJava(say);
  await ensureChromium(say);
  say((await ensureHost(newestHost, say)).serverMain);
}

async function prepareFull(): Promise<void> {
  await prepare();
  say((await ensureHost(lowestHost, say)).serverMain);
}

async function npmScript(name: string): Promise<Outcome> {
  const [command, ...before] = npmCommand();
  const { code } = await runCommand(command, [...before, "run", "--silent", name], { cwd: projectRoot, echo: true });
  return code === 0 ? {} : { problem: `npm run ${name} failed (exit code ${String(code)}).` };
}

function mocha(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const reporter = join(projectRoot, "test", "workbench", "mochaReporter.ts");
  const args = [
    join("node_modules", "mocha", "bin", "mocha.js"),
    `test/${folder}/**/*.test.ts`,
    "--reporter",
    reporter,
  ];
  return suite(folder, args, environment);
}

function hostTests(version: string): Promise<Outcome> {
  const script = join(projectRoot, "test", "workbench", "hostTests.ts");
  return suite(`host-${version}`, ["--import", "tsx", script, "--vscode", version], {});
}

async function suite(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const file = join(results, `${name}${environment["MVA_TEST_FULL"] === undefined ? "" : "-full"}.json`);
  rmSync(file, { force: true });
  const { code } = await runCommand(process.execPath, args, {
    cwd: projectRoot,
    echo: true,
    env: { ...process.env, MVA_NO_BUILD: "1", ...environment, ...countsEnvironment(file) },
  });
  const counts = readCounts(file);
  if (counts === undefined) return { problem: `The suite broke off (exit code ${String(code)}).` };
  const problem = judge(name, counts, code);
  return problem === undefined ? { counts } : { counts, problem };
}

function judge(name: string, counts: Counts, code: number | null): string | undefined {
  if (code !== 0) return `The suite failed (exit code ${String(code)}).`;
  const needsData = process.env["MVA_REQUIRE_REFERENCE_DATA"] === "1";
  if (name === "conformance" && needsData && counts.skipped > 0) {
    return `${counts.skipped} conformance tests were skipped, and here they have to run.`;
  }
  if (name === "conformance" && counts.passed === 0 && counts.skipped > 0) return undefined;
  return counts.passed === 0 ? "The suite ran no test." : undefined;
}

function printTable(done: readonly Result[]): void {
  say("\n━━ Summary\n");
  const width = Math.max(...done.map(({ name }) => name.length));
  for (const { name, counts, problem, seconds } of done) {
    const figures =
      counts === undefined
        ? ""
        : `${String(counts.passed).padStart(6)} ok ${String(counts.failed).padStart(4)} wrong ${String(counts.skipped).padStart(4)} skipped`;
    const mark = problem === undefined ? "✔" : "✖";
    say(
      `${mark} ${name.padEnd(width)} ${figures.padEnd(32)} ${seconds.toFixed(1).padStart(7)} s  ${problem?.split("\n")[0] ?? ""}`,
    );
  }
}
