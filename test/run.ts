/**
 * `npm test` and `npm run test:full`: run the suites one after the other, print a table of how each went, and fail when
 * one failed or ran no test. `npm test -- --only unit,host` runs some of them. The sums are left in out/test-results/.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
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

/** Far more than a suite takes on a busy machine: what takes this long hangs. */
const suiteLimitMinutes = 25;

/** The files of the unit tests know nothing of each other. */
const sideBySide: readonly string[] = ["--parallel", "--jobs", String(Math.min(4, availableParallelism()))];

const suites: readonly Step[] = [
  { name: "prepare", title: "What the tests need", run: () => attempt(prepare) },
  { name: "check", title: "Type check", run: () => npmScript("check") },
  { name: "lint", title: "Lint, layering, format", run: () => npmScript("lint") },
  { name: "build", title: "Build", run: () => attempt(buildProject) },
  { name: "unit", title: "Unit tests", run: () => mocha("unit", sideBySide) },
  { name: "conformance", title: "Conformance with the official data", run: () => mocha("conformance") },
  { name: "host", title: `In the extension host of VS Code ${newestHost.vscode}`, run: () => hostTests("newest") },
  { name: "e2e", title: "In the workbench, as a user", run: () => inWorkbench("e2e") },
];

const fullSuites: readonly Step[] = [
  { name: "prepare", title: "What the tests need", run: () => attempt(prepareFull) },
  { name: "build", title: "Build", run: () => attempt(buildProject) },
  { name: "unit-full", title: "The unit tests that have a full size", run: () => mochaInFullSize("unit") },
  {
    name: "host-lowest",
    title: `In the extension host of VS Code ${lowestHost.vscode}`,
    run: () => hostTests("lowest"),
  },
  {
    name: "e2e-lowest",
    title: `Signing in, in the workbench of VS Code ${lowestHost.vscode}`,
    run: () => inWorkbench("e2eLowest"),
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
  const leaveSum = (sum: Counts): void =>
    writeFileSync(join(results, values.full ? "sum-full.json" : "sum.json"), JSON.stringify(sum));
  for (const step of all.filter(({ name }) => wanted?.includes(name) ?? true)) {
    // Until its end a run stands there as one that broke off.
    leaveSum(addCounts([...done.map(countsOf), { passed: 0, failed: 1, skipped: 0 }]));
    done.push(await runStep(step));
  }
  printTable(done);
  const sum = addCounts(done.map(countsOf));
  leaveSum(sum);
  printNames(sum);
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

/** Which tests failed and why, once more where the log ends, and which needed another go. */
function printNames({ failures = [], retried = [] }: Counts): void {
  for (const failure of failures) say(`\n✖ ${failure}`);
  for (const title of retried) say(`\n↻ needed another go: ${title}`);
}

/** A step that broke without counting is one failure, so that no sum looks green that is not. */
function countsOf({ counts, problem }: Outcome): Counts {
  if (problem !== undefined && (counts === undefined || counts.failed === 0)) {
    return { ...(counts ?? { passed: 0, skipped: 0 }), failed: 1, failures: [problem] };
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
  const { code } = await runCommand(command, [...before, "run", "--silent", name], {
    cwd: projectRoot,
    echo: true,
    limitMilliseconds: suiteLimitMinutes * 60_000,
  });
  return code === 0 ? {} : { problem: `npm run ${name} failed (exit code ${String(code)}).` };
}

function mocha(folder: string, options: readonly string[] = []): Promise<Outcome> {
  return suite(folder, [...mochaArguments([`test/${folder}/**/*.test.ts`]), ...options]);
}

/**
 * Each file in a process of its own, two at a time: most of a workbench's time is waiting. A busy machine may be too slow
 * for a real browser, and the tests of a file build on each other: a test that fails gets a second go, then its file one
 * from the beginning, in a new VS Code. Both are told at the end.
 */
async function inWorkbench(folder: string): Promise<Outcome> {
  const files = testFiles(folder);
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let file = files.shift(); file !== undefined; file = files.shift()) outcomes.push(await inNewWorkbench(file));
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  const problem = outcomes.find((outcome) => outcome.problem !== undefined)?.problem;
  return { counts: addCounts(outcomes.map(countsOf)), ...(problem === undefined ? {} : { problem }) };
}

async function inNewWorkbench(file: string): Promise<Outcome> {
  const name = file.replaceAll(/\W/g, "-");
  const args = [...mochaArguments([file]), "--retries", "1"];
  const first = await suite(name, [...args, "--bail"], {}, "whole");
  if (first.problem === undefined) return first;
  say(`${first.problem} It gets a second go: ${file}`);
  const second = await suite(name, args, {}, "whole");
  const begunAnew = (first.counts?.failures ?? [first.problem]).map((failure) => `${file}, because of ${failure}`);
  const counts = addCounts([countsOf(second), { passed: 0, failed: 0, skipped: 0, retried: begunAnew }]);
  return { ...second, counts };
}

/** Only the files that do more when asked to: the others have run already. */
function mochaInFullSize(folder: string): Promise<Outcome> {
  const files = testFiles(folder).filter((file) => hasFullSize(readFileSync(join(projectRoot, file), "utf8")));
  return suite(`${folder}-full`, [...mochaArguments(files), ...sideBySide], { MVA_TEST_FULL: "1" });
}

/** The test files of a folder, from the project's root, with `/`. */
function testFiles(folder: string): string[] {
  return readdirSync(join(projectRoot, "test", folder), { recursive: true, encoding: "utf8" })
    .map((file) => `test/${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
}

/** Tests look at the variable themselves, or through `runs`, which chooses between an everyday and a full number. */
function hasFullSize(source: string): boolean {
  return source.includes("MVA_TEST_FULL") || /import \{[^}]*\bruns\b[^}]*\} from/.test(source);
}

function mochaArguments(files: readonly string[]): string[] {
  const reporter = join(projectRoot, "test", "workbench", "mochaReporter.ts");
  return [join("node_modules", "mocha", "bin", "mocha.js"), ...files, "--reporter", reporter];
}

function hostTests(version: string): Promise<Outcome> {
  const script = join(projectRoot, "test", "workbench", "hostTests.ts");
  return suite(`host-${version}`, ["--import", "tsx", script, "--vscode", version]);
}

/** @param printed whether what it prints is passed on as it comes, or whole when it has ended */
async function suite(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  printed: "atOnce" | "whole" = "atOnce",
): Promise<Outcome> {
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const { code, output, tookTooLong } = await runCommand(process.execPath, args, {
    cwd: projectRoot,
    echo: printed === "atOnce",
    limitMilliseconds: suiteLimitMinutes * 60_000,
    env: { ...process.env, MVA_NO_BUILD: "1", ...environment, ...countsEnvironment(file) },
  });
  if (printed === "whole") say(output);
  const counts = readCounts(file);
  const problem = tookTooLong
    ? `The suite was stopped: it had not ended after ${String(suiteLimitMinutes)} minutes.`
    : counts === undefined
      ? `The suite broke off (exit code ${String(code)}).`
      : judge(name, counts, code);
  return { ...(counts === undefined ? {} : { counts }), ...(problem === undefined ? {} : { problem }) };
}

function judge(name: string, counts: Counts, code: number | null): string | undefined {
  if (code !== 0) return `The suite failed (exit code ${String(code)}).`;
  if (process.env["MVA_REQUIRE_REFERENCE_DATA"] === "1" && counts.skipped > 0) {
    return `${String(counts.skipped)} tests were skipped, and here all have to run.`;
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
