import * as vscode from "vscode";
import type { Exchange } from "../../services/recordingFetch.ts";
import { toCurl } from "../../services/transcript/curl.ts";
import { exchangeHeading, transcriptDocument } from "../../services/transcript/document.ts";
import { toHar } from "../../services/transcript/har.ts";
import { lessonOf } from "../../services/transcript/lesson.ts";
import type { Journal } from "../../submission/journal.ts";
import type { SubmissionStore } from "../../submission/store.ts";
import { readTranscript } from "../../submission/transcript.ts";
import { messageLanguage } from "../settings.ts";
import { standingText } from "./words.ts";
import { t } from "../l10n.ts";

const scheme = "mva-transcript";

/** Transcripts of submissions as readable documents, as curl commands and as HAR files. All of it is redacted. */
export class Transcripts implements vscode.Disposable {
  readonly #store: SubmissionStore;
  readonly #version: string;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registrations: vscode.Disposable;

  constructor(store: SubmissionStore, version: string) {
    this.#store = store;
    this.#version = version;
    const content: vscode.TextDocumentContentProvider = {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#text(uri),
    };
    const lenses: vscode.CodeLensProvider = { provideCodeLenses: (document) => lensesOf(document) };
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, content),
      vscode.languages.registerCodeLensProvider({ scheme }, lenses),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  async open(journal: Journal): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${journal.id}/${t("transcript")}-${journal.id}.md` });
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** @param sequence the exchange's number in the transcript, 1 for the first; else the user chooses. */
  async copyAsCurl(journal: Journal, sequence: unknown): Promise<void> {
    const exchanges = await readTranscript(this.#store, journal.id);
    const chosen = typeof sequence === "number" ? exchanges[sequence - 1] : await pickExchange(exchanges, journal);
    if (chosen === undefined) return;
    await vscode.env.clipboard.writeText(toCurl(chosen));
    vscode.window.setStatusBarMessage(
      t("The call is on the clipboard. Put your own token where one was removed."),
      8000,
    );
  }

  async saveAsHar(journal: Journal): Promise<void> {
    const exchanges = await readTranscript(this.#store, journal.id);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `mva-${journal.id}.har`;
    const target = await vscode.window.showSaveDialog({
      title: t("Save as HAR"),
      filters: { HAR: ["har"] },
      defaultUri: folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name),
    });
    if (target === undefined) return;
    const har = JSON.stringify(toHar(exchanges, this.#version), null, 2);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(har));
  }

  async #text(uri: vscode.Uri): Promise<string> {
    const id = uri.path.split("/")[1] ?? "";
    const journal = await this.#store.load(id);
    const exchanges = await readTranscript(this.#store, id);
    const { period, organisationNumber, environment, instanceId } = journal;
    const about = `${environment.name} · ${standingText(journal)} · ${instanceId ?? "–"}`;
    const title = t("Transcript: {0}, {1}", period, organisationNumber);
    return transcriptDocument(exchanges, { title, about }, messageLanguage());
  }
}

async function pickExchange(exchanges: readonly Exchange[], journal: Journal): Promise<Exchange | undefined> {
  const items = exchanges.map((exchange, index) => {
    const { method, url } = exchange.request;
    const lesson = lessonOf(exchange);
    return {
      label: `${index + 1}. ${lesson?.title[messageLanguage()] ?? method}`,
      description: String(exchange.response?.status ?? exchange.failure?.kind ?? ""),
      detail: `${method} ${url}`,
      exchange,
    };
  });
  const options = { title: t("Copy as curl"), placeHolder: journal.period, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.exchange;
}

/** Above each call: copy it; above the whole: save it. */
function lensesOf(document: vscode.TextDocument): vscode.CodeLens[] {
  const id = document.uri.path.split("/")[1] ?? "";
  const top = new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
    command: "mvaMelding.saveAsHar",
    title: t("Save as HAR"),
    arguments: [id],
  });
  const lenses = [top];
  for (let line = 0; line < document.lineCount; line++) {
    const sequence = exchangeHeading.exec(document.lineAt(line).text)?.[1];
    // What was sent or received may look like a heading; ours count up.
    if (Number(sequence) !== lenses.length) continue;
    lenses.push(
      new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
        command: "mvaMelding.copyAsCurl",
        title: t("Copy as curl"),
        arguments: [id, Number(sequence)],
      }),
    );
  }
  return lenses;
}
