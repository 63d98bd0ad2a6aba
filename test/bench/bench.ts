import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { gzipSync } from "node:zlib";
import { measureBatch, measureProcess, type ProcessFigures } from "./batch.ts";
import { measureCore, measureJava, type CoreFigures } from "./core.ts";
import { measureFirstJudgement } from "./firstJudgement.ts";
import { timingOf, type Timing } from "./measure.ts";
import { measureSubmissions, type SubmissionFigures } from "./submissions.ts";

/** Figures of the extension host: `npm run test:host` and `npm run test:e2e` leave them here. */
const hostFigures = "out/host-figures.json";
/** What is measured is what is published: run.ts has packaged it. */
const bundleFolder = "out/package/dist";
const vsix = "out/mva-melding.vsix";
const cli = `${bundleFolder}/cli.js`;
const worker = `${bundleFolder}/validator.mjs`;
const sandbox = `${bundleFolder}/sandbox.js`;
const roundsFor: Readonly<Record<number, number>> = { 1: 2000, 30: 1000, 1000: 60, 10000: 15 };

interface Figures {
  readonly machine: { readonly cores: number; readonly processor: string; readonly node: string };
  readonly core: readonly CoreFigures[];
  readonly java30Lines: Timing | string;
  readonly timesFasterThanJava: number | null;
  readonly codeListsMilliseconds: LoadingFigures;
  readonly startMilliseconds: Timing;
  readonly firstJudgementMilliseconds: Timing;
  readonly batch: ProcessFigures;
  readonly submissions: SubmissionFigures;
  readonly kilobytes: Readonly<Record<string, { readonly plain: number; readonly gzip: number }>>;
  readonly vsixKilobytes: number;
  readonly host: Readonly<Record<string, unknown>> | null;
}

/** Milliseconds by the clock, which a busy machine stretches, and of the processor, which is what loading costs. */
interface LoadingFigures {
  readonly elapsed: Timing;
  readonly processor: Timing;
}

const quick = process.argv.includes("--quick");
const figures = await measure();
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n\n${table(figures)}`);

async function measure(): Promise<Figures> {
  const core: CoreFigures[] = [];
  for (const [lines, rounds] of Object.entries(roundsFor)) {
    globalThis.gc?.();
    core.push(await measureCore(Number(lines), quick ? Math.ceil(rounds / 10) : rounds));
  }
  const java = await measureJava(30, quick ? 2 : 10);
  const thirty = core.find(({ lines }) => lines === 30);
  return {
    machine: { cores: cpus().length, processor: cpus()[0]?.model ?? "", node: process.version },
    core,
    java30Lines: java,
    timesFasterThanJava: typeof java === "string" || thirty === undefined ? null : java.median / thirty.whole.median,
    codeListsMilliseconds: codeListLoading(),
    startMilliseconds: await startTimes(),
    firstJudgementMilliseconds: await measureFirstJudgement(worker, 10),
    batch: await measureBatch(cli, quick ? 1000 : 10_000, 30),
    submissions: await measureSubmissions(sandbox, quick ? 20 : 100),
    kilobytes: bundleSizes(),
    vsixKilobytes: statSync(vsix).size / 1024,
    host: existsSync(hostFigures)
      ? (JSON.parse(readFileSync(hostFigures, "utf8")) as Readonly<Record<string, unknown>>)
      : null,
  };
}

async function startTimes(): Promise<Timing> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) times.push((await measureProcess([cli, "--version"])).seconds * 1000);
  return timingOf(times);
}

/**
 * Reading, compiling and evaluating the lists, measured inside the process, not its start. Each run is a process of its
 * own, since a module is evaluated once in each; what the first import of any file costs is paid before.
 */
function codeListLoading(): LoadingFigures {
  writeFileSync("out/nothing.js", "export {};\n");
  const script = `
    await import("./out/nothing.js");
    const [began, spent] = [performance.now(), process.cpuUsage()];
    await import("./out/codeLists.js");
    const [elapsed, { user, system }] = [performance.now() - began, process.cpuUsage(spent)];
    process.stdout.write([elapsed, (user + system) / 1000].join(" "));`;
  const runs = Array.from({ length: 15 }, () =>
    execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" })
      .split(" ")
      .map(Number),
  );
  return {
    elapsed: timingOf(runs.map(([elapsed = NaN]) => elapsed)),
    processor: timingOf(runs.map(([, processor = NaN]) => processor)),
  };
}

function bundleSizes(): Figures["kilobytes"] {
  const files = readdirSync(bundleFolder).filter((name) => /\.(?:js|mjs|cjs)$/.test(name));
  return Object.fromEntries(
    files.map((name) => {
      const bytes = readFileSync(`${bundleFolder}/${name}`);
      return [name, { plain: bytes.length / 1024, gzip: gzipSync(bytes).length / 1024 }];
    }),
  );
}

function table(all: Figures): string {
  const rows: string[][] = [
    ["lines", "kB", "whole ms", "p95", "libxml2 ms", "p95", "ratio", "scan", "model", "schema", "rules"],
    ...all.core.map((core) => [
      String(core.lines),
      core.kilobytes.toFixed(0),
      ms(core.whole.median),
      ms(core.whole.p95),
      ms(core.reference.median),
      ms(core.reference.p95),
      core.ratio.toFixed(2),
      ms(core.scan.median),
      ms(core.model.median),
      ms(core.schema.median),
      ms(core.rules.median),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "));
  const { batch, submissions, java30Lines: java } = all;
  lines.push(
    "",
    `Java (xsd-schema-validator), 30 lines: ${
      typeof java === "string"
        ? java
        : `median ${ms(java.median)} ms, p95 ${ms(java.p95)} ms; mva is ${(all.timesFasterThanJava ?? 0).toFixed(0)} times as fast`
    }`,
    `Code lists loaded, processor time: ${timing(all.codeListsMilliseconds.processor)}; by the clock: ${timing(all.codeListsMilliseconds.elapsed)}`,
    `First judgement, with its worker and schema engine started: ${timing(all.firstJudgementMilliseconds)}`,
    `mva --version: ${timing(all.startMilliseconds)}`,
    `mva validate, batch: ${batch.seconds.toFixed(1)} s, peak ${batch.peakMegabytes.toFixed(0)} MB, exit code ${String(batch.exitCode)}`,
    `A submission, our own share: ${timing(submissions.overhead)}; with the sandbox: ${timing(submissions.whole)}`,
    `${String(submissions.overhead.runs)} submissions: heap ${submissions.heapGrowthKilobytes.toFixed(0)} kB more at the end than half-way, handles ${String(submissions.handlesGained)} more`,
    ...Object.entries(all.kilobytes)
      .filter(([, { plain }]) => plain >= 50)
      .map(([name, { plain, gzip }]) => `${name}: ${plain.toFixed(0)} kB (${gzip.toFixed(0)} kB gzipped)`),
    `.vsix: ${all.vsixKilobytes.toFixed(0)} kB`,
    ...(all.host === null
      ? ["In VS Code: not measured here yet; npm run test:host and npm run test:e2e do"]
      : Object.entries(all.host).map(([name, figure]) => `In VS Code, ${name}: ${JSON.stringify(figure)}`)),
  );
  return `${lines.join("\n")}\n`;
}

function timing(value: Timing): string {
  return `median ${ms(value.median)} ms, p95 ${ms(value.p95)} ms`;
}

function ms(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3);
}
