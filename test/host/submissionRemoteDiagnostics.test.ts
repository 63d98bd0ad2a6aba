import assert from "node:assert/strict";
import * as vscode from "vscode";
import { RemoteDiagnostics } from "../../src/extension/remote/remoteDiagnostics.ts";
import type { PlacedRange, RemoteFinding } from "../../src/extension/worker/protocol.ts";

const text = ["<a>", "  <b>one</b>", "  <c>two</c>", "</a>", ""].join("\n");

function finding(message: string, element: PlacedRange): RemoteFinding {
  return {
    source: "skatteetaten",
    rule: "R018",
    code: "CODE",
    severity: "error",
    officialSeverity: "ugyldig",
    message,
    range: element,
    element,
    related: [],
    path: null,
    specificationLine: null,
    documentation: "https://example.org/",
    data: null,
  };
}

/** Message and range of what is shown, in the order of the document. */
function shown(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === "skatteetaten")
    .map(({ message, range }) => `${message} ${range.start.line}:${range.start.character}-${range.end.character}`);
}

describe("the authority's findings in a document", () => {
  let diagnostics: RemoteDiagnostics;
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;
  beforeEach(async () => {
    diagnostics = new RemoteDiagnostics();
    document = await vscode.workspace.openTextDocument({ content: text, language: "xml" });
    editor = await vscode.window.showTextDocument(document);
    diagnostics.set(document.uri, [finding("b", [1, 2, 1, 12]), finding("c", [2, 2, 2, 12])]);
  });
  afterEach(async () => {
    diagnostics.dispose();
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  const cases: readonly (readonly [string, (edit: vscode.TextEditorEdit) => void, readonly string[]])[] = [
    ["a line inserted above", (edit) => edit.insert(new vscode.Position(0, 0), "<!-- -->\n"), ["b 2:2-12", "c 3:2-12"]],
    [
      "blanks before on the same line",
      (edit) => edit.insert(new vscode.Position(1, 0), "  "),
      ["b 1:4-14", "c 2:2-12"],
    ],
    ["a change in the element", (edit) => edit.replace(new vscode.Range(1, 5, 1, 8), "1"), ["c 2:2-12"]],
    ["a change after both", (edit) => edit.insert(new vscode.Position(4, 0), "\n\n"), ["b 1:2-12", "c 2:2-12"]],
    [
      "a line removed above and a change in the last, at once",
      (edit) => {
        edit.delete(new vscode.Range(0, 0, 1, 0));
        edit.replace(new vscode.Range(2, 5, 2, 8), "2");
      },
      ["b 0:2-12"],
    ],
  ];
  for (const [name, change, expected] of cases) {
    it(`after ${name}`, async () => {
      await editor.edit(change);
      assert.deepEqual(shown(document.uri), expected);
    });
  }

  it("are gone when the document is cleared", () => {
    diagnostics.clear(document.uri);
    assert.deepEqual(shown(document.uri), []);
  });
});
