/**
 * `npm run test:host [-- --grep TEXT] [--vscode newest|lowest]`: runs `test/host/**` with mocha inside the extension
 * host of a real VS Code.
 */
import { parseArgs } from "node:util";
import { startBrowser } from "./browser.ts";
import { ensureChromium } from "./chromium.ts";
import { reportCounts, type Counts } from "./counts.ts";
import { lastLines } from "./debian.ts";
import { prepareHostRun, type HostRun } from "./hostRun.ts";
import { lowestHost, newestHost, type HostVersion } from "./hostVersions.ts";
import { ensureHost } from "./install.ts";
import { buildProject, projectRoot } from "./project.ts";
import { endWith, say } from "./say.ts";
import { startServer } from "./server.ts";

/** The longest silence that is taken for work in progress: starting up, or one slow test. */
const silenceMilliseconds = 420_000;

await endWith(async () => {
  const { values } = parseArgs({
    options: { grep: { type: "string" }, vscode: { type: "string", default: "newest" } },
  });
  const version = { newest: newestHost, lowest: lowestHost }[values.vscode];
  if (version === undefined) throw new Error(`--vscode is newest or lowest, not ${values.vscode}.`);
  const counts = await runHostTests(version, values.grep ?? null);
  reportCounts(counts);
  if (counts.passed + counts.failed === 0) throw new Error("No test was run.");
  return counts.failed === 0 ? 0 : 1;
});

async function runHostTests(version: HostVersion, grep: string | null): Promise<Counts> {
  const [host, chromium] = await Promise.all([ensureHost(version, say), ensureChromium(say), buildProject()]);
  say(`\nIn the extension host of VS Code ${version.vscode}\n`);
  const run = await prepareHostRun(version.vscode, grep);
  const server = await startServer({ host });
  const browser = await startBrowser(chromium);
  const hostLog: string[] = [];
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    // The workbench calls these when they are there: the run's own log lines, and its end.
    await page.exposeFunction("codeAutomationLog", (type: string, lines: unknown[]) => {
      hostLog.push(`[${type}] ${lines.map(String).join(" ")}`);
    });
    const exited = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
    });
    const tests = { extension: projectRoot, tests: run.testsModule };
    await page.goto(server.pageUrl({ folder: run.workspace, ...tests }));
    return await Promise.race([run.finished, failOnExit(exited), failOnSilence(run)]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error([reason, lastLines(server.output()), lastLines(hostLog.join("\n"), 40)].join("\n\n"));
  } finally {
    await browser.close();
    await server.stop();
    await run.close();
  }
}

/** The extension host's exit is a failure when it comes before the results; they are given a moment to arrive. */
async function failOnExit(exited: Promise<number>): Promise<never> {
  const code = await exited;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  throw new Error(`The extension host ended (code ${code}) before the tests had.`);
}

function failOnSilence(run: HostRun): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setInterval(() => {
      if (run.silence() < silenceMilliseconds) return;
      clearInterval(timer);
      reject(new Error(`Nothing was heard from the extension host for ${silenceMilliseconds / 1000} s.`));
    }, 1000);
    timer.unref();
  });
}
