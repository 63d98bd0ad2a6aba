import assert from "node:assert/strict";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import * as vscode from "vscode";
import { returnWith } from "../bench/returns.ts";
import { leaveHostFigure } from "../support/hostFigures.ts";
import { closeEditors, diagnosticsUntil, hasRule, none, ruleOf, setSetting, showFile, tell, today } from "./support.ts";

const keystrokes = 20;
/** What the extension waits for the next keystroke, in milliseconds: no work, so it is not counted. */
const debounce = 250;

/** Times are figures for people to read and never fail; that each keystroke gets its own verdict is asserted. */
describe("typing in a large VAT return", function () {
  this.timeout(600_000);
  before(() => setSetting("rules.today", today));
  after(() => setSetting("rules.today", undefined));
  afterEach(closeEditors);

  for (const lines of [30, 1000, 10_000]) {
    it(`of ${lines} lines`, async function () {
      const document = await showFile(`large-${lines}.xml`, returnWith(lines));
      await vscode.commands.executeCommand("mvaMelding.validate");
      const offset = document.getText().indexOf("<fastsattMerverdiavgift>") + "<fastsattMerverdiavgift>".length;
      const place = document.positionAt(offset);
      const answered: number[] = [];
      const busy: number[] = [];
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      for (let i = 0; i < keystrokes; i++) {
        const isWrong = i % 2 === 0;
        const began = performance.now();
        const utilisation = performance.eventLoopUtilization();
        const edit = new vscode.WorkspaceEdit();
        if (isWrong) edit.insert(document.uri, place, "9");
        else edit.delete(document.uri, new vscode.Range(place, place.translate(0, 1)));
        await vscode.workspace.applyEdit(edit);
        const diagnostics = await diagnosticsUntil(document.uri, isWrong ? hasRule("R018") : none);
        answered.push(performance.now() - began - debounce);
        busy.push(performance.eventLoopUtilization(utilisation).active);
        if (isWrong) {
          const found = diagnostics.find((each) => ruleOf(each) === "R018");
          assert.ok(found !== undefined && document.getText(found.range).startsWith("9"));
        }
      }
      delay.disable();
      const blocked = { p95: delay.percentile(95) / 1e6, maximum: delay.max / 1e6 };
      const figures = { lines, keystrokes, answered: spread(answered), busy: spread(busy), blocked };
      leaveHostFigure(`keystroke to diagnostics, ${lines} lines (ms)`, figures);
      tell(
        this,
        `keystroke to diagnostics ${shown(figures.answered)} without the ${debounce} ms of waiting for the next ` +
          `one; extension host busy ${shown(figures.busy)}, blocked at most ${blocked.maximum.toFixed(0)} ms`,
      );
    });
  }
});

type Spread = { readonly median: number; readonly p95: number; readonly maximum: number };

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return { median: at(0.5), p95: at(0.95), maximum: at(1) };
}

function shown({ median, p95, maximum }: Spread): string {
  return `${median.toFixed(0)} ms (p95 ${p95.toFixed(0)}, at most ${maximum.toFixed(0)})`;
}
