import * as vscode from "vscode";
import { pageScheme } from "./door.ts";

/** Tables and reports, shown as Markdown is, beside the file that they are about. */
export class Pages {
  readonly #texts = new Map<string, string>();

  /** @param name what stands on the tab */
  async show(name: string, markdown: string): Promise<void> {
    // An address of its own each time: a preview of an earlier page would not be drawn anew.
    const uri = vscode.Uri.from({ scheme: pageScheme, path: `/${this.#texts.size + 1}/${name}.md` });
    this.#texts.set(uri.path, markdown);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  /** A page that outlived its window is empty. */
  text(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? "";
  }
}
