import * as vscode from "vscode";
import { pageScheme } from "./door.ts";

/** Tables and reports, shown as Markdown is. */
export class Pages {
  readonly #texts = new Map<string, string>();

  /**
   * @param name what stands on the tab
   * @param beside what is read along with a file; a wide table needs all the room there is
   */
  async show(name: string, markdown: string, beside: boolean): Promise<void> {
    // An address of its own each time: a preview of an earlier page would not be drawn anew.
    const uri = vscode.Uri.from({ scheme: pageScheme, path: `/${this.#texts.size + 1}/${name}.md` });
    this.#texts.set(uri.path, markdown);
    await vscode.commands.executeCommand(beside ? "markdown.showPreviewToSide" : "markdown.showPreview", uri);
  }

  /** A page that outlived its window is empty. */
  text(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? "";
  }
}
