import assert from "node:assert/strict";
import * as vscode from "vscode";
import { findXmlFilesIn } from "../../src/extension/editor/documents.ts";
import { closeEditors, diagnosticsUntil, hasRule, none, sample, setSetting, today } from "./support.ts";

/** A place for files that is no disk, as a repository opened from its host is. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(uri.path);
    if (file !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: file.byteLength };
    if (this.readDirectory(uri).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const start = uri.path.endsWith("/") ? uri.path : `${uri.path}/`;
    const below = [...this.#files.keys()].filter((path) => path.startsWith(start));
    const types = new Map<string, vscode.FileType>();
    for (const path of below) {
      const [name = "", ...rest] = path.slice(start.length).split("/");
      types.set(name, rest.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
    }
    return [...types];
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.#files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

describe("files that are on no disk", () => {
  const wrongSum = sample("mistake-wrong-sum.xml");
  const files = {
    "/repository/a.xml": wrongSum,
    "/repository/deep/er/B.XML": wrongSum,
    "/repository/deep/note.txt": "text",
    "/repository/.hidden/c.xml": wrongSum,
    "/repository/node_modules/d.xml": wrongSum,
  };
  let registration: vscode.Disposable;

  before(async () => {
    registration = vscode.workspace.registerFileSystemProvider("mva-memory", new MemoryFiles(files));
    await setSetting("rules.today", today);
  });
  after(async () => {
    registration.dispose();
    await setSetting("rules.today", undefined);
  });

  it("are judged when they are opened, and withdrawn when they are closed", async () => {
    const uri = vscode.Uri.parse("mva-memory:/repository/a.xml");
    await vscode.commands.executeCommand("vscode.open", uri);
    await diagnosticsUntil(uri, hasRule("R018"));
    await closeEditors();
    await diagnosticsUntil(uri, none);
  });

  it("have quick fixes too", async () => {
    const uri = vscode.Uri.parse("mva-memory:/repository/a.xml");
    await vscode.commands.executeCommand("vscode.open", uri);
    const [diagnostic] = await diagnosticsUntil(uri, hasRule("R018"));
    assert.ok(diagnostic);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      diagnostic.range,
    );
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Set <fastsattMerverdiavgift> to 68000", "Explain R018"],
    );
    await closeEditors();
  });

  it("are found without a file search", async () => {
    const folder = vscode.Uri.parse("mva-memory:/repository");
    const found = await findXmlFilesIn(folder, new vscode.CancellationTokenSource().token);
    assert.deepEqual(found.map(({ path }) => path).sort(), ["/repository/a.xml", "/repository/deep/er/B.XML"]);
  });
});
