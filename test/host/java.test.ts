import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as vscode from "vscode";
import {
  closeEditors,
  diagnosticsOf,
  diagnosticsUntil,
  hasRule,
  sample,
  setSetting,
  showFile,
  tell,
  today,
} from "./support.ts";

const home = process.env["JAVA_HOME"] ?? "";
const javaCommand = home === "" ? "java" : join(home, "bin", "java");

describe("validating with Java", function () {
  this.timeout(180_000);
  before(() => setSetting("rules.today", today));
  after(async () => {
    await closeEditors();
    await setSetting("rules.today", undefined);
  });

  it("gives the same diagnostics as the built-in engine for a schema mistake", async function () {
    if (spawnSync(javaCommand, ["-version"]).status !== 0) {
      tell(this, "no Java in JAVA_HOME or PATH");
      this.skip();
    }
    const { uri } = await showFile("java.xml", sample("mistake-schema.xml"));
    const places = (): string[] =>
      diagnosticsOf(uri).map(({ range }) => `${range.start.line}:${range.start.character}`);
    await diagnosticsUntil(uri, hasRule("R001"));
    const builtin = places();
    await vscode.commands.executeCommand("mvaMelding.validateWithJava");
    assert.deepEqual(places(), builtin);
  });
});
