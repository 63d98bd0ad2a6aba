import assert from "node:assert/strict";
import * as vscode from "vscode";
import { leaveHostFigure } from "../support/hostFigures.ts";

describe("the extension in a real VS Code", () => {
  it("is known to VS Code under its own name", () => {
    const extension = vscode.extensions.getExtension("mva-melding.mva-melding");
    assert.ok(extension, "VS Code has loaded no extension called mva-melding.mva-melding");
  });

  it("judges a return that is opened", async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder, "no folder is open");
    const file = vscode.Uri.joinPath(folder, "many-mistakes.xml");
    const published = new Promise<vscode.Diagnostic[]>((resolve) => {
      const look = (): void => {
        const diagnostics = vscode.languages.getDiagnostics(file).filter(({ source }) => source === "mva-melding");
        if (diagnostics.length === 0) return;
        listener.dispose();
        resolve(diagnostics);
      };
      const listener = vscode.languages.onDidChangeDiagnostics(look);
      look();
    });
    // The first file of this run: the worker, its rules and its schemas are loaded on the way.
    const began = performance.now();
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    const codes = (await published).map(({ code }) => (typeof code === "object" ? code.value : code));
    leaveHostFigure("first validation, from opening the file (ms)", performance.now() - began);
    assert.ok(codes.includes("R018"), `R018 is not among ${codes.join(", ")}`);
  });
});
