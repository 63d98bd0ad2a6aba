import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the extension in a real VS Code", () => {
  it("is known to VS Code under its own name", () => {
    const extension = vscode.extensions.getExtension("mva-melding.mva-melding");
    assert.ok(extension, "VS Code has loaded no extension called mva-melding.mva-melding");
  });
});
