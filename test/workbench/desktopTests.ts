/**
 * `npm run test:desktop [-- --grep TEXT] [--vscode VERSION]`: the same `test/host/**` in a desktop VS Code that
 * @vscode/test-electron downloads. For machines that reach its download host and have a display; `npm test` needs
 * neither, and the authors' own runs use that.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runTests } from "@vscode/test-electron";
import { reportCounts } from "./counts.ts";
import { cacheFolder } from "./hostVersions.ts";
import { prepareHostRun } from "./hostRun.ts";
import { buildProject, projectRoot } from "./project.ts";
import { endWith } from "./say.ts";

await endWith(async () => {
  const { values } = parseArgs({
    options: { grep: { type: "string" }, vscode: { type: "string", default: "stable" } },
  });
  await buildProject();
  const run = await prepareHostRun("desktop", values.grep ?? null);
  try {
    const code = await runTests({
      version: values.vscode,
      cachePath: join(cacheFolder(), "vscode-desktop"),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: run.testsModule,
      launchArgs: [run.workspace, "--disable-extensions", "--disable-workspace-trust"],
    });
    if (code !== 0) throw new Error(`VS Code ended with code ${code}.`);
    const counts = await run.finished;
    reportCounts(counts);
    if (counts.passed + counts.failed === 0) throw new Error("No test was run.");
    return counts.failed === 0 ? 0 : 1;
  } finally {
    await run.close();
  }
});
