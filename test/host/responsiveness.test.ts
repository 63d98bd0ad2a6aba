import assert from "node:assert/strict";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import * as vscode from "vscode";
import { returnWith } from "../bench/returns.ts";
import { closeEditors, diagnosticsUntil, hasRule, none, setSetting, showFile, tell, today } from "./support.ts";

const keystrokes = 5;

/** Figures for people to read; the only thing asserted is that the diagnostics come and go. */
describe("typing in a large VAT return", function () {
  this.timeout(120_000);
  before(() => setSetting("rules.today", today));
  after(() => setSetting("rules.today", undefined));
  afterEach(closeEditors);

  for (const lines of [30, 1000, 10_000]) {
    it(`of ${lines} lines`, async function () {
      const document = await showFile(`large-${lines}.xml`, returnWith(lines));
      await vscode.commands.executeCommand("mvaMelding.validate");
      const offset = document.getText().indexOf("<fastsattMerverdiavgift>") + "<fastsattMerverdiavgift>".length;
      const place = document.positionAt(offset);
      const blocked: number[] = [];
      const answered: number[] = [];
      const busy: number[] = [];
      for (let i = 0; i < keystrokes; i++) {
        const delay = monitorEventLoopDelay({ resolution: 1 });
        delay.enable();
        const began = performance.now();
        const utilisation = performance.eventLoopUtilization();
        const edit = new vscode.WorkspaceEdit();
        if (i % 2 === 0) edit.insert(document.uri, place, "9");
        else edit.delete(document.uri, new vscode.Range(place, place.translate(0, 1)));
        await vscode.workspace.applyEdit(edit);
        await diagnosticsUntil(document.uri, i % 2 === 0 ? hasRule("R018") : none);
        answered.push(performance.now() - began);
        busy.push(performance.eventLoopUtilization(utilisation).active);
        delay.disable();
        blocked.push(delay.max / 1e6);
      }
      tell(
        this,
        `keystroke to diagnostics ${median(answered).toFixed(0)} ms (250 ms of it waiting for the ` +
          `next keystroke); extension host busy ${median(busy).toFixed(0)} ms, blocked at most ${median(blocked).toFixed(0)} ms`,
      );
      assert.equal(answered.length, keystrokes);
    });
  }
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
