import assert from "node:assert/strict";
import { monitorEventLoopDelay } from "node:perf_hooks";
import * as vscode from "vscode";
import type { WorkspaceSummary } from "../../src/extension/commands/validateWorkspace.ts";
import { returnWith } from "../bench/returns.ts";
import {
  closeEditors,
  diagnosticsUntil,
  hasRule,
  none,
  rulesOf,
  sample,
  setSetting,
  tell,
  today,
  workspaceFolder,
  writeFile,
} from "./support.ts";

const files = 1000;

describe("validating all VAT returns in the workspace", function () {
  this.timeout(300_000);
  const folder = (): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), "many");

  before(async () => {
    await setSetting("rules.today", today);
    const names = Array.from({ length: files }, (_, index) => index);
    for (const index of names) {
      // Every tenth return has a wrong total.
      const text = returnWith(30, index);
      const written = index % 10 === 0 ? text.replace(/(<fastsattMerverdiavgift>)/, "$19") : text;
      await writeFile(`many/${index}.xml`, written);
    }
    await writeFile("many/broken.xml", "<mvaMeldingDto><a></mvaMeldingDto>");
    await writeFile("many/other.xml", "<project/>");
    await writeFile("many/.hidden/hidden.xml", sample("mistake-wrong-sum.xml"));
    await writeFile("many/node_modules/module.xml", sample("mistake-wrong-sum.xml"));
  });

  after(async () => {
    await closeEditors();
    await setSetting("rules.today", undefined);
    await vscode.workspace.fs.delete(folder(), { recursive: true });
  });

  it("judges 1,000 files, lists what is wrong, and keeps the extension host answering", async function () {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    const summary = await vscode.commands.executeCommand<WorkspaceSummary>("mvaMelding.validateWorkspace");
    const took = performance.now() - began;
    delay.disable();
    tell(
      this,
      `${files} files of 30 lines in ${took.toFixed(0)} ms; extension host blocked at most ` +
        `${(delay.max / 1e6).toFixed(0)} ms, 99 % below ${(delay.percentile(99) / 1e6).toFixed(0)} ms`,
    );
    assert.equal(summary.cancelled, false);
    assert.equal(summary.failed, 0);
    assert.ok(summary.verdicts.valid >= files - files / 10, JSON.stringify(summary));
    assert.ok(summary.verdicts.deviating >= files / 10, JSON.stringify(summary));
    assert.ok(summary.verdicts.malformed >= 1, JSON.stringify(summary));
    assert.deepEqual(rulesOf(vscode.Uri.joinPath(folder(), "0.xml")), ["R018"]);
    assert.deepEqual(rulesOf(vscode.Uri.joinPath(folder(), "1.xml")), []);
    assert.deepEqual(rulesOf(vscode.Uri.joinPath(folder(), "broken.xml")).includes("R001"), true);
    for (const left of ["other.xml", ".hidden/hidden.xml", "node_modules/module.xml"]) {
      assert.deepEqual(rulesOf(vscode.Uri.joinPath(folder(), left)), [], left);
    }
  });

  it("keeps a file's diagnostics when its editor is closed again", async () => {
    const uri = vscode.Uri.joinPath(folder(), "10.xml");
    await vscode.window.showTextDocument(uri);
    await diagnosticsUntil(uri, hasRule("R018"));
    await closeEditors();
    await diagnosticsUntil(uri, hasRule("R018"));
  });

  it("follows files that change on disk or are deleted", async () => {
    const uri = vscode.Uri.joinPath(folder(), "20.xml");
    assert.deepEqual(rulesOf(uri), ["R018"]);
    await writeFile("many/20.xml", returnWith(30, 20));
    await diagnosticsUntil(uri, none);
    const deleted = vscode.Uri.joinPath(folder(), "30.xml");
    assert.deepEqual(rulesOf(deleted), ["R018"]);
    await vscode.workspace.fs.delete(deleted);
    await diagnosticsUntil(deleted, none);
  });
});
