import * as vscode from "vscode";
import { recogniseBytes, recogniseStart } from "./recognition.ts";

/**
 * Whether documents of this place are judged by themselves: the user's own files, not the left side of a comparison,
 * an output channel or a notebook's cell.
 */
export function isJudgedPlace(uri: vscode.Uri): boolean {
  if (uri.scheme === "untitled" || uri.scheme === "file") return true;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true) return true;
  return vscode.workspace.workspaceFolders?.some((folder) => folder.uri.scheme === uri.scheme) ?? false;
}

/** Looks at no more of the document than it takes to see its root element. */
export function isRecognised(document: vscode.TextDocument): boolean {
  for (let lines = 32; ; lines *= 8) {
    const recognition = recogniseStart(document.getText(new vscode.Range(0, 0, lines, 0)));
    if (recognition !== "incomplete" || lines >= document.lineCount) return recognition === "recognised";
  }
}

/** Reads a file through VS Code, so that virtual workspaces work too. @returns null for other documents. */
export async function readRecognised(uri: vscode.Uri): Promise<Uint8Array | null> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  return recogniseBytes(bytes) === "recognised" ? bytes : null;
}

/** The XML files of the workspace, folders whose name starts with a point and node_modules left out. */
export async function findXmlFiles(token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    if (token.isCancellationRequested) break;
    found.push(...(await findXmlFilesIn(folder.uri, token)));
  }
  return found.sort((a, b) => (a.toString() < b.toString() ? -1 : 1));
}

export async function findXmlFilesIn(
  folder: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  // File search is fast, but only places on a disk are sure to have one.
  if (folder.scheme === "file") {
    const pattern = new vscode.RelativePattern(folder, "**/*.[xX][mM][lL]");
    const ignored = new vscode.RelativePattern(folder, "**/{.*,node_modules}/**");
    return vscode.workspace.findFiles(pattern, ignored, undefined, token);
  }
  const found: vscode.Uri[] = [];
  await walk(folder, found, token);
  return found;
}

async function walk(folder: vscode.Uri, found: vscode.Uri[], token: vscode.CancellationToken): Promise<void> {
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    if (token.isCancellationRequested) return;
    const uri = vscode.Uri.joinPath(folder, name);
    // A linked folder may lead back to where it stands; it is left out.
    if (type === vscode.FileType.Directory) {
      if (!name.startsWith(".") && name !== "node_modules") await walk(uri, found, token);
    } else if ((type & vscode.FileType.File) !== 0 && /\.xml$/i.test(name)) {
      found.push(uri);
    }
  }
}
